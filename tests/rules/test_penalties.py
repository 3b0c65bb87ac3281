"""Every form of every penalty against `sympy.diff` and the oracle's own formula."""

import dataclasses

import pytest
import sympy

from symback.rules.penalties import PENALTIES, penalty_form, penalty_slope
from symback.written.nodes import Name
from tests.oracles.meaning import meaning, real
from tests.oracles.network import SHARES

WEIGHTS = ("w.1.1.1", "w.1.2.1", "w.2.1.1")
PLANTED = {"a factor left out": "f ~ w", "a square that stayed": "2 ~ f ~ w^2", "a wrong sign": "-2 ~ f ~ w"}


def wrong(row):
    """The weights by which the slope is not SymPy's derivative of the whole penalty."""
    whole = meaning(penalty_form(row, "f", WEIGHTS))
    slopes = {name: meaning(penalty_slope(row, Name("f"), Name(name))) for name in WEIGHTS}
    return [name for name, slope in slopes.items() if sympy.simplify(slope - sympy.diff(whole, real(name))) != 0]


def test_every_penalty_has_an_oracle():
    assert set(PENALTIES) == set(SHARES)
    assert all(name == row.name for name, row in PENALTIES.items())


@pytest.mark.parametrize("name", PENALTIES)
def test_the_penalty_is_its_share_of_the_factor_times_the_sum_of_squares(name):
    share = sympy.Rational(SHARES[name].numerator, SHARES[name].denominator)
    for count in range(1, len(WEIGHTS) + 1):
        expected = share * real("f") * sum(real(weight) ** 2 for weight in WEIGHTS[:count])
        assert sympy.expand(meaning(penalty_form(PENALTIES[name], "f", WEIGHTS[:count])) - expected) == 0


@pytest.mark.parametrize("name", PENALTIES)
def test_the_slope_is_the_derivative_by_each_weight(name):
    assert wrong(PENALTIES[name]) == []


@pytest.mark.parametrize("planted", PLANTED)
def test_a_planted_mistake_is_found(planted):
    assert wrong(dataclasses.replace(PENALTIES["l2"], slope=PLANTED[planted])) == list(WEIGHTS)
