"""Matrices of which some entries are numbers and others stay names: the numbers are judged, one by one."""

from __future__ import annotations

from symback.reading.statements import Side
from symback.verify.balls import decimal
from symback.verify.duals import Dual
from symback.verify.judging.entry import Entry
from symback.verify.judging.numbers import judge_number
from symback.verify.judging.state import State
from symback.verify.judging.subject import Subject
from symback.verify.keys import keys_of, laid_like, lone
from symback.written.nodes import NEW, Matrix, Written


def judge_entries(state: State, subject: Subject | None, side: Side) -> bool:
    """Judge the numbers of a matrix whose other entries are their own names; say if it is one."""
    node = side.node
    keys = subject.keys if subject is not None else None
    laid = laid_like(keys, (len(node.rows), len(node.rows[0]))) if keys and isinstance(node, Matrix) else None
    if laid is None or not isinstance(node, Matrix) or not side.entries:
        return False
    entries = [
        (entry, key, span)
        for row in zip(node.rows, laid, side.entries, strict=True)
        for entry, key, span in zip(*row, strict=True)
    ]
    names = [(entry, key) for entry, key, _ in entries if decimal(entry) is None]
    if len(names) == len(entries) or not all(_names(state, entry, key) for entry, key in names):
        return False
    state.is_certain = subject is not None and subject.is_certain
    for entry, key, span in entries:
        number, truth = decimal(entry), state.values(((key,),))
        if number is not None:
            judge_number(state, Entry(key, truth.value if isinstance(truth, Dual) else None, number, span, "entry"))
    return True


def _names(state: State, entry: Written, key: str) -> bool:
    """Whether an entry is the name of what stands in its place, with or without the mark of a new value."""
    name = lone(keys_of(entry, state.binding, state.scope))
    return bool(name) and name in (key, key.removesuffix(NEW))
