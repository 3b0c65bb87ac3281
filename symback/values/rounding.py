"""From a real number to the digits on the page: every printed digit is certified, by a stated rounding rule."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from flint import ctx, fmpq, fmpz

from symback.values.real import PRECISIONS, Real
from symback.written.nodes import Number

_HALF, _ZERO = fmpq(1, 2), fmpq(0)
_LONGEST = 2**15
"""No number is written out that has more binary digits than this before the point, or zeros after it."""


class Rounding(StrEnum):
    """What is done with the digits that are not printed."""

    HALF_UP = "half-up"
    """To the nearest, a half away from zero."""
    HALF_EVEN = "half-even"
    """To the nearest, a half to the even neighbour."""
    TRUNCATE = "truncate"
    """Cut off, towards zero."""


@dataclass(frozen=True, slots=True)
class Digits:
    """How many digits are printed: either `decimals` after the point (0 to 40) or `significant` ones (1 to 40).

    `padded` numbers keep the zeros behind a decimal that ends early.

    Raises
    ------
    ValueError
        If both or none are given, or one is out of its range.
    """

    decimals: int | None = None
    significant: int | None = None
    padded: bool = False

    def __post_init__(self) -> None:
        """Refuse what no page can follow."""
        if (self.decimals is None) == (self.significant is None):
            raise ValueError("give either decimals or significant digits")
        if self.decimals is not None and not 0 <= self.decimals <= 40:
            raise ValueError(f"decimals must be 0 to 40, not {self.decimals}")
        if self.significant is not None and not 1 <= self.significant <= 40:
            raise ValueError(f"significant digits must be 1 to 40, not {self.significant}")


@dataclass(frozen=True, slots=True)
class Spelled:
    """A number as it is printed.

    Attributes
    ----------
    number
        The digits, in plain notation, as written mathematics.
    value
        The number that these digits say, always rational.
    exact
        Whether the digits say the number itself; never claimed of a number that is not kept as a rational.
    """

    number: Number
    value: Real
    exact: bool

    @property
    def text(self) -> str:
        """The digits, in plain notation."""
        return self.number.text


def round_real(value: Real, places: int, rounding: Rounding) -> int:
    """Return ``value * 10**places`` rounded to a whole number.

    The precision is raised until the ball lies in one rounding cell; a ball that at 2,048 bits still holds a tie
    (a boundary, when digits are cut off) counts as the tie.

    Raises
    ------
    OverflowError
        If the number is too large to be written out.
    """
    return int(_rounded(value, places, rounding))


def spell(value: Real, digits: Digits, rounding: Rounding, extra: int = 0) -> Spelled:
    """Write a number with the given digits, and `extra` more.

    A rational whose decimals end within the digits is written exactly and, unless it is padded, shortly, with one
    decimal at least unless none is allowed: ``1.5``, ``6.0``. Everything else keeps its trailing zeros: ``-0.06910``.
    A number that would be written as 0 without being 0 is written with two significant digits (and the extra ones)
    instead.

    Raises
    ------
    OverflowError
        If the number is too large or too small to be written out.
    """
    if digits.decimals is None:
        whole, places = _significant(value, (digits.significant or 0) + extra, rounding)
    else:
        places = digits.decimals + extra
        whole = _rounded(value, digits.decimals, rounding)
        if not whole and value.sign() != 0:
            whole, places = _significant(value, 2 + extra, rounding)
        elif extra:
            whole = _rounded(value, places, rounding)
    printed = whole * _power_of_ten(-places)
    text = _plain(whole, places)
    if printed != value.rational:
        return Spelled(Number(text), Real.of(printed), exact=False)
    if digits.padded:
        return Spelled(Number(text), value, exact=True)
    if places > 0:
        text = text.rstrip("0")
    if digits.decimals is None or digits.decimals + extra > 0:
        text = _with_one_decimal(text)
    return Spelled(Number(text), value, exact=True)


def significant_string(value: Real, digits: int = 17) -> str:
    """Write a number for a program to read: exactly if `digits` significant digits can say it, else half-even to them.

    The notation is plain from 1e-6 up to 1e17, else scientific: ``3``, ``-0.506``, ``1.25e-07``.

    Raises
    ------
    OverflowError
        If the number is too large or too small to be written out.
    """
    whole, places = _significant(value, digits, Rounding.HALF_EVEN)
    exact = whole * _power_of_ten(-places) == value.rational
    ink = str(abs(whole))
    exponent = len(ink) - 1 - places
    if -6 <= exponent < 17:
        text = _plain(whole, places)
        return text.rstrip("0").rstrip(".") if exact and places > 0 else text
    mantissa = f"{ink[0]}.{ink[1:]}"
    mantissa = mantissa.rstrip("0") if exact else mantissa
    return f"{'-' if whole < 0 else ''}{mantissa.rstrip('.')}e{exponent:+03d}"


def _half_up(number: fmpq) -> fmpz:
    return (number + _HALF).floor() if number.p > 0 else (number - _HALF).ceil()


def _half_even(number: fmpq) -> fmpz:
    upper = (number + _HALF).floor()
    return upper - 1 if upper % 2 and upper - number == _HALF else upper


def _truncate(number: fmpq) -> fmpz:
    return number.floor() if number.p > 0 else number.ceil()


_ROUND: dict[Rounding, Callable[[fmpq], fmpz]] = {
    Rounding.HALF_UP: _half_up,
    Rounding.HALF_EVEN: _half_even,
    Rounding.TRUNCATE: _truncate,
}


@lru_cache(maxsize=1024)
def _power_of_ten(exponent: int) -> fmpq:
    return fmpq(10) ** exponent


def _rounded(value: Real, places: int, rounding: Rounding) -> fmpz:
    scale = _power_of_ten(places)
    scaled = _in_the_same_cell(value, scale, rounding) if value.rational is None else value.rational * scale
    return _ROUND[rounding](scaled)


def _in_the_same_cell(value: Real, scale: fmpq, rounding: Rounding) -> fmpq:
    """Return a rational that rounds as ``value * scale`` does: one of its cell, or the tie that it counts as."""
    boundary = _ZERO if rounding is Rounding.TRUNCATE else _HALF
    bits = PRECISIONS[0]
    while bits <= _LONGEST:
        ball = value.enclosure(bits)
        before, ctx.prec = ctx.prec, bits
        try:
            shifted = ball * scale - boundary
        finally:
            ctx.prec = before
        if not shifted.contains_integer():
            return shifted.mid().fmpq() + boundary
        tie = shifted.unique_fmpz()
        if bits >= PRECISIONS[-1] and tie is not None:
            return tie + boundary
        bits *= 2
    raise OverflowError("the number is too large to be written out")


def _significant(value: Real, digits: int, rounding: Rounding) -> tuple[fmpz, int]:
    """Return the number rounded to so many significant digits, as a whole number and the places to shift it by."""
    if value.sign() == 0:
        return fmpz(0), 0
    places = digits - 1 - _exponent_at_most(value)
    while True:
        whole = _rounded(value, places, rounding)
        surplus = len(str(abs(whole))) - digits
        if surplus <= 0:
            return whole, places
        places -= surplus


def _exponent_at_most(value: Real) -> int:
    """Return a power of ten that is at most the leading one of a number that is not zero, and close to it."""
    if value.rational is not None:
        leading_bit = value.rational.p.bit_length() - value.rational.q.bit_length() - 1
    else:
        balls = map(value.enclosure, PRECISIONS)
        mantissa, power = next(ball for ball in balls if not ball.contains(0)).abs_lower().man_exp()
        leading_bit = mantissa.bit_length() + int(power) - 1
    if not -_LONGEST <= leading_bit <= _LONGEST:
        raise OverflowError("the number is too large or too small to be written out")
    return math.floor(leading_bit * math.log10(2))


def _plain(whole: fmpz, places: int) -> str:
    """Write ``whole / 10**places`` in plain notation."""
    text = str(whole)
    if places <= 0:
        return text + "0" * -places
    text = text.zfill(places + 1 + text.startswith("-"))
    return f"{text[:-places]}.{text[-places:]}"


def _with_one_decimal(text: str) -> str:
    if "." not in text:
        return f"{text}.0"
    return f"{text}0" if text.endswith(".") else text
