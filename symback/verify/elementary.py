"""Elementary functions of numbers with derivatives: those that documents call by a name of their own."""

from __future__ import annotations

from collections.abc import Callable

from flint import arb

from symback.verify.duals import ONE, ZERO, Dual, Unknown, constant

LARGEST_EXPONENT = 10_000
"""Powers of e go up to this exponent: no network that is worked by hand comes near it."""

NARROW = 1e-30
"""Balls of a smaller radius are powers of one number."""


def divided(left: Dual, right: Dual) -> Dual:
    """Return the quotient.

    Raises
    ------
    Unknown
        If the divisor may be 0.
    """
    if right.value.contains(0):
        raise Unknown("a division by what may be zero")
    return left / right


def whole_power(base: Dual, exponent: int) -> Dual:
    """Return a power with a whole exponent.

    Raises
    ------
    Unknown
        If it divides by what may be 0.
    """
    if exponent == 0:
        return constant(ONE)
    if exponent < 0 and base.value.contains(0):
        raise Unknown("a division by what may be zero")
    slope = base.slope * exponent * _tight_power(base.value, exponent - 1) if exponent != 1 else base.slope
    return Dual(_tight_power(base.value, exponent), slope)


def _tight_power(ball: arb, exponent: int) -> arb:
    """Return the ball of the powers of all values in a ball, no wider than it must be."""
    if ball.rad() < NARROW and not ball.contains(0):
        return ball**exponent
    ends = (ball.lower() ** exponent).union(ball.upper() ** exponent)
    return ends.union(arb(0)) if ball.contains(0) else ends  # a power of a ball around 0 itself has no value


def exponential(one: Dual) -> Dual:
    """Return e to a number.

    Raises
    ------
    Unknown
        If the number is too large, or not known well enough to say.
    """
    if not abs(one.value) < LARGEST_EXPONENT:
        raise Unknown("a power that is too large")
    value = one.value.exp()
    return Dual(value, value * one.slope)


def logarithm(one: Dual) -> Dual:
    """Return the natural logarithm.

    Raises
    ------
    Unknown
        If the number may not be positive.
    """
    if not one.value > 0:
        raise Unknown("the logarithm of what may not be positive")
    return Dual(one.value.log(), one.slope / one.value)


def root(one: Dual) -> Dual:
    """Return the square root.

    Raises
    ------
    Unknown
        If the number is negative.
    """
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


def larger(left: Dual, right: Dual) -> Dual:
    """Return the larger of two numbers."""
    if left.value > right.value:
        return left
    if left.value < right.value:
        return right
    return _undecided(left, right, left.value.max(right.value))


def smaller(left: Dual, right: Dual) -> Dual:
    """Return the smaller of two numbers."""
    return -larger(-left, -right)


def _undecided(left: Dual, right: Dual, value: arb) -> Dual:
    """Return the larger of two that balls cannot tell apart; at a tie that of the constant one counts: ReLU′(0) = 0."""
    if left.slope == 0 and right.slope == 0:
        return constant(value)
    return Dual(value, left.slope if left.value == 0 and left.slope == 0 else right.slope)


def _absolute(one: Dual) -> Dual:
    return -one if one.value < 0 else one


def _relu(one: Dual) -> Dual:
    return larger(constant(ZERO), one)


def _step(one: Dual) -> Dual:
    if one.value > 0:
        return constant(ONE)
    if one.value <= 0:
        return constant(ZERO)
    raise Unknown("a step that the printed digits do not decide")


def _sign(one: Dual) -> Dual:
    if one.value > 0:
        return constant(ONE)
    if one.value < 0:
        return constant(-ONE)
    if one.value == 0:
        return constant(ZERO)
    raise Unknown("a sign that the printed digits do not decide")


def _slope_of(function: Callable[..., Dual]) -> Callable[[arb], arb]:
    return lambda argument: function(Dual(argument, ONE)).slope


FUNCTIONS: dict[str, Callable[..., Dual]] = {
    "exp": exponential, "log": logarithm, "sqrt": root, "tanh": _tanh, "abs": _absolute, "sigmoid": _sigmoid,
    "relu": _relu,
    "linear": lambda one: one, "step": _step, "sgn": _sign, "max": larger, "min": smaller,
    "sin": lambda one: Dual(one.value.sin(), one.value.cos() * one.slope),
    "cos": lambda one: Dual(one.value.cos(), -one.value.sin() * one.slope),
}  # fmt: skip
"""Functions that documents call by a name of their own."""

PRIMES: dict[str, Callable[[arb], arb]] = {
    name: _slope_of(function) for name, function in FUNCTIONS.items() if name not in ("max", "min")
}
"""Their derivatives, as functions of the argument."""


def primed(function: str, one: Dual) -> Dual:
    """Return the value of the derivative of a named function.

    Raises
    ------
    Unknown
        If its own derivative would be needed.
    """
    if one.slope != 0:
        raise Unknown("a derivative of a derivative")
    return constant(PRIMES[function](one.value))
