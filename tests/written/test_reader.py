"""The reader of spec expressions: what it reads, what it refuses, and that it refuses at once."""

from __future__ import annotations

import subprocess
import sys
import time

import pytest

from symback.written.nodes import (
    Call,
    Cases,
    Constant,
    Name,
    Negative,
    Number,
    Power,
    Product,
    Quotient,
    Relation,
    Sum,
    Written,
)
from symback.written.reader import ExpressionError, read

t, x, y = Name("t"), Name("x"), Name("y")
one, two, zero = Number("1"), Number("2"), Number("0")
half = Quotient(one, two)
difference = Sum((t, Negative(y)))
e = Constant("e")

READ: list[tuple[str, Written]] = [
    ("2*x", Product((two, x))),
    ("2x", Product((two, x), juxtaposed=True)),
    ("2 x^2", Product((two, Power(x, two)), juxtaposed=True)),
    ("2.50", Number("2.50")),
    ("max(0, x)", Call("max", (zero, x))),
    ("1/(1 + exp(-x))", Quotient(one, Sum((one, Call("exp", (Negative(x),)))))),
    ("x^2", Power(x, two)),
    ("x**2", Power(x, two)),
    ("x^2^y", Power(x, Power(two, y))),
    ("x^-2", Power(x, Number("-2"))),
    ("x^-y", Power(x, Negative(y))),
    ("e^(-x)", Power(e, Negative(x))),
    ("2e^x", Product((two, Power(e, x)), juxtaposed=True)),
    ("(t - y)^2/2", Quotient(Power(difference, two), two)),
    ("1/2 (t - y)", Product((half, difference), juxtaposed=True)),
    ("1/2(t - y)^2", Product((half, Power(difference, two)), juxtaposed=True)),
    ("1/2 x", Product((half, x), juxtaposed=True)),
    ("(1/2) x", Product((half, x), juxtaposed=True)),
    ("1/2*x", Product((half, x))),
    ("x/2*y", Product((Quotient(x, two), y))),
    ("x*y/2", Quotient(Product((x, y)), two)),
    ("1/2/x", Quotient(half, x)),
    ("-x", Negative(x)),
    ("-x^2", Negative(Power(x, two))),
    ("-x*y", Negative(Product((x, y)))),
    ("-2", Number("-2")),
    ("- 2", Negative(two)),
    ("-2^2", Negative(Power(two, two))),
    ("(-2)^2", Power(Number("-2"), two)),
    ("-2*x", Product((Number("-2"), x))),
    ("-2x", Product((Number("-2"), x), juxtaposed=True)),
    ("2 - 2", Sum((two, Negative(two)))),
    ("2 -2", Sum((two, Negative(two)))),
    ("2 - -2", Sum((two, Negative(Number("-2"))))),
    ("2 + -2", Sum((two, Number("-2")))),
    ("x*-y*t", Product((x, Negative(y), t))),
    ("t - y + x", Sum((t, Negative(y), x))),
    ("t - (y + x)", Sum((t, Negative(Sum((y, x)))))),
    ("w.1.2.1", Name("w.1.2.1")),
    ("a.1.2@3", Name("a.1.2@3")),
    ("pi", Constant("pi")),
    (" \tx\n", x),
    ("cases(1, x > 0, 0, x <= 0)",
     Cases(((one, Relation(x, ((">", zero),))), (zero, Relation(x, (("≤", zero),)))))),
    ("cases(x, 0 < x >= y != t == 1)",
     Cases(((x, Relation(zero, (("<", x), ("≥", y), ("≠", t), ("=", one)))),))),
]  # fmt: skip


@pytest.mark.parametrize(("text", "tree"), READ, ids=[text for text, _ in READ])
def test_read(text: str, tree: Written):
    assert read(text) == tree


def test_names_win_over_constants():
    assert read("e + x", ["e", "x"]) == Sum((Name("e"), x))
    assert read("e + x", ["x"]) == Sum((e, x))


