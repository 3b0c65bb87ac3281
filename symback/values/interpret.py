"""What a written tree is worth: mathematics as it stands on the page, evaluated over exact reals and matrices of them.

The page's own order is followed, factor by factor and term by term; nothing is simplified first. A scalar next to a
matrix in a sum, an entrywise product, a quotient or a function acts on every entry, as in ``a ∘ (1 − a)``.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from functools import cmp_to_key, reduce
from typing import Any, TypeAlias

from flint import fmpq

from symback.values.real import Real
from symback.written import nodes

Value: TypeAlias = Real | tuple[tuple[Real, ...], ...]
"""A number, or the rows of a matrix."""

_Find: TypeAlias = Callable[[str], Real]


class UnknownValue(KeyError):
    """A part of the tree has no value: a quantity without a number, a bare symbol, a sum over an index, dots."""


def interpret(node: nodes.Written, environment: Mapping[str, Real]) -> Value:
    """Return the value of a written tree.

    Zero times an unknown number is zero.

    Parameters
    ----------
    node : Written
        The tree.
    environment : Mapping[str, Real]
        The value of each `Name` and `Partial`, by its key; the numbers of a `Valued` node come before it.

    Returns
    -------
    Real or tuple of tuples of Real
        A number, or the rows of a matrix.

    Raises
    ------
    UnknownValue
        If a part that matters has no value.
    ValueError
        If shapes do not fit, a logarithm or root does not exist, or no case applies.
    ZeroDivisionError
        If a divisor is zero, or cannot be told from zero.
    """
    return _value(node, environment.__getitem__)


def _value(node: nodes.Written, find: _Find) -> Value:
    try:
        rule = _RULES[type(node)]
    except KeyError:
        raise UnknownValue(f"{type(node).__name__} stands for no number") from None
    return rule(node, find)


def _leaf(node: nodes.Name | nodes.Partial, find: _Find) -> Value:
    try:
        return find(node.key)
    except KeyError as error:
        raise UnknownValue(node.key) from error


def _number(node: nodes.Number, find: _Find) -> Value:
    return Real.of(node.text)


def _constant(node: nodes.Constant, find: _Find) -> Value:
    return _CONSTANTS[node.name]


def _sum(node: nodes.Sum, find: _Find) -> Value:
    return _entrywise(_sum_of, *[_value(term, find) for term in node.terms])


def _negative(node: nodes.Negative, find: _Find) -> Value:
    return _entrywise(operator.neg, _value(node.operand, find))


def _product(node: nodes.Product, find: _Find) -> Value:
    try:
        factors = [_value(factor, find) for factor in node.factors]
    except UnknownValue:
        if any(_is_zero(factor, find) for factor in node.factors):
            return Real.of(0)
        raise
    return _entrywise(_product_of, *factors) if node.sign == "hadamard" else reduce(_multiply, factors)


def _is_zero(node: nodes.Written, find: _Find) -> bool:
    try:
        value = _value(node, find)
    except UnknownValue:
        return False
    return isinstance(value, Real) and value.rational == 0


def _quotient(node: nodes.Quotient, find: _Find) -> Value:
    return _entrywise(operator.truediv, _value(node.numerator, find), _value(node.denominator, find))


def _power(node: nodes.Power, find: _Find) -> Value:
    exponent = _scalar(_value(node.exponent, find))
    if node.base == nodes.Constant("e"):
        return exponent.exp()
    base, rational = _scalar(_value(node.base, find)), exponent.rational
    if rational is not None and rational.q == 1:
        return base ** int(rational.p)
    return base.apply("sqrt") if rational == fmpq(1, 2) else (exponent * base.log()).exp()


def _call(node: nodes.Call, find: _Find) -> Value:
    function = _FUNCTIONS.get(node.function) if isinstance(node.function, str) else None
    if function is None or node.primes:
        raise UnknownValue(f"the function {node.function} is not known by its name")
    return _entrywise(function, *(_value(argument, find) for argument in node.arguments))


def _norm(node: nodes.Norm, find: _Find) -> Value:
    vector = _value(node.operand, find)
    entries = [vector] if isinstance(vector, Real) else [entry for row in vector for entry in row]
    return Real.sum(entry * entry for entry in entries).apply("sqrt")


def _matrix(node: nodes.Matrix, find: _Find) -> Value:
    return tuple([tuple([_scalar(_value(entry, find)) for entry in row]) for row in node.rows])


def _transpose(node: nodes.Transpose, find: _Find) -> Value:
    operand = _value(node.operand, find)
    return operand if isinstance(operand, Real) else tuple(zip(*operand, strict=True))


def chosen_case(node: nodes.Cases, environment: Mapping[str, Real]) -> nodes.Written:
    """Return the branch of `node` whose condition is the first to hold.

    Raises
    ------
    UnknownValue
        If a condition has no value.
    ValueError
        If no condition holds.
    """
    return _chosen(node, environment.__getitem__)


def _cases(node: nodes.Cases, find: _Find) -> Value:
    return _value(_chosen(node, find), find)


def _chosen(node: nodes.Cases, find: _Find) -> nodes.Written:
    for branch, condition in node.branches:
        if _holds(condition, find):
            return branch
    raise ValueError("none of the cases applies")


def _holds(condition: nodes.Written, find: _Find) -> bool:
    """Say whether every link of a condition such as ``0 < z ≤ 1`` holds; words such as "otherwise" always do."""
    if isinstance(condition, nodes.Text):
        return True
    if not isinstance(condition, nodes.Relation) or any(sign not in _COMPARISONS for sign, _ in condition.links):
        raise UnknownValue("the condition of a case is a comparison")
    left = _scalar(_value(condition.first, find))
    for sign, side in condition.links:
        right = _scalar(_value(side, find))
        if not _COMPARISONS[sign](left.compare(right), 0):
            return False
        left = right
    return True


def _body(node: nodes.Group | nodes.Annotation, find: _Find) -> Value:
    return _value(node.body, find)


def _valued(node: nodes.Valued, find: _Find) -> Value:
    def find_number(key: str) -> Real:
        number = node.numbers.get(key)
        return find(key) if number is None else _scalar(_value(number, find))

    return _value(node.body, find_number)


def _scalar(value: Value) -> Real:
    if not isinstance(value, Real):
        raise ValueError(f"a {_shape(value)} matrix stands where only a number can stand")
    return value


def _shape(value: Value) -> str:
    return "scalar" if isinstance(value, Real) else f"{len(value)}×{len(value[0])}"


def _entrywise(operation: Callable[..., Real], *values: Value) -> Value:
    """Apply an operation to numbers, or to the entries in the same place of matrices; numbers go with every entry."""
    matrices = [value for value in values if not isinstance(value, Real)]
    if not matrices:
        return operation(*values)
    if len({_shape(matrix) for matrix in matrices}) > 1:
        raise ValueError(f"matrices of different shapes: {', '.join(map(_shape, matrices))}")
    rows, columns = len(matrices[0]), len(matrices[0][0])
    filled = [((value,) * columns,) * rows if isinstance(value, Real) else value for value in values]
    return tuple(tuple(map(operation, *lines)) for lines in zip(*filled, strict=True))


def _multiply(left: Value, right: Value) -> Value:
    if isinstance(left, Real) and isinstance(right, Real):
        return left * right
    if isinstance(left, Real) or isinstance(right, Real):
        return _entrywise(operator.mul, left, right)
    if len(left[0]) != len(right):
        raise ValueError(f"a {_shape(left)} matrix cannot be multiplied by a {_shape(right)} one")
    columns = tuple(zip(*right, strict=True))
    return tuple(tuple(Real.sum(map(operator.mul, row, column)) for column in columns) for row in left)


def _sum_of(*terms: Real) -> Real:
    return Real.sum(terms)


def _product_of(*factors: Real) -> Real:
    return reduce(operator.mul, factors)


_by_size = cmp_to_key(Real.compare)

_CONSTANTS = {"e": Real.of(1).exp(), "pi": Real.pi()}

_FUNCTIONS: dict[str, Callable[..., Real]] = {
    "max": lambda *numbers: max(numbers, key=_by_size),
    "min": lambda *numbers: min(numbers, key=_by_size),
    "abs": operator.abs,
    "exp": Real.exp,
    "log": Real.log,
    "sgn": lambda number: Real.of(number.sign()),
    "ln": Real.log,
    **{name: operator.methodcaller("apply", name) for name in ("sqrt", "tanh", "sin", "cos")},
}

_COMPARISONS: dict[str, Callable[[int, int], bool]] = {
    "<": operator.lt,
    ">": operator.gt,
    "≤": operator.le,
    "≥": operator.ge,
    "=": operator.eq,
    "≠": operator.ne,
}

_RULES: dict[type[nodes.Written], Callable[[Any, _Find], Value]] = {
    nodes.Name: _leaf,
    nodes.Partial: _leaf,
    nodes.Number: _number,
    nodes.Constant: _constant,
    nodes.Sum: _sum,
    nodes.Negative: _negative,
    nodes.Product: _product,
    nodes.Quotient: _quotient,
    nodes.Power: _power,
    nodes.Transpose: _transpose,
    nodes.Norm: _norm,
    nodes.Call: _call,
    nodes.Cases: _cases,
    nodes.Matrix: _matrix,
    nodes.Annotation: _body,
    nodes.Group: _body,
    nodes.Valued: _valued,
}
"""What each kind of node is worth; a kind that is missing here has no value."""
