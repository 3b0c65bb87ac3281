"""How a person rounds, and which numbers may stand behind a printed one."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal

from tests.verify.generator.numbers import Interval

MODES = {"half-up": ROUND_HALF_UP, "half-even": ROUND_HALF_EVEN, "truncate": ROUND_DOWN}


@dataclass(frozen=True, slots=True)
class Convention:
    """So many decimals or significant digits, rounded in one way, with or without zeros at the end.

    A number that would keep fewer than two significant digits gets two: nobody goes on with 0.00.
    """

    digits: int
    significant: bool
    mode: str
    zeros: bool

    def write(self, value: Decimal) -> str:
        """Return a value as the person writes it, in plain digits."""
        if value == 0:
            return "0" if not self.zeros else f"{Decimal(0):.{self.digits - self.significant}f}"
        if not self.zeros and value == value.to_integral_value():
            return str(int(value))
        decimals = self.digits - 1 - value.adjusted() if self.significant else self.digits
        decimals = max(decimals, 1 - value.adjusted() if value.adjusted() < 0 else 1)
        rounded = value.quantize(Decimal(1).scaleb(-decimals), MODES[self.mode])
        if self.significant and rounded.adjusted() > value.adjusted() and decimals > 1:
            rounded = value.quantize(Decimal(1).scaleb(1 - decimals), MODES[self.mode])
        text = f"{rounded:f}"
        if not self.zeros:
            head, _, tail = text.partition(".")
            text = f"{head}.{tail.rstrip('0') or '0'}"
        return text


def last_place(text: str) -> float:
    """Return the worth of the last digit; a whole number is meant as it stands."""
    _, point, tail = text.partition(".")
    return 10.0 ** -len(tail) if point else 0.0


def behind(text: str) -> Interval:
    """Return what may stand behind a printed number, however it was rounded: half a place nearer to 0, a whole one further."""
    value, place = float(text), last_place(text)
    if value > 0:
        return Interval(value - place / 2, value + place)
    return Interval(value - place, value + place / 2) if value < 0 else Interval(-place, place)
