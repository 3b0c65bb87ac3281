"""What makes the gradients of finished numbers friendly: a table of named conditions.

What the numbers that were not drawn force is no accident: it is what those numbers alone, all others unknown, make
known already.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from itertools import combinations

from symback.derive.derivation import Derivation
from symback.graph.build import build_graph
from symback.graph.quantity import Graph
from symback.rules.losses import OUTPUT, TARGET
from symback.spec.model import Spec
from symback.values.interpret import UnknownValue, interpret
from symback.values.policy import policy_of
from symback.values.real import Real
from symback.values.values import Values
from symback.vary.conditions import KINK_DISTANCE, NEURONS, Neuron, neuron_at
from symback.written.nodes import Number, partial_key
from symback.written.reader import read


@dataclass(frozen=True, slots=True)
class Gradients:
    """All numbers of a varied spec, those that follow from the kept ones alone, and those of the author.

    ``later`` says whether this is a step after the first, whose parameters were not drawn but learned.
    """

    values: Values
    forced: Values
    author: Values
    later: bool


def gradients_of(spec: Spec, kept: frozenset[str], author: Graph) -> Iterator[Gradients]:
    """Yield the numbers of each step of `spec`, in which those with the ids `kept` were not drawn.

    Raises
    ------
    symback.spec.problems.SpecError
        If the loss does not exist, or not in the numbers that a page carries on.
    """
    graph = build_graph(spec)
    derivation = Derivation(graph, kinks={name: Number(value.text) for name, value in spec.at_kinks.items()})
    policy = policy_of(spec)
    known = {name: number for name, number in graph.given.items() if name in kept}
    values, forced = Values(derivation, policy), Values(derivation, policy, given=known)
    for number in range(1, max(len(graph.steps), 1) + 1):
        step = values.step(number)
        for root in (graph.root, graph.learned_root):
            _known(step.exact, root)
            _known(step.carried, root)
        yield Gradients(step, forced.step(number), Values(derivation, policy, given=author.given), number > 1)


def neurons_of_later_steps(holds: Callable[[Neuron], bool], found: Gradients) -> Iterator[str]:
    """Yield the pre-activations that break a condition on neurons after the first step of learning."""
    derivation = found.values.derivation
    for layer in derivation.graph.layers if found.later else ():
        for place, name in enumerate(layer.pre_activations):
            neuron = neuron_at(layer, place, found.values.exact, derivation.kinks, worked=True, stated=False)
            if neuron is not None and not holds(neuron):
                yield name


def outputs_at_kinks(found: Gradients) -> Iterator[str]:
    """Yield the outputs that lie, in any sample, near a kink of the loss."""
    graph = found.values.derivation.graph
    if not graph.loss_row.kink:
        return
    distance = read(graph.loss_row.kink, names={OUTPUT, TARGET})
    for output, target in zip(graph.outputs, graph.targets, strict=True):
        for sample in range(1, len(graph.samples) + 1):
            exact = found.values.sample(sample).exact
            y, t = _known(exact, output), _known(exact, target)
            if y is not None and t is not None:
                size = interpret(distance, {OUTPUT: y, TARGET: t})
                assert isinstance(size, Real)
                if abs(size).compare(KINK_DISTANCE) < 0:
                    yield output


def zero_gradients(found: Gradients) -> Iterator[str]:
    """Yield the parameters whose gradient is 0 by accident, in the worked sample or in what the update uses.

    Among equations it is no accident where it was 0 before, as by what a maximum leaves out.
    """
    derivation = found.values.derivation
    for root in dict.fromkeys((derivation.root, derivation.graph.learned_root)):
        for name in derivation.graph.wanted:
            key = partial_key(root, name)
            gradient = _accident(found, key)
            before = _known(found.author.exact, key) if derivation.graph.system else None
            if gradient is not None and gradient.sign() == 0 and (before is None or before.sign() != 0):
                yield name


def equal_gradients(found: Gradients) -> Iterator[str]:
    """Yield weights of a layer whose gradients in the worked sample are equal by accident.

    Those of two weights of one neuron are equal by force if what enters through them is kept and equal, and those of
    two outputs if the loss has the same slope everywhere but at its kink.
    """
    graph = found.values.derivation.graph
    for layer in graph.layers:
        places: dict[str, tuple[int, str]] = {}
        for neuron, row in enumerate(layer.weights):
            for weight, entering in zip(row, layer.inputs, strict=True):
                if weight is not None and weight not in graph.frozen:
                    places.setdefault(weight, (neuron, entering))
        for first, other in _equal(found, places):
            (neuron, entering), (other_neuron, other_entering) = places[first], places[other]
            is_forced = (
                _are_kept_equal(found, entering, other_entering)
                if neuron == other_neuron
                else bool(graph.loss_row.kink) and layer is graph.layers[-1] and entering == other_entering
            )
            if not is_forced:
                yield other


def equal_among_equations(found: Gradients) -> Iterator[str]:
    """Yield names among equations whose gradients are equal by accident: they are not for the author's numbers."""
    graph = found.values.derivation.graph
    for first, other in _equal(found, graph.wanted) if graph.system else ():
        keys = partial_key(graph.root, first), partial_key(graph.root, other)
        before, after = (_known(found.author.exact, key) for key in keys)
        if before is None or after is None or before.compare(after) != 0:
            yield other


GRADIENTS: dict[str, Callable[[Gradients], Iterator[str]]] = {
    **{f"{condition}, in every step": partial(neurons_of_later_steps, holds) for condition, holds in NEURONS.items()},
    "no output within 0.05 of a kink of the loss": outputs_at_kinks,
    "no gradient that is 0 by accident": zero_gradients,
    "no two equal gradients of weights in one layer": equal_gradients,
    "no two equal gradients": equal_among_equations,
}
"""Conditions on the finished numbers, by what they are called; each yields the ids that break it."""


def _equal(found: Gradients, names: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield the pairs of names whose gradients are equal and not forced."""
    by_size: dict[float, list[tuple[Real, str]]] = {}
    for name in names:
        gradient = _accident(found, partial_key(found.values.derivation.root, name))
        if gradient is not None:
            by_size.setdefault(float(gradient), []).append((gradient, name))
    for group in by_size.values():
        for (gradient, first), (other, name) in combinations(group, 2):
            if gradient.compare(other) == 0:
                yield first, name


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
