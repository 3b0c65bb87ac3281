"""The letters that symbols are made of, so that indices can be given letters that mean nothing else."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from string import ascii_letters

from symback.written.nodes import Symbol


def letters_of(symbol: Symbol) -> set[str]:
    """Return the base of a symbol and of every symbol among its indices."""
    inner = (item for item in (*symbol.subscript, *symbol.superscript) if isinstance(item, Symbol))
    return {symbol.base}.union(*map(letters_of, inner))


def unused(wanted: Sequence[str], used: Collection[str]) -> str:
    """Return the first of the wanted groups of letters that means nothing else, or else letters that do not.

    Parameters
    ----------
    wanted
        Groups of as many letters each, such as ``ij``, the most usual first.
    used
        The letters that mean something.
    """
    free = next((group for group in wanted if not {*group} & {*used}), "")
    return free or "".join(letter for letter in ascii_letters if letter not in used)[: len(wanted[0])] or wanted[0]
