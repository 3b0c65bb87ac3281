"""Numbers in place of names: which formula they stand for, and whether each is the value of its name."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Any

from tests.checker.aligning import Alignment, Check, align, bare
from tests.checker.arithmetic import Array, Unknown, real, scalar
from tests.checker.binding import targets
from tests.checker.closed import are_equal, closed_fault
from tests.checker.entries import printed
from tests.checker.formulas import formula_fault
from tests.checker.judge import Judge
from tests.checker.reading import Chain
from tests.checker.rounding import Known
from tests.checker.tree import (
    Call,
    Cases,
    Digits,
    Name,
    Neg,
    Node,
    Num,
    exchanged,
    is_closed,
    literal,
    names,
    numbers,
    walk,
)


def candidates(judge: Judge, chain: Chain, index: int) -> tuple[list[Node], list[Node]]:
    """Return the formulas that the side at `index` may be the numbers of: those of its chain, and earlier ones."""
    found = [side for side in reversed(chain.sides[:index]) if not is_closed(side)]
    first = chain.sides[0]
    if not found or found[-1] is not first:
        found.append(first)
    found = [side for side in found if side is not first or targets(judge, side) is None]
    found += [piece for side in found if (piece := at_its_piece(judge, side)) is not side]
    return found, [node for node in reversed(judge.remembered[first.text]) if node not in found]


def at_its_piece(judge: Judge, formula: Node) -> Node:
    """Return a formula with the piece that applies in the place of each piecewise part, as far as that is known."""
    if not any(isinstance(each, Cases) for each in walk(formula)):
        return formula
    evaluator = judge.evaluator()

    def lookup(key: str) -> Any:
        """Return the value of a quantity, or that of the only sample where a table has no more."""
        try:
            return evaluator.lookup(key)
        except Unknown:
            known = judge.before or judge.knowledge
            samples = [name for name in known.values if name.startswith(f"{key}[")]
            if len(samples) != 1:
                raise
            return evaluator.lookup(samples[0])

    try:
        return exchanged(formula, Cases, replace(evaluator, lookup=lookup).piece)
    except Unknown:
        return formula


def substitution(judge: Judge, chain: Chain, place: int, check: Check | None = None) -> str | None:
    """Lay numbers on the formulas they stand for; return why they do not fit, or None where no formula has the shape."""
    own, earlier = candidates(judge, chain, place)
    found = laid_on(judge, own, chain, place, check or partial(part_fault, judge))
    return laid_on(judge, earlier, chain, place, check or partial(part_fault, judge)) if found is None else found


def laid_on(judge: Judge, candidates: list[Node], chain: Chain, place: int, check: Check) -> str | None:
    side = chain.sides[place]
    worst: str | None = None
    whole: str | None = None
    for candidate in candidates:
        found = align(candidate, side, check)
        if found is None or not found.pairs:
            continue
        named = [pair for pair in found.pairs if not is_closed(pair.left)]
        if not named:
            continue
        if found.pairs[0].left is bare(candidate):
            if worst is None:
                pin_parts(judge, found)
                whole = ""
            continue
        if not found.faults or is_permuted(judge, candidate, side):
            judge.report.substitutions += 0 if place in judge.laid else len(named)
            judge.laid.add(place)
            learn(judge, found)
            pin_parts(judge, found)
            return ""
        if worst is None:
            worst = "; ".join(pair.fault for pair in found.faults)
    return worst if worst is not None else whole


def is_permuted(judge: Judge, formula: Node, side: Node) -> bool:
    """Whether the numbers are those of the formula's names in another order."""
    values = []
    for name in names(formula):
        known = judge.knowledge.best(name.key) or (judge.before.best(name.key) if judge.before else None)
        if known is None:
            return False
        values.append(abs(real(known.value)))
    values += [abs(real(number.value)) for number in numbers(formula)]
    return sorted(values) == sorted(abs(real(number.value)) for number in numbers(side)) and is_value(
        judge, formula, side
    )


def is_value(judge: Judge, formula: Node, side: Node) -> bool:
    try:
        return are_equal(judge, formula, side)
    except Unknown:
        return False


def part_fault_loosely(judge: Judge, left: Node, right: Node) -> str | None:
    """As `check`; but where a part result follows from the side before it, it need not be that of the values in full."""
    return part_fault(judge, left, right, strict=False)


