"""LaTeX as a page has it: the reviewed list, what no spec can say, numbers in place of leaves, and safety."""

from __future__ import annotations

from pathlib import Path

import pytest

from symback.written.latex import LatexPrinter
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
)
from symback.written.reader import read

FIXTURE = Path(__file__).parent / "fixtures" / "latex.txt"
GREEK = {"alpha", "delta", "eta"}


def fixture_lines() -> list[tuple[str, str]]:
    lines = [line for line in FIXTURE.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    assert all(line.startswith("    ") == bool(place % 2) for place, line in enumerate(lines))
    return [(text, latex.strip()) for text, latex in zip(lines[::2], lines[1::2], strict=True)]


def symbol(identifier: str) -> Written:
    """A small notation: indices of the scalars of a network, the layer of an activation in brackets above."""
    letter, *numbers = identifier.split(".")
    if letter in GREEK:
        return Symbol("\\" + letter)
    layer, *indices = numbers if len(numbers) > 1 else ("", *numbers)
    superscript = (Group(Number(layer)),) if letter == "a" and layer else ()
    return Symbol(letter, tuple(map(Number, indices)), superscript)


@pytest.fixture
def printer() -> LatexPrinter:
    return LatexPrinter(symbol)


@pytest.mark.parametrize(("text", "latex"), fixture_lines())
def test_reviewed_list(printer: LatexPrinter, text: str, latex: str):
    assert printer.print(read(text)).replace("\n", " ") == latex


a, b, c, f, j, k, n, o, t, w, x, z = (Symbol(letter) for letter in "abcfjknotwxz")
one, two, half = Number("1"), Number("2"), Quotient(Number("1"), Number("2"))
tall = r"\left( \frac{1}{2} \right)"

SYMBOLS: list[tuple[Symbol, str]] = [
    (Symbol("Loss"), r"\mathit{Loss}"),
    (Symbol(r"\alpha"), r"\alpha"),
    (Symbol(r"\mathcal{J}"), r"\mathcal{J}"),
    (Symbol("y", accent="hat"), r"\hat{y}"),
    (Symbol("y", (two,), (Group(one),), accent="hat", bold=True), r"\hat{\mathbf{y}}_2^{(1)}"),
    (Symbol("W", bold=True), r"\mathbf{W}"),
    (Symbol(r"\theta", bold=True), r"\boldsymbol{\theta}"),
    (Symbol("w", (Symbol("j", (one,)), Symbol("k", (one,)))), "w_{j_1 k_1}"),
    (Symbol("w", (Symbol("j", (one,)), o)), "w_{j_1 o}"),
    (Symbol("a", (two, one)), "a_{21}"),
    (Symbol("a", (Number("12"), one)), "a_{12,1}"),
    (Symbol("a", (j, k)), "a_{jk}"),
    (Symbol("a", (Symbol(r"\alpha"), k)), r"a_{\alpha k}"),
    (Symbol("k", (one, Text("in"))), r"k_{1\mathrm{in}}"),
    (Symbol("k", (Text("not a word"),)), r"k_{\text{not a word}}"),
    (Symbol("W", (Product((two, one), "times"),)), r"W_{2 \times 1}"),
    (Symbol("a", (j,), (Group(Sum((Symbol("l"), Negative(one)))),)), "a_j^{(l - 1)}"),
    (Symbol("a", (), (Sequence((Text("out"),)),)), r"a^{[\mathrm{out}]}"),
    (Symbol("w", (Symbol("k", (one,)), o), mark="prime"), "w'_{k_1 o}"),
    (Symbol("w", (one,), (Group(two),), mark="prime"), "w'^{(2)}_1"),
    (Symbol("w", (one,), mark="plus"), "w_1^{+}"),
    (Symbol("w", (one,), (Group(two),), mark="plus"), "w_1^{(2)+}"),
]


@pytest.mark.parametrize(("node", "latex"), SYMBOLS, ids=[latex for _, latex in SYMBOLS])
def test_symbols(printer: LatexPrinter, node: Symbol, latex: str):
    assert printer.print(node) == latex


NODES: list[tuple[Written, str]] = [
    (Product((w, x), juxtaposed=True), "w x"),
    (Product((Symbol(r"\alpha"), Sum((a, b))), juxtaposed=True), r"\alpha (a + b)"),
    (Product((Symbol("rate"), x), juxtaposed=True), r"\mathit{rate} \ x"),
    (Product((x, half), juxtaposed=True), r"x \times \frac{1}{2}"),
    (Product((x, Quotient(one, z)), juxtaposed=True), r"x \frac{1}{z}"),
    (Product((x, Power(two, z)), juxtaposed=True), r"x \times 2^{z}"),
    (Product((x, Product((two, z))), "dot", juxtaposed=True), r"x \cdot 2 \times z"),
    (Product((x, Group(two)), juxtaposed=True), "x (2)"),
    (Product((Sum((a, b)), Sum((a, c))), juxtaposed=True), "(a + b)(a + c)"),
    (Product((Number("-2"), x), juxtaposed=True), "-2x"),
    (Product((a, b), "star"), "a * b"),
    (Product((a, b), "dot"), r"a \cdot b"),
    (Product((a, b), "hadamard", juxtaposed=True), r"a \circ b"),
    (Group(half), tall),
    (Power(Constant("e"), Negative(half)), r"e^{-\frac{1}{2}}"),
    (Product((Group(Power(Constant("pi"), half)), a)), r"(\pi^{\frac{1}{2}}) \times a"),
    (Call("ReLU", (z,)), r"\mathrm{ReLU}(z)"),
    (Call(Symbol("ReLU"), (z,), 1), r"\mathrm{ReLU}'(z)"),
    (Call(Symbol(r"\sigma"), (z,), 2), r"\sigma''(z)"),
    (Call(Symbol("f", (one,)), (x,), 1), "f'_1(x)"),
    (Call(f, (half,)), "f" + tall),
    (Call("ReLU", (Matrix(((a, b),)),)), r"\mathrm{ReLU}\left( \begin{bmatrix} a & b \end{bmatrix} \right)"),
    (Call("exp", (Negative(x),)), r"\exp(-x)"),
    (Matrix(((a, b), (c, Number("-1")))), "\\begin{bmatrix} a & b \\\\\nc & -1 \\end{bmatrix}"),
    (Matrix(((a,),)), r"\begin{bmatrix} a \end{bmatrix}"),
    (Sequence((Number("2.0"), Number("1.0"))), "[2.0, 1.0]"),
    (Sequence((half, a)), r"\left[ \frac{1}{2}, a \right]"),
    (Sum((a, Ellipsis(), b)), r"a + \cdots + b"),
    (Matrix(((Ellipsis("vertical"), Ellipsis("diagonal")),)), r"\begin{bmatrix} \vdots & \ddots \end{bmatrix}"),
    (Annotation(Sum((a, b)), Text("sum")), r"{\underbrace{a + b}_{\text{sum}}}"),
    (Norm(half), r"\left\lVert \frac{1}{2} \right\rVert"),
    (Transpose(x), "x^{T}"),
    (IndexedSum(Product((a, b), juxtaposed=True), k, one, n), r"\sum_{k=1}^{n} a b"),
    (Cases(((one, Relation(z, ((">", Number("0")),))), (a, Text("otherwise")))),
     "\\begin{cases} 1 & z > 0 \\\\\na & \\text{otherwise} \\end{cases}"),
    (Relation(a, (("=", b), ("≈", c))), r"a = b \approx c"),
    (Relation(a, ((":=", b),)), "a := b"),
    (Relation(a, (("←", b), ("⟵", c), ("→", a), ("⇒", b))),
     r"a \leftarrow b \longleftarrow c \rightarrow a \Rightarrow b"),
    (Relation(a, (("<", b), (">", c), ("≤", a), ("≥", b), ("≠", c))), r"a < b > c \leq a \geq b \neq c"),
    (Derivative(Call(f, (x,)), x, total=True), r"\frac{d f(x)}{d x}"),
    (Derivative(Product((half, Sum((t, Negative(o)))), juxtaposed=True), o),
     r"\frac{\partial \left( \frac{1}{2}(t - o) \right)}{\partial o}"),
    (Derivative(Power(x, two), x), r"\frac{\partial (x^{2})}{\partial x}"),
    (Derivative(Group(Sum((x, a))), x), r"\frac{\partial (x + a)}{\partial x}"),
    (Derivative(Symbol("a", (), (Group(one),)), x), r"\frac{\partial a^{(1)}}{\partial x}"),
    (Partial("loss", "w.1.2.1"), r"\frac{\partial \mathit{loss}}{\partial w_{21}}"),
    (Product((Partial("loss", "a.1.2"), Partial("a.1.2", "z"))),
     r"\frac{\partial \mathit{loss}}{\partial a_2^{(1)}} \times \frac{\partial a_2^{(1)}}{\partial z}"),
    (Sum((Name("x"), Negative(Product((Name("eta"), Group(Partial("loss", "x"))), juxtaposed=True)))),
     r"x - \eta \left( \frac{\partial \mathit{loss}}{\partial x} \right)"),
]  # fmt: skip


@pytest.mark.parametrize(("node", "latex"), NODES, ids=[latex for _, latex in NODES])
def test_nodes(printer: LatexPrinter, node: Written, latex: str):
    assert printer.print(node) == latex


def test_product_sign_of_the_notation():
    assert LatexPrinter(symbol, product="dot").print(Product((a, b))) == r"a \cdot b"
    with pytest.raises(ValueError, match="unknown product sign 'cross'"):
        LatexPrinter(symbol, product="cross")


def test_numbers_in_place_of_leaves(printer: LatexPrinter):
    affine = Sum((Product((Name("w.1.1.1"), Name("x.1")), juxtaposed=True), Name("b.1.1")))
    assert printer.print(affine) == "w_{11} x_1 + b_1"
    assert printer.print(affine, {"x.1": Number("2.0")}) == r"w_{11} \times 2.0 + b_1"
    numbers = {"w.1.1.1": Number("-0.5"), "x.1": Number("2.0"), "b.1.1": Number("-1")}
    assert printer.print(affine, numbers) == r"-0.5 \times 2.0 + (-1)"
    assert printer.print(Valued(affine, numbers)) == r"-0.5 \times 2.0 + (-1)"
    assert printer.print(affine) == "w_{11} x_1 + b_1"


def test_a_partial_derivative_takes_its_number(printer: LatexPrinter):
    step = Sum((Name("x"), Negative(Product((Name("eta"), Partial("loss", "x")), juxtaposed=True))))
    numbers = {"loss:x": Number("-0.5"), "eta": Number("0.1"), "x": one}
    assert printer.print(step, numbers) == "1 - 0.1(-0.5)"
    assert printer.print(Partial("loss", "x"), {"x": one}) == r"\frac{\partial \mathit{loss}}{\partial x}"


@pytest.mark.parametrize(
    ("tree", "latex"),
    [
        (Power(Name("x"), two), "(-3)^{2}"),
        (Negative(Name("x")), "-(-3)"),
        (Sum((a, Negative(Name("x")))), "a - (-3)"),
        (Group(Name("x")), "(-3)"),
        (Product((a, Group(Name("x"))), juxtaposed=True), "a (-3)"),
        (Sum((a, Valued(Negative(Name("y")), {"y": two}))), "a - 2"),
    ],
)
def test_a_negative_number_gets_the_brackets_that_its_leaf_did_not_need(printer: LatexPrinter, tree, latex: str):
    assert printer.print(tree, {"x": Number("-3")}) == latex


def test_inner_numbers_win_and_outer_ones_fill_in(printer: LatexPrinter):
    tree = Valued(Sum((Valued(Sum((Name("x"), Name("y"))), {"x": one}), Name("x"))), {"x": two, "y": Number("7")})
    assert printer.print(tree) == "(1 + 7) + 2"
    assert printer.print(tree, {"x": Number("9")}) == "(1 + 7) + 2"


def test_a_derivative_keeps_its_symbols_among_numbers(printer: LatexPrinter):
    derivative = Derivative(Product((Name("w.1.1.1"), Name("x")), juxtaposed=True), Name("x"))
    assert printer.print(derivative, {"x": one}) == r"\frac{\partial (w_{11} x)}{\partial x}"


def test_each_name_is_asked_for_once():
    asked: list[str] = []

    def names(identifier: str) -> Written:
        asked.append(identifier)
        return symbol(identifier)

    printer = LatexPrinter(names)
    for _ in range(3):
        printer.print(Matrix(((Name("x"), Partial("loss", "x")), (Partial("loss", "b.1.1"), Name("b.1.1")))))
    assert sorted(asked) == ["b.1.1", "loss", "x"]


HOSTILE = [
    r"\write18{rm}", r"x\input{/etc/passwd}", r"\input", "x}", "x y", "x$", "x%", "x_1", "x^2", "", "é", "x\n",
    r"\mathcal{\input}", r"\mathcal{J}\input", r"\alpha\input", r"\def", r"\operatorname", "\\", "x\0", "1x",
]  # fmt: skip


@pytest.mark.parametrize("base", HOSTILE)
def test_hostile_symbols_and_functions_are_refused(printer: LatexPrinter, base: str):
    hostile = [Symbol(base), Symbol(base, bold=True), Symbol(base, accent="hat"), Symbol("x", (Symbol(base),))]
    hostile += [Symbol("x", (), (Symbol(base),))]
    for node in (*hostile, Call(base, (x,)), Call(Symbol(base), (x,))):
        with pytest.raises(ValueError, match="neither a word"):
            printer.print(node)


@pytest.mark.parametrize(
    "node",
    [
        Number(r"1\input{x}"), Number("1e5"), Number("+1"), Number(""), Number("1."), Number("٣"), Number("1\n"),
        Constant(r"\input"), Symbol("x", accent=r"\input"), Symbol("x", mark="x"), Text("a\nb"), Text("a\0b"),
        Text("a\u202eb"), Sum(()), Product(()),
    ],
)  # fmt: skip
def test_what_is_not_mathematics_is_refused(printer: LatexPrinter, node: Written):
    with pytest.raises(ValueError, match=r"not a decimal|unknown|cannot be printed|at least one"):
        printer.print(node)


def test_what_is_not_a_node_is_refused(printer: LatexPrinter):
    with pytest.raises(TypeError, match="str is not a node"):
        printer.print(Sum((a, "b")))  # type: ignore[arg-type]


def test_a_notation_that_names_a_name_by_itself_is_refused():
    with pytest.raises(ValueError, match="should give a symbol"):
        LatexPrinter(Name).print(Name("x"))


def test_running_text_is_escaped(printer: LatexPrinter):
    assert printer.print(Text(r"50% of $x_1 & \input{y}~#^")) == (
        r"\text{50\% of \$x\_1 \& \textbackslash{}input\{y\}\textasciitilde{}\#\textasciicircum{}}"
    )
    assert printer.print(Symbol("k", (Text("a_b"),))) == r"k_{\text{a\_b}}"


def test_nothing_printed_uses_a_command_that_github_refuses(printer: LatexPrinter):
    everything = [printer.print(node) for node, _ in NODES + SYMBOLS]
    assert not [latex for latex in everything if "operatorname" in latex]
