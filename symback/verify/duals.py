"""Numbers with their derivatives, alone or as rows of a vector or matrix."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from flint import arb


class Unknown(Exception):
    """A formula has no value here: a name is not bound, shapes do not fit, or a function is not known."""


@dataclass(frozen=True, slots=True)
class Dual:
    """A number with its derivative by one quantity."""

    value: arb
    slope: arb

    def __add__(self, other: Dual) -> Dual:
        """Return the sum."""
        return Dual(self.value + other.value, self.slope + other.slope)

    def __neg__(self) -> Dual:
        """Return the opposite."""
        return Dual(-self.value, -self.slope)

    def __mul__(self, other: Dual) -> Dual:
        """Return the product, by the product rule."""
        return Dual(self.value * other.value, self.slope * other.value + self.value * other.slope)

    def __truediv__(self, other: Dual) -> Dual:
        """Return the quotient, by the quotient rule."""
        value = self.value / other.value
        return Dual(value, (self.slope - value * other.slope) / other.value)


Rows: TypeAlias = tuple[tuple[Dual, ...], ...]
Value: TypeAlias = Dual | Rows
"""A number, or the rows of a vector or matrix."""

ZERO, ONE = arb(0), arb(1)

NO_CASE = "no case applies"
"""Says that the cases of a formula do not cover a value."""


def constant(value: arb) -> Dual:
    """Return a number that does not depend on anything."""
    return Dual(value, ZERO)
