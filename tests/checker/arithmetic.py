"""Evaluation of trees: exact fractions and 50-digit reals, intervals, and numbers that carry a slope; all with matrices."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from mpmath import mp, mpf

from tests.checker.tree import (
    Brace,
    Call,
    Cases,
    Comparison,
    Formal,
    Frac,
    Matrix,
    Name,
    Neg,
    Node,
    Num,
    Pow,
    Product,
    Sum,
    Transpose,
)

DIGITS = 50
mp.dps = DIGITS
SAME = mpf(10) ** -40

Real = Fraction | mpf
Lookup = Callable[[str], Any]
"""Gives the value of a quantity (a scalar or an `Array`), or raises `Unknown`."""


class Unknown(Exception):
    """Something in the tree has no value here."""


class Mismatch(Unknown):
    """Something in the tree that the page says nothing of, although it says all that there is of its kind."""


class Misfit(Unknown):
    """Matrices whose shapes do not fit the sign between them."""


@dataclass(frozen=True, slots=True)
class Array:
    """A matrix of scalars; `listed` vectors may stand as a row or as a column."""

    rows: tuple[tuple[Any, ...], ...]
    listed: bool = False

    @property
    def shape(self) -> tuple[int, int]:
        return len(self.rows), len(self.rows[0])

    @property
    def entries(self) -> tuple[Any, ...]:
        return tuple(entry for row in self.rows for entry in row)

    def each(self, change: Callable[[Any], Any]) -> Array:
        return Array(tuple(tuple(change(entry) for entry in row) for row in self.rows), self.listed)

    def transposed(self) -> Array:
        return Array(tuple(zip(*self.rows, strict=True)), self.listed)


def real(value: Any) -> Any:
    """Return a fraction as a 50-digit real; everything else as it is."""
    return mpf(value.numerator) / value.denominator if isinstance(value, Fraction) else value


@dataclass(frozen=True, slots=True)
class Interval:
    """All numbers from `low` to `high`."""

    low: Any
    high: Any

    def __add__(self, other: Any) -> Interval:
        other = interval(other)
        return Interval(self.low + other.low, self.high + other.high)

    __radd__ = __add__

    def __neg__(self) -> Interval:
        return Interval(-self.high, -self.low)

    def __sub__(self, other: Any) -> Interval:
        return self + -interval(other)

    def __rsub__(self, other: Any) -> Interval:
        return interval(other) + -self

    def __mul__(self, other: Any) -> Interval:
        other = interval(other)
        products = [a * b for a in (self.low, self.high) for b in (other.low, other.high)]
        return Interval(min(products, key=real), max(products, key=real))

    __rmul__ = __mul__

    def __truediv__(self, other: Any) -> Interval:
        other = interval(other)
        if other.low <= 0 <= other.high:
            raise Unknown("division by an interval around 0")
        one = Fraction(1)
        return self * Interval(divided(one, other.high), divided(one, other.low))

    def __rtruediv__(self, other: Any) -> Interval:
        return interval(other) / self

    def __pow__(self, power: int) -> Interval:
        ends = [self.low**power, self.high**power]
        low = Fraction(0) if power % 2 == 0 and self.low <= 0 <= self.high else min(ends, key=real)
        return Interval(low, max(ends, key=real))


def interval(value: Any) -> Interval:
    return value if isinstance(value, Interval) else Interval(value, value)


@dataclass(frozen=True, slots=True)
class Slope:
    """A number with its derivative by one chosen quantity."""

    value: Any
    slope: Any

    def __add__(self, other: Any) -> Slope:
        other = sloped(other)
        return Slope(self.value + other.value, self.slope + other.slope)

    __radd__ = __add__

    def __neg__(self) -> Slope:
        return Slope(-self.value, -self.slope)

    def __sub__(self, other: Any) -> Slope:
        return self + -sloped(other)

    def __rsub__(self, other: Any) -> Slope:
        return sloped(other) + -self

    def __mul__(self, other: Any) -> Slope:
        other = sloped(other)
        return Slope(self.value * other.value, self.slope * other.value + self.value * other.slope)

    __rmul__ = __mul__

    def __truediv__(self, other: Any) -> Slope:
        other = sloped(other)
        value = divided(self.value, other.value)
        return Slope(value, divided(self.slope + -(value * other.slope), other.value))

    def __rtruediv__(self, other: Any) -> Slope:
        return sloped(other) / self

    def __pow__(self, power: int) -> Slope:
        return Slope(self.value**power, power * self.value ** (power - 1) * self.slope if power else Fraction(0))


def sloped(value: Any) -> Slope:
    return value if isinstance(value, Slope) else Slope(value, Fraction(0))


def sigmoid(x: Real) -> Real:
    return 1 / (1 + mp.exp(-real(x)))


@dataclass(frozen=True, slots=True)
class Rule:
    """A function that never falls, with its derivative."""

    value: Callable[[Real], Real]
    derivative: Callable[[Real], Real]


def positive(x: Real, zero: bool = False) -> Real:
    if x < 0 or (x == 0 and not zero):
        raise Unknown("a logarithm or a root of a negative number")
    return x


def no_kink(x: Real, left: int) -> Fraction:
    if x == 0:
        raise Unknown("the derivative at a kink")
    return Fraction(1) if x > 0 else Fraction(left)


RULES: Mapping[str, Rule] = {
    "exp": Rule(lambda x: mp.exp(real(x)) if x != 0 else Fraction(1), lambda x: mp.exp(real(x))),
    "log": Rule(lambda x: mp.log(real(positive(x))) if x != 1 else Fraction(0), lambda x: divided(Fraction(1), x)),
    "sqrt": Rule(lambda x: mp.sqrt(real(positive(x, zero=True))), lambda x: 1 / (2 * mp.sqrt(real(positive(x))))),
    "tanh": Rule(lambda x: mp.tanh(real(x)) if x != 0 else Fraction(0), lambda x: 1 - mp.tanh(real(x)) ** 2),
    "sinh": Rule(lambda x: mp.sinh(real(x)), lambda x: mp.cosh(real(x))),
    "sigmoid": Rule(sigmoid, lambda x: sigmoid(x) * (1 - sigmoid(x))),
    "softplus": Rule(lambda x: mp.log(1 + mp.exp(real(x))), sigmoid),
    "relu": Rule(lambda x: x if x > 0 else Fraction(0), lambda x: no_kink(x, 0)),
    "sgn": Rule(lambda x: Fraction((x > 0) - (x < 0)), lambda x: Fraction(0)),
    "identity": Rule(lambda x: x, lambda x: Fraction(1)),
}
"""Functions of one number that rise, by the name that the reader gives them."""

WAVES: Mapping[str, int] = {"sin": 0, "cos": 1}
"""Functions that rise and fall, by how many quarter turns they are ahead of the sine; a derivative is one more ahead."""

FUNCTIONS = frozenset({*RULES, *WAVES})

PRIMED_AT_KINK = {"relu": Fraction(0)}
"""What a page that writes ReLU′(0) means by it."""


def apply(name: str, primes: int, x: Any) -> Any:
    """Apply a function, or its derivative, to a scalar."""
    if name in WAVES:
        return wave(x, WAVES[name] + primes)
    rule = RULES.get(name)
    if rule is None or primes > 1:
        raise Unknown(f"the function {name}{chr(39) * primes}")
    if isinstance(x, Interval):
        if primes:
            if name in ("relu", "identity"):
                return Interval(apply(name, 1, x.low), apply(name, 1, x.high))
            inner = apply(name, 0, x)
            derived = {"sigmoid": lambda a: a * (1 - a), "tanh": lambda a: 1 - a**2, "exp": lambda a: a}.get(name)
            if derived is None:
                raise Unknown(f"{name}′ over an interval")
            return derived(inner)
        if name in ("log", "sqrt") and x.low <= 0:
            raise Unknown(f"{name} over an interval around 0")
        return Interval(rule.value(x.low), rule.value(x.high))
    if isinstance(x, Slope):
        if name in PRIMED_AT_KINK and x.value == 0 and not primes:
            raise Unknown("the derivative at a kink")
        if primes:
            raise Unknown("a second derivative")
        return Slope(rule.value(x.value), rule.derivative(x.value) * x.slope)
    if primes:
        return PRIMED_AT_KINK[name] if x == 0 and name in PRIMED_AT_KINK else rule.derivative(x)
    if name in ("log", "sqrt") and x <= 0:
        raise Unknown(f"{name} of {x}")
    return rule.value(x)


def wave(x: Any, ahead: int) -> Any:
    """Return the sine of a scalar, so many quarter turns ahead."""
    if isinstance(x, Slope):
        return Slope(wave(x.value, ahead), wave(x.value, ahead + 1) * x.slope)
    if isinstance(x, Interval):
        first, last = (real(end) * 2 / mp.pi + ahead for end in (x.low, x.high))
        quarters = range(int(mp.ceil(first)), min(int(mp.floor(last)), int(mp.ceil(first)) + 4) + 1)
        crests = [Fraction(2 - quarter % 4) for quarter in quarters if quarter % 2]
        reached = [wave(x.low, ahead), wave(x.high, ahead), *crests]
        return Interval(min(reached, key=real), max(reached, key=real))
    if x == 0:
        return Fraction((0, 1, 0, -1)[ahead % 4])
    size = mp.cos(real(x)) if ahead % 2 else mp.sin(real(x))
    return -size if ahead % 4 > 1 else size


def largest(values: list[Any], sign: int) -> Any:
    """Return the largest (or, with sign -1, the smallest) of scalars."""
    if any(isinstance(value, Interval) for value in values):
        ends = [interval(value) for value in values]
        pick = max if sign > 0 else min
        return Interval(pick((end.low for end in ends), key=real), pick((end.high for end in ends), key=real))
    if any(isinstance(value, Slope) for value in values):
        order = sorted((sloped(value) for value in values), key=lambda each: sign * real(each.value))
        if len(order) > 1 and order[-1].value == order[-2].value:
            raise Unknown("the derivative at a kink")
        return order[-1]
    return max(values, key=real) if sign > 0 else min(values, key=real)


@dataclass(frozen=True, slots=True)
class Activation:
    """What a letter for "the activation function of the neuron" means where the pre-activation lies in a range."""

    letter: str
    low: Fraction
    high: Fraction
    body: tuple[str, Node]


def jacobian(shares: Array) -> Array:
    """Return the derivatives of the shares of a softmax: a row for each share, a column for each exponent."""
    found = shares.entries
    return Array(
        tuple(
            tuple(one * (1 - one) if place == other else -(one * found[other]) for other in range(len(found)))
            for place, one in enumerate(found)
        )
    )


@dataclass(frozen=True, slots=True)
class Evaluator:
    """Works trees out.

    `lookup` gives the values of names, `bodies` the functions that the page defines itself, `activations` what a letter
    for "the activation function of the neuron" means, by the pre-activation in its brackets.
    """

    lookup: Lookup
    bodies: Mapping[str, tuple[str, Node]]
    activations: Sequence[Activation] = ()

    def value(self, node: Node) -> Any:
        """Return the scalar or `Array` that a tree amounts to.

        Raises
        ------
        Unknown
            If something in it has no value, or shapes do not fit.
        """
        match node:
            case Num():
                return node.value
            case Name("\\pi"):
                return +mp.pi
            case Name():
                return self.lookup(node.key)
            case Neg(operand):
                return mapped(lambda x: -x, self.value(operand))
            case Sum(terms):
                total = self.value(terms[0])
                for term in terms[1:]:
                    total = paired(lambda a, b: a + b, total, self.value(term))
                return total
            case Product(factors, signs):
                result = self.value(factors[0])
                for factor, sign in zip(factors[1:], signs, strict=True):
                    result = multiplied(result, self.value(factor), sign)
                return result
            case Frac(above, below):
                return paired(divided, self.value(above), self.value(below))
            case Pow(base, exponent):
                return self.power(base, exponent)
            case Transpose(operand):
                value = self.value(operand)
                return value.transposed() if isinstance(value, Array) else value
            case Brace(body, _):
                return self.value(body)
            case Matrix(rows):
                return Array(tuple(tuple(scalar(self.value(entry)) for entry in row) for row in rows), node.listed)
            case Cases():
                return self.value(self.piece(node))
            case Call():
                return self.call(node)
            case Formal("derivative", (formula, Name() as by)):
                return self.derivative(formula, by.key)
        raise Unknown(node.text)

    def power(self, base: Node, exponent: Node) -> Any:
        power = scalar(self.value(exponent))
        if isinstance(base, Call) and base.function == "norm" and power == 2:
            squares = [entry**2 for entry in as_array(self.value(base.arguments[0])).entries]
            return sum(squares[1:], squares[0])
        below = self.value(base)
        if isinstance(power, Fraction) and power.denominator == 1:
            whole = int(power)
            if whole < 0:
                return mapped(lambda x: divided(Fraction(1), x**-whole), below)
            return mapped(lambda x: x**whole, below)
        if power == Fraction(1, 2):
            return mapped(lambda x: apply("sqrt", 0, x), below)
        return mapped(lambda x: apply("exp", 0, power * apply("log", 0, x)), below)

    def piece(self, cases: Cases) -> Node:
        """Return the piece that applies at the values of the moment."""
        for piece, condition in cases.branches:
            if condition is None or self.holds(condition):
                return piece
        raise Unknown("no case applies")

    def holds(self, condition: Comparison) -> bool:
        values = [scalar(self.value(side)) for side in condition.sides]
        values = [value.value if isinstance(value, Slope) else value for value in values]
        if any(isinstance(value, Interval) for value in values):
            values = [(interval(value).low + interval(value).high) / 2 for value in values]
        return all(compare(values[index], sign, values[index + 1]) for index, sign in enumerate(condition.signs))

    def derivative(self, formula: Node, by: str) -> Any:
        """Return the derivative of a written formula by one of its names, at the values of the moment."""
        point = scalar(self.lookup(by))
        if isinstance(point, Interval | Slope):
            raise Unknown("a derivative of a formula over an interval")

        def fixed(key: str) -> Any:
            value = self.lookup(key)
            if isinstance(value, Interval | Slope):
                raise Unknown("a derivative of a formula over an interval")
            return value

        moved = replace(self, lookup=lambda key: Slope(point, Fraction(1)) if key == by else fixed(key))
        value = scalar(moved.value(formula))
        return value.slope if isinstance(value, Slope) else Fraction(0)

    def call(self, node: Call) -> Any:
        if all(isinstance(argument, Name) for argument in node.arguments):
            try:
                return self.lookup(node.text)  # f'(z) may have been printed as a quantity of its own
            except Unknown:
                pass
        arguments = [self.value(argument) for argument in node.arguments]
        if node.function in ("max", "min"):
            sign = 1 if node.function == "max" else -1
            if len(arguments) == 2 and any(isinstance(each, Array) for each in arguments):
                return paired(lambda a, b: largest([a, b], sign), arguments[0], arguments[1])
            flat = [entry for each in arguments for entry in (each.entries if isinstance(each, Array) else (each,))]
            return largest(flat, sign)
        if len(arguments) != 1:
            raise Unknown(f"the function {node.function}")
        if node.function == "norm":
            squares = [entry**2 for entry in as_array(arguments[0]).entries]
            return apply("sqrt", 0, sum(squares[1:], squares[0]))
        if node.function == "abs":
            return mapped(lambda x: largest([x, -x], 1), arguments[0])
        if node.function == "softmax":
            powers = as_array(arguments[0]).each(lambda x: apply("exp", 0, x))
            total = sum(powers.entries[1:], powers.entries[0])
            shares = powers.each(lambda x: divided(x, total))
            return jacobian(shares) if node.primes else shares
        if node.function in FUNCTIONS:
            return mapped(lambda x: apply(node.function, node.primes, x), arguments[0])
        meant = [each for each in self.activations if each.letter == node.function]
        if meant:
            return self.neuron(node, scalar(arguments[0]), meant)
        body = self.bodies.get(node.function + "'" * node.primes)
        if body is not None:
            return mapped(lambda x: self.apply_body(body, x), arguments[0])
        return self.lookup(node.text)

    def neuron(self, node: Call, x: Any, meant: list[Activation]) -> Any:
        """Apply the activation function of the neuron that has this pre-activation."""
        if isinstance(x, Slope):
            raise Unknown(node.text)
        wide = interval(x)
        fitting = [each for each in meant if real(each.low) <= real(wide.high) and real(wide.low) <= real(each.high)]
        if not fitting:
            raise Mismatch(f"{node.text}: no neuron has this pre-activation")
        if len({each.body[1].text for each in fitting}) > 1:
            raise Unknown(node.text)
        letter, formula = fitting[0].body
        if isinstance(formula, Call) and formula.arguments == (Name(letter),) and formula.function in FUNCTIONS:
            return apply(formula.function, node.primes, x)
        if not node.primes:
            return self.apply_body(fitting[0].body, x)
        if isinstance(x, Interval):
            raise Unknown(f"{node.text} over an interval")
        return sloped(self.apply_body(fitting[0].body, Slope(x, Fraction(1)))).slope

    def apply_body(self, body: tuple[str, Node], x: Any) -> Any:
        parameter, formula = body

        def lookup(key: str) -> Any:
            return x if key == parameter else self.lookup(key)

        return scalar(replace(self, lookup=lookup).value(formula))


def compare(left: Any, sign: str, right: Any) -> bool:
    left, right = real(left), real(right)
    if sign in ("=", "≈", ":="):
        return bool(left == right)
    table = {"<": left < right, ">": left > right, "≤": left <= right, "≥": left >= right, "≠": left != right}
    if sign not in table:
        raise Unknown(sign)
    return bool(table[sign])


def as_array(value: Any) -> Array:
    return value if isinstance(value, Array) else Array(((value,),))


def scalar(value: Any) -> Any:
    """Return the one entry of a 1 × 1 matrix, or the scalar itself."""
    if isinstance(value, Array):
        if value.shape != (1, 1):
            raise Unknown("a matrix where a number should stand")
        return value.rows[0][0]
    return value


def divided(above: Any, below: Any) -> Any:
    if isinstance(below, Fraction | mpf) and below == 0:
        raise Unknown("division by 0")
    if isinstance(above, Fraction) and isinstance(below, mpf):
        above = real(above)
    return above / below


def mapped(change: Callable[[Any], Any], value: Any) -> Any:
    return value.each(change) if isinstance(value, Array) else change(value)


def paired(change: Callable[[Any, Any], Any], left: Any, right: Any) -> Any:
    """Combine two values entry by entry; a number goes with every entry of a matrix."""
    if isinstance(left, Array) and isinstance(right, Array):
        if left.shape != right.shape:
            if 1 in left.shape and left.shape == right.shape[::-1] and (left.listed or right.listed):
                right = right.transposed()
            elif left.shape == (1, 1):
                return right.each(lambda x: change(left.rows[0][0], x))
            elif right.shape == (1, 1):
                return left.each(lambda x: change(x, right.rows[0][0]))
            else:
                raise Misfit(f"shapes {left.shape} and {right.shape} do not fit")
        rows = zip(left.rows, right.rows, strict=True)
        return Array(
            tuple(tuple(change(a, b) for a, b in zip(one, two, strict=True)) for one, two in rows), left.listed
        )
    if isinstance(left, Array):
        return left.each(lambda x: change(x, right))
    if isinstance(right, Array):
        return right.each(lambda x: change(left, x))
    return change(left, right)


def multiplied(left: Any, right: Any, sign: str) -> Any:
    """Multiply by the sign that stands there: ∘ entry by entry, every other sign as matrices where the shapes fit."""
    if not (isinstance(left, Array) and isinstance(right, Array)):
        return paired(lambda a, b: a * b, left, right)
    if sign == "∘":
        return paired(lambda a, b: a * b, left, right)
    if left.shape[1] == right.shape[0]:
        columns = right.transposed().rows
        return Array(tuple(tuple(dot(row, column) for column in columns) for row in left.rows))
    return paired(lambda a, b: a * b, left, right)


def dot(row: tuple[Any, ...], column: tuple[Any, ...]) -> Any:
    products = [a * b for a, b in zip(row, column, strict=True)]
    return sum(products[1:], products[0])


def nothing(key: str) -> Any:
    """Look nothing up: the tree must be closed."""
    raise Unknown(key)


def same(left: Any, right: Any) -> bool:
    """Whether two reals are equal, up to the last of the 50 digits where one of them is not a fraction."""
    if isinstance(left, Fraction) and isinstance(right, Fraction):
        return left == right
    return bool(abs(real(left) - real(right)) <= SAME * (1 + abs(real(left))))
