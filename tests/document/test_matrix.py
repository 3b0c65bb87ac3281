r"""The style ``matrix``: everything in matrices, the rule of an update before its gradient, shapes that always fit.

The oracle at the top works the example out with plain floats and shares nothing with the package. Numbers typed in
are those that a hand-worked note on the same network got right; where the page prints another one, the reason stands
beside it.
"""

from __future__ import annotations

import math
import re
from decimal import ROUND_HALF_UP, Decimal

import pytest

import symback
from symback import resources
from symback.document import compose as composing
from symback.document import matrix_rules
from symback.document.matrices import Matrices, shape
from symback.document.page import Page
from symback.rules.activations import ACTIVATIONS, OUTPUT
from symback.rules.losses import LOSSES, combined_forms, derivative_forms, value_forms
from symback.rules.losses import OUTPUT as LOSS_OUTPUT
from symback.rules.losses import TARGET as LOSS_TARGET
from symback.rules.vectors import VECTOR_LOSSES, entrywise, plain_slope
from symback.spec.exact import ExactNumber
from symback.values.interpret import interpret
from symback.values.real import Real
from symback.written.nodes import Matrix, Number, Product, Symbol, Transpose, Written
from symback.written.substitute import leaves, replace_parts
from tests.checker import check_page
from tests.document.reading import missing
from tests.oracles.examples import IN_PIECES, example
from tests.oracles.random_networks import random_network

EXAMPLE = symback.load("matrix")
PAGE = symback.render(EXAMPLE)


# The oracle.

W1 = [[0.2, -0.1, 0.4, 0.1], [-0.3, 0.2, 0.1, -0.2], [0.1, 0.3, -0.2, 0.2]]
W2 = [[0.3, -0.2, 0.1], [-0.4, 0.1, 0.2]]
B1, B2, X, Y, RATE = [0.0, 0.1, -0.1], [0.05, -0.05], [1.0, 0.5, -1.0, 2.0], [1.0, 0.0], 0.1


def forward(weights, biases, entering):
    return [sum(map(float.__mul__, row, entering)) + bias for row, bias in zip(weights, biases, strict=True)]


def sigmoid(vector):
    return [1 / (1 + math.exp(-z)) for z in vector]


def outer(column, row):
    return [[left * right for right in row] for left in column]


def stepped(old, gradient):
    return [value - RATE * slope for value, slope in zip(old, gradient, strict=True)]


Z1 = forward(W1, B1, X)
A1 = sigmoid(Z1)
Z2 = forward(W2, B2, A1)
YHAT = sigmoid(Z2)
LOSS = sum((p - t) ** 2 for p, t in zip(YHAT, Y, strict=True)) / 2
DELTA2 = [(p - t) * p * (1 - p) for p, t in zip(YHAT, Y, strict=True)]
DELTA1 = [sum(W2[k][j] * DELTA2[k] for k in range(2)) * A1[j] * (1 - A1[j]) for j in range(3)]
DW2, DW1 = outer(DELTA2, A1), outer(DELTA1, X)
NEW_W2 = [stepped(*pair) for pair in zip(W2, DW2, strict=True)]
NEW_W1 = [stepped(*pair) for pair in zip(W1, DW1, strict=True)]
NEW_B2, NEW_B1 = stepped(B2, DELTA2), stepped(B1, DELTA1)


def rounded(value: float, digits: int = 3) -> str:
    return str(Decimal(repr(value)).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP))


def matrix(rows) -> str:
    return r"\begin{bmatrix} " + r" \\ ".join(" & ".join(row) for row in rows) + r" \end{bmatrix}"


def column(values, digits: int = 3) -> str:
    return matrix([[rounded(value, digits)] for value in values])


def grid(rows, digits: int = 3) -> str:
    return matrix([[rounded(value, digits) for value in row] for row in rows])


def partial(of: str, by: str) -> str:
    return rf"\frac{{\partial {of}}}{{\partial {by}}}"


def rule(symbol: str) -> str:
    letter, index = symbol.split("_")
    return rf"{letter}'_{index} = {symbol} - \eta {partial('L', symbol)}"


BACK = [partial("L", r"\hat{y}"), partial(r"\hat{y}", "z_2")]
FURTHER = [*BACK, partial("z_2", "a_1"), partial("a_1", "z_1")]
LAST = r"(\hat{y} - y) \circ \hat{y} \circ (1 - \hat{y})"
HIDDEN = r"(W_2^{T} \delta_2) \circ a_1 \circ (1 - a_1)"

