"""A line of a document with a mark beneath a claim, cut to the width of a terminal."""

from __future__ import annotations

from symback.verify.report.visible import columns, shown

WIDTH = 100
"""How many columns of a line are shown."""

BEFORE = 40
"""How many characters before a claim are shown at least, where there are so many."""

CUT = "…"


def excerpt(line: str, start: int, length: int) -> tuple[str, str]:
    """Return what is shown of `line`, and the mark for the `length` characters from `start` on.

    The mark ends where the line is cut.
    """
    first = 0 if len(line) <= WIDTH else max(0, min(start - BEFORE, len(line) - WIDTH))
    text, mark = (CUT, " ") if first else ("", "")
    used = len(text)
    last = first
    for last in range(first, len(line) + 1):
        if last == len(line):
            break
        one = shown(line[last])
        size = columns(one) if len(one) == 1 else len(one)
        if used + size > WIDTH:
            text += CUT
            break
        text += one
        used += size
        sign = " " if last < start else "^" if last == start else "~" if last < start + length else ""
        mark += (sign + ("~" if last >= start else " ") * (size - 1) if size else "") if sign else ""
    return text, mark if "^" in mark else " " * (len(mark)) + "^"
