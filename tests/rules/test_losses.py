"""Every form of every loss against `sympy.diff` of the loss itself, with several factors in front."""

import dataclasses
from fractions import Fraction

import pytest
import sympy

from symback.rules.losses import DERIVATIVES, combined_forms, derivative_forms, loss_for, value_forms, words_form
from symback.rules.losses import LOSSES as ROWS
from tests.oracles import plain_text
from tests.oracles.functions import FUNCTIONS, JOINT, LOSSES, SYMBOLIC
from tests.oracles.meaning import meaning, real
from tests.oracles.symbolic import Positive

y, t, z = real("y"), real("t"), real("z")
above = sympy.Symbol("above", positive=True)
FACTORS = [Fraction(number) for number in ("1", "1/2", "3/4", "2", "1/3", "0.25", "10")]
EVERY = [pytest.param(name, factor, id=f"{name} × {factor}") for name in ROWS for factor in FACTORS]
TOGETHER = [(name, activation) for name, row in ROWS.items() for activation in row.combined if activation not in JOINT]
PLANTED = {
    "a wrong sign": ("squared-error", {"closed": "{k} (t - y)"}),
    "a missing factor": ("squared-error", {"closed": "{c} (y - t)"}),
    "an inner derivative left out": ("squared-error", {"inner_first": "2 * ({c} (t - y))"}),
    "a factor that vanished": ("squared-error", {"outer_first": "2 * (t - y) * (-1)"}),
    "a logarithm's inner derivative left out": ("binary-cross-entropy", {"closed": "{c} (-t/y - (1 - t)/(1 - y))"}),
}


def term(name, factor, output=y):
    return sympy.Rational(factor.numerator, factor.denominator) * LOSSES[name](output, t, SYMBOLIC)


def is_same(left, right):
    """Whether two expressions are equal, where these have pieces on either side of y = t."""
    difference = (left - right).replace(Positive, SYMBOLIC.positive)
    sides = (
        [difference.subs(y, t + gap) for gap in (above, -above)] if difference.has(sympy.Piecewise) else [difference]
    )
    return all(sympy.simplify(sympy.piecewise_fold(side)) == 0 for side in sides)


def wrong_forms(row, factor):
    """The names of the forms of the derivative that are not SymPy's derivative of the loss."""
    truth = sympy.diff(term(row.name, factor), y)
    return [name for name, form in derivative_forms(row, factor).items() if not is_same(meaning(form), truth)]


def test_every_loss_has_an_oracle():
    assert set(ROWS) == set(LOSSES)
    assert all(name == row.name for name, row in ROWS.items())


@pytest.mark.parametrize(("name", "factor"), EVERY)
def test_every_form_of_the_value_is_the_loss(name, factor):
    for form in value_forms(ROWS[name], factor).values():
        assert is_same(meaning(form), term(name, factor))


@pytest.mark.parametrize(("name", "factor"), EVERY)
def test_every_form_of_the_derivative_is_that_of_sympy(name, factor):
    assert wrong_forms(ROWS[name], factor) == []


@pytest.mark.parametrize(("name", "factor"), EVERY)
def test_every_form_is_equal_at_exact_rationals(name, factor):
    truth = sympy.diff(term(name, factor), y)
    for numbers in (
        {y: sympy.Rational(7, 30), t: sympy.Rational(-2, 5)},
        {y: sympy.Rational(1, 8), t: sympy.Integer(1)},
    ):
        for form in derivative_forms(ROWS[name], factor).values():
            assert meaning(form).subs(numbers) == truth.subs(numbers)


@pytest.mark.parametrize(("name", "activation"), TOGETHER)
@pytest.mark.parametrize("factor", FACTORS, ids=str)
def test_loss_and_activation_together_give_what_sympy_gives(name, activation, factor):
    forms = combined_forms(ROWS[name], factor, activation)
    assert list(forms) == ["multiplied", "combined"]
    output = FUNCTIONS[activation](z, SYMBOLIC)
    for form in forms.values():
        assert is_same(meaning(form).subs(y, output), sympy.diff(term(name, factor, output), z))


def test_where_nothing_becomes_simpler_there_is_no_such_form():
    for name, row in ROWS.items():
        for activation in FUNCTIONS:
            assert (combined_forms(row, Fraction(1), activation) != {}) == ((name, activation) in TOGETHER)


@pytest.mark.parametrize("factor", FACTORS, ids=str)
@pytest.mark.parametrize("name", [name for name, row in ROWS.items() if row.alone])
def test_the_forms_for_one_output_are_those_for_the_target_1(name, factor):
    row = loss_for(name, 1)
    for form in value_forms(row, factor).values():
        assert is_same(meaning(form), term(name, factor).subs(t, 1))
    for form in derivative_forms(row, factor).values():
        assert is_same(meaning(form), sympy.diff(term(name, factor).subs(t, 1), y))
    for activation in row.combined:
        output = FUNCTIONS[activation](z, SYMBOLIC)
        for form in combined_forms(row, factor, activation).values():
            assert is_same(meaning(form).subs(y, output), sympy.diff(term(name, factor, output).subs(t, 1), z))


@pytest.mark.parametrize("name", ROWS)
def test_a_kink_is_where_the_derivative_jumps_and_it_is_0_there(name):
    slope = sympy.diff(term(name, Fraction(1)), y).replace(Positive, SYMBOLIC.positive)
    jump = sympy.simplify(sympy.piecewise_fold(slope.subs(y, t + above) - slope.subs(y, t - above)))
    assert bool(ROWS[name].kink) == (sympy.limit(jump, above, 0) != 0)
    if ROWS[name].kink:
        assert plain_text.expression(ROWS[name].kink, y=y, t=t) == y - t
        assert all(meaning(form).subs(y, t) == 0 for form in derivative_forms(ROWS[name], Fraction(1)).values())


@pytest.mark.parametrize(("name", "factor"), EVERY)
def test_the_loss_in_words_says_the_same(name, factor):
    form = words_form(ROWS[name], factor)
    if ROWS[name].words:
        assert is_same(meaning(form, lambda key: {"Prediction": y, "Target": t}[key]), term(name, factor))
    else:
        assert form is None


@pytest.mark.parametrize("name", ROWS)
def test_the_texts_of_a_row_say_the_same_to_another_reader(name):
    factor, row = Fraction(3, 4), ROWS[name]
    scaled = str(factor * row.scale)
    truth = sympy.diff(term(name, factor), y)
    for attribute in DERIVATIVES.values():
        text = getattr(row, attribute).format(c=str(factor), k=scaled, k_times=f"{scaled} * ")
        assert is_same(plain_text.expression(text, y=y, t=t), truth)


@pytest.mark.parametrize("fault", PLANTED)
def test_a_planted_fault_is_found(fault):
    name, wrong = PLANTED[fault]
    found = wrong_forms(dataclasses.replace(ROWS[name], **wrong), Fraction(3, 4))
    assert [DERIVATIVES[form] for form in found] == list(wrong)
