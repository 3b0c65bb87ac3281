"""Difference quotients against derivatives: how far from each other they may be, and which derivative is meant."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from mpmath import mpf

from tests.checker.arithmetic import Evaluator, Interval, Unknown, interval, real, scalar
from tests.checker.binding import targets
from tests.checker.entries import shown
from tests.checker.full import InFull
from tests.checker.judge import Judge
from tests.checker.reading import Chain
from tests.checker.rounding import Known, agree, decimals_of, rounds, spread
from tests.checker.tree import Digits, Name, Node, Num, exchanged, is_numeric, is_printed

CLOSE = mpf("1e-4")
"""How far, relatively, a difference quotient may be from the derivative that it is compared with."""

CLOSE_BY_HAND = mpf("2e-2")
"""The same where the derivative was worked out from rounded values."""


def shifted_derivatives(judge: Judge) -> list[Known]:
    """Return the derivatives on the page by the quantity that the last line shifted."""
    known = judge.before or judge.knowledge
    found = [key for key in known.values if key.startswith("∂") and key.endswith(f"/∂{judge.shifted_name}")]
    return [each for key in found for each in known.values[key] if each.digits is not None]


def is_other_derivative(judge: Judge, digits: Digits) -> bool:
    """Whether the page has the derivative to as many decimals, and it is another one; values found by hand may differ."""
    alike = [each for each in shifted_derivatives(judge) if decimals_of(each) >= digits.decimals]
    return judge.knowledge.carry == "exact" and bool(alike) and not is_derivative(judge, digits)


def has_derivative(judge: Judge) -> bool:
    return bool(shifted_derivatives(judge))


def is_derivative(judge: Judge, digits: Digits) -> bool:
    """Whether a difference quotient ends in a derivative that the page has (or the page has none to compare)."""
    mine, value = shifted_derivatives(judge), Known(digits.value, digits, False, -1)
    knowledge = judge.knowledge
    if not mine or any(agree(each, value, knowledge.carry, knowledge.mode) for each in mine):
        return True
    full = list(full_derivatives(judge)) if knowledge.carry == "printed" else []
    return any(rounds(slope, digits, knowledge.mode) for _, slope in full) or (
        knowledge.carry == "printed" and not full
    )


def full_derivatives(judge: Judge) -> Iterator[tuple[str, Any]]:
    """Yield what depends on the shifted quantity, with its derivative without any rounding."""
    known = judge.before or judge.knowledge
    for key in known.values:
        if judge.in_full is not None and key.startswith("∂") and key.endswith(f"/∂{judge.shifted_name}"):
            of, by = key[1:].split("/∂", 1)
            try:
                yield of, judge.in_full.slope_of(of, by)
            except Unknown:
                continue


def quotient_fault(judge: Judge, quotient: Digits, derivative: Digits) -> str:
    """Say why a difference quotient is not near the derivative behind it, or nothing.

    A quotient is the mean of the slopes over the step, so it lies among the slopes on both sides of the parameter, as
    far as the numbers in it are printed. Where the slopes cannot be worked out, it lies as near as `CLOSE` says.
    """
    mode = judge.knowledge.mode
    full = list(full_derivatives(judge)) if judge.steps else []
    meant = [of for of, slope in full if rounds(slope, derivative, mode)]
    if any(lies_among_slopes(judge, of, quotient) for of in meant):
        return ""
    if meant:
        return f"{quotient} is not among the slopes near {derivative}"
    if is_other_derivative(judge, derivative) or not is_derivative(judge, derivative):
        return f"{derivative} is not the derivative that was found"
    if rounds(quotient.value, derivative, mode):
        return ""
    if gap_between(spread(quotient, mode), spread(derivative, mode)) <= CLOSE * abs(real(derivative.value)):
        return ""
    return f"{quotient} does not round to {derivative}"


def lies_among_slopes(judge: Judge, of: str, quotient: Digits) -> bool:
    """Whether a quotient lies among the derivatives a step before and a step after the parameter's value."""
    assert judge.in_full is not None
    slopes = []
    for step in (abs(each.value) for each in judge.steps):
        for move in (-step, step):
            moved = InFull(judge.in_full.knowledge)
            moved.found[judge.shifted_name] = judge.in_full.exactly(judge.shifted_name) + move
            slopes.append(real(moved.slope_of(of, judge.shifted_name)))
    among = Interval(min(slopes), max(slopes))
    return any(gap_between(among, each) == 0 for each in (spread(quotient, judge.knowledge.mode), *judge.quotients))


def as_far_as_printed(judge: Judge, chain: Chain) -> Iterator[Interval]:
    """Yield what the quotients of a chain may be, the numbers in them that have more digits than the step being rounded."""
    known: dict[str, Interval] = {}
    decimals = max((step.decimals for step in judge.steps), default=0)

    def rounded(number: Num) -> Node:
        if number.decimals <= decimals:
            return number
        known[number.digits] = spread(Digits(number.value, number.decimals), judge.knowledge.mode)
        return Name(number.digits)

    def find(key: str) -> Interval:
        if key not in known:
            raise Unknown(key)
        return known[key]

    for side in chain.sides:
        if is_numeric(side) and not is_printed(side):
            tree = exchanged(side, Num, rounded)
            try:
                yield interval(scalar(Evaluator(find, {}).value(tree)))
            except Unknown:
                continue


def gap_between(one: Interval, two: Interval) -> mpf:
    """Return how far two intervals lie apart: 0 where they meet."""
    return max(real(one.low) - real(two.high), real(two.low) - real(one.high), mpf(0))


def quotient_link(judge: Judge, chain: Chain, left: Node, right: Node) -> tuple[str, str]:
    """Judge a difference quotient against the derivative on its left; formulas of quotients stay formulas."""
    keys = targets(judge, left)
    if not is_numeric(right) or keys is None:
        return "symbolic", ""
    known = (judge.before or judge.knowledge).best(keys[0][0])
    try:
        value = scalar(judge.evaluate(right))
    except Unknown as error:
        return "unjudged", str(error)
    if known is None:
        return "definition", ""
    limit = CLOSE if judge.knowledge.carry == "exact" else CLOSE_BY_HAND
    if is_close(value, known.value, limit):
        return "holds", ""
    return "fails", f"the quotient is {shown(value)}, but {keys[0][0]} is {known}"


def is_close(one: Any, two: Any, limit: mpf) -> bool:
    gap, size = abs(real(one) - real(two)), max(abs(real(one)), abs(real(two)))
    return bool(gap <= limit * size) or bool(size < CLOSE and gap < CLOSE / 100)
