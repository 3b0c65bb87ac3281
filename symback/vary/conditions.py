"""What makes the numbers of a neuron friendly: a table of named conditions, asked while numbers are drawn."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from symback.rules.activations import INPUT, Activation, derivative_form
from symback.values.interpret import interpret
from symback.values.real import Real
from symback.written.nodes import Number

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


def slope(activation: Activation, at_kink: Number | None, pre_activation: Real) -> Real:
    """Return the derivative of an activation at a point; at a kink it is what the spec says."""
    found = interpret(derivative_form(activation, at_kink), {INPUT: pre_activation})
    assert isinstance(found, Real)
    return found


@lru_cache(maxsize=64)
def _least_slope(activation: Activation) -> Real | None:
    """Return the slope below which an activation is saturated; none for one with kinks, or without a slope at 0."""
    if activation.kinks:
        return None
    try:
        return SATURATED * abs(slope(activation, None, Real.of(0)))
    except (ValueError, ZeroDivisionError):
        return None
