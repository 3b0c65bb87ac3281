"""MathML as a page has it: what it says is what the tree says, it is well-formed, and nothing gets in that is not escaped."""

from __future__ import annotations

import pytest

from symback.written.latex import GREEK
from symback.written.markup import element, escaped, leaf
from symback.written.mathml import MathMLPrinter
from symback.written.nodes import (
    Annotation,
    Call,
    Cases,
    Constant,
    Derivative,
    Ellipsis,
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
)
from tests.written.arithmetic import NUMBERS, random_trees
from tests.written.mathml_reading import mathml_value, parsed


def printer(product: str = "times") -> MathMLPrinter:
    return MathMLPrinter(lambda name: Symbol(name), product)


@pytest.mark.parametrize("product", ["times", "dot", "star"])
def test_the_mathml_of_a_random_tree_says_its_value(product: str):
    for tree, value in random_trees(600, depth=4, seed=len(product)):
        ink = printer(product).print(tree, NUMBERS)
        assert mathml_value(ink) == value, ink


@pytest.mark.parametrize(
    ("ink", "message"),
    [
        ('<mn>2</mn><mo>+</mo><mo form="prefix">−</mo><mn>1</mn>', "factor|unexpected"),
        ("<mn>2</mn><mo>&#x2062;</mo><mn>3</mn>", "without a sign"),
        ("<mn>2</mn><mn>3</mn>", "left over"),
        ("<msup><mfrac><mn>1</mn><mn>2</mn></mfrac><mn>2</mn></msup>", "needs brackets"),
        ("<mfrac><mn>1</mn></mfrac>", "arguments"),
        ("<mstyle><mn>1</mn></mstyle>", "MathML Core"),
    ],
)
def test_the_reader_of_these_tests_refuses_what_is_wrong(ink: str, message: str):
    with pytest.raises(ValueError, match=message):
        mathml_value(ink)


@pytest.mark.parametrize(
    ("tree", "ink"),
    [
        (Symbol("w", (Number("1"), Number("2"))), "<msub><mi>w</mi><mn>12</mn></msub>"),
        (
            Symbol("w", (Number("1"), Number("12"))),
            "<msub><mi>w</mi><mrow><mn>1</mn><mo>,</mo><mn>12</mn></mrow></msub>",
        ),
        (
            Symbol("z", (Number("1"),), (Text("("), Number("2"), Text(")"))),
            "<msubsup><mi>z</mi><mn>1</mn><mtext>(2)</mtext></msubsup>",
        ),
        (Symbol("k", (Number("1"), Text("in"))), "<msub><mi>k</mi><mrow><mn>1</mn><mi>in</mi></mrow></msub>"),
        (Symbol("Loss"), "<mi>𝐿𝑜𝑠𝑠</mi>"),
        (Symbol(r"\mathcal{L}"), "<mi>ℒ</mi>"),
        (Symbol("W", bold=True), "<mi>𝐖</mi>"),
        (Symbol(r"\delta", bold=True), "<mi>𝜹</mi>"),
        (Symbol(r"\Theta"), '<mi mathvariant="normal">Θ</mi>'),
        (Symbol("y", accent="hat"), '<mover accent="true"><mi>y</mi><mo stretchy="false">^</mo></mover>'),
        (Symbol("w", mark="prime"), '<msup><mi>w</mi><mo class="prime">′</mo></msup>'),
        (Symbol("w", mark="plus"), "<msup><mi>w</mi><mo>+</mo></msup>"),
        (
            Power(Sum((Name("a"), Name("b"))), Number("2")),
            '<mrow><mo stretchy="false">(</mo><mi>a</mi><mo>+</mo><mi>b</mi>'
            '<msup><mo stretchy="false">)</mo><mn>2</mn></msup></mrow>',
        ),
        (Number("-0.50"), '<mo form="prefix">−</mo><mn>0.50</mn>'),
        (Text(" if a<b"), "<mtext>&#160;if a&lt;b</mtext>"),
        (Partial("L", "w"), "<mfrac><mrow><mi>∂</mi><mi>L</mi></mrow><mrow><mi>∂</mi><mi>w</mi></mrow></mfrac>"),
        (Product((Name("w"), Name("x")), juxtaposed=True), "<mi>w</mi><mo>\u2062</mo><mi>x</mi>"),
        (Relation(Name("a"), (("<", Name("b")),)), "<mi>a</mi><mo>&lt;</mo><mi>b</mi>"),
    ],
)
def test_symbols_and_signs(tree: object, ink: str):
    assert printer().print(tree) == ink
    parsed(ink)


def test_every_node_is_well_formed():
    a, b = Name("a"), Quotient(Name("b"), Number("2"))
    trees = [
        Sequence((a, b)),
        Matrix(((a, b), (Ellipsis("diagonal"), Ellipsis("vertical")))),
        Cases(((a, Relation(a, ((">", Number("0")),))), (b, Relation(a, (("≤", Number("0")),))))),
        Annotation(Sum((a, b)), Symbol(r"\delta")),
        IndexedSum(Product((a, b)), Symbol("i"), Number("1"), Symbol("n")),
        IndexedSum(a, Symbol("i")),
        Transpose(Sum((a, b))),
        Norm(Sum((a, Negative(b)))),
        Call("sqrt", (b,)),
        Call("abs", (a,)),
        Call("max", (Number("0"), a)),
        Call(Symbol("f"), (b,), primes=2),
        Derivative(Sum((a, b)), a, total=True),
        Power(Constant("e"), Negative(a)),
        Relation(a, tuple((sign, b) for sign in ("=", "≈", ":=", "←", "⟵", "→", "⇒", "<", ">", "≤", "≥", "≠"))),
        Sum(tuple(Symbol("\\" + name) for name in GREEK.split())),
    ]
    for tree in trees:
        parsed(printer().print(tree))


@pytest.mark.parametrize("bad", [Symbol("<b>"), Symbol("w", accent="tilde"), Symbol("w", mark="star"), Number("1e5")])
def test_what_is_no_symbol_or_number_is_refused(bad: object):
    with pytest.raises(ValueError, match=r"neither|unknown|not a decimal"):
        printer().print(bad)


def test_text_is_escaped():
    assert leaf("mtext", "<script>&\"'") == "<mtext>&lt;script&gt;&amp;&quot;&#39;</mtext>"
    assert element("a", class_='"><b', data_of="x.1", title=None) == '<a class="&quot;&gt;&lt;b" data-of="x.1"></a>'
    assert element("path", x=1.2345, y=-0.0) == '<path x="1.23" y="0"></path>'
    with pytest.raises(ValueError, match="cannot be printed"):
        escaped("\x00")