CONTRACT = {
    "architecture": [
        "## Network Architecture",
        r"- Input: $4 \times 1$",
        r"$3 \times 1$, activation Sigmoid",
        r"$2 \times 1$, activation Sigmoid",
        r"\sigma(z) = \frac{1}{1 + e^{-z}}",
    ],
    "starting values": [
        "## Starting Weights and Biases",
        r"W_1 = \begin{bmatrix} 0.2 & -0.1 & 0.4 & 0.1 \\ -0.3 & 0.2 & 0.1 & -0.2 \\ 0.1 & 0.3 & -0.2 & 0.2",
        r", \quad b_1 = \begin{bmatrix} 0 \\ 0.1 \\ -0.1 \end{bmatrix}",
        r"W_2 = \begin{bmatrix} 0.3 & -0.2 & 0.1 \\ -0.4 & 0.1 & 0.2 \end{bmatrix}, \quad b_2",
        r"x = \begin{bmatrix} 1 \\ 0.5 \\ -1 \\ 2 \end{bmatrix}, \quad y = \begin{bmatrix} 1 \\ 0 \end{bmatrix}",
        r"$L = \frac{1}{2}\lVert \hat{y} - y \rVert^{2}$",
    ],
    "forward pass": [
        "## Forward Pass",
        r"\hat{y} = \sigma(W_2 {\underbrace{\sigma(W_1 x + b_1)}_{\text{first layer}}} + b_2)",
        "### Layer 1: Pre-Activation",
        r"z_1 &= W_1 x + b_1 \\ &= \begin{bmatrix} -0.05 \\ -0.6 \\ 0.75 \end{bmatrix}",
        "### Layer 1: Activation",
        rf"a_1 &= \sigma(z_1) \\ &\approx {column(A1)}",
        "### Layer 2: Pre-Activation",
        r"z_2 &= W_2 a_1 + b_2 \\",
        rf"&\approx {column(Z2)}",
        "### Layer 2: Activation",
        rf"\hat{{y}} &= \sigma(z_2) \\ &\approx {column(YHAT)}",
        "### Loss",
        rf"L &= \frac{{1}}{{2}}\lVert \hat{{y}} - y \rVert^{{2}} \\ &\approx {rounded(LOSS)}",
    ],
    "last layer, weights": [
        "## Back Propagation",
        "### Layer 2",
        rule("W_2"),
        rf"{partial('L', 'W_2')} &= " + r" \cdot ".join([*BACK, partial("z_2", "W_2")]),
        rf"&= {{\underbrace{{({LAST})}}_{{\delta_2}}}} \cdot a_1",
        rf"\delta_2 &= {LAST} \\",
        rf"&\approx {column(DELTA2)}",
        rf"{partial('L', 'W_2')} &= \delta_2 a_1^{{T}} \\",
        rf"&\approx {column(DELTA2, 4)} {grid([A1], 4)} \\",
        rf"&\approx {grid(DW2)}",
        rf"{matrix([['0.3', '-0.2', '0.1'], ['-0.4', '0.1', '0.2']])} - 0.1{grid(DW2, 4)}",
        rf"\approx {grid(NEW_W2)}",
    ],
    "last layer, biases": [
        rule("b_2"),
        rf"{partial('L', 'b_2')} &= " + r" \cdot ".join([*BACK, partial("z_2", "b_2")]),
        rf"&= {{\underbrace{{({LAST})}}_{{\delta_2}}}} \cdot 1",
        rf"{partial('L', 'b_2')} &= \delta_2 \\ &\approx {column(DELTA2)}",
        rf"b'_2 \approx {column(NEW_B2)}",
    ],
    "hidden layer, weights": [
        "### Layer 1",
        rule("W_1"),
        rf"{partial('L', 'W_1')} &= " + r" \cdot ".join([*FURTHER, partial("z_1", "W_1")]),
        r"&= \delta_2 \cdot W_2 \cdot (a_1 \circ (1 - a_1)) \cdot x \\",
        rf"&= {{\underbrace{{({HIDDEN})}}_{{\delta_1}}}} x^{{T}}",
        rf"\delta_1 &= {HIDDEN} \\",
        rf"&\approx {column(DELTA1)}",
        rf"{partial('L', 'W_1')} &= \delta_1 x^{{T}} \\",
        rf"&\approx {column(DELTA1, 4)} {matrix([['1', '0.5', '-1', '2']])} \\",
        rf"&\approx {grid(DW1)}",
        rf"W'_1 \approx {grid(NEW_W1)}",
    ],
    "hidden layer, biases": [
        rule("b_1"),
        rf"{partial('L', 'b_1')} &= " + r" \cdot ".join([*FURTHER, partial("z_1", "b_1")]),
        r"&= \delta_2 \cdot W_2 \cdot (a_1 \circ (1 - a_1)) \cdot 1 \\",
        rf"&= {{\underbrace{{({HIDDEN})}}_{{\delta_1}}}}",
        rf"{partial('L', 'b_1')} &= \delta_1 \\ &\approx {column(DELTA1)}",
        rf"b'_1 \approx {column(NEW_B1)}",
    ],
}


