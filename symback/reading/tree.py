"""Small makers of written nodes for the reader: names with their indices, derivatives, and what limits them."""

from __future__ import annotations

import re

from symback.reading import signs
from symback.written.nodes import Number, Symbol, Text, Written

DEPTH = 64
NODES = 2_000
DIGITS = 30
EXPONENT = 64
ROWS = 32
LINE = 4_000
"""Limits of one formula: how deep it nests, its parts, digits of a number, exponents of numbers, rows and columns of a
matrix, characters. What passes them is refused, so that nothing costly is ever read or evaluated."""

DOCUMENT = 1 << 20
"""Longest document, in characters."""

THE_LOSS = Symbol("")
"""Stands for the loss where a derivative does not name it: ``dw1``, ``grad_w1``, ``∇_w``."""

_PIECE = re.compile(r"[^\W\d_]+|\d+")
_UNIT = re.compile(r"^(net|out|delta|err)([hoHO]\d{0,2})$")
"""A word with a unit right behind it: ``neth1``."""

_GREEK_WORDS = {name[1:]: name for name in signs.GREEK.values() if name.startswith("\\") and "{" not in name}


class Unreadable(ValueError):
    """A formula that cannot be read.

    Attributes
    ----------
    message
        What is wrong.
    place
        Where in the document, in characters from its start.
    """

    def __init__(self, message: str, place: int) -> None:
        self.message, self.place = message, place
        super().__init__(message)


def identifier(text: str) -> Symbol:
    """Return the name that an identifier of plain text spells: ``w11``, ``net_h1``, ``b2_new``, ``y_hat``.

    The first piece of letters is the base, the rest are indices, each its own; those behind ``__`` stand high.
    """
    text = _UNIT.sub(r"\1_\2", text)
    low, *high = text.split("__")
    head, *rest = low.split("_")
    accent = ""
    if "hat" in rest:
        rest.remove("hat")
        accent = "hat"
    pieces = _PIECE.findall(head)
    base, indices = pieces[0], pieces[1:]
    if len(base) > 3 and base.lower().endswith("hat") and base.lower() != "that":
        base, accent = base[:-3], "hat"
    if base in signs.HATS:
        base, accent = signs.HATS[base], "hat"
    for part in rest:
        indices.extend(_PIECE.findall(part))
    above = [piece for part in high for piece in _PIECE.findall(part)]
    return Symbol(_GREEK_WORDS.get(base, base), tuple(map(_item, indices)), tuple(map(_item, above)), "", accent)


def _item(piece: str) -> Written:
    return Number(piece) if piece.isdecimal() else letters(piece)


def bounded(exponent: Written, place: int) -> Written:
    """Return an exponent; refuse a number that is too large to raise to."""
    if isinstance(exponent, Number) and abs(exponent.value) > EXPONENT:
        raise Unreadable(f"exponents go up to {EXPONENT}", place)
    return exponent


def letters(piece: str) -> Written:
    """Return one letter, or a word, as an item of an index."""
    if piece in _GREEK_WORDS and len(piece) > 2:
        return Symbol(_GREEK_WORDS[piece])
    if piece in signs.HATS:
        return Symbol(signs.HATS[piece], accent="hat")
    return Symbol(piece) if len(piece) == 1 else Text(piece)
