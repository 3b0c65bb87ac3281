"""Printed numbers as balls: the values that print like a number, and what arithmetic makes of them."""

from __future__ import annotations

import re
from fractions import Fraction
from functools import lru_cache

from flint import arb, ctx, fmpq

from symback.written.nodes import Group, Negative, Number, Power, Product, Quotient, Written

BITS = 160
"""Precision of all judging; far more than any printed digit asks for."""

BELOW_ONE = 1 - Fraction(1, 10**6)
"""What is cut off is less than a whole unit of the last digit."""

LARGEST_UNIT_OF_ZERO = Fraction(1, 10)
"""Nobody rounds to 0 what is no small number, though 0 is written without decimals."""

_PLAIN = re.compile(r"-?\d+(?:\.(\d+))?")


def exact(number: Fraction) -> arb:
    """Return a rational as a ball."""
    return arb(fmpq(number.numerator, number.denominator))


@lru_cache(maxsize=4096)
def exactly(text: str) -> arb | None:
    """Return the ball of digits as they stand; None for what is not one number."""
    found = _digits(text)
    return None if found is None else exact(found[0])


def decimal(node: Written) -> tuple[Fraction, Fraction] | None:
    r"""Return the value that a node prints as one decimal number, and the unit of its last digit.

    Signs, brackets and powers of ten belong to the number: ``-0.5``, ``(-0.5)``, ``1.2 \cdot 10^{-3}``. The unit of a
    number without decimals is 1. None stands for what is not one number.
    """
    if isinstance(node, Group):
        return decimal(node.body)
    if isinstance(node, Negative):
        inner = decimal(node.operand)
        return None if inner is None else (-inner[0], inner[1])
    if isinstance(node, Number):
        return _digits(node.text)
    if isinstance(node, Product) and len(node.factors) == 2:
        power = node.factors[1]
        if isinstance(power, Power) and power.base == Number("10") and isinstance(power.exponent, (Number, Negative)):
            inner, exponent = decimal(node.factors[0]), decimal(power.exponent)
            if inner is not None and exponent is not None and exponent[0].denominator == 1 and abs(exponent[0]) <= 64:
                scale = Fraction(10) ** int(exponent[0])
                return inner[0] * scale, inner[1] * scale
    if isinstance(node, Quotient) and node.denominator == Number("100"):
        inner = decimal(node.numerator)
        return None if inner is None else (inner[0] / 100, inner[1] / 100)
    return None


@lru_cache(maxsize=4096)
def _digits(text: str) -> tuple[Fraction, Fraction] | None:
    match = _PLAIN.fullmatch(text)
    return None if match is None else (Fraction(text), Fraction(1, 10 ** len(match[1] or "")))


@lru_cache(maxsize=4096)
def printing_like(value: Fraction, unit: Fraction) -> arb:
    """Return the ball of values that print as `value`: rounded to the unit of its last digit, or cut off at it."""
    if value == 0:
        unit = min(unit, LARGEST_UNIT_OF_ZERO)
    half, cut_off = unit / 2, unit * BELOW_ONE
    low, high = value - half, value + half
    if value >= 0:
        high = value + cut_off
    if value <= 0:
        low = value - cut_off
    return between(low, high)


def prints_as(ball: arb, value: Fraction, unit: Fraction) -> bool:
    """Say whether what is worth `ball` may print as `value`, also where it is cut off right below the next number."""
    if ball.overlaps(printing_like(value, unit)):
        return True
    next_one = exact(abs(value) + unit)
    size = -ball if value < 0 or (value == 0 and ball < 0) else ball
    return bool(size > exact(abs(value))) and bool(size < next_one)


def between(low: Fraction, high: Fraction) -> arb:
    """Return the ball from `low` to `high`."""
    middle, radius = (low + high) / 2, (high - low) / 2
    ball: arb = arb(fmpq(middle.numerator, middle.denominator), fmpq(radius.numerator, radius.denominator))
    return ball


def width(ball: arb) -> float:
    """Return the distance between the ends of a ball."""
    return 2 * float(ball.rad())


def precise() -> None:
    """Set the precision of all judging."""
    ctx.prec = BITS