@pytest.mark.parametrize("family", CONTRACT)
def test_displays_stand_in_order(family: str):
    assert missing(PAGE, CONTRACT[family]) == []


def test_families_stand_in_order():
    assert missing(PAGE, [row for rows in CONTRACT.values() for row in rows]) == []


def test_no_line_is_about_one_neuron():
    displays = re.findall(r"\$\$(.+?)\$\$", PAGE, re.DOTALL)
    assert len(displays) > 20
    assert not [display for display in displays if "^{[" in display]


# Digits that a hand-worked note got right, matrix by matrix, and where the page says something else.

RIGHT_BY_HAND = {
    "z_1": ["-0.05", "-0.6", "0.75"],
    "a_1": [None, "0.354", "0.679"],
    "z_2": ["0.193", "-0.0737"],
    r"\hat{y}": ["0.548", "0.482"],
    "L": ["0.21803"],
    r"\delta_2": ["-0.112", "0.120"],
    partial("L", "W_2"): ["-0.055", "-0.040", "-0.076", "0.059", "0.043", "0.082"],
    "W'_2": ["0.306", "-0.196", "0.108", "-0.406", "0.096", "0.192"],
    partial("L", "b_2"): ["-0.112", "0.120"],
    "b'_2": ["0.061", "-0.062"],
    partial("L", "W_1"): [
        None, "-0.01", "0.020", "-0.041", "0.008", "0.004", "-0.008", "0.016", None, "0.001", "-0.003", None,
    ],
    "W'_1": ["0.202", "-0.099", None, "0.104", None, "0.200", "0.101", "-0.202", "0.100", "0.300", "-0.200", None],
    partial("L", "b_1"): ["-0.020", "0.008", "0.003"],
    "b'_1": ["0.002", "0.099", "-0.100"],
}  # fmt: skip
"""None stands where the note was wrong."""

OTHERWISE = {
    ("z_2", 1): ("-0.074", "every number of the page has three decimals; the note printed this one with four"),
    ("L", 0): ("0.218", "the same; the note printed the loss with five"),
    ("W'_2", 0): ("0.305", "0.3 + 0.1 * 0.0546 = 0.30546; the note went on with the rounded 0.055: 0.3055"),
    (partial("L", "W_1"), 1): ("-0.010", "the zero is a certified digit; the note left it out"),
}  # fmt: skip

WRONG_BY_HAND = {
    ("a_1", 0): ("0.482", rounded(A1[0])),
    (partial("L", "W_1"), 0): ("-0.204", rounded(DW1[0][0])),
    (partial("L", "W_1"), 8): ("0.002", rounded(DW1[2][0])),
    (partial("L", "W_1"), 11): ("0.007", rounded(DW1[2][3])),
    ("W'_1", 2): ("0.400", rounded(NEW_W1[0][2])),
    ("W'_1", 4): ("-0.304", rounded(NEW_W1[1][0])),
    ("W'_1", 11): ("0.200", rounded(NEW_W1[2][3])),
}
"""What the note said where it was wrong, and what is right."""


def printed(symbol: str) -> list[str]:
    """The numbers in which the last chain that starts with `symbol` ends."""
    text = " ".join(PAGE.split())
    place = max(text.rfind(f" {symbol} {sign}") for sign in ("&=", "=", r"\approx", r"&\approx"))
    display = text[place : text.index("$$", place)]
    return re.findall(r"-?\d+(?:\.\d+)?", re.split(r"=|\\approx", display)[-1].replace("bmatrix", ""))


