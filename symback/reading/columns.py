"""Tables whose columns are set with blanks: lines below each other with equally many cells, one of them numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from symback.reading.tables import Cell, Table

_GAP = re.compile(r"[ \t\u00a0]{2,}")
_NUMBER = re.compile(r"[-+−–]?(?:\d+(?:[.,]\d+)?|\.\d+)(?:[eE][-−–+]?\d+)?")
_RULE = re.compile(r"[ \t]*[-=_─━][-=_─━ \t]*")
_NEVER = re.compile(r"[|$&;]|(?<![<>=!])=(?!=)")
"""What stands in no row: signs of other tables, and of equations, which are read one by one."""

FEWEST_ROWS = 2
"""Fewer rows below a head are no table."""

Placed = tuple[int, str]
"""A line and where it starts."""


def with_columns(lines: Iterator[Placed]) -> Iterator[Placed | Table]:
    """Yield lines, and in place of those that make a table the table."""
    held: list[Placed] = []
    for start, line in lines:
        if held and line.strip() and not _NEVER.search(line):
            held.append((start, line))
            continue
        yield from _released(held)
        held = [(start, line)] if line.strip() and not _NEVER.search(line) else []
        if not held:
            yield start, line
    yield from _released(held)


def _released(held: Sequence[Placed]) -> Iterator[Placed | Table]:
    """Yield the lines of a paragraph; those with as many cells in a row may be a table."""
    rows = [(_cells(*line), line) for line in held if not _RULE.fullmatch(line[1])]
    for count, group in groupby(rows, key=lambda row: len(row[0])):
        run = [*group]
        cells = [row for row, _ in run]
        if count > 1 and _is_table(cells):
            yield Table(tuple(cells))
        else:
            yield from (line for _, line in run)


def _cells(start: int, line: str) -> tuple[Cell, ...]:
    cells, position = [], len(line) - len(line.lstrip())
    for gap in (*_GAP.finditer(line.rstrip(), position), None):
        end = gap.start() if gap else len(line.rstrip())
        cells.append(Cell(line[position:end], start + position))
        position = gap.end() if gap else end
    return tuple(cells)


def _is_table(rows: Sequence[tuple[Cell, ...]]) -> bool:
    """Whether rows have one cell below each head, and one column of numbers at least; heads are no numbers."""
    head, *body = rows
    if len(body) < FEWEST_ROWS or len(head) < 2 or any(len(row) != len(head) for row in body):
        return False
    if any(_NUMBER.fullmatch(cell.text) for cell in head):
        return False
    return any(all(_NUMBER.fullmatch(row[column].text) for row in body) for column in range(1, len(head)))