def part_fault(judge: Judge, left: Node, right: Node, strict: bool = True) -> str | None:
    """Say why a part of a formula and what stands in its place do not agree: empty if they do, None if unknown."""
    left, right = bare(left), bare(right)
    if isinstance(left, Neg) and isinstance(left.operand, Name):
        left, right = left.operand, Neg(right)
    digits = literal(right)
    try:
        value = judge.evaluate(right)
    except Unknown:
        return None
    if isinstance(left, Name):
        return name_fault(judge, left.key, right, value, digits)
    try:
        if is_closed(left):
            return closed_fault(judge, left, right, "=", None, False)
        return formula_fault(judge, left, value, right, strict)
    except Unknown:
        return None


def name_fault(judge: Judge, key: str, right: Node, value: Any, digits: Digits | None) -> str | None:
    place = next(numbers(right), None)
    if not isinstance(value, Array) or value.shape == (1, 1):
        return knowledge_conflict(judge, key, Known(scalar(value), digits, False, place.start if place else -1), digits)
    keys = judge.knowledge.entry_keys(key) or (judge.before.entry_keys(key) if judge.before else None)
    if keys is None:
        return ""
    if sorted((len(keys), len(keys[0]))) != sorted(value.shape):
        return f"{key} has another shape elsewhere"
    flat = [each for row in keys for each in row]
    all_digits = printed(right, value)
    for position, each in enumerate(flat):
        spelling = all_digits[position] if all_digits else None
        fault = knowledge_conflict(judge, each, Known(value.entries[position], spelling, False, -1), spelling)
        if fault:
            return fault
    return ""


def knowledge_conflict(judge: Judge, key: str, value: Known, digits: Digits | None) -> str | None:
    conflict = judge.knowledge.conflict(key, value, judge.near_quotient)
    if conflict is None and judge.before is not None and judge.knowledge.shifted is None:
        conflict = judge.before.conflict(key, value)
    if conflict is None and digits is None:
        return None
    return conflict or ""


def learn(judge: Judge, found: Alignment) -> None:
    """Note the values of names that only stand in substitutions so far: those with a given number's digits are given.

    Where printed values carry, a number in the place of ``g(z)`` may be its value elsewhere too.
    """
    for pair in found.pairs:
        left, right = pair.left, pair.right
        if isinstance(left, Neg) and isinstance(left.operand, Name):
            left, right = left.operand, Neg(right)
        digits = literal(right)
        if isinstance(left, Name) and digits is not None and judge.knowledge.best(left.key) is None:
            number = next(numbers(right))
            judge.knowledge.record(left.key, Known(digits.value, digits, False, number.start))
            if judge.knowledge.carry == "printed" or judge.knowledge.is_among_given(digits):
                judge.knowledge.initial.add(left.key)
        elif is_application(left) and digits is not None and judge.knowledge.carry == "printed":
            judge.knowledge.applied[left.text] = digits.value


def is_application(node: Node) -> bool:
    """Whether a part of a formula is a function of quantities, which may have a printed value of its own."""
    return isinstance(node, Call) and all(isinstance(argument, Name) for argument in node.arguments)


def pin_parts(judge: Judge, found: Alignment) -> None:
    """Note which numbers stand for a name whose value is printed elsewhere too, or for a part that was worked out."""
    if judge.before is None:
        return
    for pair in found.pairs:
        number, digits = next(numbers(pair.right), None), literal(pair.right)
        if number is None or digits is None:
            continue
        name = pair.left.operand if isinstance(pair.left, Neg) else pair.left
        if isinstance(pair.left, Num):
            judge.report.pin(pair.left, "constant")
            judge.report.pin(number, "constant")
            continue
        if not isinstance(name, Name):
            judge.report.pin(number, "part result", None if is_closed(pair.left) else -1)
            continue
        shifted = judge.knowledge.shifted
        known = (shifted or {}).get(name.key) or judge.before.values.get(name.key, [])
        for each in known:
            if each.at != number.start and each.digits is not None:
                judge.report.pin(number, f"stands for {name.key}", each.digits.decimals)
                judge.report.pin(each, f"value of {name.key}", digits.decimals)
        if shifted is None:
            value = -digits.value if isinstance(pair.left, Neg) else digits.value
            judge.operands.append((name.key, Known(value, Digits(value, digits.decimals), False, number.start)))
