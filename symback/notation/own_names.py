"""Symbols for names that authors make up: ``w_1`` and ``w1`` are w with an index, ``alpha`` is the Greek letter."""

from __future__ import annotations

import re
from collections.abc import Iterator

from symback.written.latex import GREEK
from symback.written.nodes import Number, Symbol, Text, Written

LETTERS = frozenset(GREEK.split())
HAT = "hat"
_PIECE = re.compile(r"[A-Za-z]+|[0-9]+")
_BASE = re.compile(r"([A-Za-z]+?)(?:_?(hat))?([0-9]*)")


def symbol_of(name: str) -> Symbol:
    r"""Return what a plain name looks like on a page.

    What follows an underscore, and digits at the end of the first part, are indices; a Greek letter written out is
    that letter; ``y_hat`` and ``yhat`` have a hat. Several indices are kept apart by commas.
    """
    first, *indices = [part for part in name.split("_") if part]
    accent = HAT if HAT in indices[:1] else ""
    indices = indices[1:] if accent else indices
    found = _BASE.fullmatch(first)
    if found is None:
        return Symbol(first, tuple(_indices(indices)), accent=accent)
    base, hat, digits = found.groups()
    if hat and len(base) > 1 and base not in LETTERS:
        base, hat = base + hat, None
    scripts = [digits, *indices] if digits else indices
    return Symbol(_letter(base), tuple(_indices(scripts)), accent=accent or hat or "")


def _indices(parts: list[str]) -> Iterator[Written]:
    for place, part in enumerate(parts):
        if place:
            yield Text(",")
        for piece in _PIECE.findall(part):
            if piece.isdigit():
                yield Number(piece)
            else:
                yield Text(piece) if len(piece) > 1 and piece not in LETTERS else Symbol(_letter(piece))


def _letter(word: str) -> str:
    return f"\\{word}" if word in LETTERS else word
