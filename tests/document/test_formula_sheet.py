r"""The style ``formula-sheet``: a forward table, numbered rules with one example each, and the update in three lines.

Numbers typed in here are those that a hand-worked sheet on the same network got right; all others are worked out by
the small oracle below, which shares nothing with the package.
"""

from __future__ import annotations

import math
import re
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise

import pytest

import symback
from symback import resources
from symback.derive.applied import applied
from symback.derive.derivation import Derivation
from symback.document import compose as composing
from symback.document import general_rules
from symback.document.compose import compose
from symback.document.page import Page
from symback.formats.render import render
from symback.formats.table import format_named
from symback.notation.names import Names
from symback.values.rounding import significant_string
from symback.values.values import Values
from symback.written.latex import LatexPrinter
from symback.written.nodes import IndexedSum, Name, Number, Partial, Product, Sum, Symbol, Written
from symback.written.substitute import replace_parts, substitute
from tests.checker import check_page
from tests.document.reading import missing


def partial(by: str, of: str = r"\mathcal{J}") -> str:
    return rf"\frac{{\partial {of}}}{{\partial {by}}}"


def neuron(index: str, layer: str) -> str:
    return rf"n_{index}^{{[\mathrm{{{layer}}}]}}"


def p(index: str, layer: str) -> str:
    return f"p_{{{neuron(index, layer)}}}"


def z(index: str, layer: str) -> str:
    return f"z_{{{neuron(index, layer)}}}"


def braced(body: str, label: str) -> str:
    return rf"{{\underbrace{{{body}}}_{{{label}}}}}"


WEIGHT, GENERAL_WEIGHT = r"\Theta_{11}^{[\mathrm{out}]}", r"\Theta_{kt}^{[\mathrm{out}]}"
FROM_RULE_1 = braced(partial(z("k", "out")), r"\text{(1)}")
SLOPE = rf"g'({p('k', 'out')})"
SOURCE = braced(f"g({p('t', 'hid')})", z("t", "hid"))

CONTRACT = [
    "# ",
    r"\mathbf{x} := [1, 1]^{T}",
    r"\mathbf{y} := [0, 1]^{T}",
    "| Neuron | Pre-activation $p$ | Activation $z$ | Activation function $g$ |",
    f"| ${neuron('1', 'hid')}$ | $0.61$ | $0.61$ | ReLU |",
    f"| ${neuron('2', 'hid')}$ | $-0.64$ | $0.00$ | ReLU |",
    f"| ${neuron('1', 'out')}$ | $-0.85$ | $0.30$ | Sigmoid |",
    f"| ${neuron('2', 'out')}$ | $-0.49$ | $0.38$ | Sigmoid |",
    "## Step 1:",
    rf"{partial(z('k', 'out'))} := 2 \cdot ({braced('g(' + p('k', 'out') + ')', z('k', 'out'))} - y_k) \tag{{1}}",
    f"Example for neuron ${neuron('1', 'out')}$",
    rf"{partial(z('1', 'out'))} = 2 \cdot (0.30 - 0) = 0.60",
    "## Step 2:",
    rf"{partial(z('t', 'hid'))} := \sum_{{k}} {FROM_RULE_1} \cdot {SLOPE} \cdot {GENERAL_WEIGHT} \tag{{2}}",
    f"Example for neuron ${neuron('1', 'hid')}$",
    rf"{partial(z('1', 'hid'))} &= [0.60 \cdot g(-0.85) \cdot (1 - g(-0.85)) \cdot (-1.40)]",
    r"+ [-1.24 \cdot g(-0.49) \cdot (1 - g(-0.49)) \cdot (-0.81)] \\ &= 0.06",
    "## Step 3:",
    rf"{partial(GENERAL_WEIGHT)} := {FROM_RULE_1} \cdot {SLOPE} \cdot {SOURCE} \tag{{3}}",
    f"Example for weight ${WEIGHT}$",
    rf"{partial(WEIGHT)} &= 0.60 \cdot g(-0.85) \cdot (1 - g(-0.85)) \cdot g(0.61) \\ &= 0.077",
    "## Step 4:",
    f"instead of $g({p('t', 'hid')})$ it is $x_t$",
    "## Step 5:",
    r"learning rate $\alpha := 0.1$",
    rf"{WEIGHT} &\longleftarrow {WEIGHT} - \alpha \cdot {partial(WEIGHT)} \\",
    r"&\longleftarrow -1.40 - 0.1 \cdot 0.077 \\",
    r"&\longleftarrow -1.4077",
]

