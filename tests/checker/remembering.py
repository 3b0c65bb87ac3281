"""Formulas that a page gives for its quantities, kept for numbers that are put into them later."""

from __future__ import annotations

from typing import Any

from tests.checker.aligning import bare
from tests.checker.arithmetic import Unknown, interval, real
from tests.checker.binding import targets
from tests.checker.full import InFull
from tests.checker.judge import Judge
from tests.checker.knowing import NEW, Formula
from tests.checker.reading import Chain
from tests.checker.rounding import spread
from tests.checker.tree import (
    Brace,
    Formal,
    Name,
    Node,
    is_closed,
    is_numeric,
    is_printed,
    is_written_out,
    numbers,
    walk,
)


def remember(judge: Judge, chain: Chain) -> None:
    """Note the formulas of a chain's left side, for numbers that are put into them later."""
    if judge.knowledge.shifted is not None or chain.generic:
        return
    first = chain.sides[0]
    for index, side in enumerate(chain.sides):
        written_out = not any(isinstance(each, Formal) for each in walk(side))
        if side.text != first.text and index not in judge.laid and not is_closed(side) and written_out:
            judge.remembered[first.text].append(side)
        if index and chain.signs[index - 1] == "≈" and any("." in number.digits for number in numbers(side)):
            judge.approximate.add(side.text)
    keys = targets(judge, first)
    has_numbers = any(is_numeric(side) for side in chain.sides[1:])
    suggest(judge, chain, keys)
    suggest_braces(judge, chain)
    restated = restated_formula(judge, chain)
    worked = restated is not None or any(
        not is_printed(side) and targets(judge, side) is None for side in chain.sides[1:]
    )
    if keys is None or chain.signs[0] not in ("=", "≈", ":=", "←") or not has_numbers or not worked:
        return
    suffix = NEW if chain.signs[0] == "←" and not keys[0][0].endswith(("'", "+")) else ""
    sides = [*judge.remembered[first.text], *([restated] if restated is not None else [])]
    for side in (each for each in sides if each.text not in judge.approximate):
        for i, row in enumerate(keys):
            for j, key in enumerate(row):
                entry = None if len(keys) == len(row) == 1 else (i, j)
                if Formula(side, entry) not in judge.knowledge.formulas[key + suffix]:
                    judge.knowledge.formulas[key + suffix].append(Formula(side, entry))
                    judge.knowledge.derived.add(key + suffix)


def suggest(judge: Judge, chain: Chain, keys: tuple[tuple[str, ...], ...] | None) -> None:
    """Note the formulas of a chain without numbers, for names whose values stand elsewhere."""
    if keys is None or chain.signs[0] not in ("=", ":="):
        return
    for side in chain.sides[1:]:
        if is_closed(side) or targets(judge, side) is not None or side.text in judge.approximate:
            continue
        if not is_written_out(side):
            judge.knowledge.derived.update(key for row in keys for key in row)
            continue
        for i, row in enumerate(keys):
            for j, key in enumerate(row):
                formula = Formula(side, None if len(keys) == len(row) == 1 else (i, j))
                if formula not in judge.knowledge.suggested[key]:
                    judge.knowledge.suggested[key].append(formula)


def suggest_braces(judge: Judge, chain: Chain) -> None:
    """Note what stands in a brace as a formula for the name below it."""
    braces = (each for side in chain.sides for each in walk(side) if isinstance(each, Brace))
    for brace in braces:
        label = bare(brace.label)
        if isinstance(label, Name) and not is_closed(brace.body) and is_written_out(brace.body):
            formula = Formula(brace.body, None)
            if formula not in judge.knowledge.suggested[label.key] and label.key not in judge.knowledge.shapes:
                judge.knowledge.suggested[label.key].append(formula)


def agrees(judge: Judge, key: str, formula: Formula) -> bool | None:
    """Whether a formula gives the printed value of a quantity; None if that cannot be said."""
    known = judge.knowledge.best(key)
    if known is None:
        return None
    explained = InFull(judge.knowledge)
    deep: list[str] = [key]

    def lookup(name: str) -> Any:
        try:
            return judge.knowledge.lookup(name, True)
        except Unknown:
            if name in deep or not judge.knowledge.formulas.get(name):
                raise
        deep.append(name)
        return explained.entry(judge.knowledge.formulas[name][0], lookup)

    try:
        value = explained.entry(formula, lookup)
    except Unknown:
        return None
    wide, narrow = interval(value), known.range(judge.knowledge.mode)
    if known.digits is not None:
        narrow = spread(known.digits, judge.knowledge.mode)
    return bool(real(wide.low) <= real(narrow.high) and real(narrow.low) <= real(wide.high))


def restated_formula(judge: Judge, chain: Chain) -> Node | None:
    """Return the formula in front of the same numbers one chain above: ``f(z) = 0.5`` and then ``a = 0.5``."""
    above, judge.above = judge.above, chain
    if above is None or above.section != chain.section or len(chain.sides) != 2:
        return None
    formula, ends = above.sides[0], (above.sides[-1], chain.sides[-1])
    if is_closed(formula) or targets(judge, formula) is not None or not all(is_printed(end) for end in ends):
        return None
    return formula if ends[0].text == ends[1].text else None
