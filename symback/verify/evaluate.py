"""What a formula of a document is worth: numbers, vectors and matrices of balls, with derivatives if asked for."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from functools import reduce
from typing import TypeAlias

from flint import arb

from symback.verify.arrays import added, entrywise, mapped, multiplied, unwrapped
from symback.verify.balls import decimal, exactly
from symback.verify.duals import NO_CASE, ZERO, Dual, Unknown, Value, constant
from symback.verify.elementary import (
    FUNCTIONS,
    PRIMES,
    divided,
    exponential,
    larger,
    logarithm,
    primed,
    root,
    smaller,
    whole_power,
)
from symback.written.nodes import (
    Call,
    Cases,
    Constant,
    Ellipsis,
    Group,
    IndexedSum,
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
from symback.written.substitute import replace_parts

Find: TypeAlias = Callable[[Written], Value]
"""Gives the value of what the formula names: a symbol, or a derivative between symbols; raises `Unknown`."""

MOST_TERMS = 1_000
"""Terms that the sums over an index in one formula may come to: no network that is worked by hand has so many."""


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
    try:
        return _Evaluation(find, number).value(node)
    except RecursionError:
        raise Unknown("it is nested too deeply") from None


def evaluate_at(form: Written, name: str, argument: Dual) -> Dual:
    """Return the value of a formula in one name, such as that of an activation; any other name is 0."""
    value = evaluate(form, lambda node: argument if node == Name(name) else constant(ZERO))
    assert isinstance(value, Dual)
    return value


ALSO_CALLED = {"ln": "log"}
"""Other names of functions."""


class _Evaluation:
    def __init__(self, find: Find, number: Callable[[Written, Fraction, Fraction], arb] | None) -> None:
        self.find = find
        self.number = number
        self.terms = 0

    def value(self, node: Written) -> Value:
        rule = _RULES.get(type(node))
        return self.find(node) if rule is None else rule(self, node)

    def _words(self, node: Written) -> Value:
        raise Unknown("words have no value")

    def _number(self, node: Number) -> Value:
        found = decimal(node)
        ball = exactly(node.text) if self.number is None or found is None else self.number(node, *found)
        if ball is None:
            raise Unknown("a number that is not read")
        return constant(ball)

    def _constant(self, node: Constant) -> Value:
        return constant(arb(1).exp() if node.name == "e" else arb.pi())

    def _group(self, node: Group) -> Value:
        return self.value(node.body)

    def _sum(self, node: Sum) -> Value:
        """Return a sum; what dots in it leave out is for the network to say."""
        if any(isinstance(term, Ellipsis) for term in node.terms):
            return self.find(node)
        total = self.value(node.terms[0])
        for term in node.terms[1:]:
            total = added(total, self.value(term))
        return total

    def _indexed_sum(self, node: IndexedSum) -> Value:
        """Return a sum whose ends are printed, written out; over what any other runs is for the document to say."""
        ends = node.lower, node.upper
        if not isinstance(node.index, Symbol) or not all(isinstance(end, Number) for end in ends):
            return self.find(node)
        low, high = (decimal(end) for end in ends if end is not None)
        if low is None or high is None or low[1] != 1 or high[1] != 1 or low[0] > high[0]:
            raise Unknown("a sum whose ends are not read")
        self.terms += int(high[0] - low[0]) + 1
        if self.terms > MOST_TERMS:
            raise Unknown("a sum of too many terms")
        places = (Number(str(place)) for place in range(int(low[0]), int(high[0]) + 1))
        return self._sum(Sum(tuple(replace_parts(node.body, [(node.index, place)]) for place in places)))

    def _negative(self, node: Negative) -> Value:
        return mapped(Dual.__neg__, self.value(node.operand))

    def _product(self, node: Product) -> Value:
        """Return a product; with a factor that is exactly 0 it is 0, though another factor is not known."""
        known: list[Value] = []
        try:
            for factor in node.factors:
                known.append(self.value(factor))
            return reduce(lambda one, other: multiplied(one, other, node.sign), known)
        except Unknown:
            behind = node.factors[len(known) + 1 :]
            if any(map(_is_zero, known)) or any(map(self._is_known_zero, behind)):
                return constant(ZERO)
            raise

    def _is_known_zero(self, node: Written) -> bool:
        try:
            return _is_zero(self.value(node))
        except Unknown:
            return False

    def _quotient(self, node: Quotient) -> Value:
        return entrywise(divided, self.value(node.numerator), self.value(node.denominator))

    def _power(self, node: Power) -> Value:
        exponent = unwrapped(self.value(node.exponent))
        if node.base == Constant("e"):
            return mapped(exponential, exponent)
        if not isinstance(exponent, Dual):
            raise Unknown("a matrix as an exponent")
        found = decimal(node.exponent)
        base = self.value(node.base)
        if found is not None and found[0].denominator == 1:
            whole = int(found[0])
            return mapped(lambda one: whole_power(one, whole), base)
        return mapped(lambda one: exponential(exponent * logarithm(one)), base)

    def _call(self, node: Call) -> Value:
        function = ALSO_CALLED.get(node.function, node.function) if isinstance(node.function, str) else node.function
        if isinstance(function, Symbol) or function not in FUNCTIONS:
            return self.find(node)
        arguments = [self.value(argument) for argument in node.arguments]
        if node.primes:
            if node.primes > 1 or len(arguments) != 1 or function not in PRIMES:
                raise Unknown(f"a derivative of {function} that is not known")
            return mapped(lambda one: primed(function, one), arguments[0])
        if function in ("max", "min"):
            result = arguments[0]
            for argument in arguments[1:]:
                result = entrywise(larger if function == "max" else smaller, result, argument)
            return result
        if len(arguments) != 1:
            raise Unknown(f"{function} of {len(arguments)} arguments")
        return mapped(FUNCTIONS[function], arguments[0])

    def _matrix(self, node: Matrix) -> Value:
        return tuple(tuple(map(self._entry, row)) for row in node.rows)

    def _entry(self, node: Written) -> Dual:
        entry = unwrapped(self.value(node))
        if not isinstance(entry, Dual):
            raise Unknown("a matrix within a matrix")
        return entry

    def _transpose(self, node: Transpose) -> Value:
        operand = self.value(node.operand)
        return operand if isinstance(operand, Dual) else tuple(zip(*operand, strict=True))

    def _norm(self, node: Norm) -> Value:
        operand = self.value(node.operand)
        total = constant(ZERO)
        for entry in [operand] if isinstance(operand, Dual) else [one for row in operand for one in row]:
            total = total + entry * entry
        return root(total)

    def _cases(self, node: Cases) -> Value:
        if len(node.branches) == 2:
            (one, condition), (other, otherwise) = node.branches
            mask = self._mask(condition) if isinstance(otherwise, Text) else None
            if mask is not None:
                rest = mapped(lambda entry: constant(arb(1)) + -entry, mask)
                products = (
                    entrywise(Dual.__mul__, self.value(case), where) for case, where in ((one, mask), (other, rest))
                )
                return entrywise(Dual.__add__, *products)
        for value, condition in node.branches:
            if self.holds(condition):
                return self.value(value)
        raise Unknown(NO_CASE)

    def _mask(self, condition: Written) -> Value | None:
        """Return 1 for each entry of a vector or matrix at which a condition holds, 0 for the others: ``Z > 0``."""
        if not isinstance(condition, Relation) or len(condition.links) != 1:
            return None
        ((sign, side),) = condition.links
        left, right = self.value(condition.first), self.value(side)
        if isinstance(unwrapped(left), Dual):
            return None
        return entrywise(lambda one, bound: constant(arb(_compares(one.value - bound.value, sign))), left, right)

    def holds(self, condition: Written) -> bool:
        """Say whether a condition holds; one that balls cannot decide has no value."""
        if isinstance(condition, Text):
            if not condition.text:
                raise Unknown("a case without its condition")
            return True
        if not isinstance(condition, Relation):
            raise Unknown("a condition that is not read")
        left = unwrapped(self.value(condition.first))
        for sign, side in condition.links:
            right = unwrapped(self.value(side))
            if not isinstance(left, Dual) or not isinstance(right, Dual):
                raise Unknown("a condition on matrices")
            if not _compares(left.value - right.value, sign):
                return False
            left = right
        return True


_RULES: dict[type[Written], Callable[..., Value]] = {
    Number: _Evaluation._number,
    Constant: _Evaluation._constant,
    Sum: _Evaluation._sum,
    IndexedSum: _Evaluation._indexed_sum,
    Negative: _Evaluation._negative,
    Product: _Evaluation._product,
    Quotient: _Evaluation._quotient,
    Power: _Evaluation._power,
    Group: _Evaluation._group,
    Call: _Evaluation._call,
    Matrix: _Evaluation._matrix,
    Transpose: _Evaluation._transpose,
    Norm: _Evaluation._norm,
    Cases: _Evaluation._cases,
    Text: _Evaluation._words,
    Relation: _Evaluation._words,
}
"""What to do for each kind of node; the others name something."""


def _is_zero(value: Value) -> bool:
    return isinstance(value, Dual) and value.value == 0 and value.slope == 0


def _compares(difference: arb, sign: str) -> bool:
    if sign == "=":
        return bool(difference == 0) or (bool(difference.contains(0)) and float(difference.rad()) < 1e-30)
    if sign == "≠":
        return not difference.contains(0)
    if difference.contains(0) and float(difference.rad()) > 1e-30:
        raise Unknown("a condition that the printed digits do not decide")
    value = 0.0 if difference.contains(0) else float(difference)
    return {"<": value < 0, ">": value > 0, "≤": value <= 0, "≥": value >= 0}[sign]