RIGHT_BY_HAND = [
    *("0.61", "-0.64", "0.00", "-0.85", "0.30", "-0.49", "0.38", "0.60", "-1.24"),
    *("-0.81", "0.06", "0.077", "0.1", "-1.40", "-1.4077"),
]
"""Every number of the hand-worked sheet but the data.

Two differ. The weight -1.40 stands there as -1.4 in one place; here a number is spelled as the spec spells it,
everywhere. The second bracket of step 2 has (1 - 0.49) there, where the derivative has (1 - g(-0.49)).
"""


@pytest.fixture(scope="module")
def page() -> str:
    return symback.render(symback.load("formula-sheet"))


def test_contract_in_order(page: str):
    assert missing(page, CONTRACT) == []


def test_digits_of_the_hand_worked_sheet(page: str):
    numbers = re.findall(r"-?\d+\.\d+", page)
    assert [number for number in RIGHT_BY_HAND if number not in numbers] == []
    assert set(numbers) <= set(RIGHT_BY_HAND)


def test_no_factor_of_the_derivative_is_lost(page: str):
    assert "(1 - 0.49)" not in page
    assert "(1 - (-0.49))" not in page
    assert [*re.findall(r"g\((-\S+?)\) \\cdot \(1 - g\((-\S+?)\)\)", page)] == [
        ("-0.85", "-0.85"),
        ("-0.49", "-0.49"),
        ("-0.85", "-0.85"),
    ]


def test_one_example_for_each_rule(page: str):
    steps = re.split(r"^## Step ", page, flags=re.MULTILINE)[1:]
    assert [step[0] for step in steps] == list("12345")
    assert [step.count("Example for") for step in steps] == [1, 1, 1, 0, 1]
    assert "$$" not in steps[3]


def half_up(value: float, decimals: int) -> str:
    return str(Decimal(repr(value)).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP))


def sigmoid(x: float) -> float:
    return 1 / (1 + math.exp(-x))


def test_numbers_by_the_oracle(page: str):
    """The page's numbers, carried as printed from the four stated pre-activations."""
    pre, targets, weights = (-0.85, -0.49), (0, 1), (-1.40, -0.81)
    outputs = [half_up(sigmoid(x), 2) for x in pre]
    errors = [half_up(2 * (float(output) - target), 2) for output, target in zip(outputs, targets, strict=True)]
    slopes = [sigmoid(x) * (1 - sigmoid(x)) for x in pre]
    terms = [float(error) * slope * weight for error, slope, weight in zip(errors, slopes, weights, strict=True)]
    gradient = half_up(float(errors[0]) * slopes[0] * max(0, 0.61), 3)
    wanted = [
        f"$-0.85$ | ${outputs[0]}$",
        f"$-0.49$ | ${outputs[1]}$",
        f"= {errors[0]}",
        rf"\begin{{bmatrix}} {errors[0]} \\ {errors[1]} \end{{bmatrix}}",
        f"= {half_up(sum(terms), 2)} ",
        f"= {gradient} ",
        rf"\longleftarrow {half_up(-1.40 - 0.1 * float(gradient), 4)} ",
    ]
    assert missing(page, wanted) == []


