"""To SymPy and back: the meaning of each node, the kinks, and a round trip that changes nothing."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from fractions import Fraction
from pathlib import Path

import pytest
import sympy

from symback.written.calculus import from_sympy, to_sympy
from symback.written.nodes import (
    Annotation,
    Call,
    Cases,
    Derivative,
    Ellipsis,
    Group,
    Matrix,
    Name,
    Negative,
    Norm,
    Number,
    Partial,
    Power,
    Product,
    Quotient,
    Relation,
    Sequence,
    Sum,
    Symbol,
    Text,
    Transpose,
    Valued,
    Written,
)
from symback.written.reader import read
from symback.written.text import TextPrinter
from tests.written.arithmetic import NUMBERS, random_trees

x, y, t = sympy.symbols("x y t", real=True)
one, two = Number("1"), Number("2")


def symbols(key: str) -> sympy.Symbol:
    return sympy.Symbol(key, real=True)


def names(symbol: sympy.Symbol) -> Written:
    return Name(symbol.name)


def authored(expression: sympy.Expr) -> str:
    return TextPrinter().print(from_sympy(expression, names))


def there(text: str) -> sympy.Expr:
    return to_sympy(read(text), symbols)


ROW = Matrix(((Name("x"), Name("y")),))
COLUMN = Matrix(((one,), (two,)))

MEANINGS: list[tuple[Written, object]] = [
    (Number("0.10"), sympy.Rational(1, 10)),
    (Sum((Name("x"), Negative(Name("y")))), x - y),
    (Product((Name("x"), Quotient(one, Name("y"))), "dot"), x / y),
    (Partial("loss", "x"), sympy.Symbol("loss:x", real=True)),
    (Group(Annotation(Name("x"), Text("input"))), x),
    (Call("exp", (Name("x"),)), sympy.exp(x)),
    (Call(Symbol("tanh"), (Name("x"),), 1), 1 - sympy.tanh(x) ** 2),
    (Call("ReLU", (Name("x"),), 1), sympy.Piecewise((1, x > 0), (0, True))),
    (Derivative(Power(Name("x"), Number("3")), Name("x")), 3 * x**2),
    (Derivative(Product((Name("x"), Name("y"))), Name("y"), total=True), x),
    (Transpose(ROW), sympy.Matrix([x, y])),
    (Product((ROW, COLUMN), juxtaposed=True), sympy.Matrix([[x + 2 * y]])),
    (Product((two, ROW)), sympy.Matrix([[2 * x, 2 * y]])),
    (Product((ROW, Matrix(((two, Name("x")),))), "hadamard"), sympy.Matrix([[2 * x, x * y]])),
    (Product((Name("x"), Name("y")), "hadamard"), x * y),
    (Sum((ROW, Negative(ROW))), sympy.zeros(1, 2)),
    (Norm(ROW), sympy.sqrt(x**2 + y**2)),
    (Norm(Number("-3")), sympy.Integer(3)),
    (Transpose(Name("x")), x),
    (Valued(Sum((Name("x"), Name("y"))), {"x": Number("-0.5")}), y - sympy.Rational(1, 2)),
    (Valued(Valued(Sum((Name("x"), Name("y"))), {"x": one}), {"x": two, "y": two}), sympy.Integer(3)),
]


@pytest.mark.parametrize(("tree", "expression"), MEANINGS)
def test_meaning(tree: Written, expression: object):
    assert to_sympy(tree, symbols) == expression


def test_numbers_are_exact():
    for tree, value in random_trees(300, depth=4, seed=22):
        if "sum" not in TextPrinter().print(tree):
            result = to_sympy(tree, symbols)
            assert Fraction(int(result.p), int(result.q)) == value


def test_the_random_trees_use_their_names():
    assert any(name in TextPrinter().print(tree.body) for tree, _ in random_trees(50, 4, 22) for name in NUMBERS)


@pytest.mark.parametrize("text", ["max(0, x)", "max(x, 0)", "abs(x)", "min(0, x)", "max(0, x, -1)"])
def test_the_derivative_at_a_kink_at_zero_is_zero(text: str):
    derivative = sympy.diff(there(text), x)
    assert not derivative.has(sympy.Heaviside, sympy.sign)
    assert derivative.subs(x, 0) == 0


@pytest.mark.parametrize(
    ("text", "expected"),
    [("max(x, y, t)", max), ("min(x, y, t)", min), ("max(2, x, y)", lambda x, y, t: max(2, x, y)),
     ("min(2, x)", lambda x, y, t: min(2, x)), ("abs(x - y)", lambda x, y, t: abs(x - y))],
)  # fmt: skip
def test_extremes_at_every_order_of_their_arguments(text: str, expected):
    expression = there(text)
    values = range(-1, 4)
    for numbers in [(a, b, c) for a in values for b in values for c in values]:
        assert expression.subs(dict(zip((x, y, t), numbers, strict=True))) == expected(*numbers)


def test_cases_that_leave_nothing_out_end_in_true():
    assert there("cases(1, x > 0, 0, x <= 0)") == sympy.Piecewise((1, x > 0), (0, True))
    chained = there("cases(1, 0 < x < 1, 2, x >= 1, 3, x <= 0)")
    assert [chained.subs(x, value) for value in (sympy.Rational(1, 2), 1, 0)] == [1, 2, 3]


@pytest.mark.parametrize(
    ("tree", "message"),
    [
        (Relation(Name("x"), (("=", one),)), "Relation has no value"),
        (Ellipsis(), "Ellipsis has no value"),
        (Symbol("x"), "Symbol has no value"),
        (Sequence((one,)), "Sequence has no value"),
        (Sum((Text("input"), one)), "Text has no value"),
        (Call("f", (one,)), "'f' is not known"),
        (Derivative(Name("x"), Sum((Name("x"), one))), "a single quantity"),
        (Cases(((one, Name("x")),)), "not a condition"),
        (Cases(((one, Relation(Name("x"), (("≈", one),))),)), "not the sign of a condition"),
        (Quotient(one, Sum((one, Negative(one)))), "divides by zero"),
        (Power(Number("0.0"), Number("-1")), "divides by zero"),
    ],
)
def test_what_has_no_value_is_refused(tree: Written, message: str):
    with pytest.raises(ValueError, match=message):
        to_sympy(tree, symbols)


EXPRESSIONS = [
    "2*x", "x/2", "-x", "-2", "1/2", "-1/2", "3*x/4", "-3*x/4", "x^2", "x^3 - 2*x + 7", "1 - x^2", "t - y",
    "(t - y)^2/2",
    "1/x", "-1/x", "x/y", "2/(3*x)", "x^-2", "x^(1/2)", "x^(-1/2)", "x^(3/2)", "x^(-5/2)", "x^y", "x^-y", "2^x", "2^-x",
    "(1/2)^x", "(2/3)^x", "x^(y*t)", "(x^y)^t", "sqrt(2)", "sqrt(2)/2", "sqrt(x^2 + 1)", "1/sqrt(x^2 + 1)",
    "e", "pi*x^2", "e^x", "e^(-x)", "e^2", "e^(-x^2/2)", "x*e^(-x)", "1/(1 + e^(-x))", "e^(-x)/(1 + e^(-x))^2",
    "x/(1 + e^(-x))", "log(x)", "log(1 + e^x)", "-(t*log(y) + (1 - t)*log(1 - y))", "-t/y + (1 - t)/(1 - y)", "sin(x)",
    "cos(x)*sin(x)", "tanh(x)", "1 - tanh(x)^2", "x*(1 - x)", "3*(x + 1)/y", "x*y*(x + 1)/(3*y + 2)^2", "1/(2*(x + 1))",
    "(x + 1)*(y - 2)/(3*x)", "(x + y)^3", "(x + 1)^(1/3)", "x*(y + t)*e^(-x)*cos(x)", "max(0, x)", "min(x, 6)",
    "cases(x, x > 0, 0.01*x, x <= 0)", "cases(1, x = 0, x, x != 0)",
    "2*cases(1, x > 0, 0, x <= 0) + x", "max(0, x)^2", "x*tanh(log(1 + e^x))", "0.5*x*(1 + tanh(0.8*(x + 0.04*x^3)))",
    "e^(x*y)/(e^x + e^y)", "(e^x - e^(-x))/(e^x + e^(-x))", "log(cos(x)^2 + 1)/log(2)",
]  # fmt: skip


def rebuilt(expression: sympy.Basic) -> sympy.Basic:
    """The expression as SymPy builds it from its parts; `diff` leaves ``6 (x + y)`` where that is ``6 x + 6 y``."""
    return expression.func(*map(rebuilt, expression.args)) if expression.args else expression


@pytest.mark.parametrize("text", EXPRESSIONS)
def test_round_trip(text: str):
    expression = there(text)
    for each in (expression, sympy.diff(expression, x), sympy.diff(expression, x, y)):
        assert to_sympy(from_sympy(each, names), symbols) == rebuilt(each)


PIECES = [
    ("abs(x)", "cases(x, x > 0, -x, x < 0, 0, x = 0)"),
    ("cases(x, x > 1, x^2, x > 0, 0, x <= 0)", "cases(x, x > 1, x^2, 0 < x <= 1, 0, x <= 0)"),
    ("max(0, min(1, 0.2*x + 0.5))", "cases(x/5 + 1/2, -5/2 < x < 5/2, 1, x >= 5/2, 0, x <= -5/2)"),
    ("max(0, x, 2*x - 3)", "cases(2*x - 3, x > 3, x, 0 < x <= 3, 0, x <= 0)"),
    ("cases(1, 0 < x < 1, 0, x >= 1, 0, x <= 0)", "cases(1, 0 < x < 1, 0, x <= 0, 0, x >= 1)"),
]


@pytest.mark.parametrize(("text", "written"), PIECES)
def test_more_than_two_pieces_have_their_intervals(text: str, written: str):
    expression = there(text)
    assert authored(expression) == written
    for each in (expression, sympy.diff(expression, x)):
        again = to_sympy(from_sympy(each, names), symbols)
        for value in map(sympy.Rational, range(-7, 8), [2] * 15):
            assert again.subs(x, value) == each.subs(x, value)


def test_equal_pieces_on_the_whole_line_are_no_pieces():
    assert authored(sympy.diff(there("cases(1, 0 < x < 1, 0, x >= 1, 0, x <= 0)"), x)) == "0"


def test_points_stand_one_by_one_whatever_is_assumed_of_the_variable():
    z = sympy.Symbol("z")
    expression = sympy.Piecewise((1, sympy.Eq(z, 2) | sympy.Eq(z, 0)), (2, z < 0), (3, True))
    assert authored(expression) == "cases(1, z = 0, 1, z = 2, 2, z < 0, 3, 0 < z < 2, 3, z > 2)"


def test_pieces_without_known_intervals_are_read_in_order():
    expression = sympy.Piecewise((1, x > sympy.cos(x)), (2, x > y), (3, True))
    assert authored(expression) == "cases(1, x > cos(x), 2, x > y, 3, otherwise)"
    assert to_sympy(from_sympy(expression, names), symbols) == expression


def test_round_trip_of_random_expressions():
    choice = random.Random(23)
    leaves = [x, y, t, *map(sympy.Integer, (1, 2, 3, -1)), sympy.Rational(-2, 5), sympy.E]
    functions = [sympy.exp, sympy.log, sympy.tanh, sympy.cos, lambda part: 1 / part, lambda part: part**2, sympy.sqrt]

    def grown(depth: int) -> sympy.Expr:
        if depth == 0:
            return choice.choice(leaves)
        first = grown(depth - 1)
        match choice.randrange(4):
            case 0:
                return choice.choice(functions)(first)
            case 1:
                return first + grown(depth - 1)
            case 2:
                return first - grown(depth - 1)
        return first * grown(depth - 1)

    tried = 0
    while tried < 400:
        expression = grown(choice.randint(1, 4))
        if expression.has(sympy.I, sympy.zoo, sympy.nan, sympy.oo, -sympy.oo):
            continue
        tried += 1
        assert to_sympy(from_sympy(expression, names), symbols) == expression


@pytest.mark.parametrize(
    ("expression", "text"),
    [
        (2 * x, "2*x"),
        (x / 2, "x/2"),
        (-x, "-x"),
        (1 - x, "1 - x"),
        (1 - x**2, "1 - x^2"),
        (y - t, "y - t"),
        (x**2 - 3 * x + 7, "x^2 - 3*x + 7"),
        (-(x**2) + 3 * x - 7, "3*x - x^2 - 7"),
        (-x - 1, "-x - 1"),
        (1 / x, "1/x"),
        (1 / (1 + sympy.exp(-x)), "1/(1 + e^(-x))"),
        (sympy.exp(-x), "e^(-x)"),
        (sympy.exp(-x) / (1 + sympy.exp(-x)) ** 2, "e^(-x)/(1 + e^(-x))^2"),
        (1 - sympy.tanh(x) ** 2, "1 - tanh(x)^2"),
        ((1 - t) * sympy.log(1 - y), "(1 - t)*log(1 - y)"),
        (x * (1 - x), "x*(1 - x)"),
        (sympy.Rational(-3, 4), "-3/4"),
        (sympy.Rational(-3, 4) * x, "-3*x/4"),
        (sympy.Piecewise((1, x > 0), (0, True)), "cases(1, x > 0, 0, x <= 0)"),
        (sympy.Mul(-3, x + 1, evaluate=False), "-3*(x + 1)"),
    ],
)
def test_order_of_an_author(expression: sympy.Expr, text: str):
    assert authored(expression) == text


def test_every_run_writes_the_same():
    program = (
        "from tests.written.test_calculus import *; "
        "print([authored(sympy.diff(there(t), x)) for t in EXPRESSIONS], [authored(there(t)) for t, _ in PIECES])"
    )
    root = Path(__file__).parents[2]
    written = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(root)},
            cwd=root,
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("0", "2")
    }
    assert len(written) == 1


@pytest.mark.parametrize(
    "expression",
    [sympy.Float(0.5) * x, sympy.I, sympy.zoo, sympy.oo, sympy.gamma(x), sympy.Max(0, x), sympy.Matrix([x]),
     sympy.Piecewise((1, (x > 0) & (x < y)), (0, True)), "x"],
)  # fmt: skip
def test_what_no_page_has_is_refused(expression: object):
    with pytest.raises(ValueError, match="cannot be written"):
        from_sympy(expression, names)
