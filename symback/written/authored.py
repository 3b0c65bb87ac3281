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
    (first_value, first), (last_value, last) = folded.args[0], folded.args[-1]
    if len(folded.args) == 2 and last == sympy.true and type(first) in RELATIONS:
        pieces = [(first_value, _condition(first, names)), (last_value, _condition(sympy.Not(first), names))]
    else:
        pieces = _on_intervals(folded, names) or [(value, _condition(each, names)) for value, each in folded.args]
    if len(pieces) == 1 and pieces[0][1] == OTHERWISE:
        return from_sympy(pieces[0][0], names)
    return nodes.Cases(tuple((from_sympy(value, names), condition) for value, condition in pieces))


def _on_intervals(expression: sympy.Piecewise, names: Names) -> list[tuple[Any, Written]]:
    """Return the value on each interval of a single variable, or nothing where SymPy cannot tell the intervals."""
    if len(expression.free_symbols) != 1:
        return []
    try:
        pairs = expression.as_expr_set_pairs()
    except NotImplementedError:
        return []
    parts = [(value, _parts(where)) for value, where in pairs]
    if not all(isinstance(part, sympy.Interval | sympy.FiniteSet) for _, row in parts for part in row):
        return []
    variable = from_sympy(expression.free_symbols.pop(), names)
    ordered = [(value, part) for value, row in parts for part in sorted(row, key=lambda part: part.inf)]
    return [(value, _within(part, variable, names)) for value, part in ordered]


def _parts(where: Any) -> list[Any]:
    """Return the pieces of a union, points one by one."""
    pieces = []
    for part in sympy.Union.make_args(where):
        pieces += [sympy.FiniteSet(point) for point in part] if isinstance(part, sympy.FiniteSet) else [part]
    return pieces


def _within(part: Any, variable: Written, names: Names) -> Written:
    """Return the condition that the variable lies in an interval or is a single number."""
    if isinstance(part, sympy.FiniteSet):
        return nodes.Relation(variable, (("=", from_sympy(part.inf, names)),))
    left, right = "<" if part.left_open else "≤", "<" if part.right_open else "≤"
    bounded_below, bounded_above = part.start.is_finite, part.end.is_finite
    if bounded_below and bounded_above:
        return nodes.Relation(from_sympy(part.start, names), ((left, variable), (right, from_sympy(part.end, names))))
    if bounded_below:
        return nodes.Relation(variable, ((">" if part.left_open else "≥", from_sympy(part.start, names)),))
    return nodes.Relation(variable, ((right, from_sympy(part.end, names)),)) if bounded_above else OTHERWISE


def _condition(condition: Any, names: Names) -> Written:
    if condition == sympy.true:
        return OTHERWISE
    if type(condition) not in RELATIONS:
        raise ValueError("a case with these conditions cannot be written")
    facing = condition if condition.lhs.free_symbols else condition.reversed
    return nodes.Relation(from_sympy(facing.lhs, names), ((RELATIONS[type(facing)], from_sympy(facing.rhs, names)),))
