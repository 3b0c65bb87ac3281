"""What makes numbers friendly: a table of named conditions on neurons and one on gradients.

A condition on a neuron is asked as soon as its pre-activation is known, one on gradients when all numbers are drawn.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

from symback.derive.derivation import Derivation
from symback.graph.build import build_graph
from symback.rules.activations import INPUT, Activation, derivative_form
from symback.spec.model import Spec
from symback.values.interpret import UnknownValue, interpret
from symback.values.policy import policy_of
from symback.values.real import Real
from symback.values.values import Values
from symback.written.nodes import Number, Partial, partial_key

KINK_DISTANCE = Real.of("0.05")
"""No pre-activation lies nearer to a kink of its activation."""

SATURATED = Real.of("0.2")
"""A smooth activation is saturated where its slope is less than this part of its slope at 0: a sigmoid below 0.05."""

EXISTS = "every number exists"
"""The condition that a logarithm of a negative number or a division by zero breaks."""


@dataclass(frozen=True, slots=True)
class Neuron:
    """One neuron in one sample: its activation, the pre-activation and the slope there.

    ``worked`` says whether pages work through the sample, ``stated`` whether the author stated the pre-activation.
    """

    activation: Activation
    pre_activation: Real
    slope: Real
    worked: bool
    stated: bool


@dataclass(frozen=True, slots=True)
class Gradients:
    """All numbers of a varied spec, and those that `kept` ones force: what is known from them alone."""

    values: Values
    forced: Values

    def known(self, numbers: Values, key: str) -> Real | None:
        """Return an exact value, or None if it depends on an unknown number."""
        try:
            return numbers.exact[key]
        except UnknownValue:
            return None


def is_off_the_kinks(neuron: Neuron) -> bool:
    """Say whether the pre-activation is 0.05 or more away from every kink."""
    distances = (abs(neuron.pre_activation - Real.of(kink)) for kink in neuron.activation.kinks)
    return all(distance.compare(KINK_DISTANCE) >= 0 for distance in distances)


def is_alive(neuron: Neuron) -> bool:
    """Say whether the slope is not 0 (as it is of a dead ReLU), in the worked sample and unless it was stated so."""
    return neuron.stated or not neuron.worked or neuron.slope.sign() != 0


def is_unsaturated(neuron: Neuron) -> bool:
    """Say whether the slope of a smooth activation is at least a fifth of that at 0; 0.05 for a sigmoid."""
    least = _least_slope(neuron.activation)
    return least is None or abs(neuron.slope).compare(least) >= 0


NEURONS: dict[str, Callable[[Neuron], bool]] = {
    "no pre-activation within 0.05 of a kink": is_off_the_kinks,
    "no dead ReLU in the worked sample": is_alive,
    "no saturated sigmoid (slope at least 0.05)": is_unsaturated,
}
"""Conditions on a neuron, by what they are called when none can be met."""


def zero_gradients(found: Gradients) -> Iterator[str]:
    """Yield the parameters whose gradient is 0, in the worked sample or in what the update uses, without need."""
    derivation = found.values.derivation
    for root in dict.fromkeys(("loss", derivation.learned_root)):
        for name in derivation.graph.parameters:
            key = partial_key(root, name)
            gradient = found.known(found.values, key)
            if gradient is not None and gradient.sign() == 0 and found.known(found.forced, key) is None:
                yield name


def equal_gradients(found: Gradients) -> Iterator[str]:
    """Yield weights of a layer that have the gradient of another weight of it, in the worked sample, without need.

    Two weights of one neuron need to have equal gradients if what enters through them is kept and equal.
    """
    for layer in found.values.derivation.graph.layers:
        rows = [(row, source, weight) for row in layer.weights for source, weight in zip(layer.inputs, row, strict=True)]
        sized = []
        for row, source, weight in rows:
            key = partial_key("loss", weight)
            gradient = found.known(found.values, key)
            if gradient is not None and found.known(found.forced, key) is None:
                sized.append((float(gradient), gradient, row, source, weight))
        sized.sort(key=lambda entry: entry[0])
        for _, group in groupby(sized, key=lambda entry: entry[0]):
            same = list(group)
            for place, (_, gradient, row, source, weight) in enumerate(same):
                for _, other, other_row, other_source, _ in same[:place]:
                    if gradient.compare(other) == 0 and not (row is other_row and _are_kept(found, source, other_source)):
                        yield weight


GRADIENTS: dict[str, Callable[[Gradients], Iterator[str]]] = {
    "no gradient that is 0 by accident": zero_gradients,
    "no two equal gradients of weights in one layer": equal_gradients,
}
"""Conditions on the finished numbers: each yields the ids that break it."""


def gradients_of(spec: Spec, kept: frozenset[str]) -> Gradients:
    """Return the numbers of `spec`, and what follows from the numbers of the worked sample that are `kept` alone."""
    graph = build_graph(spec)
    derivation = Derivation(graph, kinks={name: Number(value.text) for name, value in spec.kinks.items()})
    policy = policy_of(spec)
    known = {name: number for name, number in graph.given.items() if name in kept}
    return Gradients(Values(derivation, policy), Values(derivation, policy, given=known))


def _are_kept(found: Gradients, source: str, other: str) -> bool:
    left, right = found.known(found.forced, source), found.known(found.forced, other)
    return left is not None and right is not None and left.compare(right) == 0


def slope(activation: Activation, at_kink: Number | None, pre_activation: Real) -> Real:
    """Return the derivative of an activation at a point; at a kink it is what the spec says."""
    found = interpret(derivative_form(activation, at_kink), {INPUT: pre_activation})
    assert isinstance(found, Real)
    return found


@lru_cache(maxsize=64)
def _least_slope(activation: Activation) -> Real | None:
    """Return the size of slope below which an activation is saturated; none for one with kinks, or without slope at 0."""
    if activation.kinks:
        return None
    try:
        return SATURATED * abs(slope(activation, None, Real.of(0)))
    except (ValueError, ZeroDivisionError):
        return None
