"""The last row of a table of samples: what stands in the rows before, added up, or the mean of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from flint import arb

from symback.verify.balls import exact, printing_like
from symback.verify.cells import Read
from symback.verify.claims import FALSE
from symback.verify.duals import Dual, Unknown
from symback.verify.heads import MEAN_HEADS, SUM_HEADS
from symback.verify.judging.outcome import Outcome, correct, follows, rounded, wrong
from symback.verify.judging.state import State
from symback.verify.printed import Printed
from symback.verify.stated import Stated
from symback.verify.tables.heads import Heads, number_in
from symback.verify.targets import at_sample


def is_total(state: State, row: Sequence[Read]) -> bool:
    """Whether a row gives sums, or means, over the samples."""
    words = row[0].words
    return len(state.graph.samples) > 1 and bool(SUM_HEADS.search(words) or MEAN_HEADS.search(words))


def judge_totals(state: State, heads: Heads, row: Sequence[Read], above: Sequence[Sequence[Read]]) -> None:
    """Judge a row of sums or means by the rows above it, one for each sample."""
    is_mean = MEAN_HEADS.search(row[0].words) is not None
    count = len(state.graph.samples)
    for column in range(1, len(row)):
        number = number_in(row, column)
        terms = [found for one in above if (found := number_in(one, column)) is not None]
        if number is None or len(terms) != count:
            continue
        divisor = count if is_mean else 1
        truth = _truth(state, heads, column)
        outcome = _judged(state, number, terms, None if truth is None else truth / divisor, divisor)
        side = row[column].side
        state.is_certain = True
        assert side is not None
        claim = state.put((side.start, side.end), "", truth and truth / divisor, outcome, "number")
        if claim.verdict in FALSE:
            place = len(state.claims) - 1
            state.carried.state(state.nameless(place, truth and truth / divisor), Stated(number, claim.verdict, place))


def _truth(state: State, heads: Heads, column: int) -> arb | None:
    """Return the sum over the samples of what a head names; None where that is not known."""
    key, formula, before = heads.key(column), heads.formula(column), state.scope
    total = arb(0)
    try:
        for sample in range(1, len(state.graph.samples) + 1):
            if key:
                total += state.truth.value(at_sample(key, sample))
                continue
            state.scope = replace(before, sample=sample)
            value = state.worth(formula.node, state.truth.value) if formula is not None and formula.node else None
            if not isinstance(value, Dual):
                return None
            total += value.value
    except Unknown:
        return None
    finally:
        state.scope = before
    return total


def _judged(state: State, number: Printed, terms: Sequence[Printed], truth: arb | None, divisor: int) -> Outcome:
    printed = printing_like(*number)
    if truth is not None and truth.overlaps(printed):
        return correct()
    sums = (sum(map(exact, (value for value, _ in terms)), arb(0)), sum((printing_like(*one) for one in terms), arb(0)))
    if not any((one / divisor).overlaps(printed) for one in sums):
        return wrong("not what stands above it gives")
    causes = [
        state.root(stated.claim)
        for one in terms
        for _, stated in state.carried.of_number(one)
        if stated.verdict in FALSE
    ]
    return follows(min(causes)) if causes else rounded()