def network(sizes: list[int], activations: list[str], **more: object) -> dict[str, object]:
    """Return a spec with weights and biases that follow a simple pattern."""
    pairs = list(pairwise(sizes))
    weights = [
        [[f"{(7 * to + 3 * source + layer) % 11 - 5}e-1" for source in range(before)] for to in range(size)]
        for layer, (before, size) in enumerate(pairs)
    ]
    layers = [
        {"size": size, "activation": word, "bias": place % 2 == 0}
        for place, (size, word) in enumerate(zip(sizes[1:], activations, strict=True))
    ]
    biases = [
        [f"{to + 1}e-1" for to in range(size)] if place % 2 == 0 else None for place, size in enumerate(sizes[1:])
    ]
    return {
        "schema": 1,
        "title": "A network",
        "network": {"inputs": sizes[0], "layers": layers},
        "parameters": {"weights": weights, "biases": biases},
        "data": [{"inputs": [1] * sizes[0], "targets": [k % 2 for k in range(sizes[-1])]}],
        "loss": "squared-error",
        "update": {"learning_rate": "0.5"},
        **more,
    }


SIGMOID_RELU = ["sigmoid", "relu"]
NETWORKS = {
    "no hidden layer": network([3, 2], ["sigmoid"]),
    "one output": network([2, 3, 1], SIGMOID_RELU),
    "one of each": network([1, 1, 1], SIGMOID_RELU),
    "three layers": network([2, 3, 2, 4], [*SIGMOID_RELU, "sigmoid"], loss={"kind": "squared-error", "factor": "1/2"}),
    "mean of the outputs": network([2, 2, 3], SIGMOID_RELU, loss={"kind": "squared-error", "reduction": "mean"}),
    "cross-entropy": network([2, 2, 2], ["relu", "sigmoid"], loss="binary-cross-entropy"),
    "own activation": network([2, 2, 2], ["x^2", "linear"]),
    "printed": network([2, 3, 2], ["sigmoid", "sigmoid"], numbers={"decimals": 3, "carry": "printed"}),
    "batch": network(
        [2, 2, 2],
        SIGMOID_RELU,
        data=[{"inputs": [1, 0], "targets": [1, 0]}, {"inputs": [0, "0.5"], "targets": [0, 1]}],
    ),
}
UNKNOWN = network([2, 2, 2], SIGMOID_RELU, parameters={
    "weights": [[[None] * 2] * 2] * 2,
    "biases": [[None] * 2, None],
})  # fmt: skip
"""Networks of every shape; in the last one no parameter is known."""


def page_of(spec: symback.Spec, notation: str = "") -> Page:
    """Return what the builders of a sheet see."""
    return composing._page(spec, "formula-sheet", notation)[0]


def sheet(content: dict[str, object], notation: str = "") -> str:
    return symback.render(symback.load(content), style="formula-sheet", notation=notation)


@pytest.mark.parametrize("name", NETWORKS)
def test_pages_of_all_shapes_have_no_fault(name: str):
    text = sheet(NETWORKS[name])
    report = check_page(text, "half-up", "printed" if name == "printed" else "exact")
    assert report.failed == [], "\n".join(map(str, report.failed))
    assert report.held > 0


@pytest.mark.parametrize("name", NETWORKS)
def test_steps_and_rules_are_numbered_without_gaps(name: str):
    text = sheet(NETWORKS[name])
    for numbers in (re.findall(r"^## Step (\d+)", text, re.MULTILINE), re.findall(r"\\tag\{(\d+)\}", text)):
        assert numbers == [str(number) for number in range(1, len(numbers) + 1)]
    assert not re.search(r"^## .*\n\n(##|\Z)", text, re.MULTILINE)


@pytest.mark.parametrize("notation", resources.notations())
@pytest.mark.parametrize("name", NETWORKS)
def test_every_notation_can_write_it(name: str, notation: str):
    assert "Step 1" in sheet(NETWORKS[name], notation)


def test_without_numbers_the_symbols_stay():
    text = sheet(UNKNOWN)
    assert "| unknown | unknown |" in text
    assert rf"[ {partial(z('1', 'out'))} \cdot g'({p('1', 'out')}) \cdot {WEIGHT}" in text.replace(r"\left", "")
    assert r"\begin{bmatrix}" not in text


def test_a_learning_rate_is_needed_for_an_update():
    content = {key: value for key, value in NETWORKS["one output"].items() if key != "update"}
    assert "longleftarrow" not in sheet(content)


