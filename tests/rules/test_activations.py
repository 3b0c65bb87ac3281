"""Every form of every activation against `sympy.diff` of the activation itself."""

import dataclasses
import random

import mpmath
import pytest
import sympy

from symback.rules.activations import ACTIVATIONS as ROWS
from symback.rules.activations import (
    activation,
    derivative_form,
    explained_form,
    function_form,
    output_form,
)
from symback.written.nodes import Number
from symback.written.tokens import ExpressionError
from tests.oracles import plain_text
from tests.oracles.functions import EXPRESSIONS, FUNCTIONS, NAMED, SYMBOLIC
from tests.oracles.meaning import meaning
from tests.oracles.pieces import jumps, same, x
from tests.oracles.symbolic import DIGITS, value

ACTIVATIONS = {name: row for name, row in ROWS.items() if not row.is_joint}
CONVENTIONS = ["0", "1", "0.5"]
KINKED = [name for name, row in ACTIVATIONS.items() if row.kinks]
PLANTED = {
    "a wrong sign": ("sigmoid", {"derivative": "-1/(1 + e^(-x)) * (1 - 1/(1 + e^(-x)))"}),
    "a missing factor": ("sigmoid", {"derivative": "1 - 1/(1 + e^(-x))"}),
    "branches the wrong way round": ("relu", {"derivative": "cases(0, x > 0, 1, x < 0)"}),
    "a constant that is not one": ("linear", {"derivative": "x"}),
}


def truth(word):
    """The slope of an activation: SymPy's, of the function that the oracle has for this word, in pieces."""
    return sympy.diff(FUNCTIONS[word](x, SYMBOLIC), x)


def truth_itself(word):
    return FUNCTIONS[word](x, SYMBOLIC)


def at(expression, point):
    with mpmath.workdps(DIGITS):
        return value(expression, {x: mpmath.mpf(point.p) / point.q})


def points(kinks, number=40):
    """Exact random rationals, none of them a kink."""
    draw = random.Random(7)
    drawn = [sympy.Rational(draw.randint(-4000, 4000), draw.randint(1000, 2000)) for _ in range(number)]
    return [point for point in drawn if str(point) not in kinks]


def derivative_is_right(row, word):
    return same(meaning(derivative_form(row), lambda _: x), truth(word), row.kinks)


def test_every_named_activation_has_an_oracle():
    assert set(ACTIVATIONS) == set(NAMED)
    assert all(name == row.name for name, row in ACTIVATIONS.items())


@pytest.mark.parametrize("word", FUNCTIONS)
def test_the_function_is_what_its_word_says(word):
    row = activation(word)
    written = meaning(function_form(row), lambda _: x)
    assert same(written, FUNCTIONS[word](x, SYMBOLIC), FUNCTIONS[word].kinks)
    assert same(plain_text.expression(row.expression, x=x), written, FUNCTIONS[word].kinks)


@pytest.mark.parametrize("word", FUNCTIONS)
def test_the_derivative_is_that_of_sympy_on_every_piece(word):
    row = activation(word)
    assert same(meaning(derivative_form(row), lambda _: x), truth(word), FUNCTIONS[word].kinks)


@pytest.mark.parametrize("word", FUNCTIONS)
def test_the_derivative_is_that_of_sympy_at_exact_rationals(word):
    found, expected = meaning(derivative_form(activation(word)), lambda _: x), truth(word)
    for point in points(map(str, FUNCTIONS[word].kinks)):
        left, right = found.subs(x, point), expected.subs(x, point)
        if right.is_Rational:
            assert left == right
        else:
            assert abs(at(found, point) - at(expected, point)) < mpmath.mpf(10) ** -50


@pytest.mark.parametrize("word", [name for name, row in ACTIVATIONS.items() if row.output_derivative])
def test_the_form_in_the_output_is_the_derivative(word):
    row = ACTIVATIONS[word]
    form = output_form(row)
    assert form is not None
    assert same(meaning(form, lambda _: FUNCTIONS[word](x, SYMBOLIC)), truth(word), row.kinks)


