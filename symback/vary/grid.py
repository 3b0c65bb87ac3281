"""The grid that friendly numbers are drawn from: short decimals of about the size that the author chose."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import count
from random import Random

from symback.spec.exact import ExactNumber

MOST_DECIMALS = 2
FEWEST_STEPS = 5
"""There are at least so many sizes to draw from."""

LONGEST_STEP = 4
"""A step goes at least so often into the largest number of the author."""

REDRAWS = 12
"""How often a number is drawn again because its row has it already."""


@dataclass(frozen=True, slots=True)
class Grid:
    """Whole multiples of a step, apart from 0.

    Attributes
    ----------
    decimals : int
        Decimals in which steps are counted.
    shortest : int
        Decimals that every number shows; zeros behind them are left out.
    step : int
        Distance of two neighbours, in units of the last decimal.
    steps : int
        How many steps the largest number has.
    signed : bool
        Whether numbers may be negative.
    """

    decimals: int
    shortest: int
    step: int
    steps: int
    signed: bool

    @staticmethod
    def of(numbers: Sequence[ExactNumber]) -> Grid:
        """Return the grid in which `numbers`, none of them 0, lie or nearly lie: it has 2 decimals at most."""
        given = numbers or [ExactNumber("1")]
        places = [decimals_of(number) for number in given]
        decimals = min(max(places), MOST_DECIMALS)
        units = [math.ceil(abs(number.value) * 10**decimals) for number in given]
        step = _step(units)
        return Grid(
            decimals=decimals,
            shortest=min(decimals, *places),
            step=step,
            steps=max(max(units) // step, FEWEST_STEPS),
            signed=any(number.value < 0 for number in given),
        )

    def within_one(self) -> Grid:
        """Return the part of the grid, made fine, that lies between 0 and 1."""
        return replace(self, step=1, steps=max(10**self.decimals - 1, 1), signed=False)

    def fine(self) -> Grid:
        """Return the grid with every number of its decimals."""
        return replace(self, step=1, steps=self.step * self.steps)

    def draw(self, chance: Random) -> ExactNumber:
        """Return a number of the grid."""
        units = self.step * (1 + chance.randrange(self.steps))
        return self.spell(-units if self.signed and chance.randrange(2) else units)

    def row(self, chance: Random, length: int) -> list[ExactNumber]:
        """Return several numbers, different ones if that is soon found."""
        found: list[ExactNumber] = []
        for _ in range(length):
            number = self.draw(chance)
            for _ in range(REDRAWS):
                if number not in found:
                    break
                number = self.draw(chance)
            found.append(number)
        return found

    def spell(self, units: int) -> ExactNumber:
        """Return so many units of the last decimal as a number."""
        return spelled(units, self.decimals, self.shortest)


def spelled(units: int, decimals: int, shortest: int) -> ExactNumber:
    """Return ``units / 10**decimals`` with at least `shortest` decimals."""
    whole, rest = divmod(abs(units), 10**decimals)
    places = f"{rest:0{decimals}d}" if decimals else ""
    places = places[:shortest] + places[shortest:].rstrip("0")
    return ExactNumber(f"{'-' if units < 0 else ''}{whole}{'.' if places else ''}{places}")


def decimals_of(number: ExactNumber) -> int:
    """Return how many decimals a number is written with."""
    return len(number.text.partition(".")[2])


def _step(units: Sequence[int]) -> int:
    """Return the largest round step (1, 5, 10, 25, 50, 100, …) of which all are multiples and that is short enough."""
    common, most = math.gcd(*units), max(units) // LONGEST_STEP
    best = 1
    for power in count():
        for digits in (10, 25, 50):
            step, part = divmod(digits * 10**power, 10)
            if part:  # 2.5 units are none
                continue
            if step > most:
                return best
            if common % step == 0:
                best = step
    raise AssertionError("count() does not end")