def calls_to_values(text: str, functions: list[tuple[float, str]]) -> float:
    """Work out ``[a · g(b) · …] + […]`` from its digits; a function is that of the neuron with this pre-activation."""
    total = 0.0
    for term in re.split(r"\] \+ \[", text.strip("[] ")):
        product = 1.0
        for factor in term.split(r" \cdot "):
            product *= factor_value(factor, functions)
        total += product
    return total


def factor_value(factor: str, functions: list[tuple[float, str]]) -> float:
    found = re.fullmatch(r"(\(1 - )?g('?)\((-?[\d.]+)\)\)?", factor)
    if not found:
        return float(factor.strip("()"))
    x = float(found[3])
    word = min(functions, key=lambda row: abs(row[0] - x))[1]
    slope = {"ReLU": float(x > 0), "Linear": 1.0}
    value = {"ReLU": max(0.0, x), "Sigmoid": sigmoid(x), "Linear": x}
    number = slope[word] if found[2] else value[word]
    return 1 - number if found[1] else number


@pytest.mark.parametrize("name", ["one output", "three layers", "mean of the outputs", "printed", "batch"])
def test_lines_with_functions_by_name_can_be_followed(name: str):
    """What stands in the table says which function is meant; the digits of the line give the printed result."""
    text = " ".join(sheet(NETWORKS[name]).replace(r"\phantom{=} ", "").split()).replace(r" \\ &+", " +")
    rows = re.findall(r"\| \$(-?[\d.]+)\$ \| \$-?[\d.]+\$ \| (\w+) \|", text)
    functions = [(float(number), word) for number, word in rows]
    lines = re.findall(r"&(?:=|\\approx) (\S*[^&]*?g'?\([^&]*?) \\\\ &(?:=|\\approx) (-?[\d.]+)", text)
    lines = [(line, result) for line, result in lines if "p_" not in line]
    assert len(lines) == 2
    for line, result in lines:
        decimals = len(result.partition(".")[2])
        assert abs(calls_to_values(line, functions) - float(result)) <= 0.5 * 10**-decimals + 1e-12


@pytest.mark.parametrize("name", NETWORKS)
def test_gradients_through_functions_are_the_gradients(name: str):
    page = page_of(symback.load(NETWORKS[name]))
    plain = Values(Derivation(page.graph), page.values.policy)
    keys = [f"loss:{quantity}" for quantity in (*page.graph.parameters, *page.graph.outputs)]
    assert any("applied" in page.derivation[key].forms for key in keys)
    for key in keys:
        assert significant_string(page.values.exact[key]) == significant_string(plain.exact[key])


def instantiated(tree: Written, letters: tuple[Written, Written], numbers: tuple[int, int]) -> Written:
    pairs = [
        (letter, Number(str(number)))
        for letter, number in zip(letters, numbers, strict=True)
        if isinstance(letter, Symbol)
    ]
    return replace_parts(tree, pairs)


