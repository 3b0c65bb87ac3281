"""Colons behind names: ``net h1: 0.3*0.6 + 0.1 = 0.28`` says what ``net h1 = …`` does."""

from __future__ import annotations

from symback.reading import signs
from symback.reading.lexer import Token

NAME_ENDS = frozenset({"}", "name", "hatted", "'"})
"""Kinds of tokens with which a name ends."""

BEGINS = frozenset({"number", "-", "(", "fraction", "√"})
"""Kinds of tokens with which a number, or what it is worked out from, begins."""

ENDS = frozenset({"stop", "space", ",", ";", ":", "over"})


def with_equalities(found: list[Token]) -> list[Token]:
    """Return the tokens of a line in which a colon between a name and its number is a sign of equality."""
    if not any(token.kind == ":" for token in found):
        return found
    return [
        token._replace(kind="relation", text="=") if token.kind == ":" and _says(found, place) else token
        for place, token in enumerate(found)
    ]


def _says(found: list[Token], place: int) -> bool:
    """Whether a name stands before a colon and a number with decimals behind it, or what gives one."""
    if not 0 < place < len(found) - 1 or not _ends_name(found, place - 1):
        return False
    first = found[place + 1]
    if first.kind not in BEGINS and not signs.function(first.text):
        return False
    end = next((at for at in range(place + 1, len(found)) if found[at].kind in ENDS), len(found))
    return any(token.kind == "number" and "." in token.text for token in found[place + 1 : end])


def _ends_name(found: list[Token], place: int) -> bool:
    """Whether the token at a place is the last one of a name."""
    token = found[place]
    if token.kind == "identifier":
        return len(token.text) == 1 or any(character.isdigit() or character == "_" for character in token.text)
    if token.kind == "number":
        return place > 1 and found[place - 1].kind == "_"
    return token.kind in NAME_ENDS