@pytest.mark.parametrize(
    ("text", "column", "message"),
    [
        ("", 1, "ends too early"),
        ("2 +", 4, "ends too early"),
        ("(x", 1, "never closed"),
        ("max(0, x", 4, "never closed"),
        ("x)", 2, "never opened"),
        ("2 3", 3, r"put \*"),
        ("x y", 3, r"put \*"),
        ("(x)(y)", 4, r"put \*"),
        ("x 2", 3, r"put \*"),
        ("x/2y", 4, r"put \*"),
        ("1/2x", 4, "not clear what the fraction multiplies"),
        ("x^2 y", 5, r"put \*"),
        ("x(2)", 1, "not a function"),
        ("x + maxx(0, x)", 5, "not a function"),
        ("max", 1, "in brackets"),
        ("exp(x, y)", 1, "takes 1 argument, not 2"),
        ("max(x)", 1, "takes 2 arguments, not 1"),
        ("cases(1, x > 0, 0)", 1, "needs a condition"),
        ("cases(1, x)", 11, "a condition needs one of"),
        ("x > 0", 3, "only in a condition"),
        ("x = 0", 3, "only in a condition"),
        ("+x", 1, r"unexpected '\+'"),
        ("x,", 2, "unexpected ','"),
        ("1.5e-3", 1, "without an exponent"),
        ("x + 2E5", 5, "without an exponent"),
        ("1.", 2, "unexpected character"),
        (".5", 1, "unexpected character"),
        ("x\u202ey", 2, "unexpected character"),
        ("x\0", 2, "unexpected character"),
        ("x\u2212y", 2, "unexpected character"),
        ("x[0]", 2, "unexpected character"),
        ("__import__('os')", 12, "unexpected character"),
        ("x.__class__", 2, "unexpected character"),
    ],
)
def test_refused(text: str, column: int, message: str):
    with pytest.raises(ExpressionError, match=message) as caught:
        read(text, ["x", "y", "t"])
    assert caught.value.column == column


def test_unknown_names_come_with_the_nearest_known_one():
    with pytest.raises(ExpressionError, match="did you mean 'target'") as caught:
        read("x - taget", ["x", "target"])
    assert (caught.value.column, caught.value.suggestion) == (5, "target")
    with pytest.raises(ExpressionError, match="did you mean 'max'") as caught:
        read("maxx(0, x)", ["x"])
    assert caught.value.suggestion == "max"
    with pytest.raises(ExpressionError) as caught:
        read("qqqq", ["x"])
    assert caught.value.suggestion is None


BOMBS = {
    "tower": "9^9^9^9",
    "tower in brackets": "((((9^64)^64)^64)^64)",
    "tower of products": "9^(64*64*64)",
    "exponent": "x^65",
    "negative exponent": "x^-65",
    "decimal exponent": "x^64.5",
    "brackets": "(" * 1_990 + "x" + ")" * 1_990,
    "open brackets": "(" * 4_000,
    "minus signs": "-" * 3_999 + "x",
    "powers": "x^" * 1_999 + "x",
    "quotients": "x/" * 1_999 + "x",
    "calls": "exp(" * 999 + "x",
    "long sum": "x+" * 1_999 + "x",
    "long product": "2*" * 1_999 + "2",
    "digits": "1" * 31,
    "decimal digits": "0." + "1" * 30,
    "many digits": "1" * 4_000,
    "too long": "x" * 4_001,
    "very long": " " * 1_000_000,
    "long name": "x" * 3_999 + "!",
    "unknown long name": "x" * 4_000,
    "unknown names": "+".join(["xy"] * 1_300),
    "spaces": "x" + " " * 3_998 + "!",
}


@pytest.mark.parametrize("text", BOMBS.values(), ids=BOMBS)
def test_bombs_are_refused_at_once(text: str):
    times = []
    for _ in range(3):
        start = time.perf_counter()
        with pytest.raises(ExpressionError):
            read(text, ["x", "t", "y"])
        times.append(time.perf_counter() - start)
    assert min(times) < 0.05


@pytest.mark.parametrize(
    "text",
    [
        "x^64", "(" * 64 + "x" + ")" * 64, "-" * 63 + "x", "1" * 30, "+".join(["x"] * 1_900), "x" + "/x" * 63,
        "(2*x)^64", "2^0.5", "2^(1/2)",
    ],
)  # fmt: skip
def test_what_is_within_the_limits_is_read(text: str):
    read(text, ["x"])


def test_reading_imports_no_calculus():
    program = (
        "import sys; from symback.written.reader import read; from symback.written.latex import LatexPrinter; "
        "from symback.written.text import TextPrinter; TextPrinter().print(read('2*x')); "
        "sys.exit(bool({'sympy', 'flint', 'jinja2', 'numpy'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
