"""The next round: where a document goes on with the network after the update, under the same names."""

from __future__ import annotations

from symback.reading.statements import Side, Statement
from symback.verify.agreement import Agreement
from symback.verify.balls import decimal, printing_like, prints_as
from symback.verify.carried import Carried
from symback.verify.duals import Dual, Unknown
from symback.verify.judging.explaining import explained
from symback.verify.judging.state import State
from symback.verify.judging.subject import Subject
from symback.verify.keys import lone
from symback.verify.network import Point
from symback.verify.printed import Printed, printed_rows, shape_of
from symback.verify.trees import numbers, parts
from symback.written.nodes import NEW, Derivative, Symbol


def turn(state: State, subject: Subject, statement: Statement) -> bool:
    """Go on to the network after the update where a number is not true before it and is true, or carried, after it."""
    key = lone(subject.keys)
    rows = printed_rows(statement.sides[-1])
    if not key or key.endswith(NEW) or key in state.graph.given or shape_of(rows) != (1, 1):
        return False
    number = rows[0][0]
    updates = _updated(state)
    if 2 * len(updates) < len(state.graph.learned) or number[1] == 1 or state.moved is not None:
        return False
    try:
        if _fits(state, key, number) or any(one.number == number for one in state.carried.stated(key)):
            return False
        if any(_gives(state, side, number) for side in statement.sides[1:-1]):
            return False
    except Unknown:
        return False
    before = state.truth, state.carried
    state.truth, state.carried = _after_update(state, updates, state.carried.sample)
    if _fits(state, key, number):
        state.shown_forms.clear()
        state.binding.agreement = Agreement(state.graph, state.truth, state.by_policy)
        return True
    state.truth, state.carried = before
    return False


def step(state: State, sample: int) -> None:
    """Go on to the network after a step of its own, where every sample is learned from and the next one is named."""
    current = state.carried.sample
    if current not in state.graph.steps or sample not in state.graph.steps or sample == current:
        return
    if all(key.partition("@")[0] in state.graph.given for key in state.carried.printed()):
        return  # so far there are data alone, which may be listed for all samples first
    _go_on(state, sample)


def step_numbered(state: State, number: int) -> int | None:
    """Go on to the network after a step where the number of the next one is said; return the sample of that.

    Parts of a page are counted as steps too: the new values of most parameters must have been printed before.
    """
    steps = state.graph.steps
    is_next = number == len(state.history) + 2 and number <= len(steps)
    if not is_next or 2 * len(_updated(state)) < len(state.graph.learned):
        return None
    _go_on(state, steps[number - 1])
    return steps[number - 1]


def _updated(state: State) -> list[str]:
    """Return the parameters whose new values were printed."""
    return [name for name in state.graph.learned if state.carried.stated(name + NEW)]


def _go_on(state: State, sample: int) -> None:
    """Go on to the network after the step from the sample at hand."""
    updates = _updated(state)
    state.history.append((state.truth, state.carried))
    state.moved = None
    state.shown_forms.clear()  # they had the numbers of the step before
    state.truth = state.truth.sample(state.carried.sample)
    state.truth, state.carried = _after_update(state, updates, sample)
    state.points = state.points.at(sample)
    state.binding.agreement = Agreement(state.graph, state.truth, state.by_policy)


def _after_update(state: State, updates: list[str], sample: int) -> tuple[Point, Carried]:
    """Return the network after the update at a sample, and as the document's own numbers the new values printed."""
    truth = state.truth.updated().sample(sample)
    data = frozenset(state.graph.given) - frozenset(state.graph.learned)
    carried = Carried(state.graph, truth, data, sample, state.carried)
    for name in updates:
        for one in state.carried.stated(name + NEW):
            carried.state(name, one)
    return truth, carried


def _gives(state: State, side: Side, number: Printed) -> bool:
    """Whether a formula in names gives a number with what the document printed for them before the update."""
    if side.node is None or not any(isinstance(part, (Symbol, Derivative)) for part in parts(side.node)):
        return False
    if any(number is None or number[1] < 1 for number in map(decimal, numbers(side.node))):
        return False
    value = state.worth(side.node, state.latest)
    return isinstance(value, Dual) and prints_as(value.value, *number)


def _fits(state: State, key: str, number: Printed) -> bool:
    """Whether a number is true, or comes from the document's own numbers. Raises `Unknown`."""
    printed = printing_like(*number)
    return prints_as(state.truth.value(key), *number) or explained(state, key, printed, float(number[1])) is not None
