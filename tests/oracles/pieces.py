"""Functions of one variable with kinks, taken apart into the smooth pieces between them."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from itertools import pairwise

import sympy

from tests.oracles.symbolic import Positive, Step

x = sympy.Symbol("x", real=True)


def smooth(expression: sympy.Expr, point: sympy.Rational) -> sympy.Expr:
    """Return the smooth expression in `x` that `expression` is around `point`, which is no kink."""
    if isinstance(expression, sympy.Piecewise):
        return next(smooth(piece, point) for piece, condition in expression.args if bool(condition.subs(x, point)))
    if isinstance(expression, Positive | Step):
        inner = smooth(expression.args[0], point)
        chosen = inner if isinstance(expression, Positive) else sympy.Integer(1)
        return chosen if inner.subs(x, point) > 0 else sympy.Integer(0)
    if not expression.args:
        return expression
    return expression.func(*(smooth(part, point) for part in expression.args))


def between(kinks: Iterable[Fraction | str]) -> list[sympy.Rational]:
    """Return a rational point in every interval between the kinks and outside of them."""
    ends = sorted(sympy.Rational(str(kink)) for kink in kinks)
    if not ends:
        return [sympy.Rational(1, 3)]
    third = sympy.Rational(1, 3)
    return [ends[0] - third, *(low + (high - low) * third for low, high in pairwise(ends)), ends[-1] + third]


def same(left: sympy.Expr, right: sympy.Expr, kinks: Iterable[Fraction | str] = ()) -> bool:
    """Return whether SymPy can show that two expressions in `x` are the same on every piece."""
    return all(sympy.simplify(smooth(left, point) - smooth(right, point)) == 0 for point in between(tuple(kinks)))


def jumps(slope: sympy.Expr, kink: Fraction | str) -> bool:
    """Return whether the one-sided limits of a slope at a point differ, so that there is no derivative there."""
    near, place = sympy.Rational(1, 10**6), sympy.Rational(str(kink))
    left, right = (
        sympy.limit(smooth(slope, place + side * near), x, place, sign) for side, sign in ((-1, "-"), (1, "+"))
    )
    return bool(sympy.simplify(left - right) != 0)
