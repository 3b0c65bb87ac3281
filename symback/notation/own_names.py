"""Symbols for names that authors make up: ``w_1`` and ``w1`` are w with an index, ``alpha`` is the Greek letter."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from symback.notation.names import Names
from symback.notation.notation import Notation
from symback.notation.pattern import pattern
from symback.written.latex import GREEK
from symback.written.nodes import NEW, Number, Symbol, Text, Written

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


class OwnNames(Names):
    """Symbols for the names of plain equations: each looks as it is spelled, the rest is the notation's.

    Parameters
    ----------
    notation
        Says how samples, new values and the learning rate are written.
    root
        The name of what is differentiated; the same with an index stands for all samples together.
    own
        Symbols that single names have however they are spelled.
    """

    def __init__(self, notation: Notation, root: str, own: Mapping[str, str] | None = None) -> None:
        super().__init__(notation, (0,), own=own)
        self._root = root
        self._found: dict[str, Symbol] = {}

    def __call__(self, name: str) -> Symbol:
        """Return the symbol of the quantity called `name`."""
        if name not in self._found:
            self._found[name] = self._made(name)
        return self._found[name]

    def _made(self, name: str) -> Symbol:
        plain, at, sample = name.partition("@")
        if at:
            return self.of_sample(plain, Number(sample))
        if name.endswith(NEW):
            return replace(self(name.removesuffix(NEW)), mark=self.mark)
        if name == "learning_rate":
            return pattern(self.notation.learning_rate).fill({})
        if name == "batch":
            whole = self(self._root)
            return replace(
                whole, subscript=(*whole.subscript, *((Text(","),) if whole.subscript else ()), Text("batch"))
            )
        return self.own.get(name) or symbol_of(name)
