"""Find displays on a page in their order."""

from __future__ import annotations


def missing(page: str, wanted: list[str]) -> list[str]:
    """Return the pieces of `wanted` that do not stand on `page` in this order; line breaks count as spaces."""
    text = " ".join(page.split())
    place, lost = 0, []
    for piece in wanted:
        found = text.find(" ".join(piece.split()), place)
        if found < 0:
            lost.append(piece)
        else:
            place = found + len(piece.split()[0])
    return lost
