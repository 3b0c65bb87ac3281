"""What makes the gradients of finished numbers friendly: a table of named conditions.

What the numbers that were not drawn force is no accident: it is what those numbers alone, all others unknown, make
known already.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations

from symback.derive.derivation import Derivation
from symback.graph.build import build_graph
from symback.spec.model import Spec
from symback.values.interpret import UnknownValue
from symback.values.policy import policy_of
from symback.values.real import Real
from symback.values.values import Values
from symback.written.nodes import Number, partial_key


@dataclass(frozen=True, slots=True)
class Gradients:
    """All numbers of a varied spec, and those that follow from the kept ones alone."""

    values: Values
    forced: Values


def gradients_of(spec: Spec, kept: frozenset[str]) -> Gradients:
    """Return the numbers of `spec`, of which those with the ids `kept` were not drawn.

    Raises
    ------
    symback.spec.problems.SpecError
        If the loss does not exist, or not in the numbers that a page carries on.
    """
    graph = build_graph(spec)
    derivation = Derivation(graph, kinks={name: Number(value.text) for name, value in spec.at_kinks.items()})
    policy = policy_of(spec)
    known = {name: number for name, number in graph.given.items() if name in kept}
    values = Values(derivation, policy)
    for root in ("loss", derivation.learned_root):
        _known(values.exact, root)
        _known(values.carried, root)
    return Gradients(values, Values(derivation, policy, given=known))


def zero_gradients(found: Gradients) -> Iterator[str]:
    """Yield the parameters whose gradient is 0 by accident, in the worked sample or in what the update uses."""
    derivation = found.values.derivation
    for root in dict.fromkeys(("loss", derivation.learned_root)):
        for name in derivation.graph.wanted:
            gradient = _accident(found, partial_key(root, name))
            if gradient is not None and gradient.sign() == 0:
                yield name


def equal_gradients(found: Gradients) -> Iterator[str]:
    """Yield weights of a layer whose gradients in the worked sample are equal by accident.

    Those of two weights of one neuron are equal by force if what enters through them is kept and equal.
    """
    graph = found.values.derivation.graph
    for layer in graph.layers:
        by_size: dict[float, list[tuple[Real, str, int, int]]] = {}
        for neuron, row in enumerate(layer.weights):
            for place, weight in enumerate(row):
                if weight is None or weight in graph.frozen:
                    continue
                gradient = _accident(found, partial_key("loss", weight))
                if gradient is not None:
                    by_size.setdefault(float(gradient), []).append((gradient, weight, neuron, place))
        for group in by_size.values():
            for (gradient, first, neuron, place), (other, weight, other_neuron, other_place) in combinations(group, 2):
                entering = layer.inputs[place], layer.inputs[other_place]
                is_forced = first == weight or (neuron == other_neuron and _are_kept_equal(found, *entering))
                if gradient.compare(other) == 0 and not is_forced:
                    yield weight


GRADIENTS: dict[str, Callable[[Gradients], Iterator[str]]] = {
    "no gradient that is 0 by accident": zero_gradients,
    "no two equal gradients of weights in one layer": equal_gradients,
}
"""Conditions on the finished numbers, by what they are called; each yields the ids that break it."""


def _accident(found: Gradients, key: str) -> Real | None:
    """Return a gradient, or None if it depends on an unknown number or is forced."""
    return _known(found.values.exact, key) if _known(found.forced.exact, key) is None else None


def _are_kept_equal(found: Gradients, source: str, other: str) -> bool:
    left, right = _known(found.forced.exact, source), _known(found.forced.exact, other)
    return left is not None and right is not None and left.compare(right) == 0


def _known(numbers: Mapping[str, Real], key: str) -> Real | None:
    try:
        return numbers[key]
    except UnknownValue:
        return None
