"""Plain text: ids for quantities, one word for a symbol, ASCII alone."""

from __future__ import annotations

import pytest

from symback.written.nodes import (
    Annotation,
    Call,
    Cases,
    Constant,
    Derivative,
    Ellipsis,
    Group,
    Matrix,
    Name,
    Norm,
    Number,
    Partial,
    Power,
    Product,
    Relation,
    Sequence,
    Symbol,
    Text,
    Written,
)
from symback.written.reader import read
from symback.written.text import TextPrinter

x, z = Symbol("x"), Symbol("z")
one, two = Number("1"), Number("2")

NODES: list[tuple[Written, str]] = [
    (Partial("loss", "w.1.1.1"), "d(loss)/d(w.1.1.1)"),
    (Product((Partial("loss", "z.1.1"), Name("x.1")), juxtaposed=True), "d(loss)/d(z.1.1)*x.1"),
    (Derivative(Power(x, two), x), "d(x^2)/d(x)"),
    (Matrix(((x, one), (two, z))), "[[x, 1], [2, z]]"),
    (Sequence((x, one)), "[x, 1]"),
    (Cases(((one, Relation(z, ((">", Number("0")),))), (two, Relation(z, (("≤", Number("0")),))))),
     "cases(1, z > 0, 2, z <= 0)"),
    (Relation(x, (("=", one), ("≈", two), ("←", z), ("⇒", x))), "x = 1 ~= 2 <- z => x"),
    (Symbol(r"\alpha", (Symbol("j", (one,)), Symbol("k"))), "alpha_j_1_k"),
    (Symbol("a", (two,), (Group(one),)), "a_2__1"),
    (Symbol(r"\mathcal{J}", mark="prime"), "J'"),
    (Power(Symbol("w", (one,), mark="prime"), two), "(w_1')^2"),
    (Symbol("y", accent="hat"), "y_hat"),
    (Call(Symbol("f"), (x,), 1), "f'(x)"),
    (Call("max", (Number("0"), x)), "max(0, x)"),
    (Norm(x), "norm(x)"),
    (Product((Constant("pi"), Ellipsis(), x)), "pi*...*x"),
    (Annotation(x, Text("input")), "x"),
    (Text("größer"), r"gr\xf6\xdfer"),
]  # fmt: skip


@pytest.mark.parametrize(("node", "text"), NODES, ids=[text for _, text in NODES])
def test_nodes(node: Written, text: str):
    assert TextPrinter().print(node) == text
    assert text.isascii()


@pytest.mark.parametrize(
    "text",
    [
        "2*x", "max(0, x)", "1/(1 + exp(-x))", "1/(1 + e^(-x))", "x^2", "(t - y)^2/2", "-x", "-x^2", "(-x)^2", "-2*x",
        "cases(1, x > 0, 0, x <= 0)", "a - (b - c)", "a/(b*c)", "(a/b)/c", "x^(y^z)", "w.1.2.1*x.1 + b.1.2", "2^(-1)",
        "3 + (-2)", "a - (-x)", "-(-x)", "a*(-b)", "x^(1/2)", "-(a + b)*c", "a.1.2@3*x",
    ],
)  # fmt: skip
def test_expressions_are_printed_as_they_are_read(text: str):
    tree = read(text)
    assert TextPrinter().print(tree) == text
    assert read(TextPrinter().print(tree)) == tree


def test_names_of_a_notation():
    assert TextPrinter(lambda identifier: Symbol("w", (two,))).print(Name("w.1.1.1")) == "w_2"


def test_symbols_that_are_no_words_are_refused():
    with pytest.raises(ValueError, match="neither a word"):
        TextPrinter().print(Symbol("x;y"))
