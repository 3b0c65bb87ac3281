"""Oracle (a): the whole loss as one SymPy expression, differentiated by each parameter, evaluated to 60 digits.

Slow on purpose: nothing is shared between one derivative and the next, so nothing can be shared wrongly.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import reduce
from operator import add, eq, ge, gt, le, lt, mul, ne

import mpmath
import sympy

from tests.oracles.functions import DECIMAL, SYMBOLIC
from tests.oracles.network import BEFORE_SHIFTS, Network

DIGITS = 60


class Positive(sympy.Function):
    """x where x > 0, else 0; kept whole, because pieces within pieces make SymPy compare every pair of conditions."""

    def fdiff(self, argindex: int = 1) -> sympy.Expr:
        return Step(self.args[0])


class Step(sympy.Function):
    """The slope of `Positive`: 1 where x > 0, else 0."""

    def fdiff(self, argindex: int = 1) -> sympy.Expr:
        return sympy.Integer(0)


COMPOSED = replace(SYMBOLIC, positive=Positive)


def symbolic_gradients(network: Network, root: str = "loss") -> dict[str, mpmath.mpf]:
    """Return the derivative of the loss, or of another root, by every quantity that it depends on, by id."""
    loss, symbols, numbers = whole_loss(network, root)
    with mpmath.workdps(DIGITS):
        return {name: value(sympy.diff(loss, symbol), numbers) for name, symbol in symbols.items()}


def whole_loss(
    network: Network, root: str = "loss"
) -> tuple[sympy.Expr, dict[str, sympy.Symbol], dict[sympy.Expr, mpmath.mpf]]:
    """Return the loss as one expression, its symbols by id, and the number of every symbol.

    The symbols of intermediate quantities shift these, by 0. What a stated quantity's definition gives is a constant.
    """
    symbols = {name: sympy.Symbol(name, real=True) for name in (*network.given, *network.intermediate)}
    shifts = {name: symbols[name] for name in network.intermediate}
    with mpmath.workdps(DIGITS):
        numbers = network.numbers(DECIMAL)
        settled = network.forward(numbers, DECIMAL)
        constants = {BEFORE_SHIFTS + name: sympy.Symbol(BEFORE_SHIFTS + name, real=True) for name in network.stated}
        known = {symbol: numbers.get(name, mpmath.mpf(0)) for name, symbol in symbols.items()}
        known |= {symbol: settled[name] for name, symbol in constants.items()}
    return network.forward(symbols, COMPOSED, shifts, constants)[root], symbols, known


def value(expression: sympy.Expr, known: dict[sympy.Expr, mpmath.mpf]) -> mpmath.mpf:
    """Return what `expression` is worth at mpmath's precision; `known` has its symbols and remembers every part."""
    if expression not in known:
        known[expression] = _value(expression, known)
    return known[expression]


def _value(expression: sympy.Expr, known: dict[sympy.Expr, mpmath.mpf]) -> mpmath.mpf:
    if expression.is_Rational:
        return mpmath.mpf(expression.p) / expression.q
    if isinstance(expression, sympy.Piecewise):
        return next(value(branch, known) for branch, condition in expression.args if _holds(condition, known))
    return _RULES[expression.func](*(value(part, known) for part in expression.args))


def _holds(condition: sympy.Basic, known: dict[sympy.Expr, mpmath.mpf]) -> bool:
    if isinstance(condition, sympy.And):
        return all(_holds(part, known) for part in condition.args)
    if isinstance(condition, sympy.Or):
        return any(_holds(part, known) for part in condition.args)
    if isinstance(condition, sympy.ITE):
        where, then, otherwise = condition.args
        return _holds(then if _holds(where, known) else otherwise, known)
    if condition in (sympy.true, sympy.false):
        return bool(condition)
    return _COMPARISONS[condition.func](*(value(side, known) for side in condition.args))


_RULES: Mapping[type, Callable[..., mpmath.mpf]] = {
    sympy.Add: lambda *terms: reduce(add, terms),
    sympy.Mul: lambda *factors: reduce(mul, factors),
    sympy.Pow: mpmath.power,
    sympy.exp: mpmath.exp,
    sympy.log: mpmath.log,
    sympy.sin: mpmath.sin,
    sympy.cos: mpmath.cos,
    sympy.tanh: mpmath.tanh,
    type(sympy.E): lambda: +mpmath.e,
    type(sympy.pi): lambda: +mpmath.pi,
    Positive: lambda x: x if x > 0 else mpmath.mpf(0),
    Step: lambda x: mpmath.mpf(x > 0),
}
_COMPARISONS: Mapping[type, Callable[[mpmath.mpf, mpmath.mpf], bool]] = {
    sympy.StrictLessThan: lt,
    sympy.StrictGreaterThan: gt,
    sympy.LessThan: le,
    sympy.GreaterThan: ge,
    sympy.Equality: eq,
    sympy.Unequality: ne,
}
