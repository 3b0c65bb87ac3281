"""Pairs of formulas as the package judges them: none that differ pass for equal, and equal ones are accepted."""

from __future__ import annotations

import pytest
from flint import arb

from tests.reading import pairs
from tests.reading.judging import POINTS, Judgement, judged, points
from tests.reading.pairs import Pair, Word

COUNT, SEED = 60, 4
EQUAL = list(pairs.equivalent(COUNT, SEED))
DIFFERENT = list(pairs.different(COUNT, SEED))


@pytest.mark.parametrize("pair", DIFFERENT, ids=lambda pair: pair.comment)
def test_formulas_that_differ_are_not_accepted(pair: Pair):
    assert judged(pair).judgement is not Judgement.ACCEPTED


@pytest.mark.parametrize("pair", EQUAL, ids=lambda pair: pair.comment)
def test_equal_formulas_are_accepted(pair: Pair):
    found = judged(pair)
    assert found.judgement is Judgement.ACCEPTED, found.why


def test_formulas_that_differ_are_told_apart():
    assert sum(judged(pair).judgement is Judgement.DIFFERENT for pair in DIFFERENT) > 0.9 * COUNT


X, Z = Word(("x_1",)), Word(("z_1",), "(2*x_1)")
SIGMA = Word((r"\sigma",), function="sigma")


@pytest.mark.parametrize(
    ("left", "right", "judgement"),
    [
        ("z_1", "2 x_1", Judgement.ACCEPTED),
        ("z_1", "x_1", Judgement.DIFFERENT),
        ("z_1 - y_1", "2 x_1 - y_1", Judgement.UNDECIDED),
        ("z_1 (", "z_1", Judgement.UNDECIDED),
        (r"\sqrt{x_1}^2", "x_1", Judgement.UNDECIDED),
        (r"\max(0, z_1)", "z_1", Judgement.DIFFERENT),
        (r"\sigma'(z_1)", r"\sigma(z_1) (1 - \sigma(z_1))", Judgement.ACCEPTED),
        (r"\sigma'(z_1)", r"\sigma'(x_1)", Judgement.DIFFERENT),
        (r"\sum_{k=1}^{3} x_k", "x_1 + x_2 + x_3", Judgement.ACCEPTED),
        (r"\sum_{k=1}^{3} x_k", "x_1 + x_2", Judgement.DIFFERENT),
        (r"\sum_{k=1}^{2} \sum_{j=1}^{2} x_j x_k", "(x_1 + x_2)^2", Judgement.ACCEPTED),
        (r"\sum_{k=1}^{3} k x_k", "x_1 + 2 x_2 + 3 x_3", Judgement.ACCEPTED),
        (r"\sum_{k=1}^{n} x_k", "x_1 + x_2 + x_3", Judgement.UNDECIDED),
        (r"\sum_{k=1}^{999999999} x_1", "x_1", Judgement.UNDECIDED),
        ("[x_1]^2 [z_1 + [x_1]]", "3 x_1^3", Judgement.ACCEPTED),
        ("[x_1, z_1]", "[x_1, z_1]", Judgement.UNDECIDED),
    ],
)
def test_a_pair_is_judged_by_what_its_names_are_declared_to_be(left: str, right: str, judgement: Judgement):
    names = {"x_1": X, "x_2": Word(("x_2",)), "x_3": Word(("x_3",)), "z_1": Z, "sigma": SIGMA}
    assert judged(Pair(left, right, names, "")).judgement is judgement


def test_the_points_meet_every_pattern_of_signs_and_keep_ranges_and_definitions():
    names = {"x_1": X, "z_1": Z, "z_2": Word(("z_2",)), "t_1": Word(("t_1",), range="unit")}
    met = list(points(names))
    assert len(met) == POINTS >= 20
    assert len({(bool(point["z_1"] > 0), bool(point["z_2"] > 0)) for point in met}) == 4
    assert all(point["t_1"] > 0 and point["t_1"] < 1 for point in met)
    assert all(point["z_1"].contains(2 * point["x_1"]) and point["z_1"].rad() < arb("1e-39") for point in met)
    assert str(met) == str(list(points(names)))
