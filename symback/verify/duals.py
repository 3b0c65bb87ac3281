"""Numbers with their derivatives, alone or as rows of a vector or matrix."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from flint import arb


class Unknown(Exception):
    """A formula has no value here: a name is not bound, shapes do not fit, or a function is not known."""


ZERO, ONE = arb(0), arb(1)


@dataclass(slots=True)
class Dual:
    """A number with its derivative by one quantity.

    It is never changed; saying so (``frozen``) would make it cost three times as much, and of nothing are there more.
    The slope of what does not depend on that quantity is `ZERO` itself, which no rule of derivatives is worked out for.
    """

    value: arb
    slope: arb

    def __add__(self, other: Dual) -> Dual:
        """Return the sum."""
        if self.slope is ZERO and other.slope is ZERO:
            return Dual(self.value + other.value, ZERO)
        return Dual(self.value + other.value, self.slope + other.slope)

    def __neg__(self) -> Dual:
        """Return the opposite."""
        return Dual(-self.value, ZERO if self.slope is ZERO else -self.slope)

    def __mul__(self, other: Dual) -> Dual:
        """Return the product, by the product rule."""
        if self.slope is ZERO and other.slope is ZERO:
            return Dual(self.value * other.value, ZERO)
        return Dual(self.value * other.value, self.slope * other.value + self.value * other.slope)

    def __truediv__(self, other: Dual) -> Dual:
        """Return the quotient, by the quotient rule."""
        value = self.value / other.value
        if self.slope is ZERO and other.slope is ZERO:
            return Dual(value, ZERO)
        return Dual(value, (self.slope - value * other.slope) / other.value)


Rows: TypeAlias = tuple[tuple[Dual, ...], ...]
Value: TypeAlias = Dual | Rows
"""A number, or the rows of a vector or matrix."""

NO_CASE = "no case applies"
"""Says that the cases of a formula do not cover a value."""


def constant(value: arb) -> Dual:
    """Return a number that does not depend on anything."""
    return Dual(value, ZERO)
