"""The room that a line has, and what fits into it."""

from __future__ import annotations

import math
from dataclasses import dataclass

from symback.document.blocks import Display, Inline
from symback.written.measure import Measure
from symback.written.nodes import Relation, Sum, Valued, Written

WIDEST = 1.1
"""How many times the line width a line may have before it is broken where nobody would break it by choice."""

APART = 1.22
"""How many times the line width the first side of a chain and another may have before they stand on lines of their own.

Matrices, of which such sides are made, are narrower than their measure.
"""


@dataclass(frozen=True, slots=True)
class Room:
    """How wide lines may be, in ems, and how wide mathematics gets.

    Nothing has to be kept from going beyond a line that `scrolls`.
    """

    measure: Measure
    width: float
    scrolls: bool = False

    @property
    def end(self) -> float:
        """Where nothing can be seen any more."""
        return math.inf if self.scrolls else self.width

    def words(self, text: Inline, letter: float) -> float:
        """Return the width of words and mathematics on one line, where a letter is so wide."""
        return sum(letter * len(part) if isinstance(part, str) else self.measure(part) for part in text)

    def fits(self, block: Display) -> bool:
        """Say whether all rows of a display fit on one line."""
        return not self.measure.exceed(block.rows, self.width)

    def is_broken(self, row: Written, stacked: bool) -> bool:
        """Say whether a row has a line for each of its links."""
        return isinstance(row, Relation) and (stacked or self.measure.exceed((row,), self.width))


def is_sum(side: Written) -> bool:
    """Say whether one side of a chain is a sum, in symbols or in numbers."""
    while isinstance(side, Valued):
        side = side.body
    return isinstance(side, Sum) and len(side.terms) > 1