def test_a_row_without_a_form_in_the_output_says_so():
    assert all((output_form(row) is None) == (row.output_derivative is None) for row in ACTIVATIONS.values())


@pytest.mark.parametrize("word", FUNCTIONS)
def test_kinks_are_the_points_without_a_derivative(word):
    assert {sympy.Rational(kink) for kink in activation(word).kinks} == {
        sympy.Rational(str(kink)) for kink in FUNCTIONS[word].kinks
    }
    assert all(jumps(truth(word), kink) for kink in FUNCTIONS[word].kinks)


@pytest.mark.parametrize(("text", "kinks"), [
    ("x^3", ()),
    ("max(0, x - 2)", ("2",)),
    ("max(0, 2 - 3*x)", ("2/3",)),
    ("abs(x - 1) + abs(x + 1)", ("-1", "1")),
    ("min(2, max(-1/2, x))", ("-1/2", "2")),
    ("max(x, x^2)", ("0", "1")),
    ("max(0, x)^2", ()),
    ("abs(x)^3", ()),
    ("cases(x, x < 1, 2*x - 1, x >= 1)", ("1",)),
    ("cases(x^2, x < 1, 2*x - 1, x >= 1)", ()),
])  # fmt: skip
def test_kinks_of_an_expression(text, kinks):
    slope = sympy.diff(plain_text.expression(text, x=x), x)
    assert all(jumps(slope, kink) for kink in kinks)
    assert activation(text).kinks == kinks


def test_a_jump_is_a_point_without_a_derivative_too():
    assert activation("cases(x, x < 2, x + 1, x >= 2)").kinks == ("2",)


@pytest.mark.parametrize("convention", CONVENTIONS)
@pytest.mark.parametrize("word", KINKED)
def test_the_convention_counts_at_the_kink_and_nowhere_else(word, convention):
    row = ACTIVATIONS[word]
    form = meaning(derivative_form(row, Number(convention)), lambda _: x)
    for kink in row.kinks:
        assert form.subs(x, sympy.Rational(kink)) == sympy.Rational(convention)
    assert same(form, truth(word), row.kinks)


@pytest.mark.parametrize("word", KINKED)
def test_without_a_convention_the_derivative_at_the_kink_is_that_of_the_left_piece(word):
    row = ACTIVATIONS[word]
    left = truth(word).subs(x, sympy.Rational(row.kinks[0]) - sympy.Rational(1, 100))
    assert derivative_form(row) == derivative_form(row, Number(row.at_kink))
    assert sympy.Rational(row.at_kink) == left


@pytest.mark.parametrize("word", ACTIVATIONS)
def test_what_explains_a_function_is_that_function(word):
    written = meaning(explained_form(ACTIVATIONS[word]), lambda _: x)
    assert same(written.rewrite(sympy.exp), truth_itself(word).rewrite(sympy.exp), ACTIVATIONS[word].kinks)


@pytest.mark.parametrize("word", KINKED)
def test_the_conditions_of_a_derivative_leave_no_point_out(word):
    form = meaning(derivative_form(ACTIVATIONS[word], Number("0.5")), lambda _: x)
    assert sympy.Or(*(condition for _, condition in form.args)).as_set() == sympy.S.Reals


@pytest.mark.parametrize("fault", PLANTED)
def test_a_planted_fault_is_found(fault):
    word, wrong = PLANTED[fault]
    assert derivative_is_right(ACTIVATIONS[word], word)
    assert not derivative_is_right(dataclasses.replace(ACTIVATIONS[word], **wrong), word)


def test_an_expression_makes_a_row_of_its_own():
    for word in EXPRESSIONS:
        row = activation(word)
        assert (row.name, row.expression, row.derivative) == (word, word, None)
        assert word not in ACTIVATIONS


@pytest.mark.parametrize("text", ["relux", "2*y", "x +", "", "x(2)"])
def test_what_is_no_activation_is_refused(text):
    with pytest.raises(ExpressionError):
        activation(text)
