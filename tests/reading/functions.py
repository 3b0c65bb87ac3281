"""The activations that formulas of the corpus and of the pairs speak of, with their derivatives, in mpmath."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from mpmath import mp, mpf


@dataclass(frozen=True, slots=True)
class Activation:
    """A function of one number and its derivative; at a kink the derivative is that from the left."""

    value: Callable[[mpf], mpf]
    derivative: Callable[[mpf], mpf]


def sigmoid(x: mpf) -> mpf:
    return 1 / (1 + mp.exp(-x))


def positive(x: mpf) -> mpf:
    return mpf(1) if x > 0 else mpf(0)


ACTIVATIONS: Mapping[str, Activation] = {
    "sigma": Activation(sigmoid, lambda x: mp.exp(-x) / (1 + mp.exp(-x)) ** 2),
    "relu": Activation(lambda x: x if x > 0 else mpf(0), positive),
    "tanh": Activation(mp.tanh, lambda x: 1 / mp.cosh(x) ** 2),
    "softplus": Activation(lambda x: mp.log(1 + mp.exp(x)), sigmoid),
}
