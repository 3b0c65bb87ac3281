"""A line of a document with a mark beneath a claim, cut to the width of a terminal."""

from __future__ import annotations

from symback.verify.report.visible import columns, shown

WIDTH = 100
"""How many columns of a line are shown, not counting the signs that say where it is cut."""

BEFORE = 40
"""How many columns are shown before a claim where the line has to be cut."""

CUT = "…"


def excerpt(line: str, start: int, length: int) -> tuple[str, str]:
    """Return what is shown of `line`, and the mark for the `length` characters from `start` on.

    The mark ends where the line is cut.
    """
    fits = len(line) <= WIDTH and sum(map(_columns, line)) <= WIDTH
    first = 0 if fits else _first(line, start)
    text = CUT if first else ""
    before, under, room = len(text), 0, WIDTH
    for place in range(first, len(line)):
        size = _columns(line[place])
        if size > room:
            text += CUT
            break
        text += shown(line[place])
        room -= size
        if place < start:
            before += size
        elif place < start + length:
            under += size
    return text, " " * before + "^" + "~" * (under - 1)


def _first(line: str, start: int) -> int:
    """Return from where on a line that is too wide is shown."""
    room = BEFORE
    for place in range(min(start, len(line)), 0, -1):
        room -= _columns(line[place - 1])
        if room < 0:
            return place
    return 0


def _columns(character: str) -> int:
    """Return how many columns a character takes as it is shown, escapes included."""
    as_shown = shown(character)
    return columns(as_shown) if len(as_shown) == 1 else len(as_shown)
