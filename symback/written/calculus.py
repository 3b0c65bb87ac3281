"""From mathematics as written to SymPy expressions: exact, without parsing, and with kinks as pieces.

A maximum becomes a `Piecewise` and never a `Max`, whose derivative would be ½ at the kink. Where two values tie, the
constant one wins, so ``max(0, x)`` has the derivative 0 at 0; ``abs`` has it too.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import reduce
from operator import add, mul
from typing import Any

import sympy

from symback.written import nodes
from symback.written.authored import OTHERWISE, from_sympy
from symback.written.nodes import Written

__all__ = ["from_sympy", "to_sympy"]

Symbols = Callable[[str], sympy.Expr]
Relate = Callable[[sympy.Expr, sympy.Expr], Any]


def maximum(*arguments: sympy.Expr) -> sympy.Expr:
    """Return the greatest of the arguments as pieces."""
    return _extreme(arguments, sympy.Gt, sympy.Ge)


def minimum(*arguments: sympy.Expr) -> sympy.Expr:
    """Return the least of the arguments as pieces."""
    return _extreme(arguments, sympy.Lt, sympy.Le)


def _extreme(arguments: Sequence[sympy.Expr], beats: Relate, ties: Relate) -> sympy.Expr:
    """Return pieces in which the first constant, or else the first argument, wins where several are equal."""
    ordered = sorted(arguments, key=lambda argument: bool(argument.free_symbols))
    pieces = []
    for place in range(len(ordered) - 1, 0, -1):
        before = [beats(ordered[place], other) for other in ordered[:place]]
        after = [ties(ordered[place], other) for other in ordered[place + 1 :]]
        pieces.append((ordered[place], sympy.And(*before, *after)))
    return sympy.Piecewise(*pieces, (ordered[0], True))


def absolute(argument: sympy.Expr) -> sympy.Expr:
    """Return the absolute value of a real argument as pieces."""
    return sympy.Piecewise((argument, argument > 0), (-argument, argument < 0), (0, True))


def sign(argument: sympy.Expr) -> sympy.Expr:
    """Return the sign of a real argument as pieces; that of 0 is 0."""
    return sympy.Piecewise((1, argument > 0), (-1, argument < 0), (0, True))


FUNCTIONS: Mapping[str, Callable[..., sympy.Expr]] = {
    "abs": absolute,
    "cos": sympy.cos,
    "exp": sympy.exp,
    "ln": sympy.log,
    "log": sympy.log,
    "max": maximum,
    "min": minimum,
    "sgn": sign,
    "sin": sympy.sin,
    "sqrt": sympy.sqrt,
    "tanh": sympy.tanh,
    "ReLU": lambda argument: maximum(sympy.Integer(0), argument),
}
CONSTANTS = {"e": sympy.E, "pi": sympy.pi}
RELATIONS = {"<": sympy.Lt, ">": sympy.Gt, "≤": sympy.Le, "≥": sympy.Ge, "=": sympy.Eq, "≠": sympy.Ne}


def to_sympy(node: Written, symbols: Symbols) -> Any:
    """Return what `node` says as a SymPy expression, or as a SymPy matrix where it is one.

    Parameters
    ----------
    node
        The written mathematics. A `Derivative` that is only written down is evaluated.
    symbols
        Gives the expression for the key of a `Name` or `Partial`.

    Raises
    ------
    ValueError
        If a node has no value: a relation outside of cases, an ellipsis, text, a symbol of the notation, an unknown
        function or a product of matrices whose sizes do not fit.
    """
    convert = _CONVERTERS.get(type(node))
    if convert is None:
        raise ValueError(f"{type(node).__name__} has no value that could be calculated with")
    return convert(node, symbols)


def _factors(node: Written, symbols: Symbols) -> list[Any]:
    """Return the factors of nested products, quotients and signs in one row.

    Multiplied all at once, a number is not distributed over a sum that has further factors: ``3 (x + 1)/y`` stays.
    """
    match node:
        case nodes.Product(factors, sign) if sign != "hadamard":
            return [part for factor in factors for part in _factors(factor, symbols)]
        case nodes.Quotient(numerator, denominator):
            below = [_raised(part, sympy.Integer(-1)) for part in _factors(denominator, symbols)]
            return _factors(numerator, symbols) + below
        case nodes.Negative(operand):
            return [sympy.Integer(-1), *_factors(operand, symbols)]
        case nodes.Group(body):
            return _factors(body, symbols)
    return [to_sympy(node, symbols)]


def _raised(base: Any, exponent: Any) -> Any:
    if base.is_zero and exponent.is_negative:
        raise ValueError("this divides by zero")
    return sympy.Pow(base, exponent)


def _power(node: nodes.Power, symbols: Symbols) -> Any:
    return _raised(to_sympy(node.base, symbols), to_sympy(node.exponent, symbols))


def _multiplied(node: Written, symbols: Symbols) -> Any:
    factors = _factors(node, symbols)
    matrices = any(isinstance(factor, sympy.MatrixBase) for factor in factors)
    return reduce(mul, factors) if matrices else sympy.Mul(*factors)


def _product(node: nodes.Product, symbols: Symbols) -> Any:
    if node.sign != "hadamard":
        return _multiplied(node, symbols)
    factors = [to_sympy(factor, symbols) for factor in node.factors]
    matrices = all(isinstance(factor, sympy.MatrixBase) for factor in factors)
    return reduce(sympy.matrix_multiply_elementwise if matrices else mul, factors)


def _sum(node: nodes.Sum, symbols: Symbols) -> Any:
    terms = [to_sympy(term, symbols) for term in node.terms]
    matrices = any(isinstance(term, sympy.MatrixBase) for term in terms)
    return reduce(add, terms) if matrices else sympy.Add(*terms)


def _call(node: nodes.Call, symbols: Symbols) -> Any:
    name = node.function if isinstance(node.function, str) else node.function.base
    if name not in FUNCTIONS:
        raise ValueError(f"the function {name!r} is not known; known are {', '.join(FUNCTIONS)}")
    arguments = [to_sympy(argument, symbols) for argument in node.arguments]
    if not node.primes:
        return FUNCTIONS[name](*arguments)
    inner = sympy.Dummy(real=True)
    return FUNCTIONS[name](inner).diff(inner, node.primes).subs(inner, *arguments)


def _derivative(node: nodes.Derivative, symbols: Symbols) -> Any:
    by = to_sympy(node.by, symbols)
    if not isinstance(by, sympy.Symbol):
        raise ValueError("a derivative is taken by a single quantity")
    return sympy.diff(to_sympy(node.of, symbols), by)


def _condition(node: Written, symbols: Symbols) -> Any:
    if node == OTHERWISE:
        return sympy.true
    if not isinstance(node, nodes.Relation):
        raise ValueError(f"{type(node).__name__} is not a condition")
    left = to_sympy(node.first, symbols)
    links = []
    for sign, side in node.links:
        if sign not in RELATIONS:
            raise ValueError(f"{sign} is not the sign of a condition")
        right = to_sympy(side, symbols)
        links.append(RELATIONS[sign](left, right))
        left = right
    return sympy.And(*links)


def _cases(node: nodes.Cases, symbols: Symbols) -> Any:
    """Return the pieces; a last condition that only says "otherwise" in other words becomes true."""
    conditions = [_condition(condition, symbols) for _, condition in node.branches]
    if conditions[-1] == sympy.Not(sympy.Or(*conditions[:-1])):
        conditions[-1] = sympy.true
    values = [to_sympy(value, symbols) for value, _ in node.branches]
    return sympy.Piecewise(*zip(values, conditions, strict=True))


def _norm(node: nodes.Norm, symbols: Symbols) -> Any:
    operand = to_sympy(node.operand, symbols)
    entries = operand if isinstance(operand, sympy.MatrixBase) else [operand]
    return sympy.sqrt(sympy.Add(*(entry**2 for entry in entries)))


def _valued(node: nodes.Valued, symbols: Symbols) -> Any:
    numbers = node.numbers
    return to_sympy(node.body, lambda key: to_sympy(numbers[key], symbols) if key in numbers else symbols(key))


def _constant(node: nodes.Constant, symbols: Symbols) -> Any:
    if node.name not in CONSTANTS:
        raise ValueError(f"the constant {node.name!r} is not known; known are {', '.join(CONSTANTS)}")
    return CONSTANTS[node.name]


def _number(node: nodes.Number, symbols: Symbols) -> Any:
    return sympy.Rational(*node.value.as_integer_ratio())


def _transpose(node: nodes.Transpose, symbols: Symbols) -> Any:
    operand = to_sympy(node.operand, symbols)
    return operand.T if isinstance(operand, sympy.MatrixBase) else operand


_CONVERTERS: Mapping[type, Callable[[Any, Symbols], Any]] = {
    nodes.Name: lambda node, symbols: symbols(node.key),
    nodes.Partial: lambda node, symbols: symbols(node.key),
    nodes.Number: _number,
    nodes.Constant: _constant,
    nodes.Sum: _sum,
    nodes.Negative: _multiplied,
    nodes.Product: _product,
    nodes.Quotient: _multiplied,
    nodes.Power: _power,
    nodes.Transpose: _transpose,
    nodes.Norm: _norm,
    nodes.Call: _call,
    nodes.Derivative: _derivative,
    nodes.Cases: _cases,
    nodes.Matrix: lambda node, symbols: sympy.Matrix(
        [[to_sympy(entry, symbols) for entry in row] for row in node.rows]
    ),
    nodes.Group: lambda node, symbols: to_sympy(node.body, symbols),
    nodes.Annotation: lambda node, symbols: to_sympy(node.body, symbols),
    nodes.Valued: _valued,
}