@pytest.mark.parametrize("symbol", RIGHT_BY_HAND)
def test_digits(symbol: str):
    by_hand = RIGHT_BY_HAND[symbol]
    page = printed(symbol)
    assert len(page) == len(by_hand)
    for place, (mine, theirs) in enumerate(zip(page, by_hand, strict=True)):
        if theirs is None:
            wrong, right = WRONG_BY_HAND[symbol, place]
            assert (mine, mine != wrong) == (right, True)
        else:
            assert mine == OTHERWISE.get((symbol, place), (theirs,))[0]


def test_every_exception_is_needed():
    assert all(RIGHT_BY_HAND[symbol][place] != mine for (symbol, place), (mine, _) in OTHERWISE.items())
    assert sum(entries.count(None) for entries in RIGHT_BY_HAND.values()) == len(WRONG_BY_HAND)


# Trees over matrices: worth what the derivation says, for any network, in rows and in columns.


def page_of(content, orientation: str = "column") -> Page:
    content = {**content, "notation": {"preset": "matrix-indices", "orientation": orientation}}
    return composing._page(symback.load(content), "matrix", "")[0]


def worth(tree: Written, page: Page) -> list[float]:
    """The entries of a tree over quantities, with exact values; a scalar has one."""
    environment = {key: page.values.exact[key] for key in leaves(tree)}
    value = interpret(tree, environment)
    return [float(value)] if isinstance(value, Real) else [float(entry) for row in value for entry in row]


def assert_says(page: Page, matrices: Matrices, tree: Written, target: Written):
    written = matrices.written_out(tree)
    expected = matrices.entries(target) if isinstance(target, Written) and target != matrices.loss else target
    if isinstance(expected, Matrix):
        value = interpret(written, {key: page.values.exact[key] for key in leaves(written)})
        assert (len(value), len(value[0])) == (len(expected.rows), len(expected.rows[0]))
    assert worth(written, page) == pytest.approx(worth(expected, page), rel=1e-9, abs=1e-12)


@pytest.mark.parametrize("orientation", ["column", "row"])
@pytest.mark.parametrize("seed", range(24))
def test_rules_say_what_the_derivation_says(seed: int, orientation: str):
    page = page_of({**random_network(seed), "given": {}}, orientation)
    for sample in {0, len(page.graph.samples) if len(page.graph.samples) > 1 else 0}:
        matrices = Matrices(page, sample)
        loss = matrix_rules.loss_terms(matrices) or matrix_rules.loss(matrices)
        assert_says(page, matrices, loss, matrices.loss)
        for at in matrices.layers:
            assert_says(page, matrices, matrix_rules.affine(matrices, at, at.source), at.pre)
            assert_says(page, matrices, at.applied, at.post)
            for form in matrix_rules.delta(matrices, at):
                assert_says(page, matrices, form, at.delta)
            for kind, symbol in at.parameters.items():
                gradient = matrix_rules.Derivative(matrices.loss, symbol)
                assert_says(page, matrices, matrix_rules.gradient(matrices, at, kind), gradient)
                ordered = matrix_rules.ordered(matrices, at, kind)
                assert (ordered is None) == (at is matrices.layers[-1])
                if ordered is not None:
                    assert_says(page, matrices, ordered, gradient)


@pytest.mark.parametrize("seed", range(24))
def test_the_direct_form_is_the_gradient(seed: int):
    page = page_of({**random_network(seed), "given": {}})
    for layer in page.graph.layers:
        for pre in layer.pre_activations:
            step = page.derivation[f"loss:{pre}"]
            expected = worth(step.forms["chain"], page)
            assert worth(step.forms["direct"], page) == pytest.approx(expected, rel=1e-9, abs=1e-12)


