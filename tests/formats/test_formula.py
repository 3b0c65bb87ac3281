"""Formulas as text: Python code is worth the gradient, LaTeX says what SymPy says."""

from __future__ import annotations

import ast
import math
import re
from collections.abc import Mapping

import mpmath
import pytest
import sympy

from symback import api
from symback.derive.formulas import python_name
from symback.formats.formula import written
from symback.spec.load import load_mapping
from symback.spec.problems import LimitationError, SpecError
from tests.derive.setting import cases
from tests.oracles.differences import DIGITS, difference_gradients, exact_forward
from tests.oracles.functions import EXPRESSIONS, NAMED
from tests.oracles.meaning import meaning
from tests.oracles.network import learned_root, read_network
from tests.oracles.reading import error
from tests.oracles.symbolic import value

SETTINGS = [
    pytest.param(case.values[0], in_parameters, id=f"{case.id}, {'parameters' if in_parameters else 'activations'}")
    for in_parameters, seeds in ((False, (0, 4, 6, 7, 12, 19)), (True, (2, 57)))
    for case in cases(*seeds)
    if "given" not in case.values[0]
]
"""Networks, and whether formulas go down to parameters: then they are of any length, and the networks small."""

ARITHMETIC = (ast.Expression, ast.BinOp, ast.UnaryOp, ast.operator, ast.unaryop, ast.expr_context, ast.Constant)
CHOICES = (ast.IfExp, ast.Compare, ast.cmpop, ast.BoolOp, ast.boolop)


def evaluate(code: str, numbers: Mapping[str, float]) -> float:
    """Return what a formula is worth, after a look at each of its nodes: arithmetic, choices, names, math.function."""
    tree = ast.parse(code, mode="eval")
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            assert isinstance(node.func, ast.Attribute)
        elif isinstance(node, ast.Attribute):
            assert isinstance(node.value, ast.Name)
            assert node.value.id == "math"
        elif isinstance(node, ast.Name):
            assert node.id == "math" or node.id in numbers, f"{node.id} is no quantity of the network"
        else:
            assert isinstance(node, ARITHMETIC + CHOICES), ast.dump(node)
    return eval(compile(tree, "<formula>", "eval"), {"__builtins__": {}, "math": math}, dict(numbers))


@pytest.mark.parametrize(("values", "in_parameters"), SETTINGS)
def test_python_code_is_worth_the_gradient(values, in_parameters):
    network = read_network(values)
    expected = difference_gradients(network, learned_root(values))
    numbers = {python_name(name): float(number) for name, number in exact_forward(network).items()}
    codes = api.formula_texts(load_mapping(values), "python", in_parameters)
    assert set(codes) == set(network.learned)
    for name, code in codes.items():
        assert evaluate(code, numbers) == pytest.approx(float(expected[name]), rel=1e-9, abs=1e-9)


@pytest.mark.parametrize(("values", "in_parameters"), SETTINGS)
def test_sympy_text_is_that_of_the_expression(values, in_parameters):
    spec = load_mapping(values)
    expected = {name: str(expression) for name, expression in api.formulas(spec, in_parameters).items()}
    assert api.formula_texts(spec, "sympy", in_parameters) == expected


LIMITED = ("seed 0, activations", "seed 2, parameters", "regression, parameters")
"""Settings with conditions on what has conditions itself, which have no written form yet."""


@pytest.mark.parametrize(("values", "in_parameters"), [case for case in SETTINGS if case.id in LIMITED])
def test_conditions_within_conditions_are_refused(values, in_parameters):
    with pytest.raises(LimitationError, match="has no form"):
        api.formula_texts(load_mapping(values), "latex", in_parameters)


@pytest.mark.parametrize(("values", "in_parameters"), [case for case in SETTINGS if case.id not in LIMITED])
def test_latex_is_made_of_what_sympy_says(values, in_parameters):
    """The tree that is printed is evaluated by a reading of its own; a piece may stand anywhere in it."""
    network = read_network(values)
    ids = {python_name(name): name for name in (*network.given, *network.of_penalty, *network.intermediate)}
    with mpmath.workdps(DIGITS):
        numbers = {symbol(name): number for name, number in exact_forward(network).items()}
        for expression in api.formulas(load_mapping(values), in_parameters).values():
            tree = written(expression, ids)
            assert error(value(meaning(tree, symbol), dict(numbers)), value(expression, dict(numbers))) < 1e-30


def symbol(name: str) -> sympy.Symbol:
    return sympy.Symbol(python_name(name), real=True)


@pytest.mark.parametrize("word", [*NAMED, *EXPRESSIONS])
def test_latex_stands_on_one_line_and_knows_only_the_notation(word):
    spec = load_mapping(
        {
            "schema": 1,
            "network": {"inputs": 2, "layers": [{"size": 2, "activation": word}, {"size": 1, "activation": "sigmoid"}]},
            "parameters": {"weights": [[[1, 2], [3, 4]], [[5, 6]]], "biases": [[1, 2], [3]]},
            "data": [{"inputs": [1, 2], "targets": [1]}],
            "loss": "squared-error",
        }
    )
    for in_parameters in (False, True):
        if word in MANY_PIECES:
            with pytest.raises(LimitationError, match="has no form"):
                api.formula_texts(spec, "latex", in_parameters)
            continue
        found = api.formula_texts(spec, "latex", in_parameters)
        assert list(found) == [*(f"w.1.{i}.{j}" for i in (1, 2) for j in (1, 2)), "b.1.1", "b.1.2", *LAST]
        for text in found.values():
            assert "\n" not in text
            assert text.count("{") == text.count("}")
            assert not re.search(r"[wxabz]_\d_\d|~", text)


LAST = ("w.2.1.1", "w.2.1.2", "b.2.1")
MANY_PIECES = ("min(1, max(-1, x))", "abs(abs(x) - 1)")
"""Conditions on several quantities that have to hold together have no written form yet."""


def test_a_formula_in_the_notation_of_its_page():
    spec = api.load("scalar-check")
    found = api.formula_texts(spec, "latex", parameter="w.2.1.1")
    assert found == {"w.2.1.1": "2 * h_1 * (2 * o_1 - 2 * t_1)"}


def test_what_is_not_known_is_named():
    spec = api.load("scalar-check")
    with pytest.raises(SpecError, match=r'parameter: got "w.2.3.1".*did you mean "w.2.[12].1"'):
        api.formula_texts(spec, parameter="w.2.3.1")
    with pytest.raises(SpecError, match="format"):
        api.formula_texts(spec, "latx")
