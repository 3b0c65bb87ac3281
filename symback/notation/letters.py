"""The letters that symbols are made of, so that indices can be given letters that mean nothing else."""

from __future__ import annotations

from symback.written.nodes import Symbol


def letters_of(symbol: Symbol) -> set[str]:
    """Return the base of a symbol and of every symbol among its indices."""
    inner = (item for item in (*symbol.subscript, *symbol.superscript) if isinstance(item, Symbol))
    return {symbol.base}.union(*map(letters_of, inner))
