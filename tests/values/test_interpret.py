"""Written trees against values found next to them, in Python's fractions and in mpmath."""

import random
from fractions import Fraction

import mpmath
import pytest
from flint import ctx

from symback.values.interpret import UnknownValue, interpret
from symback.values.real import Real
from symback.written.nodes import (
    Annotation,
    Call,
    Cases,
    Constant,
    Derivative,
    Ellipsis,
    Group,
    IndexedSum,
    Matrix,
    Name,
    Negative,
    Norm,
    Number,
    Partial,
    Power,
    Product,
    Quotient,
    Relation,
    Sequence,
    Sum,
    Symbol,
    Text,
    Transpose,
    Valued,
    Written,
    partial_key,
)

X, Y, UNKNOWN = Name("x.1"), Name("x.2"), Name("w.1.1.1")
ENVIRONMENT = {"x.1": Real.of("1.5"), "x.2": Real.of("-0.25"), partial_key("loss", "a.1.1"): Real.of("0.125")}
E = Constant("e")


def number(text) -> Number:
    return Number(str(text))


def value(node: Written) -> Real:
    found = interpret(node, ENVIRONMENT)
    assert isinstance(found, Real)
    return found


def matrix(*rows) -> Matrix:
    return Matrix(tuple(tuple(number(entry) for entry in row) for row in rows))


def rows(node: Written) -> list[list[Fraction]]:
    found = interpret(node, ENVIRONMENT)
    assert isinstance(found, tuple)
    return [[Fraction(str(entry.rational)) for entry in row] for row in found]


SCALARS = [
    (X, "1.5"),
    (Partial("loss", "a.1.1"), "0.125"),
    (number("2.50"), "2.5"),
    (Sum((X, Negative(Y), number(3))), "4.75"),
    (Product((X, Y, number(-2)), "times"), "0.75"),
    (Quotient(X, Y), "-6"),
    (Group(Sum((X, Y))), "1.25"),
    (Annotation(Product((X, X)), Text("squared")), "2.25"),
    (Power(X, number(2)), "2.25"),
    (Power(X, number(-1)), "2/3"),
    (Power(Negative(X), number(3)), "-3.375"),
    (Power(number(4), Quotient(number(1), number(2))), "2"),
    (Power(E, Sum((X, Negative(X)))), "1"),
    (Call("max", (number(0), Y)), "0"),
    (Call("max", (X, Y, number("1.6"))), "1.6"),
    (Call("min", (X, Y)), "-0.25"),
    (Call("abs", (Y,)), "0.25"),
    (Call("log", (number(1),)), "0"),
    (Call("ln", (E,)), "1"),
    (Norm(matrix([3], [4])), "5"),
    (Norm(Y), "0.25"),
    (Transpose(X), "1.5"),
    (Sum(()), "0"),
]


@pytest.mark.parametrize(("node", "expected"), SCALARS)
def test_scalars(node, expected):
    assert value(node) == Real.of(expected)


@pytest.mark.parametrize(
    ("node", "expected"),
    [
        (Power(E, Y), lambda: mpmath.exp(-0.25)),
        (Power(X, Y), lambda: mpmath.mpf("1.5") ** -0.25),
        (Power(E, E), lambda: mpmath.e**mpmath.e),
        (Power(Constant("pi"), X), lambda: mpmath.pi**1.5),
        (Power(number(2), Quotient(number(1), number(2))), lambda: mpmath.sqrt(2)),
        (Quotient(number(1), Sum((number(1), Power(E, Negative(X))))), lambda: 1 / (1 + mpmath.exp(-1.5))),
        (Call("exp", (X,)), lambda: mpmath.exp(1.5)),
        (Call("log", (X,)), lambda: mpmath.log(1.5)),
        (Call("sqrt", (X,)), lambda: mpmath.sqrt(1.5)),
        (Call("tanh", (Y,)), lambda: mpmath.tanh(-0.25)),
        (Call("sin", (X,)), lambda: mpmath.sin(1.5)),
        (Call("cos", (X,)), lambda: mpmath.cos(1.5)),
    ],
)
def test_functions_and_constants_agree_with_mpmath(node, expected):
    with mpmath.workdps(60):
        assert abs(decimal_of(value(node)) - expected()) < mpmath.mpf(10) ** -50


