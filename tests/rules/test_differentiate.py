"""Derivatives of a user's expression: random ones, against SymPy's own reading of the text and against differences."""

import random

import mpmath
import pytest
import sympy

from symback.rules.activations import activation, derivative_form
from symback.rules.differentiate import derivative, kinks
from symback.written.reader import read
from tests.oracles import plain_text
from tests.oracles.differences import slope
from tests.oracles.meaning import meaning
from tests.oracles.symbolic import DIGITS, value

x = sympy.Symbol("x", real=True)
SMOOTH = (
    *("({}) + ({})", "({}) - ({})", "({}) * ({})", "({}) / (1 + ({})^2)", "({})^2", "({})^3", "-({})", "3/4 ({})"),
    *(
        "e^(({})/4)",
        "exp(-({})^2)",
        "sin({})",
        "cos({})",
        "tanh({})",
        "sqrt(1 + ({})^2)",
        "log(1 + ({})^2)",
        "2^(({})/2)",
    ),
)
KINKED = ("max(0, {})", "max({}, 1/2)", "min({}, 2.5)", "abs({})")


def random_text(draw, depth, frames):
    """An expression that exists for every x, with x in it."""
    if depth == 0:
        return "x"
    frame = draw.choice(frames)
    parts = [random_text(draw, depth - 1, frames)]
    if frame.count("{}") == 2:
        parts.insert(draw.randint(0, 1), draw.choice(["x", "0.25", "3", "pi", "x - 1/3"]))
    return frame.format(*parts)


def smooth_texts(number):
    draw = random.Random(22)
    return [random_text(draw, draw.randint(1, 3), SMOOTH) for _ in range(number)]


def kinked_texts(number):
    """One kink frame around or within a smooth expression that is monotonic or quadratic."""
    draw = random.Random(23)
    inner = ["x", "x - 1/3", "2*x + 1", "1 - x^2", "x^3", "(x - 1)*(x + 2)", "e^x - 1"]
    outer = ["{}", "({})^2", "sin({})", "x*({})", "({})/(1 + x^2)", "({}) - x/10", "e^(-({}))"]
    return [draw.choice(outer).format(draw.choice(KINKED).format(draw.choice(inner))) for _ in range(number)]


def check_slope(text):
    found = meaning(derivative_form(activation(text)), lambda _: x)
    function = plain_text.expression(text, x=x)
    expected = sympy.diff(function, x)
    draw = random.Random(text)
    with mpmath.workdps(DIGITS):
        for _ in range(3):
            point = mpmath.mpf(draw.randint(-3000, 3000)) / 997
            slope_there = value(found, {x: point})
            scale = max(1, abs(slope_there))
            assert abs(slope_there - value(expected, {x: point})) < mpmath.mpf(10) ** -50 * scale
            assert (
                abs(slope_there - slope(lambda step, at=point: value(function, {x: at + step})))
                < mpmath.mpf(10) ** -30 * scale
            )


@pytest.mark.parametrize("text", smooth_texts(60))
def test_a_smooth_expression(text):
    check_slope(text)
    assert activation(text).kinks == ()


@pytest.mark.parametrize("text", kinked_texts(40))
def test_an_expression_with_kinks(text):
    check_slope(text)


@pytest.mark.parametrize("text", ["max(0, min(1, x))", "abs(abs(x) - 1)", "x/max(1, abs(x))", "max(-x, 0, x - 1)"])
def test_pieces_within_pieces(text):
    check_slope(text)


def test_any_name_can_be_the_variable():
    tree = derivative(read("z.1.1^3", names={"z.1.1"}), "z.1.1")
    assert meaning(tree) == 3 * sympy.Symbol("z.1.1", real=True) ** 2


@pytest.mark.parametrize("text", ["abs(x^2 - 2)", "max(0, x - pi)", "max(0, e^x - 2)"])
def test_irrational_kinks_cannot_be_met_by_decimals_and_are_left_out(text):
    assert kinks(read(text, names={"x"}), "x") == ()
