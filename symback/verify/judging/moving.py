"""Difference quotients: stretches of a document in which one parameter is moved by a small number."""

from __future__ import annotations

from contextlib import suppress
from fractions import Fraction

from flint import arb

from symback.reading.statements import Statement
from symback.verify.balls import decimal, exact, printing_like
from symback.verify.claims import BLAMED
from symback.verify.duals import Unknown
from symback.verify.judging.causes import cause_of
from symback.verify.judging.entry import Entry
from symback.verify.judging.outcome import Outcome, correct, follows, rounded, wrong
from symback.verify.judging.state import Moved, State
from symback.verify.judging.subject import Subject
from symback.verify.keys import is_parameter, keys_of, lone
from symback.verify.printed import Printed
from symback.verify.trees import parts
from symback.written.nodes import Derivative, Negative, Quotient, Sum, Symbol, Written

LARGEST = Fraction(1, 100)
"""A parameter that is moved by more is not moved for a difference quotient."""

AS_STATED = Fraction(1, 10**12)
"""The unit of a number by which a parameter is moved: it is exact, however many digits are printed."""


def shift(state: State, statement: Statement) -> None:
    """Open a stretch in which a parameter is moved by a small number: ``(w + 0.0001) x``; a derivative ends it."""
    for side in statement.sides:
        for part in parts(side.node) if side.node is not None else ():
            move = _move(state, part)
            if move is not None:
                parameter, size = move
                state.data[abs(size)] = AS_STATED
                with suppress(Unknown):
                    state.moved = Moved(parameter, size, state.truth.moved(parameter, exact(size)))
                return
    if isinstance(statement.sides[0].node, Derivative) and not statement.goes_on:
        state.moved = None


def _move(state: State, part: Written) -> tuple[str, Fraction] | None:
    """Return the parameter that a sum moves, and by how much."""
    if not isinstance(part, Sum) or len(part.terms) != 2:
        return None
    one, other = part.terms
    sign = 1
    if isinstance(other, Negative):
        other, sign = other.operand, -1
    size = decimal(other)
    if size is None or not 0 < abs(size[0]) <= LARGEST or not isinstance(one, Symbol):
        return None
    key = lone(keys_of(one, state.binding, state.scope))
    return (key, sign * size[0]) if is_parameter(key) or key in state.graph.given else None


def judge_moved(state: State, moved: Moved, entry: Entry) -> Outcome:
    """Judge a number while a parameter is moved; one that is true without the move is right too."""
    values = moved.point.value(entry.key), state.truth.value(entry.key)
    if any(value.overlaps(entry.ball) for value in values):
        return correct("while a parameter is moved")
    if entry.fits and entry.before is not None:
        cause = cause_of(state, entry.before)
        if cause is not None:
            return follows(cause)
        if state.claims[entry.before.claim].verdict not in BLAMED:
            return rounded()
    return wrong("not true while the parameter is moved")


def quotient(state: State, subject: Subject | None, number: Printed) -> tuple[arb, arb] | None:
    """Return the difference quotient, or the gradient, that a number near a moved parameter may be.

    Behind it stands how far that lies from the difference quotient: the gradient may be a digit away.
    """
    moved = state.moved
    if moved is None or subject is None or subject.keys is not None or not isinstance(subject.node, Quotient):
        return None
    divisor = decimal(subject.node.denominator)
    if divisor is None or abs(divisor[0]) not in (abs(moved.size), 2 * abs(moved.size)):
        return None
    printed = printing_like(*number)
    for name in (*state.graph.loss_terms, state.graph.root):
        change = moved.point.value(name) - state.truth.value(name)
        difference = change / exact(moved.size)
        for found in (difference, state.truth.partial(name, moved.parameter)):
            if found.overlaps(printed):
                return found, found - difference
    return None
