"""Deltas that are written for the sign of partial derivatives, ``δE/δw_1``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from symback.reading import signs

if TYPE_CHECKING:
    from symback.reading.lexer import Token

DELTA = "\\delta"

NAMES = frozenset({"name", "identifier", "hatted"})
"""Kinds of tokens that a derivative may be of or by."""


LONGEST_GROUP = 40
"""So many tokens may what is derived, or what it is derived by, have."""


def curly_deltas(found: list[Token]) -> set[int]:
    """Return the places of such deltas; each stands before a name, below and above the line of a fraction."""
    places: set[int] = set()
    for place, token in enumerate(found):
        if token.text != DELTA or not _begins_name(found, place + 1):
            continue
        is_in_fraction = place > 1 and found[place - 1].kind == "{" and found[place - 2].text in signs.FRACTION_COMMANDS
        below = _behind_group(found, place - 1) + 1 if is_in_fraction else _behind_name(found, place + 1) + 1
        sign = "{" if is_in_fraction else "/"
        is_over = below < len(found) and found[below - 1].kind == sign and found[below].text == DELTA
        if is_over and _begins_name(found, below + 1):
            places |= {place, below}
    return places


def _begins_name(found: list[Token], place: int) -> bool:
    token = found[place]
    return token.kind in NAMES or token.text in signs.ACCENTS or (token.kind == "(" and not token.spaced)


def _behind_name(found: list[Token], place: int) -> int:
    """Return the place behind a name and its indices, or behind a bracket."""
    place = _behind_group(found, place) if found[place].kind == "(" else place + 1
    while found[place].kind in ("_", "^"):
        place = _behind_group(found, place + 1) if found[place + 1].kind == "{" else place + 2
    return place


def _behind_group(found: list[Token], place: int) -> int:
    """Return the place behind a group or bracket that begins at a place."""
    depth = 0
    for end in range(place, min(place + LONGEST_GROUP, len(found))):
        depth += (found[end].kind in ("(", "{")) - (found[end].kind in (")", "}"))
        if depth == 0:
            return end + 1
    return len(found) - 1
