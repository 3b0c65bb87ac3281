"""Printed numbers mean what the tree means: thousands of random trees, read back by independent readers."""

from __future__ import annotations

from fractions import Fraction

import pytest

from symback.written.latex import LatexPrinter
from symback.written.nodes import (
    Annotation,
    Call,
    Cases,
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
    Sequence,
    Sum,
    Symbol,
    Text,
    Transpose,
    Written,
)
from symback.written.reader import read
from symback.written.text import TextPrinter
from tests.written.arithmetic import latex_value, random_trees, text_value, value_of

TREES = random_trees(3000, depth=5, seed=20) + random_trees(3000, depth=3, seed=21)


def unnamed(identifier: str) -> Written:
    raise AssertionError(f"{identifier} has a number and should not be printed")


def test_the_independent_readers_read():
    assert text_value("-2^2 + 3*(1/4 - 0.5)^-1") == Fraction(-16)
    assert latex_value(r"-2^{2} + 3\left( \frac{1}{4} - 0.5 \right)^{-1}") == Fraction(-16)
    assert latex_value(r"2 \times \sum_{k=1}^{3} 2 \times 5 - 1") == Fraction(59)


@pytest.mark.parametrize(
    "latex",
    ["1 + -2", r"2 \times -3", "2 3", r"2\frac{1}{2}", "2^{3}^{2}", r"\frac{1}{2}^{2}", "((1)", r"1 \times 2 \circ 3"],
)
def test_the_independent_latex_reader_refuses(latex: str):
    with pytest.raises(ValueError, match=r"where|unexpected|number|superscripts|raised|kinds|cannot"):
        latex_value(latex)


def test_latex_means_what_the_tree_means():
    printer = LatexPrinter(unnamed)
    for tree, value in TREES:
        latex = printer.print(tree)
        assert latex_value(latex) == value, latex


def test_text_means_what_the_tree_means():
    printer = TextPrinter(unnamed)
    for tree, value in TREES:
        text = printer.print(tree)
        assert text_value(text) == value, text


def test_text_read_again_means_the_same():
    printer = TextPrinter(unnamed)
    readable = [(text, value) for tree, value in TREES if "sum" not in (text := printer.print(tree))]
    assert len(readable) > 1000
    for text, value in readable:
        assert value_of(read(text)) == value, text


def test_brackets_never_double():
    printer = LatexPrinter(unnamed)
    for tree, _ in TREES:
        latex = printer.print(tree).replace(r"\left( ", "(").replace(r" \right)", ")")
        openings = [place for place in range(len(latex) - 1) if latex[place : place + 2] == "(("]
        for place in openings:
            assert closing(latex, place) != closing(latex, place + 1) + 1, latex


def closing(latex: str, opening: int) -> int:
    depth = 0
    for place in range(opening, len(latex)):
        depth += {"(": 1, ")": -1}.get(latex[place], 0)
        if depth == 0:
            return place
    raise AssertionError(latex)


a, b, c, k, n, x, z = (Symbol(letter) for letter in "abcknxz")
two, minus = Number("2"), Number("-2")
fraction = Quotient(a, b)
matrix = Matrix(((a, b),))
indexed = IndexedSum(Symbol("a", (k,)), k, Number("1"), n)
cases = Cases(((Number("1"), Relation(z, ((">", Number("0")),))), (Number("0"), Relation(z, (("≤", Number("0")),)))))
equation = Relation(a, (("=", b),))
script = Symbol("a", (), (Group(n),))

BRACES = "\\begin{cases} 1 & z > 0 \\\\\n0 & z \\leq 0 \\end{cases}"

