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
    """Return a SymPy expression as written mathematics that `to_sympy` turns into an equal expression again.

    It is the same expression wherever SymPy itself has multiplied numbers into sums and no piece lies within another.

    A sum has its polynomial terms first, by falling degree, and begins with a positive term if it has one; a product
    has the number first, then symbols, brackets and functions. Negative powers become fractions, powers of e stay
    powers, a rational number becomes a fraction of two whole ones.

    Parameters
    ----------
    expression
        Symbols, rationals, e, pi, sums, products, powers, cos, log, sin, tanh, and `Piecewise` of these.
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
    """Return a term as a sum has it, where a negative number is subtracted."""
    subtracted = term.is_Rational and _is_negative(term)
    return nodes.Negative(_rational(-term)) if subtracted else from_sympy(term, names)


def _term_place(term: Any) -> tuple[bool, Any]:
    polynomial = bool(term.is_polynomial())
    return not polynomial, -sympy.total_degree(term) if polynomial and term.free_symbols else 0


def _is_negative(term: Any) -> bool:
    return bool(term.as_coeff_Mul()[0].is_negative)


def _product(expression: sympy.Mul, names: Names) -> Written:
    coefficient, rest = expression.as_coeff_Mul()
    if not coefficient.is_Rational:
        raise ValueError(f"the factor {coefficient} cannot be written exactly")
    above = [] if abs(coefficient.p) == 1 else [sympy.Integer(abs(coefficient.p))]
    below = [] if coefficient.q == 1 else [sympy.Integer(coefficient.q)]
    for factor in sorted(sympy.Mul.make_args(rest), key=_factor_place):
        base, exponent = _base_and_exponent(factor)
        if base is not sympy.E and _is_negative(exponent):
            below.append(sympy.Pow(base, -exponent))
        else:
            above.append(factor)
    written = _multiplied(above, names)
    if below:
        written = nodes.Quotient(written, _multiplied(below, names))
    return nodes.Negative(written) if coefficient.is_negative else written


def _base_and_exponent(factor: Any) -> tuple[Any, Any]:
    if isinstance(factor, sympy.exp):
        return sympy.E, factor.exp
    return factor.args if isinstance(factor, sympy.Pow) else (factor, sympy.Integer(1))


def _factor_place(factor: Any) -> tuple[int, Any]:
    base, _ = _base_and_exponent(factor)
    function = base is sympy.E or base.is_Function
    kinds = (base.is_number and not function, base.is_Symbol, not function, True)
    return kinds.index(True), sympy.default_sort_key(factor)


def _multiplied(factors: list[Any], names: Names) -> Written:
    written = tuple(from_sympy(factor, names) for factor in factors)
    if len(written) < 2:
        return written[0] if written else ONE
    return nodes.Product(written, juxtaposed=True)


def _power(expression: Any, names: Names) -> Written:
    base, exponent = _base_and_exponent(expression)
    if base is not sympy.E and _is_negative(exponent):
        return nodes.Quotient(ONE, from_sympy(sympy.Pow(base, -exponent), names))
    if exponent == sympy.Rational(1, 2):
        return nodes.Call("sqrt", (from_sympy(base, names),))
    return nodes.Power(from_sympy(base, names), from_sympy(exponent, names))


def _cases(expression: sympy.Piecewise, names: Names) -> Written:
    """Write the pieces so that each condition says in full when its piece holds, if that can be said.

    Two pieces have a condition and its opposite, more pieces in one variable have their intervals. Only where these
    are not known the conditions are to be read in order, the last as "otherwise".
    """
    folded = sympy.piecewise_fold(expression)
    if not isinstance(folded, sympy.Piecewise):
        return from_sympy(folded, names)
    branches = [tuple(piece) for piece in folded.args]
    (_, first), (_, last) = branches[0], branches[-1]
    if len(branches) == 2 and last == sympy.true and type(first) in RELATIONS:
        branches[1] = (branches[1][0], sympy.Not(first))
    elif len(folded.free_symbols) == 1:
        branches = _on_intervals(folded) or branches
    return nodes.Cases(tuple((from_sympy(value, names), _condition(each, names)) for value, each in branches))


def _on_intervals(expression: sympy.Piecewise) -> list[tuple[Any, Any]]:
    """Return the value on each interval of the one variable, or nothing where SymPy cannot tell the intervals."""
    try:
        pairs = expression.as_expr_set_pairs()
    except NotImplementedError:
        return []
    parts = [(value, part) for value, where in pairs for part in sympy.Union.make_args(where)]
    if not all(isinstance(part, sympy.Interval | sympy.FiniteSet) for _, part in parts):
        return []
    (variable,) = expression.free_symbols
    return [(value, part.as_relational(variable)) for value, part in parts]


def _condition(condition: Any, names: Names) -> Written:
    if condition == sympy.true:
        return OTHERWISE
    if type(condition) in RELATIONS:
        facing = condition if condition.lhs.free_symbols else condition.reversed
        return _relation(names, facing.lhs, (type(facing), facing.rhs))
    bounds = condition.args if isinstance(condition, sympy.And) else ()
    if len(bounds) == 2 and all(isinstance(bound, sympy.StrictLessThan | sympy.LessThan) for bound in bounds):
        lower, upper = sorted(bounds, key=lambda bound: bool(bound.lhs.free_symbols))
        if lower.rhs == upper.lhs:
            return _relation(names, lower.lhs, (type(lower), lower.rhs), (type(upper), upper.rhs))
    raise ValueError("a case with these conditions cannot be written")


def _relation(names: Names, first: Any, *links: tuple[type, Any]) -> Written:
    return nodes.Relation(
        from_sympy(first, names), tuple((RELATIONS[kind], from_sympy(side, names)) for kind, side in links)
    )
