"""Activations and losses written by hand a second time, for three kinds of number.

Nothing here reads an expression or looks into the tables of the package: what a word of a spec means is said again, so
that a row which is wrong has something to disagree with.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import autograd.numpy as automatic
import mpmath
import sympy


@dataclass(frozen=True)
class Arithmetic:
    """The functions of one kind of number; ``positive`` is x where x > 0 and else 0."""

    number: Callable[[Fraction], Any]
    exp: Callable[[Any], Any]
    log: Callable[[Any], Any]
    sqrt: Callable[[Any], Any]
    tanh: Callable[[Any], Any]
    sin: Callable[[Any], Any]
    cos: Callable[[Any], Any]
    positive: Callable[[Any], Any]


SYMBOLIC = Arithmetic(
    number=lambda value: sympy.Rational(value.numerator, value.denominator),
    exp=sympy.exp,
    log=sympy.log,
    sqrt=sympy.sqrt,
    tanh=sympy.tanh,
    sin=sympy.sin,
    cos=sympy.cos,
    positive=lambda x: sympy.Piecewise((x, x > 0), (0, True)),
)
DECIMAL = Arithmetic(
    number=lambda value: mpmath.mpf(value.numerator) / value.denominator,
    exp=mpmath.exp,
    log=mpmath.log,
    sqrt=mpmath.sqrt,
    tanh=mpmath.tanh,
    sin=mpmath.sin,
    cos=mpmath.cos,
    positive=lambda x: x if x > 0 else mpmath.mpf(0),
)
FLOATING = Arithmetic(
    number=float,
    exp=automatic.exp,
    log=automatic.log,
    sqrt=automatic.sqrt,
    tanh=automatic.tanh,
    sin=automatic.sin,
    cos=automatic.cos,
    positive=lambda x: automatic.where(x > 0, x, 0.0),
)


@dataclass(frozen=True)
class Function:
    """An activation as a function of a number and its arithmetic, with the points where its slope jumps."""

    value: Callable[[Any, Arithmetic], Any]
    kinks: tuple[Fraction, ...] = ()
    seams: tuple[Fraction, ...] = ()
    """Where pieces of `value` meet with one slope, which `positive` does not know."""

    def __call__(self, x: Any, m: Arithmetic) -> Any:
        return self.value(x, m)


ZERO, ONE = Fraction(0), Fraction(1)

NAMED: Mapping[str, Function] = {
    "relu": Function(lambda x, m: m.positive(x), (ZERO,)),
    "sigmoid": Function(lambda x, m: 1 / (1 + m.exp(-x))),
    "tanh": Function(lambda x, m: m.tanh(x)),
    "leaky-relu": Function(lambda x, m: m.positive(x) - m.positive(-x) / 100, (ZERO,)),
    "elu": Function(lambda x, m: m.positive(x) + m.exp(-m.positive(-x)) - 1, seams=(ZERO,)),
    "softplus": Function(lambda x, m: m.log(m.exp(x) + 1)),
    "silu": Function(lambda x, m: x / (1 + m.exp(-x))),
    "linear": Function(lambda x, m: x),
}
"""The activations that have a name. A test compares the names with those of the package."""


def softmax(inputs: Sequence[Any], m: Arithmetic) -> list[Any]:
    """The whole layer at once: the share of each exponential in their sum."""
    powers = [m.exp(x) for x in inputs]
    return [power / sum(powers[1:], powers[0]) for power in powers]


JOINT: Mapping[str, Callable[[Sequence[Any], Arithmetic], list[Any]]] = {"softmax": softmax}
"""The activations of a whole layer."""

EXPRESSIONS: Mapping[str, Function] = {
    "2*x": Function(lambda x, m: 2 * x),
    "2.0*x": Function(lambda x, m: 2 * x),
    "x^2/4": Function(lambda x, m: x * x / 4),
    "(x^3 - 3*x)/8": Function(lambda x, m: x * (x * x - 3) / 8),
    "x/(1+x^2)": Function(lambda x, m: x / (x * x + 1)),
    "log(1 + e^x)": Function(lambda x, m: m.log(m.exp(x) + 1)),
    "e^(-x^2)": Function(lambda x, m: m.exp(-x * x)),
    "sqrt(1 + x^2)": Function(lambda x, m: m.sqrt(x * x + 1)),
    "tanh(x)": Function(lambda x, m: m.tanh(x)),
    "sin(x) + x/2": Function(lambda x, m: x / 2 + m.sin(x)),
    "x * cos(x)": Function(lambda x, m: m.cos(x) * x),
    "2^x - 1": Function(lambda x, m: m.exp(x * m.log(m.number(Fraction(2)))) - 1),
    "max(0, x) - x/10": Function(lambda x, m: m.positive(x) - x / 10, (ZERO,)),
    "max(x, 0.1*x)": Function(lambda x, m: m.positive(x) - m.positive(-x) / 10, (ZERO,)),
    "abs(x)/2 + 1/4": Function(lambda x, m: (m.positive(x) + m.positive(-x)) / 2 + m.number(Fraction(1, 4)), (ZERO,)),
    "max(0, x)^2 + abs(x - 1)": Function(
        lambda x, m: m.positive(x) ** 2 + m.positive(x - 1) + m.positive(1 - x), (ONE,), seams=(ZERO,)
    ),
    "cases(x, x > 0, e^x - 1, x <= 0)": Function(
        lambda x, m: m.positive(x) + m.exp(-m.positive(-x)) - 1, seams=(ZERO,)
    ),
    "min(1, max(-1, x))": Function(lambda x, m: m.positive(x + 1) - m.positive(x - 1) - 1, (-ONE, ONE)),
    "abs(abs(x) - 1)": Function(
        lambda x, m: 2 * (m.positive(x + 1) - m.positive(x) + m.positive(x - 1)) - x - 1, (-ONE, ZERO, ONE)
    ),
}
"""Expressions in x that a spec may give; of the first some are smooth everywhere, the last have kinks."""

FUNCTIONS: Mapping[str, Function] = {**NAMED, **EXPRESSIONS}

LOSSES: Mapping[str, Callable[[Any, Any, Arithmetic], Any]] = {
    "squared-error": lambda y, t, m: (y - t) * (y - t),
    "binary-cross-entropy": lambda y, t, m: -(t * m.log(y) + (1 - t) * m.log(1 - y)),
    "cross-entropy": lambda y, t, m: -t * m.log(y),
    "negative-log-likelihood": lambda y, t, m: -t * m.log(y),
    "absolute-error": lambda y, t, m: m.positive(y - t) + m.positive(t - y),
}
"""The term of one output, without the factor in front."""

OBSERVED = ("negative-log-likelihood",)
"""Losses that know no target where there is one output: it is the probability of what was observed."""
