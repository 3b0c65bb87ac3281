"""Derivatives as people write them: equal to what SymPy finds, at points where both exist, and spelled as expected."""

from __future__ import annotations

import random

import pytest
import sympy

from symback.rules.by_hand import derivative_by_hand
from symback.rules.functions import NAMED, SLOPES, expanded
from symback.written.calculus import to_sympy
from symback.written.nodes import Symbol, Written
from symback.written.reader import read
from symback.written.text import TextPrinter

NAMES = ("x", "y", "z")
SPELLINGS = {
    ("x + y", "x"): "1",
    ("x*y", "x"): "y",
    ("x*y*z", "y"): "x*z",
    ("x^2", "x"): "2*x",
    ("x^3", "x"): "3*x^2",
    ("1/x", "x"): "-1/x^2",
    ("1/2*(y - z)^2", "y"): "y - z",
    ("1/2*(z - y)^2", "y"): "y - z",
    ("(z - y)^2", "y"): "2*(y - z)",
    ("-z*log(y) - (1 - z)*log(1 - y)", "y"): "-z/y + (1 - z)/(1 - y)",
    ("x/y", "x"): "1/y",
    ("x/y", "y"): "-x/y^2",
    ("2*x + 3*x", "x"): "5",
    ("0.5*x^2", "x"): "x",
    ("0.1*x^3", "x"): "0.3*x^2",
}


def spelled(tree: Written) -> str:
    return TextPrinter(Symbol).print(tree)


def random_formula(chance: random.Random, depth: int) -> str:
    if depth == 0 or chance.random() < 0.15:
        return chance.choice((*NAMES, *NAMES, str(chance.randint(1, 4)), "0.5"))
    kind = chance.choice(("sum", "sum", "product", "product", "quotient", "power", "call", "call", "minus", "extreme"))
    one, two = (random_formula(chance, depth - 1) for _ in range(2))
    match kind:
        case "sum":
            return f"({one} {chance.choice('+-')} {two})"
        case "product":
            return f"({one}) * ({two})"
        case "quotient":
            return f"({one}) / (2 + ({two})^2)"
        case "power":
            return f"({one})^{chance.choice('23')}"
        case "minus":
            return f"-({one})"
        case "extreme":
            return f"{chance.choice(('max', 'min'))}({one}, {two})"
    function = chance.choice([*sorted({*SLOPES, *NAMED} - {"log", "ln", "sqrt", "exp"}), "exp", "log", "sqrt"])
    if function in ("log", "sqrt", "ln"):
        return f"{function}(1 + ({one})^2)"
    return f"exp(sin({one}))" if function == "exp" else f"{function}({one})"


def value(expression: sympy.Expr, point: dict[sympy.Symbol, sympy.Rational]) -> complex:
    return complex(sympy.N(expression.subs(point), 30))


@pytest.mark.parametrize("seed", range(150))
def test_equals_what_sympy_finds(seed: int):
    chance = random.Random(seed)
    formula = read(random_formula(chance, 3), NAMES, NAMED)
    symbols = {name: sympy.Symbol(name, real=True) for name in NAMES}
    point = {symbol: sympy.Rational(chance.randint(-300, 300), 97) for symbol in symbols.values()}
    whole = to_sympy(expanded(formula), symbols.__getitem__)
    for by in NAMES:
        found = to_sympy(derivative_by_hand(formula, by), symbols.__getitem__)
        theirs = sympy.diff(whole, symbols[by])
        assert value(found, point) == pytest.approx(value(theirs, point), rel=1e-12, abs=1e-12)


@pytest.mark.parametrize("function", sorted({*SLOPES, *NAMED}))
def test_the_form_in_the_own_value_is_the_same(function: str):
    symbols = {name: sympy.Symbol(name, positive=True) for name in NAMES}
    formula = read(f"{function}(x*y)", NAMES, NAMED)
    own = to_sympy(expanded(formula), symbols.__getitem__)
    by_output = to_sympy(derivative_by_hand(formula, "x", "z"), symbols.__getitem__).subs(symbols["z"], own)
    point = {symbols["x"]: sympy.Rational(7, 10), symbols["y"]: sympy.Rational(13, 10)}
    assert value(by_output, point) == pytest.approx(value(sympy.diff(own, symbols["x"]), point), rel=1e-12)


@pytest.mark.parametrize(("formula", "by"), SPELLINGS)
def test_is_written_as_people_write_it(formula: str, by: str):
    assert spelled(derivative_by_hand(read(formula, NAMES, NAMED), by)) == SPELLINGS[formula, by]
