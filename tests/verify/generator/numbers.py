"""Two kinds of numbers for the same formulas: 50 digits, and floats as bounds."""

from __future__ import annotations

import math
from dataclasses import dataclass
from decimal import Context, Decimal, localcontext
from fractions import Fraction
from typing import Any

DIGITS = Context(prec=50)


class Digits:
    """Decimals of 50 digits: what a calculator shows, and far beyond."""

    @staticmethod
    def number(text: str) -> Decimal:
        ratio = Fraction(text)
        return DIGITS.divide(Decimal(ratio.numerator), Decimal(ratio.denominator))

    @staticmethod
    def apply(name: str, x: Decimal) -> Decimal:
        match name:
            case "square":
                return x * x
            case "reciprocal":
                return 1 / x
            case "exp":
                return x.exp()
            case "ln":
                return x.ln()
            case "sigmoid":
                return 1 / (1 + (-x).exp())
            case "sigmoid'":
                s = 1 / (1 + (-x).exp())
                return s * (1 - s)
            case "relu":
                return max(x, Decimal(0))
            case "relu'":
                return Decimal(1 if x > 0 else 0)
            case "linear":
                return x
        raise LookupError(name)


def exactly() -> Any:
    """Return the context in which decimals have 50 digits."""
    return localcontext(DIGITS)


@dataclass(frozen=True, slots=True)
class Interval:
    """All numbers between two bounds."""

    low: float
    high: float

    def __neg__(self) -> Interval:
        return Interval(-self.high, -self.low)

    def __add__(self, other: object) -> Interval:
        if not isinstance(other, Interval):
            return NotImplemented  # a matrix adds and multiplies its own entries
        return Interval(self.low + other.low, self.high + other.high)

    def __mul__(self, other: object) -> Interval:
        if not isinstance(other, Interval):
            return NotImplemented
        ends = [one * two for one in (self.low, self.high) for two in (other.low, other.high)]
        return Interval(min(ends), max(ends))

    def wider(self, by: float) -> Interval:
        return Interval(self.low - by, self.high + by)

    def misses(self, other: Interval) -> bool:
        """Say whether the two have nothing in common, and more than the error of a float lies between them."""
        gap = max(self.low - other.high, other.low - self.high)
        return gap > 1e-12 * (1 + abs(self.low) + abs(other.low))


class Bounds:
    """Intervals, without a care for the last bit: no printed number has more than a dozen digits."""

    @staticmethod
    def number(text: str) -> Interval:
        value = float(Fraction(text))
        return Interval(value, value)

    @staticmethod
    def apply(name: str, x: Interval) -> Interval:
        match name:
            case "square":
                least = 0.0 if x.low <= 0 <= x.high else min(x.low**2, x.high**2)
                return Interval(least, max(x.low**2, x.high**2))
            case "reciprocal":
                return ANYTHING if x.low <= 0 <= x.high else Interval(1 / x.high, 1 / x.low)
            case "exp":
                return Interval(math.exp(x.low), math.exp(x.high))
            case "ln":
                return ANYTHING if x.low <= 0 else Interval(math.log(x.low), math.log(x.high))
            case "sigmoid":
                return Interval(_sigmoid(x.low), _sigmoid(x.high))
            case "sigmoid'":
                ends = [_sigmoid(end) * (1 - _sigmoid(end)) for end in (x.low, x.high)]
                return Interval(min(ends), 0.25 if x.low <= 0 <= x.high else max(ends))
            case "relu":
                return Interval(max(x.low, 0.0), max(x.high, 0.0))
            case "relu'":
                return Interval(1.0 if x.low > 0 else 0.0, 1.0 if x.high > 0 else 0.0)
            case "linear":
                return x
        raise LookupError(name)


ANYTHING = Interval(-1e30, 1e30)


def _sigmoid(x: float) -> float:
    return 1 / (1 + math.exp(-x))
