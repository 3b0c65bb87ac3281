"""Rounding of exact values to printed decimals, and the values that a printed number may stand for."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import floor

from mpmath import mp, mpf

from tests.checker.arithmetic import SAME, Interval, Real, real
from tests.checker.tree import Digits

MODES = ("half-up", "half-even", "truncate")


def rounded(value: Real, decimals: int, mode: str) -> Fraction:
    """Return `value` with `decimals` decimals: halves go away from zero, to the even digit, or all is cut off."""
    scale = Fraction(10) ** decimals
    size = abs(value) * scale if isinstance(value, Fraction) else snapped(abs(value) * real(scale))
    whole = floor(size) if isinstance(size, Fraction) else int(mp.floor(size))
    rest = size - whole
    if mode == "truncate":
        up = False
    elif mode == "half-even":
        up = rest > Fraction(1, 2) if isinstance(rest, Fraction) else rest > 0.5
        up = up or (rest == Fraction(1, 2) and whole % 2 == 1)
    else:
        up = rest >= Fraction(1, 2) if isinstance(rest, Fraction) else rest >= 0.5
    result = Fraction(whole + up) / scale
    return -result if value < 0 else result


def snapped(size: mpf) -> Real:
    """Return a whole or half number exactly where the 50 digits come as near to it as they can."""
    twice = mp.nint(2 * size)
    return Fraction(int(twice), 2) if abs(2 * size - twice) <= SAME * (1 + size) else size


def rounds(value: Real, digits: Digits, mode: str) -> bool:
    """Whether `value` is printed as `digits`."""
    return rounded(value, digits.decimals, mode) == digits.value


def spread(digits: Digits, mode: str) -> Interval:
    """Return the values that may be printed as `digits`."""
    unit = Fraction(1, 1) / Fraction(10) ** digits.decimals
    if mode != "truncate":
        return Interval(digits.value - unit / 2, digits.value + unit / 2)
    if digits.value == 0:
        return Interval(-unit, unit)
    return (
        Interval(digits.value, digits.value + unit) if digits.value > 0 else Interval(digits.value - unit, digits.value)
    )


@dataclass(frozen=True, slots=True)
class Known:
    """A value that the page gives a quantity: the digits (None where it was only worked out), and whether they are all of it."""

    value: Real
    digits: Digits | None
    exact: bool
    at: int

    def range(self, mode: str) -> Interval:
        """Return the values that the quantity may have."""
        if self.digits is None or self.exact:
            return Interval(self.value, self.value)
        return spread(self.digits, mode)

    def __str__(self) -> str:
        return str(self.digits) if self.digits is not None else mp.nstr(real(self.value), 12)


def decimals_of(known: Known) -> int:
    return known.digits.decimals if known.digits is not None else 0


def agree(one: Known, two: Known, carry: str, mode: str) -> bool:
    """Whether two prints of one quantity are consistent.

    Printed values carry: there is one value. Exact values carry: a later print may show more digits of the same value.
    """
    if one.value == two.value:
        return True
    if one.digits is not None and two.digits is not None:
        if carry == "printed" or one.digits.decimals == two.digits.decimals:
            return False
    elif one.digits is not None or two.digits is not None:
        printed, worked = (one, two) if one.digits is not None else (two, one)
        if printed.digits is not None and rounds(worked.value, printed.digits, mode):
            return True
        if carry == "printed":
            return False
    first, second = one.range(mode), two.range(mode)
    return bool(real(first.low) <= real(second.high) and real(second.low) <= real(first.high))