PLACES: list[tuple[Written, str]] = [
    # One pair for a group, whatever needs brackets around it.
    (Product((two, Group(Sum((a, b))))), r"2 \times (a + b)"),
    (Product((two, Group(minus))), r"2 \times (-2)"),
    (Power(Group(Sum((a, b))), two), "(a + b)^{2}"),
    (Group(Group(x)), "(x)"),
    (Call("f", (Group(Sum((a, b))),)), "f(a + b)"),
    (Product((a, Product((Group(b),)))), r"a \times (b)"),
    # A sum or product of one.
    (Product((Sum((a, b)),)), "a + b"),
    (Sum((Negative(a),)), "-a"),
    (Power(Product((a,)), two), "a^{2}"),
    # Products in products: only the Hadamard product needs its factors kept together.
    (Product((a, Product((b, c)))), r"a \times b \times c"),
    (Product((a, Product((minus, c)))), r"a \times (-2 \times c)"),
    (Product((Product((a, b)), c), "hadamard"), r"(a \times b) \circ c"),
    (Product((a, Product((b, c), "hadamard"))), r"a \times (b \circ c)"),
    (Product((a, Product((b, c), "hadamard")), "hadamard"), r"a \circ b \circ c"),
    # Sums over an index.
    (Product((indexed, b)), r"\left( \sum_{k=1}^{n} a_k \right) \times b"),
    (Product((b, indexed)), r"b \times \sum_{k=1}^{n} a_k"),
    (Product((Negative(indexed), b)), r"\left( -\sum_{k=1}^{n} a_k \right) \times b"),
    (Product((Product((a, indexed)), b)), r"\left( a \times \sum_{k=1}^{n} a_k \right) \times b"),
    (Sum((indexed, b)), r"\sum_{k=1}^{n} a_k + b"),
    (IndexedSum(Sum((a, b)), k), r"\sum_{k} (a + b)"),
    (IndexedSum(Negative(a), k, Number("1")), r"\sum_{k=1} (-a)"),
    (Power(indexed, two), r"\left( \sum_{k=1}^{n} a_k \right)^{2}"),
    # Cases have no closing brace, so nothing may follow them bare.
    (Product((a, cases)), rf"a \times {BRACES}"),
    (Product((cases, a)), rf"\left( {BRACES} \right) \times a"),
    (Sum((cases, a)), rf"\left( {BRACES} \right) + a"),
    (Sum((a, Negative(cases))), rf"a - {BRACES}"),
    (Sum((a, Negative(cases), b)), rf"a - \left( {BRACES} \right) + b"),
    (Sum((Product((a, cases)), b)), rf"\left( a \times {BRACES} \right) + b"),
    (Relation(a, (("=", cases),)), f"a = {BRACES}"),
    # Relations.
    (Relation(equation, (("⇒", c),)), r"(a = b) \Rightarrow c"),
    (Sum((a, equation)), "a + (a = b)"),
    (Product((equation, a)), r"(a = b) \times a"),
    (Negative(equation), "-(a = b)"),
    (Quotient(equation, a), r"\frac{(a = b)}{a}"),
    (Group(equation), "(a = b)"),
    (IndexedSum(equation, k), r"\sum_{k} (a = b)"),
    (Power(equation, two), "(a = b)^{2}"),
    (Power(cases, two), rf"\left( {BRACES} \right)^{{2}}"),
    (Power(a, equation), "a^{(a = b)}"),
    # Bases.
    (Power(fraction, two), r"\left( \frac{a}{b} \right)^{2}"),
    (Power(Power(a, b), two), "(a^{b})^{2}"),
    (Power(a, Power(b, two)), "a^{b^{2}}"),
    (Power(Negative(a), two), "(-a)^{2}"),
    (Power(Call("f", (a,)), two), "f(a)^{2}"),
    (Power(Norm(a), two), r"\lVert a \rVert^{2}"),
    (Power(Call("sqrt", (a,)), two), r"\left( \sqrt{a} \right)^{2}"),
    (Power(script, two), "(a^{(n)})^{2}"),
    (Power(Symbol("a", (), (), "prime"), two), "(a')^{2}"),
    (Power(Symbol("a", (n,), (), "plus"), two), "(a_n^{+})^{2}"),
    (Power(Transpose(a), two), "(a^{T})^{2}"),
    (Power(Annotation(a, b), two), r"({\underbrace{a}_{b}})^{2}"),
    (Transpose(Sum((a, b))), "(a + b)^{T}"),
    (Transpose(Product((a, b), juxtaposed=True)), "(a b)^{T}"),
    (Transpose(script), "(a^{(n)})^{T}"),
    (Transpose(matrix), r"\begin{bmatrix} a & b \end{bmatrix}^{T}"),
    # An underbrace keeps what is above it.
    (Product((Annotation(Sum((a, b)), z), c)), r"({\underbrace{a + b}_{z}}) \times c"),
    (Sum((a, Annotation(Negative(b), z))), r"a + ({\underbrace{-b}_{z}})"),
    # Lists stand in brackets of their own.
    (Product((two, Sequence((a, minus)))), r"2 \times [a, -2]"),
    (Product((two, matrix)), r"2 \times \begin{bmatrix} a & b \end{bmatrix}"),
    (Call("max", (minus, Sum((a, b)))), r"\max(-2, a + b)"),
]


@pytest.mark.parametrize(("tree", "latex"), PLACES, ids=[latex for _, latex in PLACES])
def test_places(tree: Written, latex: str):
    assert LatexPrinter(unnamed).print(tree) == latex


@pytest.mark.parametrize(
    ("tree", "text"),
    [
        (Sum((Number("1"), Negative(Quotient(Number("1"), two)))), "1 - 1/2"),
        (Quotient(a, Product((b, c))), "a/(b*c)"),
        (Quotient(Quotient(a, b), c), "(a/b)/c"),
        (Quotient(a, Quotient(b, c)), "a/(b/c)"),
        (Quotient(Product((a, b)), c), "a*b/c"),
        (Quotient(Sum((a, b)), minus), "(a + b)/(-2)"),
        (Quotient(Negative(a), b), "(-a)/b"),
        (Negative(Quotient(a, b)), "-a/b"),
        (Product((a, Quotient(b, c))), "a*(b/c)"),
        (Product((Quotient(a, b), c), juxtaposed=True), "a/b*c"),
        (Power(a, Quotient(Number("1"), two)), "a^(1/2)"),
        (Power(a, minus), "a^(-2)"),
        (Power(a, Power(b, c)), "a^(b^c)"),
        (Product((indexed, b)), "sum(a_k, k, 1, n)*b"),
        (Sum((Number("-3.84"), Number("-0.96"))), "-3.84 + (-0.96)"),
        (Sum((a, Name("new"))), "a + (-4)"),
        (Transpose(Text("W")), "transpose(W)"),
        (Quotient(equation, a), "(a = b)/a"),
        (Quotient(a, equation), "a/(a = b)"),
    ],
)
def test_places_in_text(tree: Written, text: str):
    printer = TextPrinter()
    assert printer.print(tree, {"new": Negative(Number("4"))}) == text