@pytest.mark.parametrize("name", VECTOR_LOSSES)
def test_losses_of_vectors_add_up_the_losses_of_their_entries(name: str):
    outputs, targets = ["0.3", "0.8", "0.55"], ["0", "1", "1"]
    single = value_forms(LOSSES[name], ExactNumber("1").value)["stated"]
    total = sum(
        float(interpret(single, {LOSS_OUTPUT: Real.of(y), LOSS_TARGET: Real.of(t)}))
        for y, t in zip(outputs, targets, strict=True)
    )
    vectors = [Matrix(tuple((Number(entry),) for entry in entries)) for entries in (outputs, targets)]

    def inner(left: Written, right: Written) -> Written:
        return Product((Transpose(left), right))

    value = interpret(VECTOR_LOSSES[name](*vectors, inner), {})
    assert float(value if isinstance(value, Real) else value[0][0]) == pytest.approx(total, rel=1e-12)


THREE_QUARTERS = ExactNumber("3/4").value
LOSS_RULES = [
    form
    for row in LOSSES.values()
    for forms in (derivative_forms(row, THREE_QUARTERS), combined_forms(row, THREE_QUARTERS, "sigmoid"))
    for form in forms.values()
]
SCALAR_RULES = [
    *((form, (LOSS_OUTPUT, LOSS_TARGET)) for form in LOSS_RULES),
    *((form, (OUTPUT,)) for form in map(plain_slope, ACTIVATIONS.values()) if form is not None and leaves(form)),
]


@pytest.mark.parametrize(("form", "names"), SCALAR_RULES)
def test_entrywise_rules_say_the_same_of_every_entry(form: Written, names: tuple[str, ...]):
    samples = [
        {name: Real.of(f"0.{3 * place + number}") for number, name in enumerate(names, 1)} for place in (0, 1, 2)
    ]
    symbols = {name: Symbol(name) for name in names}
    matrices = [
        (symbol, Matrix(tuple((Number(f"0.{3 * place + number}"),) for place in (0, 1, 2))))
        for number, symbol in enumerate(symbols.values(), 1)
    ]
    value = interpret(replace_parts(entrywise(form, symbols), matrices), {})
    assert [float(row[0]) for row in value] == pytest.approx([float(interpret(form, at)) for at in samples])


# Shapes.

CONTENT = example("matrix")
BRACED = re.compile(r"\\underbrace\{([^{}]*(?:\{[^{}]*\}[^{}]*)*)\}_\{(\d+) \\times (\d+)\}")


@pytest.mark.parametrize(("orientation", "expected"), [
    ("column", [(r"\delta_2", 2, 1), ("a_1^{T}", 1, 3), (r"\delta_1", 3, 1), ("x^{T}", 1, 4), ("W_2^{T}", 3, 2)]),
    ("row", [(r"\delta_2", 1, 2), ("a_1^{T}", 3, 1), (r"\delta_1", 1, 3), ("x^{T}", 4, 1), ("W_2^{T}", 2, 3)]),
])  # fmt: skip
def test_shapes_stand_under_matrices_on_request(orientation: str, expected):
    content = {**CONTENT, "notation": {"preset": "matrix-indices", "orientation": orientation}}
    assert not BRACED.search(symback.render(symback.load(content)))
    page = symback.render(symback.load({**content, "style": {"name": "matrix", "shapes": "1"}}))
    found = {(name, int(rows), int(columns)) for name, rows, columns in BRACED.findall(page)}
    assert set(expected) <= found
    assert len({name for name, _, _ in found}) == len(found), "a matrix has one shape"


def test_row_vectors_turn_every_product_round():
    page = symback.render(symback.load({**CONTENT, "notation": {"preset": "matrix-indices", "orientation": "row"}}))
    wanted = [
        r"\sigma({\underbrace{\sigma(x W_1 + b_1)}_{\text{first layer}}} W_2 + b_2)",
        rf"\hat{{y}} &= \sigma(z_2) \\ &\approx {grid([YHAT])}",
        r"&= a_1^{T} \delta_2",
        rf"&\approx {grid(zip(*DW2, strict=True))}",
        rf"\approx {grid(zip(*NEW_W2, strict=True))}",
        r"\delta_1 &= (\delta_2 W_2^{T}) \circ a_1 \circ (1 - a_1)",
        r"&= x^{T} \delta_1",
        rf"W'_1 \approx {grid(zip(*NEW_W1, strict=True))}",
    ]
    assert missing(page, wanted) == []


@pytest.mark.parametrize("notation", resources.notations())
def test_no_two_matrices_share_a_symbol(notation: str):
    content = {**random_network(3), "notation": notation}
    matrices = Matrices(composing._page(symback.load(content), "matrix", "")[0])
    symbols = [matrices.input, matrices.target]
    for at in matrices.layers:
        symbols += [*at.parameters.values(), at.pre, at.post, at.delta]
    assert len(set(symbols)) == len(symbols)
    assert all(shape(matrices.entries(symbol)) for symbol in symbols)


