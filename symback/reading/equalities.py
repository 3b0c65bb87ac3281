"""Colons, tabulators and verbs that say what a sign of equality does: ``net h1: 0.3``, ``err is out - t``."""

from __future__ import annotations

from itertools import pairwise

from symback.reading import signs
from symback.reading.lexer import TAB, Token

NAME_ENDS = frozenset({"}", "name", "hatted", "'"})
"""Kinds of tokens with which a name ends."""

BEGINS = frozenset({"number", "-", "(", "fraction", "√"})
"""Kinds of tokens with which a number, or what it is worked out from, begins."""

VERBS = frozenset({"is", "ist", "est", "es", "é", "è", "jest", "är", "er", "je"})
"""Words that stand between a name and what it means."""

OPERATORS = frozenset({"+", "-", "/", "product", "^"})

NAMES = frozenset({"identifier", "name", "hatted"})

ENDS = frozenset({"stop", "space", ",", ";", ":", "over"})


def with_equalities(found: list[Token]) -> list[Token]:
    """Return the tokens of a line in which what says so is a sign of equality."""
    return [
        token._replace(kind="relation", text="=") if _equates(found, place) else token
        for place, token in enumerate(found)
    ]


def _equates(found: list[Token], place: int) -> bool:
    token = found[place]
    if token.kind == ":":
        return _says(found, place)
    if token.kind == "space":
        is_behind_name = place == 1 and found[0].kind in NAMES and len(found) > 2
        return token.text == TAB and is_behind_name and _begins(found[2])
    return token.text in VERBS and _defines(found, place)


def _begins(token: Token) -> bool:
    return token.kind in BEGINS or bool(signs.function(token.text))


def _defines(found: list[Token], place: int) -> bool:
    """Whether a sentence is nothing but a name, a verb and a formula: ``err is out - t``."""
    before, behind = found[:place], found[place + 1 :]
    if not before or before[-1].kind not in NAMES or (len(before) > 1 and before[-2].kind not in (",", ".", ";")):
        return False
    end = next((at for at, token in enumerate(behind) if token.kind in ENDS or token.kind == "."), len(behind))
    formula = [token.kind for token in behind[:end]]
    if not formula or formula[0] not in NAMES or not OPERATORS & {*formula}:
        return False
    has_words = any(one in NAMES and other in NAMES for one, other in pairwise(formula))
    return not has_words and {*formula} <= NAMES | OPERATORS | {"number", "(", ")"}


def _says(found: list[Token], place: int) -> bool:
    """Whether a name stands before a colon and a number with decimals behind it, or what gives one."""
    if not 0 < place < len(found) - 1 or not _ends_name(found, place - 1):
        return False
    if not _begins(found[place + 1]):
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
