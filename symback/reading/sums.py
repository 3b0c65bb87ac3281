r"""Sums over an index: ``\sum_{k=1}^{n} w_k x_k``, ``Σᵢ``, ``\sum_k``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from symback.reading import scripts
from symback.written.nodes import IndexedSum, Symbol, Written

if TYPE_CHECKING:
    from symback.reading.grammar import Grammar


def indexed_sum(reader: Grammar) -> Written:
    """Read a sum behind its sign; it takes in the whole term that follows."""
    index: Written = Symbol("")
    lower: Written | None = None
    upper: Written | None = None
    while reader.token.kind in ("_", "^"):
        if reader.next().kind == "^":
            upper = _bound(reader)
        elif reader.token.kind == "{":
            index, lower = _running(reader)
        else:
            (index, *_) = scripts.script(reader)
    return reader.made(IndexedSum(reader.term(), index, lower, upper))


def _bound(reader: Grammar) -> Written:
    if reader.token.kind == "{":
        return reader.group("}", reader.next())
    return scripts.script(reader)[0]


def _running(reader: Grammar) -> tuple[Written, Written | None]:
    """Read what stands below: the index, perhaps with its first value; further letters beside it are refused."""
    lower: Written | None = None
    with reader.inside():
        opening = reader.next()
        reader.skip_spaces()
        index = reader.atom()
        if reader.token.kind == "relation" and reader.token.text == "=":
            reader.next()
            lower = reader.expression()
        reader.close("}", opening)
    return index, lower
