"""Matrices drawn with characters: brackets below each other over several lines, each line one row.

``U = [ 0.8  -0.5 ]`` with ``[ 0.4   1.1 ]`` below it, or with tall brackets in pieces: ``⎡``, ``⎢``, ``⎣``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

_TALL = str.maketrans("⎡⎢⎣⎛⎜⎝⎤⎥⎦⎞⎟⎠", "[" * 6 + "]" * 6)
"""Brackets in pieces, by what they are on each line."""

_TOP = re.compile("[⎡⎛]")
_GROUP = re.compile(r"\[[^\[\]]*\]")
_SLACK = 1
"""So many characters may brackets stand beside those above them."""

Placed = tuple[int, str]
"""A line and where it starts."""

Other = TypeVar("Other")


@dataclass(frozen=True, slots=True)
class Stacked:
    """Lines that draw matrices; ``pieces`` are stretches of text with their places, in the order of the formula."""

    start: int
    words: str
    pieces: tuple[Placed, ...]


@dataclass(slots=True)
class _Drawing:
    """A line of text with the rows of brackets above and below it."""

    text: Placed
    above: list[Placed] = field(default_factory=list)
    below: list[Placed] = field(default_factory=list)


def with_stacked(lines: Iterable[Placed | Other]) -> Iterator[Placed | Other | Stacked]:
    """Yield lines, and in place of those that draw a matrix together what they say; anything else as it is."""
    rows: list[Placed] = []
    drawing: _Drawing | None = None
    for line in lines:
        if isinstance(line, tuple) and _is_rows(line[1]):
            if drawing is not None and not _TOP.search(line[1]) and _stands_below(line, drawing):
                drawing.below.append(line)
                continue
            yield from _released(drawing)
            drawing = None
            rows.append(line)
            continue
        yield from _released(drawing)
        drawing = None
        if isinstance(line, tuple) and _may_be_drawn(line[1]):
            drawing = _Drawing(line)
            if rows and all(_is_aligned(row, line) for row in rows):
                drawing.above, rows = rows, []
        yield from rows
        rows = []
        if drawing is None:
            yield line
    yield from _released(drawing)
    yield from rows


def _groups(line: str) -> list[re.Match[str]]:
    return [*_GROUP.finditer(line.translate(_TALL))]


def _may_be_drawn(line: str) -> bool:
    """Whether rows may stand above or below a line: it has brackets, or awaits them, and is no list of rows itself."""
    return "\n" not in line and (bool(_groups(line)) or line.rstrip().endswith("="))


def _is_rows(line: str) -> bool:
    """Whether a line has brackets alone."""
    return "\n" not in line and bool(_groups(line)) and not _GROUP.sub("", line.translate(_TALL)).strip()


def _is_aligned(row: Placed, other: Placed) -> bool:
    """Whether every bracket of a row begins where one of another line does."""
    begins = [group.start() for group in _groups(other[1])]
    return all(any(abs(group.start() - begin) <= _SLACK for begin in begins) for group in _groups(row[1]))


def _stands_below(row: Placed, drawing: _Drawing) -> bool:
    """Whether a row goes on with what is drawn; the first one may stand below a sign of equality."""
    if _groups(drawing.text[1]):
        return _is_aligned(row, drawing.text)
    return len(_groups(row[1])) == 1 and (not drawing.below or _is_aligned(row, drawing.below[0]))


def _released(drawing: _Drawing | None) -> Iterator[Placed | Stacked]:
    """Yield a drawing, or the lines that it would be made of."""
    if drawing is None:
        return
    lines = [*drawing.above, drawing.text, *drawing.below]
    if len(lines) == 1 or (len(lines) == 2 and not _groups(drawing.text[1])):
        yield from lines
    else:
        yield Stacked(lines[0][0], "\n".join(line for _, line in lines), tuple(_pieces(drawing)))


def _pieces(drawing: _Drawing) -> Iterator[Placed]:
    """Yield the text, and each stack of brackets in it as a list of rows, as it would be written on one line."""
    start, text = drawing.text
    text = text.translate(_TALL)
    groups = _groups(text)
    if not groups:
        yield start, text
        yield from _listed([(at + group.start(), group.group()) for at, row in drawing.below for group in _groups(row)])
        return
    end = 0
    for group in groups:
        own = [(start + group.start(), group.group())]
        above, below = (
            [(at + one.start(), one.group()) for at, row in rows for one in _groups(row) if _begin_alike(one, group)]
            for rows in (drawing.above, drawing.below)
        )
        if not above and not below:
            continue
        between = text[end : group.start()]
        yield start + end, between if between.strip() or not end else "·"
        yield from _listed([*above, *own, *below])
        end = group.end()
    yield start + end, text[end:]


def _begin_alike(one: re.Match[str], other: re.Match[str]) -> bool:
    return abs(one.start() - other.start()) <= _SLACK


def _listed(rows: Sequence[Placed]) -> Iterator[Placed]:
    """Yield rows with what makes them a list of rows; those without entries only draw a bracket."""
    filled = [(start, row) for start, row in rows if row[1:-1].strip()]
    for place, (start, row) in enumerate(filled):
        yield start - 1, ("," if place else "[") + row + ("]" if place == len(filled) - 1 else "")
