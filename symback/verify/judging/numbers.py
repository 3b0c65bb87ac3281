"""A printed number: true, right up to rounding, following from a mistake, or wrong."""

from __future__ import annotations

from dataclasses import replace

from flint import arb

from symback.verify.applications import changed_by
from symback.verify.claims import BLAMED, FALSE, Verdict
from symback.verify.duals import Dual, Unknown
from symback.verify.general import COUNTS
from symback.verify.judging.causes import blame_digits, cause_of, certainly_false_operand, false_name, starts_here
from symback.verify.judging.entry import Entry
from symback.verify.judging.explaining import explained, same_rule, shown_before
from symback.verify.judging.identify import identified
from symback.verify.judging.moving import judge_moved
from symback.verify.judging.operands import may_give, mended
from symback.verify.judging.outcome import Outcome, correct, follows, rounded, undecided, wrong
from symback.verify.judging.state import MOVED, State
from symback.verify.judging.subject import Formula
from symback.verify.keys import is_parameter
from symback.verify.stated import Stated
from symback.verify.targets import at_sample
from symback.verify.trees import parts
from symback.written.nodes import NEW, Derivative, Name, Symbol

OTHER_NUMBER = "what stands before it gives another number"
NOT_ENOUGH = "not enough is known"


def judge_number(state: State, entry: Entry) -> None:
    """Judge one printed number, and remember it."""
    if is_parameter(entry.key) and entry.truth is not None and not entry.is_true:
        entry = _as_new(state, entry)
    elif entry.truth is not None and not entry.is_true and entry.before is None:
        entry = _at_other_sample(state, entry)
    if state.moved is not None and state.moved.marks(entry.key):
        outcome = judge_moved(state, state.moved, entry)
        is_rounded_data = state.stated_unit(entry.key) is not None
        if outcome.verdict is Verdict.CORRECT and entry.misses_digits and entry.before and not is_rounded_data:
            blame_digits(state, entry.before)
        claim = state.put(entry.span, entry.key, state.moved.point.value(entry.key), outcome, entry.kind)
        key = entry.key + MOVED
    else:
        outcome, truth = _outcome(state, entry), entry.truth
        if not state.is_certain and outcome == wrong(OTHER_NUMBER) and _says_by_itself(entry.before):
            state.is_certain, truth = True, None
        claim = state.put(entry.span, entry.key, truth, outcome, entry.kind)
        key = entry.key
    place = len(state.claims) - 1
    changed = changed_by(entry.head) if entry.head is not None else ""
    if key:
        state.carried.state(key, Stated(entry.number, claim.verdict, place))
    elif changed in state.graph.given:  # whoever says by how much it changes says what it becomes
        number = (state.graph.given[changed].value + entry.number[0], entry.number[1])
        state.carried.state(changed + NEW, Stated(number, claim.verdict, place))
    elif meant := identified(state, entry.head):
        state.carried.state(meant, Stated(entry.number, claim.verdict, place))
    elif claim.verdict is Verdict.CORRECT and truth is None and entry.before is not None:
        state.unnamed[entry.number] = place
    elif claim.verdict in FALSE:
        should = _mended(state, entry) if entry.truth is None else entry.truth
        state.carried.state(state.nameless(place, should), Stated(entry.number, claim.verdict, place))


def _mended(state: State, entry: Entry) -> arb | None:
    """Return what the formula before a number gives once every mistake in its operands is mended."""
    if entry.before is None or entry.kind != "number":
        return entry.given
    value = state.worth(entry.before.node, state.true, mended(state))
    return value.value if isinstance(value, Dual) else entry.given


def _says_by_itself(formula: Formula | None) -> bool:
    """Whether a formula has numbers alone: what it gives is certain, whatever it is about."""
    return formula is not None and not any(isinstance(part, (Symbol, Derivative, Name)) for part in parts(formula.node))


def _outcome(state: State, entry: Entry) -> Outcome:
    if entry.truth is None:
        return _unknown(state, entry)
    if not entry.is_true:
        return _as_written(state, entry) or _false(state, entry)
    if entry.misses_digits and entry.before is not None and not may_give(state, entry.before.node, entry.ball):
        blame_digits(state, entry.before)
    if entry.key.partition("@")[0] in state.graph.given and entry.before is None:
        return Outcome(Verdict.GIVEN)
    return correct()


def _as_new(state: State, entry: Entry) -> Entry:
    """Take a parameter for its new value where the number is that one, though the name has no mark."""
    key = entry.key + NEW
    try:
        new = state.truth.value(key)
    except Unknown:
        return entry
    was_said = any(one.number == entry.number for one in state.carried.stated(key))
    if new.overlaps(entry.ball) or was_said or explained(state, key, entry.ball, entry.unit) is not None:
        return replace(entry, key=key, truth=new)
    return entry


def _at_other_sample(state: State, entry: Entry) -> Entry:
    """Take a datum for that of another sample where the number is that one, though nothing says which is meant."""
    graph, name = state.graph, entry.key.partition("@")[0]
    if name not in (*graph.inputs, *graph.targets):
        return entry
    for sample in range(1, len(graph.samples) + 1):
        key = at_sample(name, sample)
        truth = state.truth.value(key)
        if truth.overlaps(entry.ball):
            return replace(entry, key=key, truth=truth)
    return entry