def test_the_power_one_half_is_the_square_root():
    half = Quotient(number(1), number(2))
    assert value(Power(number("6.25"), half)).rational == value(number("2.5")).rational
    assert value(Power(number(0), half)).rational == 0


def decimal_of(real: Real) -> mpmath.mpf:
    ball = real.enclosure(256)
    with ctx.workprec(256):
        return mpmath.mpf(ball.mid().str(70, radius=False))


def rational_tree(source: random.Random, depth: int) -> tuple[Written, Fraction]:
    """A random tree together with its value."""
    if depth == 0:
        return source.choice(
            [(X, Fraction(3, 2)), (Y, Fraction(-1, 4)), (number("-0.30"), Fraction(-3, 10)), (number(7), Fraction(7))]
        )
    (left, a), (right, b) = rational_tree(source, depth - 1), rational_tree(source, depth - 1)
    third, c = rational_tree(source, 0)
    choices = [
        (Sum((left, Negative(right), third)), a - b + c),
        (Product((left, third, right), source.choice(("", "times", "hadamard"))), a * c * b),
        (Group(Negative(left)), -a),
        (Power(left, number(2)), a**2),
        (Call("max", (left, right)), max(a, b)),
        (Call("min", (third, right)), min(c, b)),
        (Call("abs", (left,)), abs(a)),
        (Cases(((left, Relation(left, (("<", right),))), (right, Relation(left, (("≥", right),))))), min(a, b)),
    ]
    if b:
        choices.append((Quotient(left, right), a / b))
    return source.choice(choices)


def test_random_rational_trees():
    source = random.Random(8)
    for _ in range(500):
        tree, expected = rational_tree(source, 4)
        assert Fraction(str(value(tree).rational)) == expected


def test_matrix_products_need_fitting_shapes():
    row, column = matrix([1, 2]), matrix([3], ["0.5"])
    assert rows(Product((row, column))) == [[4]]
    assert rows(Product((column, row))) == [[3, 6], [Fraction(1, 2), 1]]
    assert rows(Product((row, column, row))) == [[4, 8]]
    with pytest.raises(ValueError, match="1×2 matrix cannot be multiplied by a 1×2"):
        interpret(Product((row, row)), {})


def test_matrix_products_agree_with_sums_over_the_inner_index():
    source = random.Random(12)
    for _ in range(20):
        height, inner, width = (source.randint(1, 4) for _ in range(3))
        left = [[source.randint(-9, 9) for _ in range(inner)] for _ in range(height)]
        right = [[source.randint(-9, 9) for _ in range(width)] for _ in range(inner)]
        expected = [[sum(left[i][k] * right[k][j] for k in range(inner)) for j in range(width)] for i in range(height)]
        assert rows(Product((matrix(*left), matrix(*right)))) == expected
        swapped = Product((Transpose(matrix(*right)), Transpose(matrix(*left))))
        assert rows(Transpose(swapped)) == expected


def test_scalars_act_on_every_entry():
    column = matrix([1], [-2])
    assert rows(Product((X, column))) == [[Fraction(3, 2)], [-3]]
    assert rows(Product((column, X), "times")) == [[Fraction(3, 2)], [-3]]
    assert rows(Product((column, Group(Sum((number(1), Negative(column))))), "hadamard")) == [[0], [-6]]
    assert rows(Call("max", (number(0), column))) == [[1], [0]]
    assert rows(Quotient(column, number(4))) == [[Fraction(1, 4)], [Fraction(-1, 2)]]
    assert rows(Negative(column)) == [[-1], [2]]


def test_a_matrix_with_one_entry_is_still_a_matrix():
    single, column = matrix([3]), matrix([1], [2])
    assert rows(Product((column, single))) == [[3], [6]]
    with pytest.raises(ValueError, match="1×1 matrix cannot be multiplied by a 2×1"):
        interpret(Product((single, column)), {})
    with pytest.raises(ValueError, match="only a number"):
        interpret(Power(single, number(2)), {})


def test_entrywise_operations_need_equal_shapes():
    for node in (Sum((matrix([1, 2]), matrix([1], [2]))), Product((matrix([1, 2]), matrix([1, 2, 3])), "hadamard")):
        with pytest.raises(ValueError, match="different shapes: 1×2, "):
            interpret(node, {})


