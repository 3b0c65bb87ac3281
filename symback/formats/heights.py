"""How high the blocks of a page get, roughly: enough to decide what a slide holds and what a page keeps together."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from math import ceil
from typing import Any

from symback.document.blocks import Block, Display, Figure, Heading, Inline, Listing, Paragraph, Space, Table
from symback.formats.room import WIDEST, Room, is_sum
from symback.written.height import height
from symback.written.nodes import Relation, Written

PARAGRAPH, DISPLAY, ALONE, ROW, BETWEEN = 0.5, 1.2, 0.3, 1.4, 0.5
"""Room around a paragraph, a display and one of a single line, height of a row of a table, room between two lines."""

LINE, HIGHEST_DRAWING = 1.2, 11.0
"""Height of a line in ems, and of a drawing in lines: on a slide one that is higher is shrunk."""

LETTER = 0.45
"""Width of a letter in ems."""


@dataclass(frozen=True, slots=True)
class Heights:
    """Gives the height of blocks, in lines of running text, with the room around them."""

    room: Room

    def __call__(self, block: Block) -> float:
        """Return the height of a block."""
        return _HEIGHTS[type(block)](self, block)

    def _words(self, *texts: Inline) -> float:
        return sum(PARAGRAPH + ceil(self.room.words(text, LETTER) / self.room.width) for text in texts)

    def _heading(self, block: Heading) -> float:
        return DISPLAY + self._words(block.text)

    def _paragraph(self, block: Paragraph) -> float:
        return self._words(block.text)

    def _listing(self, block: Listing) -> float:
        return self._words(*block.items)

    def _table(self, block: Table) -> float:
        return DISPLAY + ROW * (1 + len(block.rows))

    def _space(self, block: Space) -> float:
        return block.lines

    def _figure(self, block: Figure) -> float:
        shrunk = min(1.0, self.room.width / block.drawing.width)
        return DISPLAY + min(HIGHEST_DRAWING, shrunk * block.drawing.height / LINE) + self._words(block.caption)

    def _display(self, block: Display) -> float:
        if block.beside and self.room.fits(block):
            return ALONE + max(map(height, block.rows)) + BETWEEN
        lines = [(self._lines(first, side), high) for first, side, high in self._sides(block)]
        around = ALONE if sum(count for count, _ in lines) == 1 else DISPLAY
        return around + sum(count * (high + BETWEEN) for count, high in lines)

    def _sides(self, block: Display) -> Iterator[tuple[Written | None, Written, float]]:
        """Yield what stands on lines of its own: what is on the left of it, and how high both are together."""
        for row in block.rows:
            if isinstance(row, Relation) and self.room.is_broken(row, block.stacked):
                left = height(row.first)
                for _, side in row.links:
                    yield row.first, side, max(left, height(side))
                    left = 0.0
            else:
                yield None, row, height(row)

    def _lines(self, first: Written | None, side: Written) -> int:
        """Return on how many lines a side stands: a long sum goes on where its terms meet."""
        if first is None or not is_sum(side):
            return 1
        widest = WIDEST * self.room.width
        beside = max(widest - self.room.measure.up_to(widest, first), 1.0)
        return ceil(sum(self.room.measure.terms(widest, side)) / beside)


_HEIGHTS: Mapping[type[Any], Callable[[Heights, Any], float]] = {
    Heading: Heights._heading,
    Paragraph: Heights._paragraph,
    Listing: Heights._listing,
    Table: Heights._table,
    Space: Heights._space,
    Display: Heights._display,
    Figure: Heights._figure,
}
