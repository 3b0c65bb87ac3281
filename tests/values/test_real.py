"""Reals against Python's fractions and against mpmath at 60 digits."""

import operator
import random
import sys
from decimal import Decimal
from fractions import Fraction

import mpmath
import pytest
from flint import arb, ctx, fmpq

from symback.values.real import PRECISIONS, Real

OPERATORS = (operator.add, operator.sub, operator.mul, operator.truediv)
FUNCTIONS = {
    "exp": mpmath.exp,
    "log": mpmath.log,
    "sqrt": mpmath.sqrt,
    "tanh": mpmath.tanh,
    "sin": mpmath.sin,
    "cos": mpmath.cos,
}


@pytest.fixture(autouse=True)
def _sixty_digits():
    with mpmath.workdps(60):
        yield


def fraction(real: Real) -> Fraction:
    assert real.rational is not None
    return Fraction(int(real.rational.p), int(real.rational.q))


def difference(real: Real, expected: mpmath.mpf) -> mpmath.mpf:
    """How far the middle of a wide-precision ball lies from an mpmath value, relative to its size."""
    ball = real.enclosure(256)
    with ctx.workprec(256):
        middle = mpmath.mpf(ball.mid().str(70, radius=False))
    return abs(middle - expected) / max(1, abs(expected))


def random_fraction(source: random.Random) -> Fraction:
    return Fraction(source.randint(-(10**6), 10**6), source.randint(1, 10**4))


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        (3, Fraction(3)),
        ("0.1", Fraction(1, 10)),
        ("-12.050", Fraction(-241, 20)),
        ("1/3", Fraction(1, 3)),
        ("1e-7", Fraction(1, 10**7)),
        (Decimal("0.30"), Fraction(3, 10)),
        (Fraction(-22, 7), Fraction(-22, 7)),
        (fmpq(5, 6), Fraction(5, 6)),
    ],
)
def test_of_takes_numbers_exactly(number, expected):
    assert fraction(Real.of(number)) == expected


def test_of_refuses_binary_floats_and_words():
    with pytest.raises(TypeError, match="binary float"):
        Real.of(0.1)
    with pytest.raises(ValueError, match="half"):
        Real.of("half")


def test_rational_arithmetic_agrees_with_fractions():
    source = random.Random(20)
    for _ in range(2000):
        left, right = random_fraction(source), random_fraction(source)
        for operation in OPERATORS:
            if operation is operator.truediv and right == 0:
                continue
            assert fraction(operation(Real.of(left), Real.of(right))) == operation(left, right)
        assert fraction(-Real.of(left)) == -left
        assert fraction(abs(Real.of(left))) == abs(left)
        assert fraction(Real.of(left) ** 3) == left**3
        assert fraction(Real.of(right) ** 0) == 1
        assert Real.of(left).compare(Real.of(right)) == (left > right) - (left < right)


def test_tenths_add_up():
    assert Real.of("0.1") + Real.of("0.2") == Real.of("0.3")


@pytest.mark.parametrize("name", FUNCTIONS)
def test_functions_agree_with_mpmath(name):
    source = random.Random(name)
    for _ in range(200):
        argument = random_fraction(source) / 1000
        if name in ("log", "sqrt"):
            argument = abs(argument) + Fraction(1, 7)
        expected = FUNCTIONS[name](mpmath.mpf(argument.numerator) / argument.denominator)
        assert difference(Real.of(argument).apply(name), expected) < mpmath.mpf(10) ** -55


def random_pair(source: random.Random, depth: int) -> tuple[Real, mpmath.mpf]:
    """The same random expression twice: as a real, and in mpmath's arithmetic."""
    if depth == 0:
        number = Fraction(source.randint(-300, 300), source.choice((1, 7, 10, 100)))
        return Real.of(number), mpmath.mpf(number.numerator) / number.denominator
    left, left_float = random_pair(source, depth - 1)
    right, right_float = random_pair(source, depth - 1)
    match source.randrange(7):
        case 0:
            return left + right, left_float + right_float
        case 1:
            return left - right, left_float - right_float
        case 2:
            return left * right, left_float * right_float
        case 3 if abs(right_float) > 0.01:
            return left / right, left_float / right_float
        case 4:
            return left.apply("tanh").exp(), mpmath.exp(mpmath.tanh(left_float))
        case 5 if left_float > 0.01:
            return left.log(), mpmath.log(left_float)
        case 6:
            return Real.sum((left, right, left)), left_float + right_float + left_float
    return left.apply("cos") ** 2, mpmath.cos(left_float) ** 2


def test_random_expressions_agree_with_mpmath():
    source = random.Random(5)
    for _ in range(400):
        real, expected = random_pair(source, 4)
        if abs(expected) > 10**12:
            continue
        assert difference(real, expected) < mpmath.mpf(10) ** -35
        if abs(expected) > 1e-30:
            assert real.sign() == mpmath.sign(expected)
        assert float(real) == pytest.approx(float(expected), rel=1e-15, abs=1e-30)


@pytest.mark.parametrize("bits", PRECISIONS)
def test_enclosures_hold_the_number_and_shrink(bits):
    ball = Real.of(2).log().exp().enclosure(bits)
    assert ball.contains(2)
    with ctx.workprec(bits):
        assert ball.rad() < arb(2) ** (8 - bits)


