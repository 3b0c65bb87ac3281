"""What makes the numbers of a neuron friendly: a table of named conditions, asked while numbers are drawn."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from symback.graph.build import exponential_sum
from symback.graph.quantity import Layer
from symback.rules.activations import INPUT, SUM, Activation, derivative_form
from symback.values.interpret import UnknownValue, interpret
from symback.values.real import Real
from symback.written.nodes import Number

KINK_DISTANCE = Real.of("0.05")
"""No pre-activation lies nearer to a kink of its activation."""

SATURATED = Real.of("0.2")
"""A smooth activation is saturated where its slope is less than this part of its slope at 0: a sigmoid below 0.05."""

OFF_KINKS = "no pre-activation within 0.05 of a kink"
"""The condition that the formulas of equations have to meet as well."""

EXISTS = "every number exists"
"""The condition that a logarithm of a negative number or a division by zero breaks."""


@dataclass(frozen=True, slots=True)
class Neuron:
    """One neuron in one sample: its activation, the pre-activation and the slope there.

    ``worked`` says whether pages work through the sample, ``stated`` whether the author stated the pre-activation.
    ``joined`` is the number of pre-activations that the activation goes by.
    """

    activation: Activation
    pre_activation: Real
    slope: Real
    worked: bool
    stated: bool
    joined: int = 1


def is_off_the_kinks(neuron: Neuron) -> bool:
    """Say whether the pre-activation is 0.05 or more away from every kink."""
    distances = (abs(neuron.pre_activation - Real.of(kink)) for kink in neuron.activation.kinks)
    return all(distance.compare(KINK_DISTANCE) >= 0 for distance in distances)


def is_alive(neuron: Neuron) -> bool:
    """Say whether the slope is not 0 (as it is of a dead ReLU), in the worked sample and unless it was stated so."""
    return neuron.stated or not neuron.worked or neuron.slope.sign() != 0


def is_unsaturated(neuron: Neuron) -> bool:
    """Say whether the slope of a smooth activation is at least a fifth of that at 0; 0.05 for a sigmoid."""
    least = _least_slope(neuron.activation, neuron.joined)
    return least is None or abs(neuron.slope).compare(least) >= 0


NEURONS: dict[str, Callable[[Neuron], bool]] = {
    OFF_KINKS: is_off_the_kinks,
    "no dead ReLU in the worked sample": is_alive,
    "no saturated sigmoid (slope at least 0.05)": is_unsaturated,
}
"""Conditions on a neuron, by what they are called when none can be met."""


def breach(neuron: Neuron) -> str:
    """Return the first condition that a neuron breaks, or nothing."""
    return next((name for name, holds in NEURONS.items() if not holds(neuron)), "")


def neuron_at(
    layer: Layer, place: int, values: Mapping[str, Real], kinks: Mapping[str, Number], *, worked: bool, stated: bool
) -> Neuron | None:
    """Return the neuron at a place, counted from 0, with the values of a sample; None where they are not known yet."""
    row = layer.functions[place]
    try:
        pre_activation = values[layer.pre_activations[place]]
        total = interpret(exponential_sum(layer), values) if row.is_joint else Real.of(1)
    except (KeyError, UnknownValue):
        return None
    assert isinstance(total, Real)
    found = slope(row, kinks.get(row.name), pre_activation, total)
    return Neuron(row, pre_activation, found, worked, stated, layer.size if row.is_joint else 1)


def slope(activation: Activation, at_kink: Number | None, pre_activation: Real, total: Real) -> Real:
    """Return the derivative of an activation at a point; at a kink it is what the spec says.

    `total` is the sum of all exponentials of the layer, where the activation goes by that.
    """
    found = interpret(derivative_form(activation, at_kink), {INPUT: pre_activation, SUM: total})
    assert isinstance(found, Real)
    return found


@lru_cache(maxsize=64)
def _least_slope(activation: Activation, joined: int) -> Real | None:
    """Return the slope below which an activation is saturated; none for one with kinks, or without a slope at 0."""
    if activation.kinks:
        return None
    try:
        return SATURATED * abs(slope(activation, None, Real.of(0), Real.of(joined)))
    except (ValueError, ZeroDivisionError):
        return None
