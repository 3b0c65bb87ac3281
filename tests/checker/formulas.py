"""Formulas at the page's values: how far what they give is from what stands there."""

from __future__ import annotations

from typing import Any

from mpmath import mp

from tests.checker.aligning import bare
from tests.checker.arithmetic import Interval, Mismatch, Unknown, interval, real, same, scalar
from tests.checker.binding import targets, verdict_of
from tests.checker.entries import flatten, printed, shown
from tests.checker.judge import Judge
from tests.checker.reading import Chain
from tests.checker.rounding import rounds, spread
from tests.checker.tree import Node, is_printed, is_written_out, numbers


def formula_against_numbers(
    judge: Judge, formula: Node, numbers_side: Node, target: Node, sign: str
) -> tuple[str, str]:
    """Judge a formula against numbers by the values of its names."""
    if not is_written_out(formula):
        bound = judge.values_bound.get(0)
        if 0 in judge.values_bound:
            return verdict_of(bound)
        return "unjudged", "the formula is not written out"
    try:
        value = judge.evaluate(numbers_side)
        fault = formula_fault(judge, formula, value, target if is_printed(numbers_side) else numbers_side)
    except Unknown as error:
        return ("fails" if isinstance(error, Mismatch) else "unjudged"), f"no value for {error}"
    if is_printed(numbers_side):
        for number, width in zip(numbers(numbers_side), widths(judge, formula), strict=False):
            judge.report.pin(number, "value of a formula", None if width == 0 else first_decimal(width) - 1)
    return ("fails", fault) if fault else ("holds", "")


def widths(judge: Judge, formula: Node) -> list[Any]:
    """Return how far the values of a formula's entries reach, the names in it being known as far as they are."""
    if judge.knowledge.carry == "printed":
        return [0 for _ in flatten(judge.evaluate(formula)).entries]
    try:
        entries = flatten(judge.evaluate(formula, ranges=True)).entries
    except Unknown:
        return []
    return [real(interval(each).high) - real(interval(each).low) for each in entries]


def formula_fault(judge: Judge, formula: Node, value: Any, side: Node, strict: bool = True) -> str:
    """Say how far a formula, with the page's values in it, is from what stands there, or nothing."""
    points = flatten(judge.evaluate(formula))
    there = flatten(value)
    if points.shape != there.shape:
        if 1 in points.shape and points.shape == there.shape[::-1]:
            there = there.transposed()
        else:
            return f"{points.shape[0]} × {points.shape[1]} entries against {there.shape[0]} × {there.shape[1]}"
    digits = printed(side, there)
    full = full_values(judge, formula) if strict and judge.knowledge.carry == "exact" else None
    try:
        ranges = flatten(judge.evaluate(formula, ranges=True)).entries
    except Unknown:
        ranges = None
    for position, (point, one) in enumerate(zip(points.entries, there.entries, strict=True)):
        spelling = digits[position] if digits else None
        if spelling is not None and rounds(point, spelling, judge.knowledge.mode):
            continue
        if same(point, one):
            continue
        if full is not None and spelling is not None:
            if rounds(full[position], spelling, judge.knowledge.mode):
                continue
            return f"in full this is {shown(full[position])}, not {spelling}"
        loose = judge.knowledge.carry == "exact" or judge.knowledge.shifted is not None
        if loose and ranges is None:
            raise Unknown(f"the range of {formula.text}")
        wide = interval(ranges[position] if ranges is not None else point)
        narrow = spread(spelling, judge.knowledge.mode) if spelling is not None else Interval(one, one)
        if loose and real(wide.low) <= real(narrow.high) and real(narrow.low) <= real(wide.high):
            continue
        return f"with the values on the page this is {shown(point)}, not {spelling or shown(one)}"
    return ""


def full_values(judge: Judge, formula: Node) -> tuple[Any, ...] | None:
    """Return the entries of a formula without any rounding, where exact values carry."""
    if judge.in_full is None or judge.knowledge.shifted is not None:
        return None
    try:
        return flatten(judge.in_full.value(formula)).entries
    except Unknown:
        return None


def may_be_equal(judge: Judge, left: Node, right: Node) -> bool:
    """Whether two formulas may have one value, the names in them being known as far as they are printed."""
    try:
        one, two = (interval(scalar(judge.evaluate(side, ranges=True, wide=True))) for side in (left, right))
    except Unknown:
        return judge.knowledge.carry == "exact"  # the ranges are not known, and the points are rounded ones
    return bool(real(one.low) <= real(two.high) and real(two.low) <= real(one.high))


def is_rounded_to(judge: Judge, left: Node, value: Any) -> bool:
    known = (judge.before or judge.knowledge).best(bare(left).text)
    return known is not None and known.digits is not None and rounds(value, known.digits, judge.knowledge.mode)


def is_derived(judge: Judge, chain: Chain) -> bool:
    keys = targets(judge, chain.sides[0])
    known = judge.before or judge.knowledge
    return keys is not None and all(key in known.derived for row in keys for key in row)


def first_decimal(width: Any) -> int:
    """Return the place of the first digit of a small number: 3 for 0.004."""
    return 99 if width == 0 else -int(mp.floor(mp.log10(real(width))))