def _unknown(state: State, entry: Entry) -> Outcome:
    """Judge a number whose truth is not known: by what stands before it in the chain."""
    before = entry.before
    if _is_count(state, entry):
        return correct("how many there are")
    if before is None or entry.fits is None:
        earlier = state.carried.stated(entry.key) if entry.key else []
        if not earlier:
            return undecided(NOT_ENOUGH)
        if earlier[-1].number == entry.number:
            return correct("as printed before")
        return undecided("printed before with another value")
    if entry.fits:
        if state.claims[before.claim].verdict is Verdict.FOLLOWS:
            cause: int | None = state.root(before.claim)
        else:
            cause = certainly_false_operand(state, before.node)
        message = "follows from what is put in place"
        return correct(message) if cause is None else follows(cause, message)
    return wrong(OTHER_NUMBER) if before.has_numbers else undecided(NOT_ENOUGH)


def _is_count(state: State, entry: Entry) -> bool:
    """Whether a letter for a number of things is said to be how many outputs, samples or inputs there are."""
    if not isinstance(entry.head, Symbol) or entry.head.base not in COUNTS or entry.head.subscript:
        return False
    graph = state.graph
    return entry.number[0] in {len(graph.outputs), len(graph.samples), len(graph.inputs)}


def _as_written(state: State, entry: Entry) -> Outcome | None:
    """Judge a number by the expression at the head of its chain, with the numbers that the document printed."""
    if entry.key or entry.head is None or entry.written is None or not entry.written.overlaps(entry.ball):
        return None
    cause = false_name(state, entry.head)
    if cause is None and entry.before is not None:
        cause = cause_of(state, entry.before)
    message = "what the numbers printed before give"
    return rounded(message) if cause is None else follows(cause, message)


def _false(state: State, entry: Entry) -> Outcome:
    """Judge a number that is not true: by what stands before it, by what was said before, and by what explains it."""
    found = _from_formula(state, entry)
    if found is None and entry.key:
        found = _repeated(state, entry) or _explained(state, entry)
    is_open = found is None or found.verdict is Verdict.UNDECIDED
    if is_open and not entry.misses_digits and state.is_by_policy(entry.key, entry.number):
        return rounded("rounded at every step, as the spec says")
    if found is not None:
        return found
    return wrong(OTHER_NUMBER if entry.misses_digits else "not true, and nothing printed before explains it")


def _from_formula(state: State, entry: Entry) -> Outcome | None:
    """Judge a number that the formula before it gives."""
    if not entry.fits or entry.before is None:
        return None
    if starts_here(state, entry.before):
        if _is_right_here(entry):
            return rounded()
        return wrong("what stands before it is wrong")
    cause = cause_of(state, entry.before)
    if cause is not None:
        return rounded() if _is_given_anyway(state, entry, entry.before) else follows(cause)
    verdict = state.claims[entry.before.claim].verdict
    if verdict is Verdict.UNDECIDED:
        return undecided(NOT_ENOUGH)
    return None if verdict in BLAMED else rounded()


def _is_given_anyway(state: State, entry: Entry, formula: Formula) -> bool:
    """Whether a right formula gives a number also with its operands mended: a factor of 0 hides their mistakes."""
    if state.claims[formula.claim].verdict is not Verdict.CORRECT:
        return False
    value = state.worth(formula.node, state.true, mended(state))
    return isinstance(value, Dual) and bool(value.value.overlaps(entry.ball))


def _is_right_here(entry: Entry) -> bool:
    """Whether a wrong formula of a vector or matrix gives this one entry as it should be."""
    if entry.kind != "entry" or entry.given is None or entry.truth is None:
        return False
    return bool(entry.given.overlaps(entry.truth))


def _repeated(state: State, entry: Entry) -> Outcome | None:
    """Judge a number that was printed for the same key before."""
    message = "repeats an earlier number"
    earlier = [one for one in state.carried.stated(entry.key) if one.number == entry.number]
    if not earlier:
        said = [*state.carried.of_number(entry.number)]
        is_copied = any(state.is_nameless(key) for key, _ in said) and all(one.verdict in FALSE for _, one in said)
        return follows(state.root(said[-1][1].claim), message) if is_copied else None
    return follows(state.root(earlier[-1].claim), message) if earlier[-1].verdict in FALSE else rounded(message)


def _explained(state: State, entry: Entry) -> Outcome | None:
    """Say how a number comes from the document's own numbers, or from a rule used before."""
    found = shown_before(state, entry.key, entry.ball) or explained(state, entry.key, entry.ball, entry.unit)
    if found is not None and found.verdict is Verdict.UNDECIDED and entry.misses_digits:
        found = None  # what stands before it says more than what earlier numbers allow
    if found is None or found.verdict is Verdict.UNDECIDED:
        cause = same_rule(state, entry.key, entry.ball)
        if cause is not None:
            return follows(cause, "follows from the rule used there")
    return found
