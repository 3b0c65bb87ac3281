"""Rows about one quantity: formula, numbers and value, or old value, gradient and new value of a parameter."""

from __future__ import annotations

from collections.abc import Sequence

from symback.reading.statements import Side
from symback.verify.cells import Read
from symback.verify.evidence import number_at_the_end
from symback.verify.heads import CHANGE_HEADS, STEP_HEADS
from symback.verify.judging.chains import Chains
from symback.verify.judging.explaining import is_carried
from symback.verify.judging.state import State
from symback.verify.keys import Keys, is_parameter, keys_of, lone
from symback.verify.printed import Printed, printed_rows, shape_of
from symback.verify.tables.changes import judge_change
from symback.verify.tables.heads import Heads
from symback.written.nodes import NEW, Derivative, Symbol


def judge_quantity(state: State, chains: Chains, heads: Heads, keys: Keys, row: Sequence[Read]) -> None:
    """Judge the cells behind the name of a quantity: steps of the working wait for the result behind them."""
    label = key = lone(keys)
    waiting: list[Side] = []
    columns = range(1, len(row))
    numbers = {column: found[0][0] for column in columns if shape_of(found := number_at_the_end(row[column])) == (1, 1)}
    has_old = any(state.binding.prints(key, number) for number in numbers.values())
    for column in columns:
        meant = heads.meant(label, column)
        is_of_label, meant = meant == label, key if meant == label else meant
        if meant == key and column in numbers and len(numbers) > 1:
            place = [*numbers].index(column) if has_old else None
            meant = _guessed(state, heads, key, numbers[column], place, len(numbers))
        read = row[column]
        says_change = is_parameter(label) and CHANGE_HEADS.search(heads.words(column))
        if says_change and column in numbers and read.side is not None:
            judge_change(state, chains, label, numbers[column], read.side)
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


def _guessed(state: State, heads: Heads, key: str, number: Printed, place: int | None, count: int) -> str:
    """Return what a number in a parameter's row is where the head does not say: old value, gradient or new value.

    `place` is its place among so many numbers of the row, from 0, where the old value is one of them; where it is not,
    they may be anything.
    """
    if not is_parameter(key) or state.binding.prints(key, number):
        return key
    for meant in (key + NEW, heads.gradient(key)):
        was_said = any(one.number == number for one in state.carried.stated(meant))
        if state.binding.prints(meant, number) or was_said or is_carried(state, meant, number):
            return meant
    if place is None:
        return ""
    return key if place == 0 else key + NEW if place == count - 1 else heads.gradient(key)
