"""The corpus of formulas says what it claims to say: it loads, every side has a value, and true equations hold."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import combinations, product

import pytest
from mpmath import isfinite, mpf

from tests.reading.arithmetic import each, is_scalar, largest, same
from tests.reading.corpus import Formula, load, tolerance
from tests.reading.meaning import Meaningless, Point, value

FORMULAS = load()
READ = [formula for formula in FORMULAS if not formula.refused]
CLOSE = mpf(10) ** -6
each_formula = pytest.mark.parametrize("formula", READ, ids=lambda formula: formula.text)


def equations(formula: Formula) -> list[tuple[str, str]]:
    """Return the neighbours in a chain that are claimed to be equal, neither assigned nor concluded."""
    between = formula.signs_between
    pairs = zip(formula.sides, formula.sides[1:], between, strict=False)
    return [(left, right) for left, right, sign in pairs if sign in ("=", "≈")]


def holds(left: str, right: str, point: Point) -> bool:
    return same(value(left, point), value(right, point), tolerance(left, right))


def test_there_are_enough_of_each_kind():
    written = [formula.written for formula in READ]
    assert written.count("latex") >= 110
    assert written.count("unicode") >= 50
    assert written.count("ascii") >= 40
    assert sum(bool(formula.refused) for formula in FORMULAS) >= 12
    assert len({(formula.text, formula.written) for formula in FORMULAS}) == len(FORMULAS)


@each_formula
def test_every_side_has_a_real_value_at_both_points(formula: Formula):
    assert len(formula.signs_between) == len(formula.sides) - 1
    assert formula.sides
    for side, point in product(formula.sides, (formula.first_point, formula.second_point)):
        each(assert_real, value(side, point))


def assert_real(number: mpf) -> None:
    assert isinstance(number, mpf)
    assert isfinite(number)


@each_formula
def test_equations_hold_at_the_first_point_unless_said_to_be_false(formula: Formula):
    held = [holds(left, right, formula.first_point) for left, right in equations(formula)]
    assert all(held) is not formula.unequal


@each_formula
def test_every_name_is_spelled_in_the_text(formula: Formula):
    spelled = {**formula.spellings, **formula.function_spellings}
    text = "".join(formula.text.split())
    unseen = [
        key
        for key, spellings in spelled.items()
        if not any(stripped(spelling) in stripped(text) for spelling in spellings) and not summed(key, formula)
    ]
    assert unseen == []


def stripped(text: str) -> str:
    """Return the text without what LaTeX does not need: blanks and the braces around single signs."""
    for sign in (" ", "{", "}"):
        text = text.replace(sign, "")
    return text


def summed(key: str, formula: Formula) -> bool:
    """Tell whether a name comes from running through a sum, where the text has the index in its place."""
    patterns = re.findall(r'name\("(\w*){\w}(\w*)"\)', " ".join(formula.sides))
    return any(re.fullmatch(rf"{before}\d{after}", key) for before, after in patterns)


@each_formula
def test_the_second_point_moves_every_name_and_tells_it_from_every_other(formula: Formula):
    first, second = formula.first_point.names, formula.second_point.names
    assert [key for key in first if largest(first[key]) > 0 and same(first[key], second[key], CLOSE)] == []
    scalars = [key for key in second if is_scalar(second[key])]
    assert [pair for pair in combinations(scalars, 2) if same(second[pair[0]], second[pair[1]], CLOSE)] == []


@each_formula
def test_every_name_of_a_side_counts(formula: Formula):
    """Moving one name alone changes some side in which it stands, unless all of them are flat there."""
    first, second = formula.first_point, formula.second_point
    for key in (key for key, at_first in first.names.items() if largest(at_first) > 0):
        moved = replace(first, names={**first.names, key: second.names[key]})
        standing = [side for side in formula.sides if re.search(rf"(?<![\w\"]){key}\b(?!\")", side)]
        changed = [side for side in standing if not same(value(side, first), value(side, moved), mpf(10) ** -12)]
        assert changed or not any(is_steep(side) for side in standing)


def is_steep(side: str) -> bool:
    """Tell whether a side changes with its names wherever they are: no step function, no rectified negative number."""
    return not any(step in side for step in ("indicator", "cases", "relu", "max"))


@pytest.mark.parametrize(
    ("side", "expected"),
    [
        ("-2**2", -4),
        ("2**-2", "0.25"),
        ("1.10*x", "0.33"),
        ("max(0, -x)", 0),
        ("cases([(1, x > 1), (2, True)])", 2),
        ("sum_over(k, 1, 3, name('w{k}')*x)", "1.8"),
        ("matmul(transpose(v), v)", 5),
        ("entry(matmul([[1, 2], [3, 4]], v), 2)", 11),
        ("entry(hadamard(v, [[3], [4]]), 2)", 8),
        ("differentiate(x**2 * w1, 'x')", "0.6"),
        ("norm([3, 4])", 5),
    ],
)
def test_values_of_sides_worked_out_by_hand(side: str, expected: int | str):
    names = {"x": mpf(3) / 10, "w1": mpf(1), "w2": mpf(2), "w3": mpf(3), "v": [mpf(1), mpf(2)]}
    assert same(value(side, Point(names)), mpf(expected), mpf(10) ** -14)


@pytest.mark.parametrize(
    "side", ["x.real", "__import__('os')", "[0][0]", "x if 1 else 2", "lambda: 0", "nobody", "1 @ 2"]
)
def test_other_python_has_no_meaning(side: str):
    with pytest.raises(Meaningless):
        value(side, Point({"x": mpf(1)}))
