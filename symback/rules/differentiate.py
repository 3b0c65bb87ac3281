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
    """Return the rational points at which two cases of `form` meet, in ascending order."""
    symbol = sympy.Symbol(variable, real=True)
    meetings = (
        sympy.solve(condition.lhs - condition.rhs, symbol)
        for condition in to_sympy(form, lambda _: symbol).atoms(sympy.core.relational.Relational)
    )
    points = {point for found in meetings for point in found if point.is_Rational}
    return tuple(str(point) for point in sorted(points))
