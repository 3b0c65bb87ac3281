"""Chains: a statement, what it is about, and its sides one after the other."""

from __future__ import annotations

from dataclasses import replace

from symback.reading.signs import function
from symback.reading.statements import Side, Statement
from symback.verify.applications import applied
from symback.verify.balls import exact
from symback.verify.judging.causes import certainly_false_operand
from symback.verify.judging.entries import judge_entries
from symback.verify.judging.formulas import judge_formula
from symback.verify.judging.moving import shift
from symback.verify.judging.outcome import correct, follows, undecided
from symback.verify.judging.rounds import turn
from symback.verify.judging.state import State
from symback.verify.judging.subject import Formula, Subject
from symback.verify.judging.subjects import starts_from_itself, subject_of
from symback.verify.judging.symbolic import as_function
from symback.verify.judging.vectors import judge_numbers
from symback.verify.keys import lone
from symback.verify.labelled import is_label
from symback.verify.printed import printed_rows, shape_of
from symback.verify.reading import ARROWS
from symback.verify.spelling import spelling
from symback.verify.trees import parts
from symback.written.nodes import NEW, Call, Cases, Derivative, Matrix, Name, Relation, Symbol, Text, Written

EQUALITIES = frozenset({"=", "≈"})
"""Signs with which a line of words may go on with the chain before it."""

RELATIONS = frozenset({*EQUALITIES, ":=", *ARROWS})
"""Signs that assert something."""


