"""One link of a chain: which kind of relation it is, and whether it holds."""

from __future__ import annotations

from fractions import Fraction
from functools import partial

from tests.checker.aligning import align, bare
from tests.checker.arithmetic import Misfit, Mismatch, Unknown, same, scalar
from tests.checker.binding import QUESTIONS, SILENT, targets, verdict_of
from tests.checker.closed import answer, are_equal, closed_fault
from tests.checker.entries import shown, spelled
from tests.checker.formulas import (
    first_decimal,
    formula_against_numbers,
    full_values,
    is_derived,
    is_rounded_to,
    may_be_equal,
)
from tests.checker.judge import Judge
from tests.checker.quotients import has_derivative, quotient_link
from tests.checker.reading import Chain
from tests.checker.report import Verdict
from tests.checker.substituting import part_fault, part_fault_loosely, pin_parts, substitution
from tests.checker.tree import Brace, Formal, Matrix, Name, Node, is_closed, is_numeric, is_printed, numbers, walk


def link(
    judge: Judge, chain: Chain, index: int, sign: str, bound: dict[int, str | None], quotient: bool
) -> tuple[str, str]:
    left_index, right_index = chain.lefts[index], index + 1
    left, right = chain.sides[left_index], chain.sides[right_index]
    if sign in SILENT:
        return "symbolic", ""
    if sign in QUESTIONS:
        return answer(judge, left, sign, right)
    left_closed, right_closed = is_numeric(left), is_numeric(right)
    if left_closed and right_closed:
        return compare_numbers(judge, chain, left_index, right_index, sign, quotient)
    if chain.generic:
        return "definition", ""
    if quotient:
        return quotient_link(judge, chain, left, right)
    if right_closed:
        found = numbers_behind(judge, chain, left_index, right_index, sign, bound)
        return ("definition", "") if sign == ":=" and found[0] == "unjudged" else found  # stated, not worked out
    if left_closed:
        if right_index in bound:
            return verdict_of(bound[right_index])
        return formula_against_numbers(judge, right, left, end_of(judge, chain, right_index) or left, sign)
    if left_index in bound and bound[left_index] and index == 0:
        return verdict_of(bound[left_index])
    return compare_formulas(judge, chain, left_index, right_index, bound)


def end_of(judge: Judge, chain: Chain, index: int) -> Node | None:
    """Return the printed number that the chain comes to next."""
    behind = next((side for side in chain.sides[index:] if is_printed(side)), None)
    if behind is not None:
        return behind
    keys = targets(judge, chain.sides[0])
    if keys is None or judge.knowledge.shifted is not None:
        return None
    known = [(judge.before or judge.knowledge).best(key) for row in keys for key in row]
    if any(each is None or each.digits is None for each in known):
        return None
    flat = [spelled(each.digits) for each in known if each is not None and each.digits is not None]
    if len(flat) == 1:
        return flat[0]
    width = len(keys[0])
    return Matrix(tuple(tuple(flat[start : start + width]) for start in range(0, len(flat), width)))


def compare_numbers(
    judge: Judge, chain: Chain, left_index: int, right_index: int, sign: str, quotient: bool
) -> tuple[str, str]:
    left, right = chain.sides[left_index], chain.sides[right_index]
    try:
        fault = closed_fault(judge, left, right, sign, end_of(judge, chain, right_index), quotient)
    except Unknown as error:
        if targets(judge, left) is not None:
            return "definition", ""
        return ("fails" if isinstance(error, Mismatch | Misfit) else "unjudged"), str(error)
    if not fault and not is_printed(right):
        found = align(left, right, partial(part_fault, judge))
        if found is not None and found.faults and not are_equal(judge, left, right):
            in_full = judge.knowledge.carry == "exact" and substitution(judge, chain, right_index) == ""
            if in_full and right_index in judge.laid:
                return "holds", ""  # part results are those of the values in full
            fault = "; ".join(pair.fault for pair in found.faults)
        elif found is not None:
            pin_parts(judge, found)
    if is_printed(right) and not is_printed(left):
        for number in numbers(right):
            judge.report.pin(number, "result")
    elif sign == "≈" and is_printed(left) and is_printed(right):
        for number in numbers(right):
            certain = quotient and has_derivative(judge)
            judge.report.pin(
                number, "rounded", None if certain else first_decimal(abs(number.value) * Fraction(1, 5000))
            )
    if fault:
        return "fails", fault
    if sign == "=" and is_printed(right) and not are_equal(judge, left, right):
        words = judge.page.source[chain.places[right_index - 1] : chain.places[right_index - 1] + 40]
        judge.report.rounded_equals.append(Verdict("rounded", judge.page.line(chain.places[right_index - 1]), words))
    for place in (left_index, right_index):
        if not is_printed(chain.sides[place]) and (
            reason := substitution(judge, chain, place, partial(part_fault_loosely, judge))
        ):
            return "fails", reason
    return "holds", ""


