"""What SymPy says of an expression in one variable: its derivative, and where it has a kink."""

from __future__ import annotations

from functools import lru_cache

import sympy

from symback.written.authored import from_sympy
from symback.written.calculus import to_sympy
from symback.written.nodes import Name, Written


@lru_cache(maxsize=256)
def derivative(form: Written, variable: str) -> Written:
    """Return the derivative of `form` by the name `variable`, as SymPy finds it."""
    symbol = sympy.Symbol(variable, real=True)
    return from_sympy(sympy.diff(to_sympy(form, lambda _: symbol), symbol), lambda _: Name(variable))


@lru_cache(maxsize=256)
def kinks(form: Written, variable: str) -> tuple[str, ...]:
    """Return the rational points at which two cases of `form` meet and it or its derivative jumps, in order."""
    symbol = sympy.Symbol(variable, real=True)
    expression = to_sympy(form, lambda _: symbol)
    meetings = (
        sympy.solve(condition.lhs - condition.rhs, symbol)
        for condition in expression.atoms(sympy.core.relational.Relational)
    )
    points = {point for found in meetings for point in found if point.is_Rational}
    return tuple(
        str(point)
        for point in sorted(points)
        if any(_jumps(function, symbol, point) for function in (expression, sympy.diff(expression, symbol)))
    )


def _jumps(function: sympy.Expr, symbol: sympy.Symbol, point: sympy.Rational) -> bool:
    """Say whether the cases on the two sides of `point` give it different values."""
    folded = sympy.piecewise_fold(function)
    cases = folded.args if isinstance(folded, sympy.Piecewise) else ((folded, sympy.true),)
    left, right = (
        next((case for case, condition in cases if condition.subs(symbol, point + side) == sympy.true), None)
        for side in (-_NEAR, _NEAR)
    )
    if left is None or right is None:
        return True
    return bool(sympy.simplify((left - right).subs(symbol, point)) != 0)


_NEAR = sympy.Rational(1, 10**9)
