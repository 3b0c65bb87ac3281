"""Columns that say by how much a parameter changes: its new value less the old one, or, for some, the opposite."""

from __future__ import annotations

from dataclasses import replace

from symback.reading.statements import Side, Statement
from symback.verify.applications import change_of
from symback.verify.duals import Unknown
from symback.verify.judging.chains import Chains
from symback.verify.judging.state import State
from symback.verify.printed import Printed
from symback.written.nodes import NEW, Negative


def judge_change(state: State, chains: Chains, key: str, number: Printed, cell: Side) -> None:
    """Judge the cell with a number by which the parameter of a key changes."""
    change = change_of(key)
    node = Negative(change) if _is_opposite(state, key, number) else change
    chains.take(Statement((replace(cell, node=node, entries=(), numbers=()), cell), ("", "=")))


def _is_opposite(state: State, key: str, number: Printed) -> bool:
    """Whether a number has not the sign of the change: some say what is taken away."""
    try:
        change = state.truth.value(key + NEW) - state.truth.value(key)
    except Unknown:
        return False
    return bool(change * number[0].numerator < 0)