# Other networks.

XOR = {
    "schema": 1,
    "network": {"inputs": 2, "layers": [{"size": 2, "activation": "relu"}, {"size": 1, "activation": "sigmoid"}]},
    "parameters": {"weights": [[["1", "0.5"], ["-0.5", "1"]], [["-1", "0.5"]]], "biases": [["1", "0.5"], ["1"]]},
    "data": [{"inputs": [a, b], "targets": [a ^ b]} for a in (0, 1) for b in (0, 1)],
    "loss": "binary-cross-entropy",
    "update": {"learning_rate": "0.1"},
}


def changed(**parts):
    return {**CONTENT, **parts}


def without_biases(content):
    layers = [{**layer, "bias": False} for layer in content["network"]["layers"]]
    weights = {"weights": content["parameters"]["weights"]}
    return {**content, "network": {**content["network"], "layers": layers}, "parameters": weights}


def with_unknown(content):
    weights = [[list(row) for row in grid] for grid in content["parameters"]["weights"]]
    weights[0][0][0] = None
    return {**content, "parameters": {**content["parameters"], "weights": weights}}


PAGES = {
    "example": CONTENT,
    "numbers carried as printed": changed(numbers={"decimals": 3, "carry": "printed"}),
    "mean of the outputs": changed(loss={"kind": "squared-error", "reduction": "mean"}),
    "cross-entropy of two outputs": changed(loss="binary-cross-entropy"),
    "cross-entropy in rows": changed(loss="binary-cross-entropy", notation={"preset": "layer-letters"}),
    "no biases": without_biases(CONTENT),
    "no update": {key: value for key, value in CONTENT.items() if key != "update"},
    "an unknown weight": with_unknown(CONTENT),
    "a batch": XOR,
    "the sum of a batch": {**XOR, "update": {"learning_rate": "0.1", "reduction": "sum"}},
    "one sample of several": {**XOR, "update": {"learning_rate": "0.1", "on": 3}},
    "many samples": {**XOR, "data": XOR["data"] * 2},
    "shapes": changed(style={"name": "matrix", "shapes": "1"}),
}


@pytest.mark.parametrize("name", PAGES)
def test_every_line_can_be_followed(name: str):
    spec = symback.load(PAGES[name])
    report = check_page(symback.render(spec, style="matrix" if spec.style is None else ""), carry=spec.numbers.carry)
    assert not report.failed, str(report)


@pytest.mark.parametrize("style", [name for name in resources.examples() if name not in IN_PIECES])
def test_every_example_has_a_page_in_this_style(style: str):
    spec = symback.load(style)
    report = check_page(symback.render(spec, style="matrix"), spec.numbers.rounding, spec.numbers.carry)
    assert not report.failed, str(report)


def test_what_is_not_known_is_written_in_symbols_or_not_at_all():
    page = symback.render(symback.load(PAGES["an unknown weight"]))
    assert r"W_1 = \begin{bmatrix} w_{11}^{[1]} & -0.1" in page
    assert r"L = \frac{1}{2}\lVert \hat{y} - y \rVert^{2}" in page
    assert "The new biases:" not in page
    assert "UnknownValue" not in page


def test_without_a_learning_rate_there_is_no_update():
    page = symback.render(symback.load(PAGES["no update"]))
    assert r"\eta" not in page
    assert "'" not in re.sub(r"[^$]*\$\$|\$\$[^$]*$", "", page)
    assert missing(page, [r"\frac{\partial L}{\partial W_2} &= \delta_2 a_1^{T}"]) == []


def test_without_biases_nothing_is_said_of_them():
    page = symback.render(symback.load(PAGES["no biases"]))
    assert "z_1 &= W_1 x \\\\" in page
    assert "b_1" not in page
    assert "bias" not in page.replace("Starting Weights and Biases", "")


