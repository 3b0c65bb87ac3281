"""Displays in lines that fit: where a chain is broken, and where a long side goes on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from symback.document.blocks import Display
from symback.formats.writer import is_sum, is_wide
from symback.written.measure import Measure
from symback.written.nodes import Relation, Written
from symback.written.page_printer import PagePrinter

WIDEST = 1.1
"""How many times the line width a line may have before it is broken where nobody would break it by choice."""

APART = 1.22
"""How many times the line width the first side of a chain and another may have before they stand on lines of their own.

Matrices, of which such sides are made, are narrower than their measure.
"""


@dataclass(frozen=True, slots=True)
class Lines:
    """Breaks displays for lines of some width, in ems."""

    printer: PagePrinter
    measure: Measure
    width: float

    def of(self, block: Display) -> list[tuple[str, str]]:
        """Return the lines of a display, each in two parts: what is before its first relation sign, and the rest."""
        return [line for row in block.rows for line in self._row(row, self.is_broken(row, block.stacked))]

    def fit(self, block: Display) -> bool:
        """Say whether all rows of a display fit on one line."""
        return not self.measure.exceed(block.rows, self.width)

    def is_broken(self, row: Written, stacked: bool) -> bool:
        """Say whether a row has a line for each of its links."""
        return isinstance(row, Relation) and (stacked or is_wide(self.measure, row, self.width))

    def _row(self, row: Written, broken: bool) -> Iterator[tuple[str, str]]:
        if not isinstance(row, Relation):
            yield "", " " + self.printer.print(row)
            return
        first, links = self.printer.links(row)
        if not broken:
            yield first, " ".join(links)
            return
        left = self._left(row)
        if not left:
            yield "", " " + first
        for place, ((_, side), link) in enumerate(zip(row.links, links, strict=True)):
            for number, line in enumerate(self._side(left, side, link)):
                yield first if left and not place + number else "", line

    def _left(self, row: Relation) -> float:
        """Return the width of the first side of a chain, or 0 where it needs a line of its own."""
        widest = APART * self.width
        first = self.measure.up_to(widest, row.first)
        sides = (self.measure.up_to(widest, side) for _, side in row.links if not is_sum(side))
        return first if first + max(sides, default=0.0) <= widest else 0.0

    def _side(self, left: float, side: Written, link: str) -> list[str]:
        """Return a link on as many lines as the terms of its side need beside what stands on its left."""
        if not is_sum(side):
            return [link]
        widest = WIDEST * self.width
        room = widest - left
        sizes = self.measure.terms(widest, side)
        if sum(sizes) <= room:
            return [link]
        terms = self.printer.terms(side)
        lines, filled = [link.removesuffix("".join(terms)) + terms[0]], sizes[0]
        for term, size in zip(terms[1:], sizes[1:], strict=True):
            filled += size
            if filled > room:
                lines.append(self.printer.CONTINUATION + term)
                filled = size
            else:
                lines[-1] += term
        return lines
