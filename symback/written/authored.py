"""From SymPy expressions to mathematics in an author's order: ``1 - x^2`` and ``x^2 - 3x + 7``, ``2x`` and ``x/2``."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import sympy

from symback.written import nodes
from symback.written.nodes import Number, Written

Names = Callable[[sympy.Symbol], Written]

OTHERWISE = nodes.Text("otherwise")
"""The condition of a last branch that takes all that is left."""

FUNCTIONS: Mapping[type, str] = {sympy.cos: "cos", sympy.log: "log", sympy.sin: "sin", sympy.tanh: "tanh"}
RELATIONS: Mapping[type, str] = {
    sympy.StrictLessThan: "<",
    sympy.StrictGreaterThan: ">",
    sympy.LessThan: "≤",
    sympy.GreaterThan: "≥",
    sympy.Equality: "=",
    sympy.Unequality: "≠",
}
CONSTANTS = {sympy.E: "e", sympy.pi: "pi"}
ONE = Number("1")


def from_sympy(expression: Any, names: Names) -> Written:
    """Return a SymPy expression as written mathematics that `to_sympy` turns into the same expression again.

    A sum has its polynomial terms first, by falling degree, and begins with a positive term if it has one; a product
    has the number first, then symbols, brackets and functions. Negative powers become fractions, powers of e stay
    powers, a rational number becomes a fraction of two whole ones.

    Parameters
    ----------
    expression
        Symbols, rationals, e, pi, sums, products, powers, cos, log, sin, tanh, and `Piecewise` of these with
        conditions that are single relations.
    names
        Gives what is written for a symbol.

    Raises
    ------
    ValueError
        If the expression has anything else in it, such as a binary float or a complex number.
    """
    match expression:
        case sympy.Symbol():
            return names(expression)
        case sympy.Rational():
            return _rational(expression)
        case sympy.Add():
            return _sum(expression, names)
        case sympy.Mul():
            return _product(expression, names)
        case sympy.Pow() | sympy.exp():
            return _power(expression, names)
        case sympy.Piecewise():
            return _cases(expression, names)
        case sympy.Basic() if expression in CONSTANTS:
            return nodes.Constant(CONSTANTS[expression])
        case sympy.Function() if expression.func in FUNCTIONS:
            return nodes.Call(FUNCTIONS[expression.func], tuple(from_sympy(part, names) for part in expression.args))
    raise ValueError(f"{type(expression).__name__} cannot be written as mathematics on a page")


def _rational(value: sympy.Rational) -> Written:
    if value.is_integer:
        return Number(str(value))
    quotient = nodes.Quotient(Number(str(abs(value.p))), Number(str(value.q)))
    return nodes.Negative(quotient) if value.is_negative else quotient


def _sum(expression: sympy.Add, names: Names) -> Written:
    terms = sorted(expression.as_ordered_terms(), key=_term_place)
    first = next((place for place, term in enumerate(terms) if not _is_negative(term)), 0)
    terms.insert(0, terms.pop(first))
    return nodes.Sum(tuple(_term(term, names) for term in terms))


def _term(term: Any, names: Names) -> Written:
    return nodes.Negative(from_sympy(-term, names)) if _is_negative(term) else from_sympy(term, names)


def _term_place(term: Any) -> tuple[bool, Any]:
    polynomial = bool(term.is_polynomial())
    return not polynomial, -sympy.total_degree(term) if polynomial and term.free_symbols else 0


def _is_negative(term: Any) -> bool:
    return bool(term.as_coeff_Mul()[0].is_negative)


def _product(expression: sympy.Mul, names: Names) -> Written:
    coefficient, rest = expression.as_coeff_Mul()
    if coefficient.is_negative:
        return nodes.Negative(from_sympy(-coefficient * rest, names))
    above = [] if coefficient.p == 1 else [sympy.Integer(coefficient.p)]
    below = [] if coefficient.q == 1 else [sympy.Integer(coefficient.q)]
    for factor in sorted(sympy.Mul.make_args(rest), key=_factor_place):
        base, exponent = factor.as_base_exp()
        if base is not sympy.E and _is_negative(exponent):
            below.append(sympy.Pow(base, -exponent))
        else:
            above.append(factor)
    numerator = _multiplied(above, names)
    return nodes.Quotient(numerator, _multiplied(below, names)) if below else numerator


def _factor_place(factor: Any) -> tuple[int, Any]:
    base, _ = factor.as_base_exp()
    function = base is sympy.E or base.is_Function
    kinds = (base.is_number and not function, base.is_Symbol, not function, True)
    return kinds.index(True), sympy.default_sort_key(factor)


def _multiplied(factors: list[Any], names: Names) -> Written:
    written = tuple(from_sympy(factor, names) for factor in factors)
    if len(written) < 2:
        return written[0] if written else ONE
    return nodes.Product(written, juxtaposed=True)


def _power(expression: Any, names: Names) -> Written:
    base, exponent = expression.as_base_exp()
    if base is not sympy.E and _is_negative(exponent):
        return nodes.Quotient(ONE, from_sympy(sympy.Pow(base, -exponent), names))
    if exponent == sympy.Rational(1, 2):
        return nodes.Call("sqrt", (from_sympy(base, names),))
    return nodes.Power(from_sympy(base, names), from_sympy(exponent, names))


def _cases(expression: sympy.Piecewise, names: Names) -> Written:
    """Write the pieces; the last of two says its condition in full, as the opposite of the first."""
    conditions = [condition for _, condition in expression.args]
    if len(conditions) == 2 and conditions[1] == sympy.true and type(conditions[0]) in RELATIONS:
        conditions[1] = sympy.Not(conditions[0])
    return nodes.Cases(
        tuple(
            (from_sympy(value, names), _condition(condition, names))
            for (value, _), condition in zip(expression.args, conditions, strict=True)
        )
    )


def _condition(condition: Any, names: Names) -> Written:
    if condition == sympy.true:
        return OTHERWISE
    if type(condition) not in RELATIONS:
        raise ValueError("a case with more than one condition cannot be written")
    return nodes.Relation(
        from_sympy(condition.lhs, names), ((RELATIONS[type(condition)], from_sympy(condition.rhs, names)),)
    )
