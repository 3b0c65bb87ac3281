"""What is larger than a page: matrices keep their corners, with dots between them, and tables come in parts."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace

from symback.document.blocks import Block, Display, Table
from symback.formats.entries import worked_entry
from symback.formats.room import APART, WIDEST, Room, is_sum
from symback.written.nodes import Ellipsis, Matrix, Relation, Sum, Written
from symback.written.substitute import rewrite

CORNERS = ((2, 1), (1, 1))
"""How much of the beginning and of the end of a matrix is kept: first as much as is usual, then less."""

MOST_COLUMNS = 24
"""How many columns a matrix may have however wide a line is."""

FEW = 6
"""How many rows a matrix may have that stands beside one from which something is left out."""

BETWEEN_COLUMNS = 1.2
"""Room between two columns of a table, in ems."""

LETTER = 0.5
"""Width of a letter, in ems."""


@dataclass(frozen=True, slots=True)
class Fitting:
    """Makes blocks fit pages whose matrices may have so many rows, and their sums so many terms."""

    room: Room
    most_rows: int
    most_terms: float = math.inf

    def blocks(self, block: Block) -> Iterator[Block]:
        """Yield a block as it is if it fits; otherwise what shows the most of it."""
        if isinstance(block, Table):
            yield from self._tables(block)
        elif isinstance(block, Display):
            rows = tuple(map(self._with_short_sums, block.rows))
            yield from self._displays(block if rows == block.rows else replace(block, rows=rows))
        else:
            yield block

    def _with_short_sums(self, row: Written) -> Written:
        """Return a row with dots in its sums where they have more terms than there is room for."""

        def shorten(node: Written) -> Written | None:
            if not isinstance(node, Sum) or len(node.terms) <= self.most_terms:
                return None
            return Sum((*node.terms[: int(self.most_terms) - 2], Ellipsis("horizontal"), node.terms[-1]))

        return rewrite(row, shorten) if self.most_terms < math.inf else row

    def _displays(self, block: Display) -> Iterator[Block]:
        wide = any(map(self._is_too_wide, block.rows))
        tall = any(map(self._is_too_tall, block.rows))
        if not wide and not tall:
            yield from self._apart(block)
            return
        shown = block
        for corners in CORNERS:
            most_columns = sum(corners) + 1 if wide else None
            rows = tuple(_shortened(row, corners, min(self.most_rows, FEW), most_columns) for row in block.rows)
            shown = replace(block, rows=rows)
            if not any(map(self._is_too_wide, rows)):
                break
        yield from self._apart(shown)
        worked = tuple(entry for row in block.rows if (entry := worked_entry(row)) is not None)
        if shown != block and worked:
            yield from self._apart(Display(worked, stacked=True))

    def _apart(self, block: Display) -> Iterator[Display]:
        """Yield a display, or each of its rows on its own where they are too wide to be aligned."""
        rows = [row for row in block.rows if isinstance(row, Relation)]
        limit = APART * self.room.end
        left = max((self.room.measure.up_to(limit, row.first) for row in rows), default=0.0)
        if len(block.rows) > 1 and any(left + self._right(row, left, limit) > limit for row in rows):
            yield from (replace(block, rows=(row,), tag="") for row in block.rows[:-1])
            yield replace(block, rows=block.rows[-1:])
        else:
            yield block

    def _right(self, row: Relation, left: float, limit: float) -> float:
        """Return the width of what stands on the right of the signs of relation, as it is broken."""
        sides = [side for _, side in row.links]
        measure = self.room.measure
        if self.room.is_broken(row, False):
            return max(
                min(measure.up_to(limit, side), limit - left) if is_sum(side) else measure.up_to(limit, side)
                for side in sides
            )
        return sum(measure.up_to(limit, side) for side in sides)

    def _is_too_tall(self, row: Written) -> bool:
        return any(len(matrix.rows) > self.most_rows for matrix in _matrices(row))

    def _is_too_wide(self, row: Written) -> bool:
        """Say whether something in a row does not fit on a line even if it has the line for itself."""
        if any(len(matrix.rows[0]) > MOST_COLUMNS for matrix in _matrices(row)):
            return True
        limit = WIDEST * self.room.end
        sides = [row.first, *(side for _, side in row.links)] if isinstance(row, Relation) else [row]
        return any(width > limit for side in sides for width in self._unbroken(side, limit))

    def _unbroken(self, side: Written, limit: float) -> list[float]:
        measure = self.room.measure
        return measure.terms(limit, side) if is_sum(side) else [measure.up_to(limit, side)]

    def _tables(self, table: Table) -> Iterator[Table]:
        """Yield a table in parts side by side, each of which begins with its first column."""
        columns = list(zip(table.header, *table.rows, strict=True))
        widths = [BETWEEN_COLUMNS + max(self.room.words(cell, LETTER) for cell in column) for column in columns]
        start = 1
        while start < len(widths):
            end, room = start + 1, self.room.end - widths[0] - widths[start]
            while end < len(widths) and widths[end] <= room:
                room -= widths[end]
                end += 1
            yield Table(
                (table.header[0], *table.header[start:end]), tuple((row[0], *row[start:end]) for row in table.rows)
            )
            start = end
        if start == 1:
            yield table if len(widths) == 1 else Table(table.header, table.rows)


def _matrices(tree: Written) -> list[Matrix]:
    """Return the matrices in a tree that stand in no other."""
    found: list[Matrix] = []

    def note(node: Written) -> Written | None:
        if isinstance(node, Matrix):
            found.append(node)
            return node
        return None

    rewrite(tree, note)
    return found


def _shortened(row: Written, corners: tuple[int, int], most_rows: int, most_columns: int | None) -> Written:
    """Return a row whose matrices keep their corners where they have more rows or columns than there is room for."""

    def shorten(node: Written) -> Written | None:
        if not isinstance(node, Matrix):
            return None
        rows, columns = node.rows, len(node.rows[0])
        if most_columns is not None and columns > most_columns:
            rows = tuple(_cut(line, corners, Ellipsis("horizontal")) for line in rows)
        if len(rows) > most_rows:
            first, last = corners
            dots = tuple(Ellipsis("diagonal" if isinstance(entry, Ellipsis) else "vertical") for entry in rows[0])
            rows = (*rows[:first], dots, *rows[-last:])
        return Matrix(rows)

    return rewrite(row, shorten)


def _cut(line: tuple[Written, ...], corners: tuple[int, int], dots: Written) -> tuple[Written, ...]:
    first, last = corners
    return (*line[:first], dots, *line[-last:])