def numbers_behind(
    judge: Judge, chain: Chain, left_index: int, right_index: int, sign: str, bound: dict[int, str | None]
) -> tuple[str, str]:
    """Judge names on the left of numbers: a value of theirs, or numbers put in their places."""
    left, right = chain.sides[left_index], chain.sides[right_index]
    if not is_printed(right):
        reason = substitution(judge, chain, right_index)
        if reason:
            return "fails", reason
        if reason is not None:
            return verdict_of(bound.get(left_index) or "")
    if left_index in bound:
        return verdict_of(bound[left_index])
    if targets(judge, left) is not None and not is_printed(right) and end_of(judge, chain, right_index) is None:
        return "definition", ""
    return formula_against_numbers(judge, left, right, end_of(judge, chain, right_index) or right, sign)


def compare_formulas(
    judge: Judge, chain: Chain, left_index: int, right_index: int, bound: dict[int, str | None]
) -> tuple[str, str]:
    """Judge two sides with names: numbers put in some places only, or formulas whose values can be compared."""
    left, right = chain.sides[left_index], chain.sides[right_index]
    half = any("." in number.digits for number in numbers(right))
    if half:
        reason = substitution(judge, chain, right_index)
        if reason is not None:
            return ("fails", reason) if reason else ("holds", "")
    agreed = ("holds", "") if half else ("symbolic", "")
    full = [full_values(judge, side) for side in (left, right)]
    if full[0] is not None and full[1] is not None and len(full[0]) == len(full[1]) == 1:
        one, two = full[0][0], full[1][0]
        if same(one, two) or may_be_equal(judge, left, right):
            return agreed
    else:
        try:
            one, two = scalar(judge.evaluate(left)), scalar(judge.evaluate(right))
        except Unknown:
            unexplained = half and judge.before is not None and is_derived(judge, chain)
            return ("unjudged", "numbers and names that match no formula") if unexplained else ("symbolic", "")
        if same(one, two) or may_be_equal(judge, left, right) or is_rounded_to(judge, left, two):
            return agreed
        if judge.knowledge.carry == "printed":
            return "symbolic", ""  # another form leads to other roundings on the way
    if not is_derived(judge, chain) or judge.knowledge.shifted is not None:
        return "symbolic", ""
    return "fails", f"with the values on the page {shown(one)} stands against {shown(two)}"


def braces(judge: Judge, side: Node) -> None:
    """Judge the labels under braces against what stands in the braces."""
    for each in walk(side):
        if isinstance(each, Brace) and not isinstance(each.label, Formal):
            place = next((number.start for number in numbers(each)), -1)
            if is_closed(each.body) and is_printed(each.label):
                try:
                    fault = closed_fault(judge, each.body, each.label, "=", each.label, False)
                except Unknown as error:
                    judge.note("unjudged", place, str(error))
                    continue
                judge.note("fails" if fault else "holds", place, fault)
            elif is_numeric(each.body) and isinstance(bare(each.label), Name):
                fault = part_fault(judge, each.label, each.body)
                if fault is not None:
                    judge.note("fails" if fault else "holds", place, fault)
