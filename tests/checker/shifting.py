"""Difference checks: where the shifted values begin and end, and what a quotient is compared with."""

from __future__ import annotations

from typing import Any

from mpmath import mpf

from tests.checker import differences
from tests.checker.arithmetic import Unknown, real, scalar
from tests.checker.binding import targets
from tests.checker.entries import shown
from tests.checker.judge import Judge
from tests.checker.reading import Chain
from tests.checker.rounding import Known, agree, decimals_of, rounds
from tests.checker.tree import Digits, Name, Node, is_numeric

CLOSE = mpf("1e-4")
"""How far, relatively, a difference quotient may be from the derivative that it is compared with."""

CLOSE_BY_HAND = mpf("2e-2")
"""The same where the derivative was worked out from rounded values."""


def begin_shift(judge: Judge, chain: Chain) -> None:
    for side in chain.sides:
        moved = differences.shifted(side, judge.page.shifts)
        if moved is not None:
            if isinstance(moved, Name):
                judge.shifted_name = moved.key
            if judge.is_shifting and judge.knowledge.shifted:
                judge.knowledge.shifted_before.append(judge.knowledge.shifted)
            judge.knowledge.shifted = {}
            judge.is_shifting = True
            judge.steps = [step for each in chain.sides for step in differences.added(each, judge.page.shifts)]
            return


def compare_steps(judge: Judge, chain: Chain) -> None:
    """Judge what a difference is divided by against the step that was taken."""
    for side in chain.sides:
        for size in differences.sizes_of(side):
            taken = {abs(step.value) for step in judge.steps}
            if taken and size.value not in taken | {2 * step for step in taken} | {1, 2}:
                judge.note("fails", size.start, f"the step was {', '.join(step.digits for step in judge.steps)}")
            elif taken:
                for number in (size, *judge.steps):
                    judge.report.pin(number, "step")


def end_shift(judge: Judge) -> None:
    judge.knowledge.shifted = None
    judge.knowledge.shifted_before.clear()
    judge.is_shifting = False
    judge.steps = []


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
    full = full_derivatives(judge) if knowledge.carry == "printed" else []
    return any(rounds(each, digits, knowledge.mode) for each in full) or (knowledge.carry == "printed" and not full)


def full_derivatives(judge: Judge) -> list[Any]:
    """Return the derivatives by the shifted quantity without any rounding, for a page whose own are rounded on the way."""
    known, found = judge.before or judge.knowledge, []
    for key in known.values:
        if judge.in_full is not None and key.startswith("∂") and key.endswith(f"/∂{judge.shifted_name}"):
            try:
                found.append(judge.in_full.slope_of(*key[1:].split("/∂", 1)))
            except Unknown:
                continue
    return found


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
