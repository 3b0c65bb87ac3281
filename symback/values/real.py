"""Real numbers that know themselves: an exact rational, or an operation that can be enclosed at any precision.

A rational stays a bare FLINT ``fmpq``. Everything else (``exp(0.3) + 1``) is kept as an operation over other reals and
is evaluated in ball arithmetic (Arb), at as many bits as a question needs: what is its sign, which digits does it
print. What 2,048 bits cannot tell apart counts as equal.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Iterable
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

from flint import arb, ctx, fmpq

PRECISIONS = (64, 128, 256, 512, 1024, 2048)
"""The bits tried one after the other until a question is decided."""

_FUNCTIONS: dict[str, Callable[[arb], arb]] = {
    "exp": arb.exp,
    "log": arb.log,
    "sqrt": arb.sqrt,
    "tanh": arb.tanh,
    "sin": arb.sin,
    "cos": arb.cos,
}

_ONE, _ZERO = fmpq(1), fmpq(0)
_RATIONAL_POINTS: dict[str, tuple[fmpq, fmpq]] = {
    "exp": (_ZERO, _ONE),
    "log": (_ONE, _ZERO),
    "tanh": (_ZERO, _ZERO),
    "sin": (_ZERO, _ZERO),
    "cos": (_ZERO, _ONE),
}
"""The one rational point where each function is rational, and its value there (Lindemann); `sqrt` has its own rule."""


LONGEST = 4096
"""The bits of a rational from which `Real.shortened` lets go of it: more than any question needs."""


class Real:
    """A real number, made by `Real.of` and by arithmetic on other reals.

    Two reals are equal if `compare` cannot tell them apart; for this reason they have no hash.

    Attributes
    ----------
    rational
        The exact value, or None if the number is kept as an operation.
    """

    __slots__ = ("_ball", "_bits", "_operands", "_operation", "rational")
    __hash__ = None  # type: ignore[assignment]  # equality is decided numerically

    rational: fmpq | None
    _operation: Callable[..., arb]
    _operands: tuple[Real, ...]
    _bits: int
    _ball: arb

    @staticmethod
    def of(number: int | str | Decimal | Fraction | fmpq) -> Real:
        """Return the exact value of a whole number, a decimal as it is spelled, or a fraction.

        Raises
        ------
        TypeError
            If a binary float is given: its digits are not those that somebody wrote.
        ValueError
            If a text is not a decimal number.
        """
        if isinstance(number, str):
            return _of_text(number)
        if isinstance(number, fmpq):
            return _exact(number)
        if isinstance(number, float):
            raise TypeError(f"a binary float has no exact decimal: write {number!r} as text")
        return _exact(_rational(number))

    @staticmethod
    def pi() -> Real:
        """Return the ratio of a circle's circumference to its diameter."""
        return _computed(arb.pi)

    @staticmethod
    def within(radius: Real) -> Real:
        """Return some number, not known, that is at most a rational `radius` away from 0.

        It can be told from nothing that lies as near.
        """
        return _computed(lambda bound: arb(0, bound), radius)

    @staticmethod
    def sum(terms: Iterable[Real]) -> Real:
        """Return the sum of the terms as one operation, whatever their number."""
        exact, computed = fmpq(0), []
        for term in terms:
            if term.rational is None:
                computed.append(term)
            else:
                exact += term.rational
        return _computed(_total, _exact(exact), *computed) if computed else _exact(exact)

    def __add__(self, other: Real) -> Real:
        """Return the sum."""
        left, right = self.rational, other.rational
        if left is None or right is None:
            return _computed(operator.add, self, other)
        return _exact(left + right)

    def __sub__(self, other: Real) -> Real:
        """Return the difference."""
        left, right = self.rational, other.rational
        if left is None or right is None:
            return _computed(operator.sub, self, other)
        return _exact(left - right)

    def __mul__(self, other: Real) -> Real:
        """Return the product; zero times anything is exactly zero."""
        left, right = self.rational, other.rational
        if left is None or right is None:
            if left == 0 or right == 0:
                return _exact(_ZERO)
            return _computed(operator.mul, self, other)
        return _exact(left * right)

    def __truediv__(self, other: Real) -> Real:
        """Return the quotient.

        Raises
        ------
        ZeroDivisionError
            If the divisor is zero, or cannot be told from zero.
        """
        left, right = self.rational, other.rational
        if other.sign() == 0:
            raise ZeroDivisionError("division by a number that is zero, or cannot be told from zero")
        if left is None or right is None:
            return _exact(_ZERO) if left == 0 else _computed(operator.truediv, self, other)
        return _exact(left / right)

    def __neg__(self) -> Real:
        """Return the opposite."""
        return _computed(operator.neg, self) if self.rational is None else _exact(-self.rational)

    def __abs__(self) -> Real:
        """Return the magnitude."""
        return -self if self.sign() < 0 else self

    def __pow__(self, exponent: int) -> Real:
        """Return a power with a whole exponent; the power 0 of anything is 1.

        Raises
        ------
        ZeroDivisionError
            If the exponent is negative and the base is zero, or cannot be told from zero.
        """
        if exponent < 0:
            return _exact(_ONE) / self**-exponent
        if exponent == 0:
            return _exact(_ONE)
        if self.rational is None:
            return _computed(operator.pow, self, Real.of(exponent))
        return _exact(self.rational**exponent)

    def __eq__(self, other: object) -> bool:
        """Tell whether `compare` finds no difference."""
        return self.compare(other) == 0 if isinstance(other, Real) else NotImplemented

    def exp(self) -> Real:
        """Return e to the power of this number."""
        return self.apply("exp")

    def log(self) -> Real:
        """Return the natural logarithm; see `apply` for the errors."""
        return self.apply("log")

    def apply(self, name: str) -> Real:
        """Return a function of this number: ``exp``, ``log``, ``sqrt``, ``tanh``, ``sin`` or ``cos``.

        The result is rational wherever a rational number has a rational image: exp(0) = 1, sqrt(1/4) = 1/2.

        Raises
        ------
        ValueError
            If the logarithm of a number that is not positive, or the square root of a negative number, is asked for.
        """
        if name == "log" and self.sign() <= 0:
            raise ValueError(f"the logarithm of {float(self):.6g} does not exist: the argument must be positive")
        if name == "sqrt":
            return self._square_root()
        point, image = _RATIONAL_POINTS[name]
        return _exact(image) if self.rational == point else _computed(_FUNCTIONS[name], self)

    def _square_root(self) -> Real:
        sign, rational = self.sign(), self.rational
        if sign < 0:
            raise ValueError(f"the square root of {float(self):.6g} is not real: the argument must not be negative")
        if sign == 0:
            return _exact(_ZERO)
        if rational is not None and rational.p.is_square() and rational.q.is_square():
            return _exact(rational.sqrt())
        return _computed(arb.sqrt, self)

    def shortened(self) -> Real:
        """Return the same number, no longer kept as a rational if its digits have become too many to go on with."""
        rational = self.rational
        if rational is None or rational.q.bit_length() + rational.p.bit_length() <= LONGEST:
            return self
        return _computed(lambda: arb(rational))

    def enclosure(self, bits: int) -> arb:
        """Return a ball that holds this number, computed with at least `bits` bits of precision and remembered.

        The walk keeps its own stack, so that a chain of operations may be as long as it likes.
        """
        if self.rational is None and self._bits >= bits:
            return self._ball
        before, ctx.prec = ctx.prec, bits
        try:
            return arb(self.rational) if self.rational is not None else self._computed(bits)
        finally:
            ctx.prec = before

    def _computed(self, bits: int) -> arb:
        pending = [self]
        while pending:
            number, balls = pending[-1], []
            for operand in number._operands:
                if operand.rational is not None:
                    balls.append(arb(operand.rational))
                elif operand._bits >= bits:
                    balls.append(operand._ball)
                else:
                    pending.append(operand)
            if number is pending[-1]:
                number._ball, number._bits = number._operation(*balls), bits
                pending.pop()
        return self._ball

    def sign(self) -> int:
        """Return -1, 0 or 1; a number that a ball of 2,048 bits cannot tell from zero counts as zero."""
        if self.rational is not None:
            return 1 if self.rational.p > 0 else -1 if self.rational else 0
        for bits in PRECISIONS:
            ball = self.enclosure(bits)
            if ball > 0:
                return 1
            if ball < 0:
                return -1
        return 0

    def compare(self, other: Real) -> int:
        """Return the sign of the difference between this number and another."""
        return 0 if self is other else (self - other).sign()

    def __float__(self) -> float:
        """Return the nearest binary float (infinite beyond its range)."""
        for bits in PRECISIONS:
            ball = self.enclosure(bits)
            with ctx.workprec(bits):
                low, high = float(ball.lower()), float(ball.upper())
            if low == high:
                break
        return high + 0.0

    def __repr__(self) -> str:
        """Show the rational, or the ball of 64 bits."""
        return f"Real({self.enclosure(64) if self.rational is None else self.rational})"


@lru_cache(maxsize=2**14)
def _of_text(text: str) -> Real:
    return _exact(_rational(text))


_DECIMAL = re.compile(r"(-?[0-9]+)(?:\.([0-9]+))?", re.ASCII)


def _rational(number: int | str | Decimal | Fraction) -> fmpq:
    """Return the exact value of a number; of a plain decimal without the detour through a fraction."""
    decimal = _DECIMAL.fullmatch(number) if isinstance(number, str) else None
    if decimal is None:
        return fmpq(*Fraction(number).as_integer_ratio())
    whole, decimals = decimal.groups("")
    return fmpq(int(whole + decimals), 10 ** len(decimals))


_bare = object.__new__


def _exact(rational: fmpq) -> Real:
    number = _bare(Real)
    number.rational = rational
    return number


def _computed(operation: Callable[..., arb], *operands: Real) -> Real:
    number = _bare(Real)
    number.rational = None
    number._operation = operation
    number._operands = operands
    number._bits = 0
    return number


def _total(*balls: arb) -> arb:
    return sum(balls, arb(0))