def test_the_gradient_of_a_batch_is_the_mean_of_those_of_its_samples():
    spec = symback.load(XOR)
    page = symback.render(spec, style="matrix")
    exact = symback.evaluate(spec)
    gradients = [[exact["gradients"][f"w.2.1.{source}"] for source in (1, 2)]]
    new = [[exact["updated"][f"w.2.1.{source}"] for source in (1, 2)]]
    total = " + ".join(partial(loss, "W_2") for loss in ("L", "L^{(2)}", "L^{(3)}", "L^{(4)}"))
    wanted = [
        r"W'_2 = W_2 - \eta \frac{\partial L_{\mathrm{batch}}}{\partial W_2}",
        "## The Other Samples",
        r"a_1^{(2)} &= \mathrm{ReLU}(z_1^{(2)}) =",
        rf"{partial('L^{(4)}', 'W_2')} &= \delta_2^{{(4)}} (a_1^{{(4)}})^{{T}} \approx",
        "## All Samples Together",
        rf"&= \frac{{1}}{{4}}\left( {total} \right)",
        rf"&\approx {grid([map(float, gradients[0])], 4)}",
        rf"W'_2 \approx {grid([map(float, new[0])], 4)}",
    ]
    assert missing(page, wanted) == []


def test_many_samples_are_added_under_a_sign_of_summation():
    page = symback.render(symback.load(PAGES["many samples"]), style="matrix")
    assert r"&= \frac{1}{8}\sum_{s=1}^{8} \frac{\partial L^{(s)}}{\partial W_2}" in page


def test_a_slope_without_a_form_in_the_output_is_named_and_has_values():
    page = symback.render(
        symback.load({**XOR, "kinks": {"relu": "0.5"}, "update": {"learning_rate": "0.1", "on": 3}}), style="matrix"
    )
    wanted = [
        r"\mathrm{ReLU}'(z) = \begin{cases} 1 & z > 0 \\",
        "it is taken to be $0.5$ there",
        r"\delta_2 \cdot W_2 \cdot \mathrm{ReLU}'(z_1) \cdot x",
        r"\mathrm{ReLU}'(z_1) = \begin{bmatrix} 1 \\ 0.5 \end{bmatrix}",
        r"\delta_1 &= (W_2^{T} \delta_2) \circ \mathrm{ReLU}'(z_1)",
    ]
    assert missing(page, wanted) == []


def test_stated_values_stand_without_the_formula_that_they_replace():
    page = symback.render(symback.load(changed(given={"z.2.1": "-0.85"})))
    assert r"z_2 := \begin{bmatrix} -0.85 \\" in page
    assert "z_2 &= W_2 a_1 + b_2" not in page


def test_an_output_that_prints_as_one_does_not_stop_the_page():
    content = {
        **XOR,
        "parameters": {"weights": [[["9", "9"], ["9", "9"]], [["9", "9"]]], "biases": [["9", "9"], ["9"]]},
    }
    page = symback.render(symback.load({**content, "numbers": {"decimals": 2}}), style="matrix")
    assert r"\begin{bmatrix} 1.00 \end{bmatrix}" in page


def test_of_many_layers_only_the_first_and_the_last_are_nested():
    layers = [{"size": 1, "activation": "sigmoid"}] * 6
    content = {
        **XOR,
        "network": {"inputs": 1, "layers": layers},
        "parameters": {"weights": [[["0.5"]]] * 6, "biases": [["0.1"]] * 6},
        "data": [{"inputs": [1], "targets": [0]}],
    }
    page = symback.render(symback.load(content), style="matrix")
    nested = r"\sigma(W_6 \cdots {\underbrace{\sigma(W_1 x + b_1)}_{\text{first layer}}} \cdots + b_6)"
    assert nested in page
    assert r"\frac{\partial L}{\partial z_3} \cdot \frac{\partial z_3}{\partial a_2}" in page


def test_a_weight_in_several_places_is_seen_in_each_of_them():
    content = {
        **XOR,
        "network": {"inputs": 1, "layers": [{"size": 1, "activation": "sigmoid"}] * 2},
        "parameters": {"weights": [[["0.5"]], [[None]]], "biases": [["0.1"]] * 2, "tied": {"w.2.1.1": "w.1.1.1"}},
        "data": [{"inputs": [1], "targets": [0]}],
    }
    page = symback.render(symback.load(content), style="matrix")
    assert page.count(r"= \begin{bmatrix} w_{11}^{[1]} \end{bmatrix} = \begin{bmatrix} 0.5 \end{bmatrix}") == 2
    assert check_page(page).failed == []
