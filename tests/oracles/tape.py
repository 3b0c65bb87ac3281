"""Oracle (d): a tape that remembers what every number came from, and goes back over it once for all derivatives.

Numbers are fractions while they stay rational, else have 60 digits. One that is unknown is None, and so is all that
depends on it; 0 times an unknown number is 0.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Sequence
from fractions import Fraction
from functools import reduce
from itertools import count
from typing import Any

import mpmath

from tests.oracles.functions import Arithmetic

mpmath.mp.dps = 60
NOTHING = mpmath.mpf(10) ** -45
"""Numbers that differ by less are equal: those of the tests differ by far more if they differ at all."""

Number = Any  # Fraction or mpf, or None where it is unknown

ITSELF = object()
"""Taken away from a number it leaves 0, which moves as the number does."""


def real(value: Number) -> Any:
    return mpmath.mpf(value.numerator) / value.denominator if isinstance(value, Fraction) else value


def size(value: Number) -> Any:
    return abs(real(value))


def same(left: Number, right: Number) -> bool:
    """Say whether two numbers, both known, are equal."""
    return left is not None and right is not None and abs(real(left) - real(right)) < NOTHING


def times(left: Number, right: Number) -> Number:
    if left is None or right is None:
        known = right if left is None else left
        return Fraction(0) if known is not None and size(known) < NOTHING else None
    if isinstance(left, Fraction) and isinstance(right, Fraction):
        return left * right
    return real(left) * real(right)


def plus(terms: Sequence[Number]) -> Number:
    if any(term is None for term in terms):
        return None
    if all(isinstance(term, Fraction) for term in terms):
        return sum(terms, Fraction(0))
    return mpmath.fsum(real(term) for term in terms)


def _inverse(value: Number) -> Number:
    return None if value is None else 1 / value


class Node:
    """A number on the tape, with the numbers that it was made of and its derivative by each."""

    made = count()

    def __init__(self, value: Number, *parents: tuple[Node, Number]) -> None:
        self.value, self.parents, self.place = value, parents, next(Node.made)

    def __add__(self, other: Any) -> Node:
        other = node(other)
        return Node(plus([self.value, other.value]), (self, Fraction(1)), (other, Fraction(1)))

    def __neg__(self) -> Node:
        return Node(times(Fraction(-1), self.value), (self, Fraction(-1)))

    def __sub__(self, other: Any) -> Node:
        return Node(Fraction(0), (self, Fraction(1))) if other is ITSELF else self + -node(other)

    def __mul__(self, other: Any) -> Node:
        other = node(other)
        return Node(times(self.value, other.value), (self, other.value), (other, self.value))

    def __truediv__(self, other: Any) -> Node:
        other = node(other)
        inverse = _inverse(other.value)
        slope = times(Fraction(-1), times(inverse, inverse))
        return self * Node(inverse, (other, slope))

    def __pow__(self, power: Any) -> Node:
        power = node(power)
        if isinstance(power.value, Fraction) and power.value.denominator == 1 and power.value > 0:
            return reduce(operator.mul, [self] * int(power.value))
        return _function(mpmath.exp, mpmath.exp)(power * _function(mpmath.log, lambda x: 1 / x)(self))

    def __rsub__(self, other: Any) -> Node:
        return node(other) - self

    def __rtruediv__(self, other: Any) -> Node:
        return node(other) / self

    def __rpow__(self, other: Any) -> Node:
        return node(other) ** self

    __radd__, __rmul__ = __add__, __mul__


def node(value: Any) -> Node:
    """Return a number as it stands on the tape."""
    return value if isinstance(value, Node) else Node(Fraction(value) if isinstance(value, int) else value)


def _function(value: Callable[[Any], Any], slope: Callable[[Any], Any]) -> Callable[[Any], Node]:
    def apply(x: Any) -> Node:
        known = node(x).value
        found = (None, None) if known is None else (value(real(known)), slope(real(known)))
        return Node(found[0], (node(x), found[1]))

    return apply


def _positive(x: Any) -> Node:
    known = node(x).value
    if known is None:
        return Node(None, (node(x), None))
    return Node(known if known > 0 else Fraction(0), (node(x), Fraction(int(known > 0))))


TAPE = Arithmetic(
    number=Node,
    exp=_function(mpmath.exp, mpmath.exp),
    log=_function(mpmath.log, lambda x: 1 / x),
    sqrt=_function(mpmath.sqrt, lambda x: 1 / (2 * mpmath.sqrt(x))),
    tanh=_function(mpmath.tanh, lambda x: 1 - mpmath.tanh(x) ** 2),
    sin=_function(mpmath.sin, mpmath.cos),
    cos=_function(mpmath.cos, lambda x: -mpmath.sin(x)),
    positive=_positive,
)


def derivatives(root: Node) -> dict[Node, Number]:
    """Return the derivative of `root` by everything it was made of."""
    reached, waiting = {root}, [root]
    while waiting:
        found = [parent for parent, _ in waiting.pop().parents if parent not in reached]
        reached.update(found)
        waiting += found
    slopes: dict[Node, list[Number]] = {each: [] for each in reached}
    slopes[root].append(Fraction(1))
    sums: dict[Node, Number] = {}
    for each in sorted(reached, key=lambda each: each.place, reverse=True):
        sums[each] = plus(slopes[each])
        for parent, slope in each.parents:
            slopes[parent].append(times(sums[each], slope))
    return sums


def slope_at(function: Callable[[Any, Arithmetic], Node], point: Number) -> Number:
    """Return the derivative of a function at a point."""
    x = Node(point)
    return derivatives(function(x, TAPE)).get(x, Fraction(0))
