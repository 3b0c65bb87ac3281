"""Relations between two sides of numbers: no name is left in them."""

from __future__ import annotations

from typing import Any

from tests.checker.arithmetic import Array, Unknown, compare, same, scalar
from tests.checker.entries import flatten, printed, shown
from tests.checker.judge import Judge
from tests.checker.quotients import CLOSE, is_close, quotient_fault
from tests.checker.rounding import rounds
from tests.checker.tree import Digits, Node, is_numeric, names


def are_equal(judge: Judge, left: Node, right: Node) -> bool:
    one, two = judge.evaluate(left), judge.evaluate(right)
    if isinstance(one, Array) != isinstance(two, Array):
        return False
    if isinstance(one, Array):
        return one.shape == two.shape and all(same(a, b) for a, b in zip(one.entries, two.entries, strict=True))
    return same(one, two)


def closed_fault(judge: Judge, left: Node, right: Node, sign: str, target: Node | None, quotient: bool) -> str:
    """Say why a relation between two sides of numbers does not hold, or nothing."""
    one, two = flatten(judge.evaluate(left)), flatten(judge.evaluate(right))
    if one.shape != two.shape:
        if 1 in one.shape and one.shape == two.shape[::-1] and (one.listed or two.listed):
            two = two.transposed()
        else:
            return f"{one.shape[0]} × {one.shape[1]} entries against {two.shape[0]} × {two.shape[1]}"
    left_digits, right_digits = printed(left, one), printed(right, two)
    ends = printed(target, one) if target is not None else None
    for position, (a, b) in enumerate(zip(one.entries, two.entries, strict=True)):
        fault = entry_fault(
            judge,
            a,
            b,
            left_digits[position] if left_digits else None,
            right_digits[position] if right_digits else None,
            ends[position] if ends else None,
            sign,
            quotient,
        )
        if fault:
            return fault
    return ""


def entry_fault(
    judge: Judge,
    a: Any,
    b: Any,
    left: Digits | None,
    right: Digits | None,
    end: Digits | None,
    sign: str,
    quotient: bool,
) -> str:
    mode = judge.knowledge.mode
    if left is not None and right is not None:
        if left.value == right.value:
            return ""
        if sign != "≈":
            return f"{left} is not {right}"
        if quotient:
            return quotient_fault(judge, left, right)
        if rounds(left.value, right, mode) or is_close(left.value, right.value, CLOSE):
            return ""
        return f"{left} does not round to {right}"
    if right is not None:
        return "" if rounds(a, right, mode) else f"the left side is {shown(a)}, which does not give {right}"
    if left is not None:
        return "" if rounds(b, left, mode) else f"the right side is {shown(b)}, which does not give {left}"
    if end is not None:
        for name, value in (("left", a), ("right", b)):
            if not rounds(value, end, mode):
                return f"the {name} side is {shown(value)}, which does not give {end}"
        return ""
    return "" if same(a, b) else f"{shown(a)} is not {shown(b)}"


def answer(judge: Judge, left: Node, sign: str, right: Node) -> tuple[str, str]:
    try:
        values = [scalar(judge.evaluate(side)) for side in (left, right)]
        if compare(values[0], sign, values[1]):
            return "holds", ""
    except Unknown:
        numeric = is_numeric(left) and is_numeric(right)
        return ("unjudged" if numeric else "symbolic"), ""
    if not is_numeric(left) and not is_numeric(right):
        return "symbolic", ""
    if not is_numeric(left) or not is_numeric(right):
        bare_names = {name.key for side in (left, right) for name in names(side)}
        if not all(judge.knowledge.values.get(key) for key in bare_names):
            return "symbolic", ""
    return "fails", f"{shown(values[0])} {sign} {shown(values[1])} is not true"
