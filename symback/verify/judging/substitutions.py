"""Formulas with numbers in place of names: do they give what they stand for, and where do the numbers come from."""

from __future__ import annotations

from flint import arb

from symback.reading.statements import Side
from symback.verify.balls import decimal
from symback.verify.claims import BLAMED, FALSE, Verdict
from symback.verify.duals import Dual, Unknown, Value, constant
from symback.verify.judging.causes import certainly_false_operand, false_operand
from symback.verify.judging.explaining import explained
from symback.verify.judging.operands import digits, digits_behind, may_give, mended, results_behind
from symback.verify.judging.outcome import Outcome, correct, follows, rounded, undecided, wrong
from symback.verify.judging.state import State
from symback.verify.judging.steps import OTHER_STEP, is_other_step
from symback.verify.judging.subject import Formula, Subject
from symback.verify.judging.unprinted import blame_unnamed, follows_unprinted
from symback.verify.keys import laid_like, lone
from symback.verify.shapes import agree, rows_of
from symback.verify.trees import numbers, parts, symbols
from symback.written.nodes import NEW, Matrix, Written

FROM_OPERAND = "an operand comes from an earlier mistake"


def judge_substitution(state: State, subject: Subject | None, node: Written, before: Formula | None) -> Outcome:
    """Judge a formula with numbers in place by whether it gives what it stands for."""
    try:
        value = state.resolver(state.latest).value(node, digits_behind(state, before, node))
    except Unknown as error:  # what the digits may stand for leaves something open that they do not
        return correct() if _reaches_as_it_stands(state, subject, node) else undecided(str(error))
    if subject is None or subject.truth is None or subject.is_absent:
        cause = certainly_false_operand(state, node)
        return correct("nothing is known to the contrary") if cause is None else follows(cause, FROM_OPERAND)
    if agree(_as_stated(state, subject, subject.truth), value) is not False:
        return correct()
    if is_other_step(state, lone(subject.keys), node, value):
        return _from_formula(state, subject, value, before) or wrong(OTHER_STEP)
    cause = false_operand(state, node)
    if cause is not None and _is_right_but_for_operands(state, subject, node, before, value):
        return follows(cause, FROM_OPERAND)
    if subject.keys is None and _gives(state, subject.node, value):
        return rounded()
    return (
        _from_formula(state, subject, value, before)
        or _entries_explained(state, subject, value, _finest(node))
        or _from_results(state, subject.truth, node, before)
        or _not_true(state, subject, subject.truth, node)
    )


def _from_results(state: State, truth: Value, node: Written, before: Formula | None) -> Outcome | None:
    """Accept results of the numbers before, one of which looks like another number that stands there."""
    if before is None or any(True for _ in symbols(before.node)):
        return None
    value = state.worth(node, state.latest, results_behind(state, before.node, node))
    if value is None or agree(truth, value) is False or not _gives(state, before.node, value):
        return None
    return rounded()


def _is_right_but_for_operands(
    state: State, subject: Subject, node: Written, before: Formula | None, value: Value
) -> bool:
    """Whether numbers in place give what they should once the mistakes that they come from are mended."""
    if subject.truth is None:
        return True
    right = state.worth(node, state.latest, mended(state))
    if right is None or agree(_as_stated(state, subject, subject.truth), right) is not False:
        return True
    is_right = before is not None and state.claims[before.claim].verdict not in BLAMED
    if before is not None and is_right and not before.has_numbers and _gives(state, before.node, value):
        return True
    return _entries_explained(state, subject, value, _finest(node)) is not None


def _as_stated(state: State, subject: Subject, truth: Value) -> Value:
    """Return what a formula must give: a number of the spec that has a formula too is rounded there."""
    unit = state.stated_unit(lone(subject.keys))
    if unit is None or not isinstance(truth, Dual):
        return truth
    return constant((truth.value - unit).union(truth.value + unit))


