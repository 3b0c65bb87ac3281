"""Tables in a document: rows of pipes or of tabulators in text, and ``tabular`` in LaTeX."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_RULE_CELL = re.compile(r"[ \t]*:?-{2,}:?[ \t]*")
_GOES_ON = re.compile(r"\t[ ]*=")
"""A sign of equality at the beginning of a cell: the line is an equation set in columns, and no row."""

_ROW_END = re.compile(r"\\\\(?:\[[^\]\n]{0,12}\])?")
_RULES = re.compile(r"\\(?:hline|toprule|midrule|bottomrule|cline\{[^{}]*\})")


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table."""

    text: str
    start: int


@dataclass(frozen=True, slots=True)
class Table:
    """A table; the first row is its header."""

    rows: tuple[tuple[Cell, ...], ...]


def cells(line: str, start: int) -> tuple[Cell, ...] | None:
    """Return the cells of a row of a table, or None if the line is none."""
    stripped = line.strip()
    if stripped.startswith("|") and stripped.endswith("|") and stripped.count("|") > 2:
        begin = line.index("|") + 1
        return tuple(_cut(line[begin : line.rindex("|")], "|", start + begin))
    if is_rule(line) or (stripped.count(" | ") > 1 and not stripped.startswith("$$")):
        return tuple(_cut(line, "|", start))
    if stripped.count("\t") >= 2 and _GOES_ON.search(line) is None:
        return tuple(_cut(line, "\t", start))
    return None


def is_rule(line: str) -> bool:
    """Whether a line is the one between the head of a table and its rows."""
    stripped = line.strip()
    columns = re.split(r"[|+]", stripped.removeprefix("|").removesuffix("|"))
    return len(columns) > 1 and all(map(_RULE_CELL.fullmatch, columns))


def fits(count: int, columns: int) -> bool:
    """Whether a row of so many cells belongs to a table of so many columns; of a wide one, a cell may be lacking."""
    return count == columns or (columns > 3 and abs(count - columns) == 1)


def tabular(text: str, begin: int, end: int) -> Table:
    """Return the table that stands in an environment, from behind its name to before its end."""
    while text[begin : begin + 1] == "{":
        closing = text.find("}", begin, end)
        begin = closing + 1 if closing >= 0 else end
    rows: list[tuple[Cell, ...]] = []
    position = begin
    for stop, following in [
        *((match.start(), match.end()) for match in _ROW_END.finditer(text, begin, end)),
        (end, end),
    ]:
        row = _RULES.sub(lambda found: " " * len(found.group()), text[position:stop])
        if row.strip():
            rows.append(tuple(_cut(row, "&", position)))
        position = following
    return Table(tuple(rows))


def _cut(text: str, sign: str, start: int) -> Iterator[Cell]:
    """Cut a row, leaving signs within dollars alone."""
    position = 0
    inside = False
    for place, character in enumerate(text):
        if character == "$":
            inside = not inside
        elif character == sign and not inside:
            yield Cell(text[position:place], start + position)
            position = place + 1
    yield Cell(text[position:], start + position)