@pytest.mark.parametrize("name", [*NETWORKS])
def test_rules_hold_at_every_index(name: str):
    """Each rule, with numbers for its letters, prints as the derivation's own step does."""
    page = page_of(symback.load(NETWORKS[name]))
    graph, printer = page.graph, LatexPrinter(page.names, page.names.notation.product, juxtapose=False)

    def called(name: str) -> Written:
        return general_rules.applied(Name(graph.quantities[name].parents[0]))

    def own(key: str) -> Written:
        step = page.derivation[key]
        if "chain" not in step.forms:
            return substitute(step.forms["closed"], {output: called(output) for output in graph.outputs})
        return applied(graph, step.forms["chain"], called, lambda local: general_rules.applied(Name(local.by), 1))

    def check(key: str, rule: general_rules.Rule, letters: tuple[Written, Written], numbers: tuple[int, int]) -> None:
        target, tree = (instantiated(part, letters, numbers) for part in (rule.target, rule.tree))
        wanted = own(key)
        if isinstance(wanted, Product) and key.split(":")[1].startswith("b."):
            wanted = Product(wanted.factors[:-1])  # the derivative by a bias is 1
        assert printer.print(target) == printer.print(Partial(*key.split(":")))
        assert printer.print(tree) == printer.print(wanted)

    for layer in graph.layers:
        letters = general_rules.indices(page, layer.number)
        rules = {
            make: make(page, layer, *letters) for make in (general_rules.weight_gradient, general_rules.bias_gradient)
        }
        for k in range(1, layer.size + 1):
            for t, weight in enumerate(layer.weights[k - 1], 1):
                check(f"loss:{weight}", rules[general_rules.weight_gradient], letters, (k, t))
            for bias in layer.biases[k - 1 : k]:
                check(f"loss:{bias}", rules[general_rules.bias_gradient], letters, (k, 1))
        if layer is graph.layers[-1]:
            for k, output in enumerate(layer.activations, 1):
                check(f"loss:{output}", general_rules.output_error(page, layer, *letters), letters, (k, 1))
            continue
        following = graph.layers[layer.number]
        letters = general_rules.indices(page, following.number)
        rule = general_rules.hidden_error(page, layer, *letters)
        body = rule.tree.body if isinstance(rule.tree, IndexedSum) else rule.tree
        for t, activation in enumerate(layer.activations, 1):
            paths = tuple(instantiated(body, letters, (k, t)) for k in range(1, following.size + 1))
            whole = general_rules.Rule(rule.target, paths[0] if len(paths) == 1 else Sum(paths))
            check(f"loss:{activation}", whole, letters, (1, t))


def test_a_sum_too_wide_for_a_line_is_broken_at_its_signs():
    document, names = compose(symback.load(NETWORKS["three layers"]), "formula-sheet")
    narrow, wide = (render(document, names, replace(format_named("md"), line_width=width)) for width in (30, 10_000))
    assert narrow.count(r"\phantom{=} +") >= 3
    joined = narrow.replace(" \\\\\n&\\phantom{=} + [", " + [")
    example = re.findall(r"&(?:=|\\approx) (\[.*)\\\\", wide)
    assert len(example) == 1
    assert example[0] in joined


def test_index_letters_mean_nothing_else():
    spec = symback.load(NETWORKS["three layers"])
    for notation in resources.notations():
        page = page_of(spec, notation)
        printed = {str(page.names(quantity)) for quantity in page.graph.quantities}
        for letter in general_rules.indices(page, 2):
            assert isinstance(letter, Symbol)
            assert not any(f"base='{letter.base}'" in symbol for symbol in printed)


def test_names_are_total_for_the_input_layer():
    page = page_of(symback.load(NETWORKS["one of each"]))
    assert isinstance(page.names, Names)
    assert page.names.general_neuron(1, Number("1"), Number("1")).source_pre_activation is None


def test_gradients_by_joint_pre_activations_are_worked_out_before_they_are_used():
    layers = [
        {"size": 2, "activation": "softmax", "bias": "shared"},
        {"size": 1, "activation": "sigmoid", "bias": True},
    ]
    content = network([1, 2, 1], ["softmax", "sigmoid"])
    content |= {"network": {"inputs": 1, "layers": layers}, "notation": "layer-superscript"}
    content["parameters"] = {**content["parameters"], "biases": [["0.2"], ["-0.1"]]}  # type: ignore[dict-item]
    text = sheet(content)
    by_first = r"\frac{\partial L}{\partial z_1^{(1)}}"
    used = text.index(rf"\frac{{\partial L}}{{\partial w_{{11}}^{{(1)}}}} &= {by_first}")
    assert by_first in text[:used]
    assert check_page(text).failed == []


def test_one_number_never_stands_for_two_functions_in_a_line():
    content = network([1, 1, 1], ["tanh", "sigmoid"])
    content |= {
        "parameters": {"weights": [[["0.5"]], [["0.7"]]], "biases": [["0"], None]},
        "notation": "layer-superscript",
    }
    content["data"] = [{"inputs": ["0"], "targets": ["1"]}]
    assert r"&= -1.0 \cdot 0.5 \cdot (1 - 0.5) \cdot 0.0 \\" in sheet(content)
    content["data"] = [{"inputs": ["1"], "targets": ["1"]}]
    assert r"\cdot (1 - g(0.3235)) \cdot g(0.5) \\" in sheet(content)
