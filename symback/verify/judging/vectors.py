"""The printed numbers of one side of a chain, each with what it should be and what the formula before it gives."""

from __future__ import annotations

from flint import arb

from symback.reading.statements import Side
from symback.verify.balls import exact, printing_like, prints_as
from symback.verify.judging.entry import Entry
from symback.verify.judging.moving import quotient
from symback.verify.judging.numbers import judge_number
from symback.verify.judging.operands import digits
from symback.verify.judging.state import Span, State
from symback.verify.judging.subject import Formula, Subject
from symback.verify.judging.symbolic import IS_FUNCTION, as_function
from symback.verify.keys import laid_like
from symback.verify.printed import Printed, PrintedRows, shape_of
from symback.verify.resolve import Operand
from symback.verify.shapes import Balls, laid_out
from symback.written.nodes import Written


def judge_numbers(state: State, subject: Subject | None, side: Side, rows: PrintedRows, before: Formula | None) -> None:
    """Judge a number, or the entries of a vector or matrix."""
    shape = shape_of(rows)
    state.is_certain = subject is None or subject.is_certain
    keys = laid_like(subject.keys, shape) if subject is not None and subject.keys is not None else None
    formula = before.node if before is not None else None
    literal, balls = _worth(state, formula, shape, None), _worth(state, formula, shape, digits(state))
    near = quotient(state, subject, rows[0][0]) if shape == (1, 1) else None
    if near is not None:
        literal, balls = _moved_by(near[1], literal), _moved_by(near[1], balls)
    truths: Balls | None = _truths(state, subject, side, rows) if near is None else [[near[0]]]
    head = subject.node if subject is not None and keys is None else None
    written = _worth(state, head, shape, digits(state))
    for row, numbers in enumerate(rows):
        for column, number in enumerate(numbers):

            def here(found: Balls | None, row: int = row, column: int = column) -> arb | None:
                return found[row][column] if found is not None else None

            entry = Entry(
                keys[row][column] if keys is not None else "",
                here(truths),
                number,
                side.entries[row][column] if side.entries else _span(state, side),
                "number" if shape == (1, 1) else "entry",
                before,
                _fits(here(literal), here(balls), number),
                head,
                here(written),
                here(balls),
            )
            judge_number(state, entry)


def _moved_by(distance: arb, found: Balls | None) -> Balls | None:
    """Return balls moved by a distance."""
    return found and [[None if one is None else one + distance for one in row] for row in found]


def _span(state: State, side: Side) -> Span:
    r"""Return where the one number of a side stands, without what frames it: ``\boxed{-0.5}``."""
    text = state.source.text
    if len(side.numbers) != 1 or not text.startswith("\\", side.start):
        return side.start, side.end
    (_, start, end), *_ = side.numbers
    before = text[side.start : start].rstrip()
    return (side.start + len(before) - 1 if before.endswith(("-", "−", "–")) else start), end


def _truths(state: State, subject: Subject | None, side: Side, rows: PrintedRows) -> Balls | None:
    """Return what numbers should be: the subject's worth, or the value of a function."""
    shape = shape_of(rows)
    if subject is None or subject.is_absent:
        return None
    truths = laid_out(subject.truth, shape) if subject.truth is not None else None
    if shape != (1, 1) or side.node is None or not _may_be_function(state, truths, printing_like(*rows[0][0])):
        return truths
    return [[exact(rows[0][0][0])]] if as_function(state, subject.node, side.node) == IS_FUNCTION else truths


def _may_be_function(state: State, truths: Balls | None, printed: arb) -> bool:
    """Whether a number may be all that there is of a function: it is not true, or not known behind a function."""
    truth = truths[0][0] if truths else None
    if truth is None:
        return any(claim.message == IS_FUNCTION.message for claim in state.claims)
    return not truth.overlaps(printed)


def _worth(state: State, node: Written | None, shape: tuple[int, int], number: Operand | None) -> Balls | None:
    """Return what a formula is worth with the numbers that the document printed last."""
    value = state.worth(node, state.latest, number) if node is not None else None
    return laid_out(value, shape) if value is not None else None


def _fits(literal: arb | None, ball: arb | None, number: Printed) -> bool | None:
    """Say whether a number is what the formula before it gives; None where that has no value.

    The formula counts with its digits as they stand, or with what they may stand for.
    """
    if literal is None and ball is None:
        return None
    return any(one is not None and prints_as(one, *number) for one in (literal, ball))
