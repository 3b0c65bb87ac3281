"""The pairs are what they are said to be: equal or different by numbers, and printed as they were proved."""

from __future__ import annotations

from collections import Counter
from itertools import islice
from random import Random

import pytest
from mpmath import mp, mpf

from tests.reading import pairs
from tests.reading.arithmetic import same
from tests.reading.back_translation import back
from tests.reading.meaning import Point, value
from tests.reading.mistakes import MISTAKES
from tests.reading.pairs import Pair, Word
from tests.reading.printing import Printer, python, some_hand
from tests.reading.rewriting import RULES, spoken
from tests.reading.trees import (
    ONE,
    TWO,
    Tree,
    difference,
    evaluate,
    name,
    negative,
    number,
    power,
    product,
    quotient,
    total,
)

EQUAL = list(islice(pairs.equal_drafts(11), 50))
DIFFERENT = list(islice(pairs.unequal_drafts(11), 50))
MAKERS = [pairs.equivalent, pairs.different]


@pytest.mark.parametrize("draft", EQUAL, ids=lambda draft: draft.comment)
def test_equal_formulas_agree_to_nearly_fifty_digits(draft: pairs.Draft):
    assert pairs.agrees(draft, pairs.POINTS)
    assert not pairs.differs(draft)


@pytest.mark.parametrize("draft", DIFFERENT, ids=lambda draft: draft.comment)
def test_different_formulas_are_apart(draft: pairs.Draft):
    assert pairs.differs(draft)
    assert not pairs.agrees(draft, pairs.POINTS)


def test_the_points_meet_every_pattern_of_neurons_on_and_off():
    gated = [draft.network for draft in EQUAL if draft.network.gates]
    assert any("z_1" in network.definitions for network in gated)
    for network in gated:
        points = [pairs.point_with(network, pattern, Random(pattern)) for pattern in range(4)]
        assert {(point["z_1"] > 0, point["z_2"] > 0) for point in points} == {(a, b) for a in (0, 1) for b in (0, 1)}


@pytest.mark.parametrize("make", MAKERS)
def test_the_same_seed_gives_the_same_pairs_and_another_seed_others(make):
    once, again, other = list(make(40, 5)), list(make(40, 5)), list(make(40, 6))
    assert once == again
    assert once != other
    assert len({(pair.left, pair.right) for pair in once}) == 40


def kinds(made: list[Pair]) -> Counter[str]:
    return Counter(kind for pair in made for kind in pair.comment.split(": ")[1].split(", "))


def test_every_rule_and_every_mistake_occurs():
    assert {spoken(rule) for rule in RULES} <= set(kinds(list(pairs.equivalent(400, 2))))
    assert {spoken(mistake) for mistake in MISTAKES} <= set(kinds(list(pairs.different(150, 2))))


@pytest.mark.parametrize("make", MAKERS)
def test_every_pair_reads_back_as_equal_or_different_with_the_names_that_come_with_it(make):
    read = [pair for pair in make(150, 3) if r"\sum" not in pair.left + pair.right]
    assert len(read) > 100
    for pair in read:
        apart = [gap(pair, seed) for seed in range(12)]
        assert (max(apart) < mpf(10) ** -30) is (make is pairs.equivalent), pair


def gap(pair: Pair, seed: int) -> mpf:
    """Return how far the printed formulas are apart at a point of which only the names of the pair say anything."""
    point = point_of(pair.names, Random(seed))
    with mp.workdps(pairs.DIGITS):
        return abs(value(back(pair.left, pair.names), point) - value(back(pair.right, pair.names), point))


def point_of(names: dict[str, Word], random: Random) -> Point:
    functions = {key: word.function for key, word in names.items() if word.function}
    known = {}
    for key, word in names.items():
        if not (word.definition or word.function):
            drawn = mpf(random.randint(1, 999)) / 1000
            known[key] = drawn if word.range == "unit" else 4 * drawn - 2
    waiting = {key: word.definition for key, word in names.items() if word.definition}
    while waiting:
        ready = [key for key, text in waiting.items() if not any(other in text for other in waiting)]
        known |= {key: value(waiting.pop(key), Point(known, functions=functions)) for key in ready}
    return Point(known, functions=functions)


A, B = name("x_1"), name("x_2")


@pytest.mark.parametrize(
    ("tree", "latex"),
    [
        (product(A, negative(B)), r"x_1 (-x_2)"),
        (negative(total(A, B)), r"-(x_1 + x_2)"),
        (difference(A, difference(A, B)), r"x_1 - (x_1 - x_2)"),
        (total(negative(A), negative(product(B, A))), r"-x_1 - x_2 x_1"),
        (power(negative(A), 2), r"(-x_1)^2"),
        (negative(power(A, 2)), r"-x_1^2"),
        (product(A, TWO), r"x_1 \cdot 2"),
        (product(TWO, A, total(ONE, B)), r"2 x_1 (1 + x_2)"),
        (quotient(total(A, B), product(TWO, number(3))), r"\frac{x_1 + x_2}{2 \cdot 3}"),
        (power(power(A, 2), 2), r"(x_1^2)^2"),
    ],
)
def test_brackets_stand_where_they_are_needed(tree: Tree, latex: str):
    hand = next(
        hand for hand in map(some_hand, map(Random, range(999))) if hand.product == " " and hand.brackets[0] == "("
    )
    printer = Printer(hand, {"x_1": "x_1", "x_2": "x_2"}.__getitem__)
    assert printer.latex(tree).replace(r"\dfrac", r"\frac") == latex


def test_both_ways_of_computing_a_tree_agree():
    for draft in EQUAL:
        point = pairs.point_with(draft.network, 0, Random(1))
        for tree in (draft.left, draft.right):
            expected = evaluate(tree, point)
            functions = {"sigma": "sigma", "relu": "relu"}
            assert same(
                value(python(tree), Point(point, functions=functions | {"tanh": "tanh"})), expected, mpf(10) ** -12
            )
