"""What a formula of a document is worth: numbers, vectors and matrices of balls, with derivatives if asked for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeAlias

from flint import arb

from symback.verify.balls import decimal, exact
from symback.written.nodes import (
    Call,
    Cases,
    Constant,
    Group,
    Matrix,
    Name,
    Negative,
    Norm,
    Number,
    Power,
    Product,
    Quotient,
    Relation,
    Sum,
    Symbol,
    Text,
    Transpose,
    Written,
)


class Unknown(Exception):
    """A formula has no value here: a name is not bound, shapes do not fit, or a function is not known."""


@dataclass(frozen=True, slots=True)
class Dual:
    """A number with its derivative by one quantity."""

    value: arb
    slope: arb

    def __add__(self, other: Dual) -> Dual:
        """Return the sum."""
        return Dual(self.value + other.value, self.slope + other.slope)

    def __neg__(self) -> Dual:
        """Return the opposite."""
        return Dual(-self.value, -self.slope)

    def __mul__(self, other: Dual) -> Dual:
        """Return the product, by the product rule."""
        return Dual(self.value * other.value, self.slope * other.value + self.value * other.slope)

    def __truediv__(self, other: Dual) -> Dual:
        """Return the quotient, by the quotient rule."""
        value = self.value / other.value
        return Dual(value, (self.slope - value * other.slope) / other.value)


Scalar: TypeAlias = Dual
Rows: TypeAlias = tuple[tuple[Dual, ...], ...]
Value: TypeAlias = Dual | Rows
Find: TypeAlias = Callable[[Written], Value]
"""Gives the value of what the formula names: a symbol, or a derivative between symbols; raises `Unknown`."""

ZERO, ONE = arb(0), arb(1)

NO_CASE = "no case applies"
"""Says that the cases of a formula do not cover a value."""


def constant(value: arb) -> Dual:
    """Return a number that does not depend on anything."""
    return Dual(value, ZERO)


def evaluate(node: Written, find: Find, number: Callable[[Written, Fraction, Fraction], arb] | None = None) -> Value:
    """Return the value of a formula.

    Parameters
    ----------
    node
        The formula.
    find
        Gives the value of names, derivatives and functions of the document.
    number
        Gives the ball for a printed number, from its node, value and unit; without it numbers are exact.

    Raises
    ------
    Unknown
        If some part has no value.
    """
    return _Evaluation(find, number).value(node)


def evaluate_at(form: Written, name: str, argument: Dual) -> Dual:
    """Return the value of a formula in one name, such as that of an activation; any other name is 0."""
    value = evaluate(form, lambda node: argument if node == Name(name) else constant(ZERO))
    assert isinstance(value, Dual)
    return value


class _Evaluation:
    def __init__(self, find: Find, number: Callable[[Written, Fraction, Fraction], arb] | None) -> None:
        self.find = find
        self.number = number
        self.rules: dict[type[Written], Callable[..., Value]] = {
            Number: self._number,
            Constant: self._constant,
            Sum: self._sum,
            Negative: self._negative,
            Product: self._product,
            Quotient: self._quotient,
            Power: self._power,
            Group: self._group,
            Call: self._call,
            Matrix: self._matrix,
            Transpose: self._transpose,
            Norm: self._norm,
            Cases: self._cases,
        }

    def value(self, node: Written) -> Value:
        rule = self.rules.get(type(node))
        if rule is not None:
            return rule(node)
        if isinstance(node, (Text, Relation)):
            raise Unknown("words have no value")
        return self.find(node)

    def _number(self, node: Number) -> Value:
        found = decimal(node)
        if found is None:
            raise Unknown("a number that is not read")
        return constant(self.number(node, *found) if self.number else exact(found[0]))

    def _constant(self, node: Constant) -> Value:
        return constant(arb(1).exp() if node.name == "e" else arb.pi())

    def _group(self, node: Group) -> Value:
        return self.value(node.body)

    def _sum(self, node: Sum) -> Value:
        total = self.value(node.terms[0])
        for term in node.terms[1:]:
            total = _entrywise(Dual.__add__, total, self.value(term))
        return total

    def _negative(self, node: Negative) -> Value:
        return _mapped(Dual.__neg__, self.value(node.operand))

    def _product(self, node: Product) -> Value:
        result = self.value(node.factors[0])
        for factor in node.factors[1:]:
            result = multiplied(result, self.value(factor), node.sign)
        return result

    def _quotient(self, node: Quotient) -> Value:
        return _entrywise(_divided, self.value(node.numerator), self.value(node.denominator))

    def _power(self, node: Power) -> Value:
        exponent = self.value(node.exponent)
        if node.base == Constant("e"):
            return _mapped(_exp, exponent)
        if not isinstance(exponent, Dual):
            raise Unknown("a matrix as an exponent")
        found = decimal(node.exponent)
        base = self.value(node.base)
        if found is not None and found[0].denominator == 1:
            whole = int(found[0])
            return _mapped(lambda one: _whole_power(one, whole), base)
        return _mapped(lambda one: _exp(exponent * _log(one)), base)

    def _call(self, node: Call) -> Value:
        arguments = [self.value(argument) for argument in node.arguments]
        function = node.function
        if isinstance(function, Symbol) or node.primes or function not in FUNCTIONS:
            return self.find(node)
        if function in ("max", "min"):
            result = arguments[0]
            for argument in arguments[1:]:
                result = _entrywise(_larger if function == "max" else _smaller, result, argument)
            return result
        if len(arguments) != 1:
            raise Unknown(f"{function} of {len(arguments)} arguments")
        return _mapped(FUNCTIONS[function], arguments[0])

    def _matrix(self, node: Matrix) -> Value:
        rows: list[tuple[Dual, ...]] = []
        for row in node.rows:
            entries = [self.value(entry) for entry in row]
            if not all(isinstance(entry, Dual) for entry in entries):
                raise Unknown("a matrix within a matrix")
            rows.append(tuple(entry for entry in entries if isinstance(entry, Dual)))
        return tuple(rows)

    def _transpose(self, node: Transpose) -> Value:
        operand = self.value(node.operand)
        return operand if isinstance(operand, Dual) else tuple(zip(*operand, strict=True))

    def _norm(self, node: Norm) -> Value:
        operand = self.value(node.operand)
        total = constant(ZERO)
        for entry in [operand] if isinstance(operand, Dual) else [one for row in operand for one in row]:
            total = total + entry * entry
        return _sqrt(total)

    def _cases(self, node: Cases) -> Value:
        for value, condition in node.branches:
            if self.holds(condition):
                return self.value(value)
        raise Unknown(NO_CASE)

    def holds(self, condition: Written) -> bool:
        """Say whether a condition holds; one that balls cannot decide has no value."""
        if isinstance(condition, Text):
            if not condition.text:
                raise Unknown("a case without its condition")
            return True
        if not isinstance(condition, Relation):
            raise Unknown("a condition that is not read")
        left = self.value(condition.first)
        for sign, side in condition.links:
            right = self.value(side)
            if not isinstance(left, Dual) or not isinstance(right, Dual):
                raise Unknown("a condition on matrices")
            if not _compares(left.value - right.value, sign):
                return False
            left = right
        return True


def multiplied(left: Value, right: Value, sign: str = "") -> Value:
    """Return a product as people mean it: by entries where shapes are equal and it says so, else of matrices.

    Two columns (or two rows) of the same length side by side are multiplied entry by entry.
    """
    if isinstance(left, Dual) or isinstance(right, Dual):
        return _entrywise(Dual.__mul__, left, right)
    left, right = _unwrapped(left), _unwrapped(right)
    if isinstance(left, Dual) or isinstance(right, Dual):
        return _entrywise(Dual.__mul__, left, right)
    if sign == "hadamard":
        return _entrywise(Dual.__mul__, left, right)
    if len(left[0]) == len(right):
        return tuple(
            tuple(
                _dot([row[k] for k in range(len(right))], [other[column] for other in right])
                for column in range(len(right[0]))
            )
            for row in left
        )
    if _shape(left) == _shape(right) and 1 in _shape(left):
        return _entrywise(Dual.__mul__, left, right)
    raise Unknown(f"shapes {_said(left)} and {_said(right)} do not fit")


def _dot(left: list[Dual], right: list[Dual]) -> Dual:
    total = left[0] * right[0]
    for one, other in zip(left[1:], right[1:], strict=True):
        total = total + one * other
    return total


def _unwrapped(value: Rows) -> Value:
    return value[0][0] if _shape(value) == (1, 1) else value


def _shape(value: Rows) -> tuple[int, int]:
    return len(value), len(value[0])


def _said(value: Rows) -> str:
    return "{} × {}".format(*_shape(value))


def _mapped(function: Callable[[Dual], Dual], value: Value) -> Value:
    if isinstance(value, Dual):
        return function(value)
    return tuple(tuple(function(entry) for entry in row) for row in value)


def _entrywise(function: Callable[[Dual, Dual], Dual], left: Value, right: Value) -> Value:
    if isinstance(left, Dual):
        if isinstance(right, Dual):
            return function(left, right)
        scalar = left
        return _mapped(lambda entry: function(scalar, entry), right)
    if isinstance(right, Dual):
        other = right
        return _mapped(lambda entry: function(entry, other), left)
    if _shape(left) != _shape(right):
        if _shape(left) == _shape(right)[::-1] and 1 in _shape(left):
            right = tuple(zip(*right, strict=True))
        else:
            raise Unknown(f"shapes {_said(left)} and {_said(right)} do not fit")
    return tuple(
        tuple(function(one, other) for one, other in zip(row, across, strict=True))
        for row, across in zip(left, right, strict=True)
    )


def _compares(difference: arb, sign: str) -> bool:
    if sign == "=":
        return bool(difference == 0) or (bool(difference.contains(0)) and float(difference.rad()) < 1e-30)
    if sign == "≠":
        return not difference.contains(0)
    if difference.contains(0) and float(difference.rad()) > 1e-30:
        raise Unknown("a condition that the printed digits do not decide")
    value = 0.0 if difference.contains(0) else float(difference)
    return {"<": value < 0, ">": value > 0, "≤": value <= 0, "≥": value >= 0}[sign]


def _divided(left: Dual, right: Dual) -> Dual:
    if right.value.contains(0):
        raise Unknown("a division by what may be zero")
    return left / right


def _whole_power(base: Dual, exponent: int) -> Dual:
    if exponent == 0:
        return constant(ONE)
    if exponent < 0 and base.value.contains(0):
        raise Unknown("a division by what may be zero")
    return Dual(
        base.value**exponent, base.slope * exponent * base.value ** (exponent - 1) if exponent != 1 else base.slope
    )


def _exp(one: Dual) -> Dual:
    value = one.value.exp()
    return Dual(value, value * one.slope)


def _log(one: Dual) -> Dual:
    if not one.value > 0:
        raise Unknown("the logarithm of what may not be positive")
    return Dual(one.value.log(), one.slope / one.value)


def _sqrt(one: Dual) -> Dual:
    if one.value < 0:
        raise Unknown("the root of a negative number")
    value = one.value.sqrt() if not one.value.contains(0) else abs(one.value).sqrt()
    return Dual(value, ZERO if one.slope == 0 else one.slope / (2 * value))


def _sigmoid(one: Dual) -> Dual:
    value = 1 / (1 + (-one.value).exp())
    return Dual(value, value * (1 - value) * one.slope)


def _tanh(one: Dual) -> Dual:
    value = one.value.tanh()
    return Dual(value, (1 - value * value) * one.slope)


def _larger(left: Dual, right: Dual) -> Dual:
    if left.value > right.value:
        return left
    if left.value < right.value:
        return right
    return _undecided(left, right, left.value.max(right.value))


def _smaller(left: Dual, right: Dual) -> Dual:
    return -_larger(-left, -right)


def _undecided(left: Dual, right: Dual, value: arb) -> Dual:
    """Return the larger of two that balls cannot tell apart; at a tie that of the constant one counts: ReLU′(0) = 0."""
    if left.slope == 0 and right.slope == 0:
        return constant(value)
    return Dual(value, left.slope if left.value == 0 and left.slope == 0 else right.slope)


def _absolute(one: Dual) -> Dual:
    return -one if one.value < 0 else one


def _relu(one: Dual) -> Dual:
    return _larger(constant(ZERO), one)


def _step(one: Dual) -> Dual:
    if one.value > 0:
        return constant(ONE)
    if one.value <= 0:
        return constant(ZERO)
    raise Unknown("a step that the printed digits do not decide")


def _slope_of(function: Callable[..., Dual]) -> Callable[[arb], arb]:
    return lambda argument: function(Dual(argument, ONE)).slope


FUNCTIONS: dict[str, Callable[..., Dual]] = {
    "exp": _exp, "log": _log, "sqrt": _sqrt, "tanh": _tanh, "abs": _absolute, "sigmoid": _sigmoid, "relu": _relu,
    "linear": lambda one: one, "step": _step, "max": _larger, "min": _smaller,
    "sin": lambda one: Dual(one.value.sin(), one.value.cos() * one.slope),
    "cos": lambda one: Dual(one.value.cos(), -one.value.sin() * one.slope),
}  # fmt: skip
"""Functions that documents call by a name of their own."""

PRIMES: dict[str, Callable[[arb], arb]] = {
    name: _slope_of(function) for name, function in FUNCTIONS.items() if name not in ("max", "min")
}
"""Their derivatives, as functions of the argument."""
