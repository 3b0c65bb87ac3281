"""Names in a list, and their values in another: ``w1, w2 = 0.15, 0.2`` says two things at once."""

from __future__ import annotations

from symback.reading.lexer import Token
from symback.reading.rows import NESTING

NAMES = frozenset({"identifier", "name", "hatted", "number", "_", "^", "{", "}", "'"})
"""Kinds of tokens of which names consist, with their indices."""


def several(island: list[Token]) -> list[list[Token]]:
    """Return a stretch for each name of a list with its own value; nothing where no such list stands there."""
    signs = [place for place, token in enumerate(island) if token.kind == "relation"]
    if len(signs) != 1 or island[signs[0]].text not in ("=", ":="):
        return []
    (sign,) = signs
    names, values = _parts(island[:sign]), _parts(island[sign + 1 :])
    if len(names) < 2 or len(names) != len(values):
        return []
    if not all(names) or not all(values) or any(name[0].kind == "number" for name in names):
        return []
    if any(token.kind not in NAMES for name in names for token in name):
        return []
    return [[*name, island[sign], *value] for name, value in zip(names, values, strict=True)]


def _parts(tokens: list[Token]) -> list[list[Token]]:
    """Return what stands between commas, outside brackets, which may stand around all of it."""
    if len(tokens) > 2 and (tokens[0].kind, tokens[-1].kind) == ("(", ")"):
        tokens = tokens[1:-1]
    parts: list[list[Token]] = [[]]
    depth = 0
    for token in tokens:
        depth += NESTING.get(token.kind, 0)
        if token.kind in (",", ";") and depth == 0:
            parts.append([])
        elif token.kind not in ("space",):
            parts[-1].append(token)
    return parts
