"""Rows about one quantity: formula, numbers and value, or old value, gradient and new value of a parameter."""

from __future__ import annotations

from collections.abc import Sequence

from symback.reading.statements import Side
from symback.verify.cells import Read
from symback.verify.heads import CHANGE_HEADS, STEP_HEADS
from symback.verify.judging.chains import Chains
from symback.verify.judging.state import State
from symback.verify.keys import Keys, is_parameter, keys_of, lone
from symback.verify.printed import Printed, printed_rows
from symback.verify.tables.changes import judge_change
from symback.verify.tables.heads import Heads, number_in
from symback.written.nodes import NEW, Derivative, Symbol


def judge_quantity(state: State, chains: Chains, heads: Heads, keys: Keys, row: Sequence[Read]) -> None:
    """Judge the cells behind the name of a quantity: steps of the working wait for the result behind them."""
    label = key = lone(keys)
    waiting: list[Side] = []
    columns = range(1, len(row))
    plain = [column for column in columns if number_in(row, column) is not None]
    for column in columns:
        meant, number = heads.meant(label, column), number_in(row, column)
        is_of_label, meant = meant == label, key if meant == label else meant
        if meant == key and number is not None and len(plain) > 1:
            meant = _guessed(state, heads, key, number, (plain.index(column), len(plain)))
        read = row[column]
        if number is not None and is_parameter(label) and CHANGE_HEADS.search(heads.words(column)) and read.side:
            judge_change(state, chains, label, number, read.side)
            continue
        for statement in read.statements:
            head = statement.sides[0].node
            about = lone(keys_of(head, state.binding, state.scope)) if isinstance(head, (Symbol, Derivative)) else ""
            if isinstance(head, (Symbol, Derivative)) and (is_of_label or about == meant):
                chains.take(statement)
                key = about or key
                waiting = []
            elif printed_rows(statement.sides[-1]):
                chains.take_cells(meant, *waiting, *statement.sides)
                waiting = []
            else:
                waiting.extend(statement.sides)
        if not read.statements and read.side is not None:
            waiting.append(read.side)
            if printed_rows(read.side) and not STEP_HEADS.search(heads.words(column)):
                chains.take_cells(meant, *waiting)
                waiting = []
    if waiting:
        chains.take_cells(key, *waiting)


def _guessed(state: State, heads: Heads, key: str, number: Printed, place: tuple[int, int]) -> str:
    """Return what a number in a parameter's row is where the head does not say: old value, gradient or new value.

    `place` is its place among the numbers of the row, from 0, and how many there are.
    """
    if not is_parameter(key) or state.binding.prints(key, number):
        return key
    for meant in (key + NEW, heads.gradient(key)):
        was_said = any(one.number == number for one in state.carried.stated(meant))
        if state.binding.prints(meant, number) or was_said:
            return meant
    first, last = place[0] == 0, place[0] == place[1] - 1
    return key if first else key + NEW if last else heads.gradient(key)