def relation(sign: str, left: Written = X, right: Written = Y) -> Relation:
    return Relation(left, ((sign, right),))


@pytest.mark.parametrize(
    ("sign", "holds"), [("<", "010"), (">", "001"), ("≤", "110"), ("≥", "101"), ("=", "100"), ("≠", "011")]
)
def test_cases_are_decided_by_comparison(sign, holds):
    same, less, greater = (number(2), number(2)), (Y, X), (X, Y)
    for (left, right), expected in zip((same, less, greater), holds, strict=True):
        node = Cases(((number(1), relation(sign, left, right)), (number(0), relation("=", number(0), number(0)))))
        assert value(node) == Real.of(expected)


def test_cases_decide_what_no_float_can():
    near = Sum((number(1), Power(E, number(-300))))
    node = Cases(((number(1), relation(">", near, number(1))), (number(0), relation("≤", near, number(1)))))
    assert value(node) == Real.of(1)
    same = Call("exp", (Call("log", (number(2),)),))
    assert value(Cases(((number(1), relation("=", same, number(2))),))) == Real.of(1)


def test_only_the_case_that_applies_is_looked_at():
    assert value(Cases(((X, relation(">")), (UNKNOWN, relation("≤"))))) == Real.of("1.5")
    with pytest.raises(ValueError, match="none of the cases"):
        value(Cases(((X, relation("<")),)))


def test_numbers_in_place_come_before_the_environment():
    body = Sum((X, Y))
    assert value(Valued(body, {"x.1": number("1.4")})) == Real.of("1.15")
    assert value(Sum((Valued(body, {"x.1": number("1.4")}), X))) == Real.of("2.65")
    nested = Valued(Valued(body, {"x.1": number(1)}), {"x.1": number(2), "x.2": number(3)})
    assert value(nested) == Real.of(4)
    assert value(Valued(UNKNOWN, {UNKNOWN.key: Quotient(X, number(3))})) == Real.of("0.5")


@pytest.mark.parametrize(
    "node",
    [
        UNKNOWN,
        Partial("loss", "w.1.1.1"),
        Symbol("x"),
        Text("target"),
        Call(Symbol("f"), (X,)),
        Call("ReLU", (X,)),
        Call("tanh", (X,), primes=1),
        Derivative(X, X),
        IndexedSum(X, Symbol("i")),
        Ellipsis(),
        Sequence((X, Y)),
        Relation(X, (("=", Y),)),
        Cases(((X, relation("<", UNKNOWN)),)),
        Product((number(2), UNKNOWN)),
        Product((Call("log", (E,)), UNKNOWN)),
        Matrix(((X, UNKNOWN),)),
    ],
)
def test_what_has_no_value(node):
    with pytest.raises(UnknownValue):
        interpret(node, ENVIRONMENT)
    assert issubclass(UnknownValue, KeyError)


def test_zero_times_an_unknown_number_is_zero():
    assert value(Product((UNKNOWN, number("0.0"), X))) == Real.of(0)
    assert value(Sum((X, Product((Call(Symbol("f"), (X,)), number(0)))))) == Real.of("1.5")


@pytest.mark.parametrize(
    ("node", "error"),
    [
        (Quotient(X, Sum((X, Negative(X)))), ZeroDivisionError),
        (Power(number(0), number(-1)), ZeroDivisionError),
        (Call("log", (Y,)), ValueError),
        (Call("sqrt", (Y,)), ValueError),
        (Power(Y, Quotient(number(1), number(3))), ValueError),
    ],
)
def test_what_does_not_exist(node, error):
    with pytest.raises(error):
        value(node)


def test_words_for_a_condition_always_hold():
    assert interpret(Cases(((X, relation("<", X, X)), (Number("2"), Text("otherwise")))), ENVIRONMENT) == Real.of(2)


def test_a_condition_may_have_several_links():
    between = Relation(Number("0"), (("<", X), ("≤", Number("1"))))
    form = Cases(((Number("5"), between), (Number("7"), Text("otherwise"))))
    values = [interpret(form, {"x.1": Real.of(number)}) for number in ("0", "0.5", "1", "1.5")]
    assert values == [Real.of(7), Real.of(5), Real.of(5), Real.of(7)]