def _from_formula(state: State, subject: Subject, value: Value, before: Formula | None) -> Outcome | None:
    """Say whether numbers that do not fit follow from a formula: the one before them, or one given earlier."""
    if before is not None and state.claims[before.claim].verdict in (*BLAMED, Verdict.FOLLOWS):
        return follows(state.root(before.claim), "the formula before it is wrong")
    key = lone(subject.keys)
    form = next((form for form in reversed(state.wrong_forms) if form.key == key), None) if key else None
    if form is not None:
        return follows(form.claim, "the formula for it is wrong")
    if before is not None and before.has_numbers and _gives(state, before.node, value):
        return rounded()
    return None


def _not_true(state: State, subject: Subject, truth: Value, node: Written) -> Outcome:
    """Judge numbers that do not fit and that nothing explains."""
    cause = follows_unprinted(state, node, truth)
    if cause is None and subject.is_certain:
        cause = blame_unnamed(state, node, truth)
    if cause is not None:
        return follows(cause, FROM_OPERAND)
    key = lone(subject.keys)
    has_rounded = not key.endswith(NEW) and not state.comes_from_data(key)
    if isinstance(truth, Dual) and has_rounded and may_give(state, node, truth.value):
        return undecided("an operand may be rounded")
    return wrong("what is put in place does not give what it stands for")


def reaches(state: State, subject: Subject | None, node: Written) -> bool:
    """Whether a formula with plain numbers in place of names gives the right value."""
    if subject is None or subject.truth is None:
        return False
    value = state.worth(node, state.truth.value, digits(state))
    return value is not None and agree(subject.truth, value) is not False


def _reaches_as_it_stands(state: State, subject: Subject | None, node: Written) -> bool:
    """Whether a formula gives the right value with the very digits in it."""
    value = state.worth(node, state.latest) if subject is not None and subject.truth is not None else None
    return value is not None and subject is not None and agree(subject.truth, value) is True  # type: ignore[arg-type]


def _gives(state: State, before: Written, value: Value) -> bool:
    """Whether a formula may have a value with the document's own numbers."""
    try:
        return agree(state.resolver(state.latest).value(before, digits(state)), value) is not False
    except Unknown:
        return False


def _entries_explained(state: State, subject: Subject, value: Value, unit: float) -> Outcome | None:
    """Say how what a formula gives comes from the document's own numbers, if every entry of it does."""
    rows = rows_of(value)
    keys = laid_like(subject.keys, (len(rows), len(rows[0]))) if subject.keys is not None else None
    result: Outcome | None = None
    for line, ones in zip(keys, rows, strict=True) if keys is not None else ():
        for key, one in zip(line, ones, strict=True):
            true = _true(state, key)
            if true is None:
                return None
            if true.overlaps(one.value):
                continue
            found = explained(state, key, one.value, unit)
            if found is None:
                return None
            if result is None or found.verdict is Verdict.FOLLOWS:
                result = found
    return result


def _true(state: State, key: str) -> arb | None:
    if not key:
        return None
    try:
        return state.true(key)
    except Unknown:
        return None


def _finest(node: Written) -> float:
    """Return the smallest unit of the printed numbers of a formula."""
    return min((float(found[1]) for found in map(decimal, numbers(node)) if found is not None), default=1.0)


def judge_operands(state: State, side: Side, formula: int) -> None:
    """Judge the numbers put in place one by one, as far as it is known what they stand for."""
    assert side.node is not None
    matrices = [part for part in parts(side.node) if isinstance(part, Matrix)]
    entries = {id(entry) for matrix in matrices for row in matrix.rows for entry in row}
    is_right = state.claims[formula].verdict in (Verdict.CORRECT, Verdict.ROUNDED)
    for node, start, end in side.numbers:
        number = decimal(node)
        if number is None or (number[1] == 1 and id(node) not in entries):
            continue
        said = state.carried.of_either_sign(number)
        if said:
            key, stated = said[-1]
            are_false = all(one.verdict in FALSE for _, one in said)
            cause = state.root(stated.claim)
            outcome = follows(cause, "copied from an earlier mistake") if are_false else correct("as printed before")
            state.put((start, end), "" if state.is_nameless(key) else key, None, outcome, "operand")
        elif number[0] in state.data or is_right:
            state.put((start, end), "", None, correct("fits what stands around it"), "operand")