def test_enclosures_leave_the_working_precision_alone():
    before = ctx.prec
    (Real.of(3).exp() + Real.of("0.1")).enclosure(777)
    assert ctx.prec == before


@pytest.mark.parametrize(
    ("name", "argument", "expected"),
    [
        ("exp", "0", "1"),
        ("log", "1", "0"),
        ("tanh", "0", "0"),
        ("sin", "0", "0"),
        ("cos", "0", "1"),
        ("sqrt", "0", "0"),
        ("sqrt", "4/9", "2/3"),
        ("sqrt", "0.25", "0.5"),
    ],
)
def test_functions_stay_rational_where_they_can(name, argument, expected):
    assert fraction(Real.of(argument).apply(name)) == Fraction(expected)


@pytest.mark.parametrize(("name", "argument"), [("exp", "1"), ("log", "2"), ("sqrt", "2"), ("sqrt", "4/7")])
def test_other_images_are_not_rational(name, argument):
    assert Real.of(argument).apply(name).rational is None


def test_zero_times_anything_and_zero_divided_are_exactly_zero():
    zero, e = Real.of(0), Real.of(1).exp()
    for product in (zero * e, e * zero, zero / e):
        assert fraction(product) == 0


def test_whole_powers_of_a_computed_number():
    e = Real.of(1).exp()
    assert e**3 == Real.of(3).exp()
    assert e**-2 == Real.of(-2).exp()
    assert fraction(e**0) == 1
    assert (-e) ** 3 == -Real.of(3).exp()


def test_pi():
    assert difference(Real.pi(), mpmath.pi) < mpmath.mpf(10) ** -55
    assert Real.pi().apply("sin").sign() == 0


def nothing() -> Real:
    """A zero that no ball can prove."""
    return Real.of(2).log() + Real.of(3).log() - Real.of(6).log()


def test_what_cannot_be_told_from_zero_counts_as_zero():
    assert nothing().sign() == 0
    assert nothing() == Real.of(0)
    assert str(float(nothing())) == "0.0"
    assert fraction(nothing().apply("sqrt")) == 0
    for divisor in (nothing(), Real.of(0)):
        for dividend in (Real.of(1), Real.of(0), Real.of(1).exp()):
            with pytest.raises(ZeroDivisionError, match="zero"):
                dividend / divisor
        with pytest.raises(ZeroDivisionError, match="zero"):
            divisor**-1


def test_what_can_be_told_from_zero_does_not():
    small = Real.of(-1000).exp()  # about 2 to the power -1443
    assert (Real.of(1) + small - Real.of(1).exp().log()).sign() == 1
    assert (Real.of(1) - small - Real.of(1).exp().log()).sign() == -1
    assert (Real.of(1) + small * small - Real.of(1).exp().log()).sign() == 0


@pytest.mark.parametrize("argument", [Real.of(0), Real.of("-2.5"), -Real.of(1).exp(), nothing()])
def test_logarithm_of_what_is_not_positive(argument):
    with pytest.raises(ValueError, match="must be positive"):
        argument.log()


def test_square_root_of_a_negative_number():
    for argument in (Real.of(-1), -Real.of(1).exp()):
        with pytest.raises(ValueError, match="must not be negative"):
            argument.apply("sqrt")


def test_long_chains_do_not_hit_the_recursion_limit():
    length = 3 * sys.getrecursionlimit()
    number, expected = Real.of(1).exp(), mpmath.e
    for step in range(length):
        number = -number + Real.of(step)
        expected = -expected + step
    assert difference(number, expected) < mpmath.mpf(10) ** -50
    assert Real.sum([Real.of(1).exp()] * length) == Real.of(length) * Real.of(1).exp()


def test_shared_operands_are_computed_once():
    number = Real.of(1).exp()
    for _ in range(200):  # as a tree: 2 to the power 200 leaves
        number = (number + number) / Real.of(2)
    assert number == Real.of(1).exp()


def test_floats_are_the_nearest():
    source = random.Random(3)
    for _ in range(500):
        number = Fraction(source.getrandbits(54) * 2 + 1, 2 ** source.randint(1, 90)) * source.choice((-1, 1))
        if source.random() < 0.5:
            number /= source.randint(1, 999)
        assert float(Real.of(number)) == float(number)
        computed = Real.of(abs(number)).log().exp() * Real.of(1).exp()
        assert float(computed) == float(mpmath.mpf(abs(number).numerator) / abs(number).denominator * mpmath.e)


def test_floats_beyond_their_range():
    assert str(float(-Real.of(-1000).exp())) == "0.0"
    assert float(Real.of(1000).exp()) == float("inf")


def test_reals_compare_by_value_and_have_no_hash():
    assert Real.of("0.50") == Real.of("1/2")
    assert Real.of(2).log().exp() == Real.of(2)
    assert Real.of(2) != Real.of(3)
    assert Real.of(2) != 2
    with pytest.raises(TypeError, match="unhashable"):
        hash(Real.of(2))


def test_representation():
    assert repr(Real.of("-0.75")) == "Real(-3/4)"
    assert repr(Real.of(1).exp()).startswith("Real([2.71828")
