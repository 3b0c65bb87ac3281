"""Every form of every loss against `sympy.diff` of the loss itself, with several factors in front."""

import dataclasses
from fractions import Fraction

import pytest
import sympy

from symback.rules.losses import LOSSES as ROWS
from symback.rules.losses import derivative_forms, value_forms, words_form
from tests.oracles import plain_text
from tests.oracles.functions import LOSSES
from tests.oracles.meaning import meaning, real

y, t = real("y"), real("t")
FACTORS = [Fraction(number) for number in ("1", "1/2", "3/4", "2", "1/3", "0.25", "10")]
EVERY = [(name, factor) for name in ROWS for factor in FACTORS]
PLANTED = {
    "a wrong sign": {"closed": "{k} (t - y)"},
    "a missing factor": {"closed": "{c} (y - t)"},
    "an inner derivative left out": {"inner-first": "2 * ({c} (t - y))"},
    "a factor that vanished": {"outer-first": "2 * (t - y) * (-1)"},
}


def term(name, factor):
    return sympy.Rational(factor.numerator, factor.denominator) * LOSSES[name](y, t)


def wrong_forms(row, factor):
    """The names of the forms of the derivative that are not SymPy's derivative of the loss."""
    truth = sympy.diff(term(row.name, factor), y)
    forms = derivative_forms(row, factor)
    return [name for name, form in forms.items() if sympy.simplify(meaning(form) - truth) != 0]


def test_every_loss_has_an_oracle():
    assert set(ROWS) == set(LOSSES)
    assert all(name == row.name for name, row in ROWS.items())


@pytest.mark.parametrize(("name", "factor"), EVERY)
def test_every_form_of_the_value_is_the_loss(name, factor):
    for form in value_forms(ROWS[name], factor).values():
        assert sympy.simplify(meaning(form) - term(name, factor)) == 0


@pytest.mark.parametrize(("name", "factor"), EVERY)
def test_every_form_of_the_derivative_is_that_of_sympy(name, factor):
    assert wrong_forms(ROWS[name], factor) == []


@pytest.mark.parametrize(("name", "factor"), EVERY)
def test_every_form_is_equal_at_exact_rationals(name, factor):
    truth = sympy.diff(term(name, factor), y)
    for numbers in ({y: sympy.Rational(7, 3), t: sympy.Rational(-2, 5)}, {y: sympy.Integer(0), t: sympy.Rational(9, 8)}):
        for form in derivative_forms(ROWS[name], factor).values():
            assert meaning(form).subs(numbers) == truth.subs(numbers)


@pytest.mark.parametrize(("name", "factor"), EVERY)
def test_the_loss_in_words_says_the_same(name, factor):
    words = meaning(words_form(ROWS[name], factor), lambda key: {"Prediction": y, "Target": t}[key])
    assert sympy.simplify(words - term(name, factor)) == 0


@pytest.mark.parametrize("name", ROWS)
def test_the_texts_of_a_row_say_the_same_to_another_reader(name):
    filled = {"c": "3/4", "k": str(Fraction(3, 4) * ROWS[name].scale), "k_times": f"{Fraction(3, 4) * ROWS[name].scale} * "}
    truth = sympy.diff(term(name, Fraction(3, 4)), y)
    for text in ROWS[name].derivative.values():
        assert sympy.simplify(plain_text.expression(text.format(**filled), y=y, t=t) - truth) == 0


@pytest.mark.parametrize("fault", PLANTED)
def test_a_planted_fault_is_found(fault):
    row = ROWS["squared-error"]
    broken = dataclasses.replace(row, derivative={**row.derivative, **PLANTED[fault]})
    assert wrong_forms(broken, Fraction(3, 4)) == list(PLANTED[fault])