class Chains:
    """Judges chains in their order; one that begins with a sign goes on with the one before.

    Parameters
    ----------
    state
        Where judging stands.
    """

    def __init__(self, state: State) -> None:
        self._state = state
        self._subject: Subject | None = None
        self._formula: Formula | None = None
        self._open: tuple[Side, Formula] | None = None
        self._label: Side | None = None

    def take(self, statement: Statement, is_display: bool = False) -> None:
        """Judge a statement; one in a display may go on with any sign."""
        state = self._state
        statement = replace(statement, sides=tuple(applied(side, state.binding) for side in statement.sides))
        statement = self._labelled(statement)
        shift(state, statement)
        state.chain_start = len(state.claims)
        if not statement.goes_on:
            self._begin(statement)
        elif is_display or statement.signs[0] in EQUALITIES:
            self._sides(self._subject, self._formula, statement.signs, statement.sides)

    def _labelled(self, statement: Statement) -> Statement:
        """Return a step of learning with the name before its colon as its head: ``w_1: 0.5 - 0.1 * 0.2 = 0.48``."""
        first, before = statement.sides[0], self._label
        is_name = len(statement.sides) == 1 and isinstance(first.node, Symbol) and not statement.goes_on
        self._label = first if is_name else None
        if before is None or before.node is None or statement.goes_on:
            return statement
        if not is_label(self._state.source.text[before.end : first.start]):
            return statement
        headed = Statement((before, *statement.sides), ("", "=", *statement.signs[1:]))
        return headed if starts_from_itself(self._state, before.node, headed) else statement

    def take_cells(self, key: str, *sides: Side) -> None:
        """Judge cells of a table as a chain about one key."""
        state = self._state
        state.chain_start = len(state.claims)
        keys = ((key,),)
        subject = Subject(Symbol("row"), keys, state.values(keys))
        formula: Formula | None = None
        for side in sides:
            if side.node is not None:
                formula = self._side(subject, side, formula)

    def _begin(self, statement: Statement) -> None:
        """Judge a chain from its first side on."""
        first, *others = statement.sides
        subject = subject_of(self._state, first, statement)
        formula = self._in_row_before(subject, first)
        if subject is None:
            self._unread(first)
        elif subject.keys is None:
            formula = self._opening(subject, first) if others else None
            if formula is not None:  # what follows must be what the numbers give
                subject = replace(subject, truth=None)
            if others:
                self._define(subject, statement)
        elif turn(self._state, subject, statement):
            subject = subject_of(self._state, first, statement)
        if others:
            self._sides(subject, formula, statement.signs[1:], tuple(others))

    def _in_row_before(self, subject: Subject | None, side: Side) -> Formula | None:
        """Return the formula with which the row before ended, where this one repeats its head to go on with it."""
        if self._open is None or subject is None or self._subject is None or subject.keys is None:
            return None
        (last, formula), text = self._open, self._state.source.text
        is_same = (subject.node, subject.keys) == (self._subject.node, self._subject.keys)
        return None if not is_same or any(map(str.isalpha, text[last.end : side.start])) else formula

    def _opening(self, subject: Subject, side: Side) -> Formula | None:
        """Take a chain that begins with numbers instead of a name."""
        state, node = self._state, subject.node
        if any(isinstance(part, (Symbol, Derivative, Name)) for part in parts(node)) or printed_rows(side):
            return None
        cause = certainly_false_operand(state, node)
        outcome = correct() if cause is None else follows(cause, "")
        state.put((side.start, side.end), "", None, outcome, "substitution")
        return Formula(node, len(state.claims) - 1, True)

    def _define(self, subject: Subject, statement: Statement) -> None:
        """Keep the value of a name that the document defines for itself."""
        rows = printed_rows(statement.sides[-1])
        if isinstance(subject.node, Symbol) and shape_of(rows) == (1, 1):
            self._state.local[spelling(subject.node)] = exact(rows[0][0][0])

    def _sides(
        self, subject: Subject | None, formula: Formula | None, signs: tuple[str, ...], sides: tuple[Side, ...]
    ) -> None:
        """Judge the sides behind signs that assert something."""
        for sign, side in zip(signs, sides, strict=True):
            if sign not in RELATIONS:
                continue
            if sign == "→" and not (_is_set(subject) or (formula is not None and printed_rows(side))):
                continue
            if side.node is None:
                self._unread(side)
                formula = None
            else:
                formula = self._side(subject, side, formula)
        self._subject, self._formula = subject, formula
        self._open = None if formula is None or printed_rows(sides[-1]) else (sides[-1], formula)

    def _side(self, subject: Subject | None, side: Side, before: Formula | None) -> Formula | None:
        """Judge one side, and return the formula that a number behind it is judged by."""
        rows = printed_rows(side)
        self._state.about = lone(subject.keys) if subject is not None else ""
        if rows:
            judge_numbers(self._state, subject, side, rows, before)
            return before
        if _lists_functions(side):
            self._listed(side)
            return before
        if isinstance(side.node, Text) or judge_entries(self._state, subject, side):
            return before
        return judge_formula(self._state, subject, side, before)

    def _listed(self, side: Side) -> None:
        """Judge the functions in a list that are defined there."""
        for definition in map(_definition, _entries(side)):
            if definition is not None:
                outcome = as_function(self._state, definition.first, definition.links[0][1])
                place = (side.start, side.end)
                self._state.put(place, "", None, outcome or undecided("a function that is not known"), "formula")

    def _unread(self, side: Side) -> None:
        outcome = undecided(f"cannot be read: {side.problem}")
        self._state.put((side.start, side.end), "", None, outcome, "text")


def _lists_functions(side: Side) -> bool:
    """Whether a side is a list of functions, one for each neuron: ``(ReLU, tanh)``, some of them defined there."""
    entries = _entries(side)
    words = [isinstance(entry, Symbol) and bool(function(entry.base)) for entry in entries]
    return any(words) and all(
        map(bool, (word or _definition(entry) for word, entry in zip(words, entries, strict=True)))
    )


def _entries(side: Side) -> list[Written]:
    return [entry for row in side.node.rows for entry in row] if isinstance(side.node, Matrix) else []


def _definition(entry: Written) -> Relation | None:
    """Return the definition of a function that stands in brackets, where it reads like one where the equation holds."""
    condition = entry.branches[0][1] if isinstance(entry, Cases) else None
    is_definition = isinstance(condition, Relation) and isinstance(condition.first, Call) and len(condition.links) == 1
    return condition if is_definition else None  # type: ignore[return-value]


def _is_set(subject: Subject | None) -> bool:
    """Whether an arrow behind the head of a chain sets it: it is a parameter, or a name that is not known."""
    if subject is None or subject.keys is None:
        return subject is not None and isinstance(subject.node, Symbol)
    return all(key.endswith(NEW) for row in subject.keys for key in row if key)
