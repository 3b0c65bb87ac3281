"""Tables whose columns are set with blanks: lines below each other with equally many cells, one of them numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from symback.reading.tables import Cell, Table

_GAP = re.compile(r"[ \t\u00a0]{2,}")
_NUMBER = re.compile(r"[-+−–]?(?:\d+(?:[.,]\d+)?|\.\d+)(?:[eE][-−–+]?\d+)?")
_RULE = re.compile(r"[ \t]*[-=_─━][-=_─━ \t]*")
_NEVER = re.compile(r"[|$&;]")
"""What stands in no row: signs of other tables."""

_EQUALS = re.compile(r"(?<![<>=!])=(?!=)")
"""The sign of equations, which are read one by one; over columns it may say what stands below."""

FEWEST_ROWS = 2
"""Fewer rows below a head are no table."""

Placed = tuple[int, str]
"""A line and where it starts."""


@dataclass(frozen=True, slots=True)
class _Row:
    """A line cut into cells, each with where it begins and ends in the line."""

    line: Placed
    cells: tuple[Cell, ...]
    is_equation: bool

    def span(self, column: int) -> tuple[int, int]:
        start = self.cells[column].start - self.line[0]
        return start, start + len(self.cells[column].text)


def with_columns(lines: Iterator[Placed]) -> Iterator[Placed | Table]:
    """Yield lines, and in place of those that make a table the table."""
    held: list[Placed] = []
    for start, line in lines:
        if line.strip() and not _NEVER.search(line):
            held.append((start, line))
            continue
        yield from _released(held)
        held = []
        yield start, line
    yield from _released(held)


def _released(held: Sequence[Placed]) -> Iterator[Placed | Table]:
    """Yield the lines of a paragraph; those with as many cells in a row may be a table."""
    rows = [_Row(line, _cells(*line), _EQUALS.search(line[1]) is not None) for line in held]
    rules = {row.line for row in rows if _RULE.fullmatch(row.line[1])}
    rows = [row for row in rows if row.line not in rules]
    place = 0
    while place < len(rows):
        count = _rows_below(rows, place)
        table = _table(rows[place], rows[place + 1 : place + 1 + count]) if count >= FEWEST_ROWS else None
        if table is None:
            yield rows[place].line
            place += 1
            continue
        place += 1 + count
        while place < len(rows) and (last := _shorter(rows[place], rows[place - count : place])) is not None:
            table.append(last)
            place += 1
        yield Table(tuple(table))


def _cells(start: int, line: str) -> tuple[Cell, ...]:
    cells, position = [], len(line) - len(line.lstrip())
    for gap in (*_GAP.finditer(line.rstrip(), position), None):
        end = gap.start() if gap else len(line.rstrip())
        cells.append(Cell(line[position:end], start + position))
        position = gap.end() if gap else end
    return tuple(cells)


def _rows_below(rows: Sequence[_Row], place: int) -> int:
    """Return how many rows with equally many cells stand below a line."""
    below = rows[place + 1 :]
    if not below or len(below[0].cells) < 2:
        return 0
    columns = len(below[0].cells)
    alike = (number for number, row in enumerate(below) if row.is_equation or len(row.cells) != columns)
    return next(alike, len(below))


def _table(head: _Row, body: Sequence[_Row]) -> list[tuple[Cell, ...]] | None:
    """Return the rows of a table; None where no column of numbers stands below heads that are none."""
    columns = len(body[0].cells)
    if len(head.cells) < 2 or any(_NUMBER.fullmatch(cell.text) for cell in head.cells):
        return None
    numbers = [all(_NUMBER.fullmatch(row.cells[column].text) for row in body) for column in range(1, columns)]
    is_strange = head.is_equation or len(head.cells) != columns
    if not any(numbers) or (is_strange and not all(numbers)):
        return None
    heads = head.cells if len(head.cells) == columns else _aligned(head, body)
    return None if heads is None else [heads, *(row.cells for row in body)]


def _shorter(row: _Row, body: Sequence[_Row]) -> tuple[Cell, ...] | None:
    """Return a last row in which some cells are empty, ``sum`` below what is added up; None for any other line."""
    is_row = 1 < len(row.cells) < len(body[0].cells) and all(_NUMBER.fullmatch(cell.text) for cell in row.cells[1:])
    return _aligned(row, body) if is_row and not row.is_equation else None


def _aligned(row: _Row, body: Sequence[_Row]) -> tuple[Cell, ...] | None:
    """Return the cells of a row below, or above, the cells of others; None where it is not certain which."""
    columns = range(len(body[0].cells))
    spans = [(min(one.span(column)[0] for one in body), max(one.span(column)[1] for one in body)) for column in columns]
    found: dict[int, Cell] = {}
    for place, cell in enumerate(row.cells):
        start, end = row.span(place)
        over = [column for column in columns if spans[column][0] < end and start < spans[column][1]]
        if len(over) != 1 or over[0] in found:
            return None
        found[over[0]] = cell
    return tuple(found.get(column, Cell("", row.line[0])) for column in columns)
