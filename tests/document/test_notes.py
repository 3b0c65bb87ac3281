r"""The style ``notes``: every display family of its contract, in order, its digits, and its remarks held against oracles.

Numbers typed in here are those that hand-written notes on the same network got right.
"""

from __future__ import annotations

import itertools
import random
import re
from fractions import Fraction

import pytest

import symback
from symback.derive.derivation import Derivation
from symback.document import delta_rules, trace
from symback.document.builders.batch import sample_gradient, summed
from symback.document.builders.samples import WITNESS
from symback.document.compose import _page
from symback.document.separability import crossing
from symback.graph.build import LEARNING_RATE
from symback.notation.names import GeneralNeuron
from symback.resources import notations
from symback.values.interpret import interpret
from symback.values.real import Real
from symback.written.nodes import Cases, Name, Number, Partial, Product, Relation, Sequence, Symbol, Text
from symback.written.substitute import leaves, replace_parts
from tests.checker import check_page
from tests.document.reading import missing
from tests.oracles.random_networks import random_network

EXAMPLES = ("notes", "slides", "scalar-check", "formula-sheet", "matrix")

CHAIN = (
    r"\frac{\partial L}{\partial \hat{y}} \cdot \frac{\partial \hat{y}}{\partial z_1^{(2)}} \cdot "
    r"\frac{\partial z_1^{(2)}}{\partial h_1^{(1)}} \cdot \frac{\partial h_1^{(1)}}{\partial z_1^{(1)}}"
)
LOSS_BY_OUTPUT = r"-\frac{y}{\hat{y}} + \frac{1 - y}{1 - \hat{y}}"
POSITIVE, OTHERWISE = r"z_1^{(1)} > 0", r"0 & z_1^{(1)} \leq 0"
BATCH = r"\frac{1}{n} \sum_{s=1}^{n} (\hat{y}^{[s]} - y^{[s]}) w_{11}^{(2)} \cdot 1[z_1^{(1)[s]} > 0]"

CONTRACT = {
    "convention": ["$w_{ij}^{(l)}$: the weight in layer $l$ that leads from input $j$ to neuron $i$"],
    "forward pass": [
        r"\text{Hidden Layer} \  \begin{cases}",
        r"z_1^{(1)} = w_{11}^{(1)} x_1 + w_{12}^{(1)} x_2 + b_1^{(1)} \Rightarrow h_1^{(1)} = \mathrm{ReLU}(z_1^{(1)})",
        r"z_2^{(1)} = w_{21}^{(1)} x_1 + w_{22}^{(1)} x_2 + b_2^{(1)} \Rightarrow h_2^{(1)} = \mathrm{ReLU}(z_2^{(1)})",
        r"\text{Output} \  \begin{cases}",
        r"z_1^{(2)} = w_{11}^{(2)} h_1^{(1)} + w_{12}^{(2)} h_2^{(1)} + b_1^{(2)} \Rightarrow \hat{y} = \sigma(z_1^{(2)})",
    ],
    "choice of the loss": [
        "regression",
        r"L = \frac{1}{2}(y - \hat{y})^{2}",
        r"L = -y \log(\hat{y}) - (1 - y) \log(1 - \hat{y})",
        "Logarithms are natural ones, to the base e.",
    ],
    "chain": [rf"\frac{{\partial L}}{{\partial w_{{11}}^{{(1)}}}} = {CHAIN} \cdot \frac{{\partial z_1^{{(1)}}}}"],
    "factors": [
        rf"\frac{{\partial L}}{{\partial \hat{{y}}}} &= {LOSS_BY_OUTPUT}",
        r"\frac{\partial \hat{y}}{\partial z_1^{(2)}} &= \hat{y} \cdot (1 - \hat{y})",
        r"\frac{\partial z_1^{(2)}}{\partial h_1^{(1)}} &= w_{11}^{(2)}",
        rf"\frac{{\partial h_1^{{(1)}}}}{{\partial z_1^{{(1)}}}} &= \begin{{cases}} 1 & {POSITIVE} \\ {OTHERWISE}",
        r"\frac{\partial z_1^{(1)}}{\partial w_{11}^{(1)}} &= x_1",
    ],
    "product": [
        rf"\begin{{cases}} \left( {LOSS_BY_OUTPUT} \right) \hat{{y}} \cdot (1 - \hat{{y}}) w_{{11}}^{{(2)}} x_1 "
        rf"& {POSITIVE} \\ {OTHERWISE}",
    ],
    "simplified": [
        r"= -y (1 - \hat{y}) + (1 - y) \hat{y} = \hat{y} - y",
        rf"\begin{{cases}} (\hat{{y}} - y) w_{{11}}^{{(2)}} x_1 & {POSITIVE} \\ {OTHERWISE}",
    ],
    "bias and delta": [
        rf"\frac{{\partial L}}{{\partial b_1^{{(1)}}}} = {{\underbrace{{{CHAIN}}}_{{\delta_1^{{(1)}}}}}} \cdot \frac",
        r"\delta_1^{(1)} = \frac{\partial L}{\partial z_1^{(1)}}",
        r"\frac{\partial L}{\partial b_1^{(1)}} &= \delta_1^{(1)}",
        r"\frac{\partial L}{\partial w_{11}^{(1)}} &= \delta_1^{(1)} x_1",
        r"\frac{\partial L}{\partial w_{12}^{(1)}} &= \delta_1^{(1)} x_2",
    ],
    "general rules": [
        r"\frac{\partial L}{\partial w_{ij}^{(l)}} &= \delta_i^{(l)} h_j^{(l - 1)}",
        r"\frac{\partial L}{\partial b_i^{(l)}} &= \delta_i^{(l)}",
        r"\delta_j^{(l - 1)} = \frac{\partial h_j^{(l - 1)}}{\partial z_j^{(l - 1)}} \sum_{i} \delta_i^{(l)} w_{ij}^{(l)}",
    ],
    "update rules": [
        r"w_{ij}^{(l)} &\leftarrow w_{ij}^{(l)} - \eta \frac{\partial L}{\partial w_{ij}^{(l)}}",
        r"b_i^{(l)} &\leftarrow b_i^{(l)} - \eta \frac{\partial L}{\partial b_i^{(l)}}",
        "Momentum",
        "too large",
        "too small",
    ],
    "data": ["| Sample | $x_1$ | $x_2$ | $y$ |", "not linearly separable"],
    "initial values": [
        r"W_{2 \times 2}^{(1)} =",
        r"= \begin{bmatrix} 1 & 0.5 \\ -0.5 & 1 \end{bmatrix}",
        r"W_{1 \times 2}^{(2)} =",
        r"= \begin{bmatrix} -1 & 0.5 \end{bmatrix}",
        r"b_{2 \times 1}^{(1)} =",
        r"= \begin{bmatrix} 1 \\ 0.5 \end{bmatrix}",
    ],
    "forward table": [
        r"| $x_1$ | $x_2$ | $z_1^{(1)}$ | $z_2^{(1)}$ | $h_1^{(1)}$ | $h_2^{(1)}$ | $z_1^{(2)}$ | $\hat{y}$ | $y$ | $L$ |",
        "$z_1^{(1)}$ is positive in every sample",
        "$z_2^{(1)[3]}$ is $0.0$ and so lies on the kink",
    ],
    "one step": [
        r"\frac{\partial L}{\partial b_1^{(1)}} = \delta_1^{(1)} = (\hat{y} - y) w_{11}^{(2)} = (0.562 - 0)(-1) = -0.562",
        r"\frac{\partial L}{\partial w_{11}^{(1)}} = \delta_1^{(1)} x_1 = -0.562 \cdot 0",
        r"$\eta = 0.1$",
        r"b_1^{(1)} \leftarrow b_1^{(1)} - \eta",
        r"= 1 - 0.1(-0.562) = 1.056",
    ],
    "batch": [
        rf"\frac{{\partial L_{{\mathrm{{batch}}}}}}{{\partial b_1^{{(1)}}}} = "
        rf"\frac{{1}}{{n}} \sum_{{s=1}}^{{n}} \frac{{\partial L^{{[s]}}}}{{\partial b_1^{{(1)}}}} = {BATCH}",
        rf"{BATCH} x_1^{{[s]}}",
        "What is averaged is the gradient of each sample",
    ],
}

FORWARD = [
    ["0", "0", "1", "0.5", "1", "0.5", "0.25", "0.562", "0", None],
    ["0", "1", "1.5", "1.5", "1.5", "1.5", "0.25", "0.562", "1", None],
    ["1", "0", "2", "0", "2", "0", "-1", None, "1", "1.3"],
    ["1", "1", "2.5", "1", "2.5", "1", "-1", None, "0", "0.31"],
]
"""Rows of the hand-written table, as numbers. None stands for a cell whose digits were not those of one rounding rule:
losses cut off instead of rounded, and an output with two digits where the others have three."""


@pytest.fixture(scope="module")
def page() -> str:
    return symback.render(symback.load("notes"))


def making(spec):
    """The page in the making, with graph, derivation and numbers."""
    return _page(spec, "notes", "")[0]


def cells(page: str, header: str) -> list[list[str]]:
    table = page[page.index(header) :].split("\n\n")[0].splitlines()[2:]
    return [[cell.strip().strip("$") for cell in line.strip("|").split("|")] for line in table]


def random_spec(seed: int, **changes):
    content = {key: value for key, value in random_network(seed).items() if key != "given"}
    return symback.load({**content, **changes})


@pytest.mark.parametrize("family", CONTRACT)
def test_every_display_family_stands_on_the_page(page, family):
    assert missing(page, CONTRACT[family]) == []


def test_the_families_stand_in_order(page):
    text = " ".join(page.split())
    place = 0
    for family, pieces in CONTRACT.items():
        found = text.find(" ".join(pieces[0].split()), place)
        assert found >= 0, family
        place = found


def test_the_forward_table_has_the_digits_of_the_notes(page):
    rows = [row[1:] for row in cells(page, "| Sample | $x_1$ | $x_2$ | $z_1^{(1)}$")]
    assert len(rows) == len(FORWARD)
    for row, wanted in zip(rows, FORWARD, strict=True):
        for cell, number in zip(row, wanted, strict=True):
            assert number is None or Fraction(cell) == Fraction(number)


def test_no_slip_of_the_kind_that_notes_have(page):
    assert "h_2^{(2)}" not in page
    assert r"-\delta" not in page
    assert "b_{11}" not in page
    assert "100" not in page


@pytest.mark.parametrize("seed", range(12))
def test_every_link_of_a_random_page_holds(seed):
    spec = random_spec(seed)
    report = check_page(symback.render(spec, style="notes"), spec.numbers.rounding, spec.numbers.carry)
    assert report.failed == []


@pytest.mark.parametrize("name", EXAMPLES)
@pytest.mark.parametrize("notation", notations())
def test_every_example_renders_in_every_notation_without_an_empty_heading(name, notation):
    for to in ("md", "tex"):
        text = symback.render(symback.load(name), to, "notes", notation)
        assert "None" not in text
    text = symback.render(symback.load(name), "md", "notes", notation)
    assert not re.search(r"^##+ .*\n+(?=\Z|#)", text, re.MULTILINE)


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_products_of_the_trace_are_the_gradient(name):
    made = making(symback.load(name))
    for number in range(1, len(made.graph.samples) + 1):
        exact = made.values.sample(number).exact
        check_trace(made, exact)


@pytest.mark.parametrize("seed", range(20))
def test_the_products_of_the_trace_are_the_gradient_of_random_networks(seed):
    made = making(random_spec(seed))
    if made.values.knows("loss:w.1.1.1"):
        check_trace(made, made.values.exact)


def check_trace(made, exact):
    weight, *biases = made.graph.layers[0].weights[0][0], *made.graph.layers[0].biases[:1]
    for parameter in (weight, *biases):
        path = trace.factors(made, parameter)
        if any(trace.local_form(made, factor) != made_in_full(made, factor) for factor in path):
            continue
        for product in (trace.product(made, path), trace.simplified(made, path)):
            assert interpret(product, exact) == exact[f"loss:{parameter}"]


def made_in_full(made, factor):
    """What a factor is where no dots stand in it."""
    form = trace.local_form(made, factor)
    forms = made.derivation[factor.key].forms
    return form if form in [forms[name] for name in forms] else None


def instance(derivation: Derivation, layer: int, neuron: int, source: int) -> GeneralNeuron:
    """The names around one neuron in place of the letters of a general rule."""
    here = derivation.graph.layers[layer - 1]
    nothing = Symbol("none")
    return GeneralNeuron(
        index=Text(f"{neuron}"),
        loss=nothing,
        target=nothing,
        activation=Name(here.activations[neuron - 1]),
        pre_activation=Name(here.pre_activations[neuron - 1]),
        delta=Name(f"delta.{layer}.{neuron}"),
        weight=Name(here.weights[neuron - 1][source - 1]),
        bias=Name(here.biases[neuron - 1]) if here.biases else nothing,
        source=Name(here.inputs[source - 1]),
        source_pre_activation=Name(f"z.{layer - 1}.{source}") if layer > 1 else None,
        source_delta=Name(f"delta.{layer - 1}.{source}") if layer > 1 else None,
    )


@pytest.mark.parametrize("name", EXAMPLES)
def test_general_rules_hold_at_every_index(name):
    made = making(symback.load(name))
    graph, exact = made.graph, made.values.exact
    for layer in graph.layers:
        for neuron, source in itertools.product(range(1, layer.size + 1), range(1, len(layer.inputs) + 1)):
            at = instance(made.derivation, layer.number, neuron, source)
            ((_, weight),) = delta_rules.weight_gradient(Name("loss"), at).links
            assert interpret(weight, exact) == exact[f"loss:{at.weight.id}"]
            if layer.biases:
                ((_, bias),) = delta_rules.bias_gradient(Name("loss"), at).links
                assert interpret(bias, exact) == exact[f"loss:{at.bias.id}"]


@pytest.mark.parametrize("name", ["notes", "slides", "scalar-check", "matrix"])
def test_delta_passes_back_by_the_general_rule(name):
    made = making(symback.load(name))
    exact = made.values.exact
    for layer in made.graph.layers[1:]:
        for source in range(1, len(layer.inputs) + 1):
            neurons = [instance(made.derivation, layer.number, each, source) for each in range(1, layer.size + 1)]
            rules = [delta_rules.delta_before(at) for at in neurons]
            slope = exact[f"a.{layer.number - 1}.{source}:z.{layer.number - 1}.{source}"]
            bodies = [rule.links[0][1].factors[1].body for rule in rules]
            total = Real.sum(interpret(body, exact) for body in bodies) * slope
            assert all(rule.first == Name(f"delta.{layer.number - 1}.{source}") for rule in rules)
            assert total == exact[f"loss:z.{layer.number - 1}.{source}"]


JOINT = {
    "schema": 1,
    "network": {"inputs": 1, "layers": [{"size": 3, "activation": "softmax"}, {"size": 2, "activation": "sigmoid"}]},
    "parameters": {
        "weights": [[["0.3"], ["-1.2"], ["0.7"]], [["0.4", "-0.3", "0.2"], ["0.5", "0.8", "-0.7"]]],
        "biases": [["0.1", "0.2", "-0.3"], ["0", "0.25"]],
    },
    "data": [{"inputs": ["1.6"], "targets": ["1", "0"]}],
    "loss": "squared-error",
}


def test_delta_passes_back_through_every_activation_of_a_joint_layer():
    made = making(symback.load(JOINT))
    exact = made.values.exact
    for source in (1, 2, 3):
        shares = []
        for neuron, other in itertools.product((1, 2), (1, 2, 3)):
            at, through = (instance(made.derivation, 2, neuron, each) for each in (source, other))
            rule = delta_rules.joined_delta_before(at, through, Symbol("k"))
            slope, passed = rule.links[0][1].body.factors
            assert (slope.of, slope.by) == (Name(f"a.1.{other}"), Name(f"z.1.{source}"))
            shares.append(exact[f"a.1.{other}:z.1.{source}"] * interpret(passed.body, exact))
        assert Real.sum(iter(shares)) == exact[f"loss:z.1.{source}"]


def test_rounded_slopes_stand_before_the_error_signals_that_they_give():
    data = [{"inputs": ["1.6"], "targets": ["1"]}, {"inputs": ["0.4"], "targets": ["0"]}]
    layers = [{"size": 1, "activation": "e^(-x^2)"}, {"size": 1, "activation": "sigmoid"}]
    spec = {
        **JOINT,
        "network": {"inputs": 1, "layers": layers},
        "parameters": {"weights": [[["0.3"]], [["0.4"]]], "biases": [["0.1"], ["0"]]},
        "data": data,
        "update": {"learning_rate": "0.1", "on": "batch"},
        "numbers": {"decimals": 4, "carry": "printed"},
        "notation": "layer-superscript",
        "style": "notes",
    }
    slope = r"$\frac{\partial h_1^{(1)}}{\partial z_1^{(1)}}$ | $\delta_1^{(1)}$"
    assert slope in symback.render(symback.load(spec))
    assert slope not in symback.render(symback.load({**spec, "numbers": {"decimals": 4, "carry": "exact"}}))


def test_the_general_update_is_the_step_of_the_derivation():
    made = making(symback.load("notes"))
    for parameter in made.graph.parameters:
        rule = delta_rules.update(Name("loss"), Name(parameter), "←")
        ((sign, tree),) = rule.links
        assert sign == "←"
        step = Partial("loss", parameter)
        body = replace_parts(tree, [(tree.terms[1].operand.factors[1], step)])
        assert interpret(body, made.values.exact) == made.values.exact[f"{parameter}+"]
        assert LEARNING_RATE in leaves(body)


def of_one_sample(made, tree, number):
    """A rule with a letter for the sample, with the numbers of one sample in it."""
    sample = delta_rules.letters(made).sample
    keys = [*made.graph.quantities, *(f"delta.{key[2:]}" for key in made.graph.quantities if key.startswith("z."))]
    names = [(made.names.of_sample(key, sample), Name(key)) for key in keys]
    return replace_indicators(replace_parts(tree, names))


def replace_indicators(tree):
    """Put cases in the place of ``1[condition]``."""
    factors = tree.factors if isinstance(tree, Product) else (tree,)
    shown = []
    for factor in factors:
        if isinstance(factor, Product) and isinstance(factor.factors[-1], Sequence):
            (condition,) = factor.factors[-1].items
            always = Relation(Number("0"), (("=", Number("0")),))
            factor = Cases(((Number("1"), condition), (Number("0"), always)))
        shown.append(factor)
    return Product(tuple(shown))


@pytest.mark.parametrize("name", ["notes", "slides", "scalar-check", "matrix"])
def test_the_batch_rule_is_the_gradient_of_every_sample(name):
    made = making(symback.load(name))
    for parameter in ("w.1.1.1", *made.graph.layers[0].biases[:1]):
        tree = sample_gradient(made, parameter)
        for number in range(1, len(made.graph.samples) + 1):
            exact = made.values.sample(number).exact
            assert interpret(of_one_sample(made, tree, number), exact) == exact[f"loss:{parameter}"]


def test_a_sample_shares_no_letter_with_a_neuron():
    for name, notation in itertools.product(EXAMPLES, notations()):
        made = _page(symback.load(name), "notes", notation)[0]
        found = delta_rules.letters(made)
        assert found.sample not in (found.neuron, found.source, found.layer, found.count)


@pytest.mark.parametrize("update", [None, {"learning_rate": 0.1}, {"learning_rate": 0.1, "reduction": "sum"}])
def test_what_learns_from_the_batch_has_its_numbers(update):
    spec = symback.load("notes").model_dump(by_alias=True)
    del spec["update"]
    changed = {**plain(spec), **({"update": update} if update else {})}
    text = symback.render(symback.load(changed))
    sums = r"-0.562 + 0.438 + 0.731 + (-0.269)"
    assert sums in text
    assert (r"\frac{1}{4}(" + sums in text) is (update is None or "reduction" not in update)
    assert ("What is averaged" in text) is (update is None or "reduction" not in update)
    assert (r"b_1^{(1)} \leftarrow b_1^{(1)}" in text) is (update is not None)


def plain(content):
    """A spec as its author would write it: empty entries left out, sequences as lists."""
    if isinstance(content, dict):
        return {key: plain(value) for key, value in content.items() if value not in (None, "", {}, ())}
    if isinstance(content, list | tuple):
        return [plain(value) for value in content]
    return content.text if hasattr(content, "text") else content


def test_with_a_sum_there_is_no_mean_in_the_rule():
    made = making(symback.load("notes"))
    assert isinstance(summed(made, Name("loss")), Product)


# Remarks about the data.


def test_the_network_of_the_remark_computes_xor():
    for first, second in itertools.product((0, 1), repeat=2):
        value = interpret(WITNESS, {"x.1": Real.of(first), "x.2": Real.of(second)})
        assert value.sign() == (1 if first != second else -1)


def separates(line, points, classes):
    sides = [sum(a * b for a, b in zip(line, (*point, 1), strict=True)) for point in points]
    return all((side > 0) is each and side != 0 for side, each in zip(sides, classes, strict=True))


def test_points_with_crossing_pairs_have_no_separating_line():
    draw = random.Random(3)
    lines = list(itertools.product([Fraction(each, 2) for each in range(-4, 5)], repeat=3))
    crossed = 0
    for _ in range(60):
        points = [(Fraction(draw.randrange(3)), Fraction(draw.randrange(3))) for _ in range(6)]
        classes = [draw.random() < 0.5 for _ in points]
        if crossing(points, classes) is not None:
            crossed += 1
            assert not any(separates(line, points, classes) for line in lines)
    assert 5 < crossed < 55


def test_a_separable_table_gets_no_such_remark():
    content = plain(symback.load("notes").model_dump(by_alias=True))
    content["data"] = [{"inputs": [a, b], "targets": [a * b]} for a, b in itertools.product((0, 1), repeat=2)]
    text = symback.render(symback.load(content))
    assert "separable" not in text
    assert "Large Enough" not in text


def test_only_what_is_positive_everywhere_is_said_to_be():
    content = plain(symback.load("notes").model_dump(by_alias=True))
    content["parameters"]["biases"] = [["-0.7", "0.5"], ["1"]]
    assert "positive in every sample" not in symback.render(symback.load(content))


def test_without_biases_the_error_signal_is_worked_in_its_own_name():
    content = plain(symback.load("notes").model_dump(by_alias=True))
    content["network"]["layers"] = [{**layer, "bias": False} for layer in content["network"]["layers"]]
    del content["parameters"]["biases"]
    content["update"]["on"] = 4
    text = symback.render(symback.load(content))
    assert r"\delta_1^{(1)} = (\hat{y} - y) w_{11}^{(2)} =" in text
    assert r"\delta_1^{(1)} = \delta_1^{(1)}" not in " ".join(text.replace("&", "").split())
    assert "bias" not in text.replace("Backpropagation", "")


def test_the_case_that_is_named_is_the_one_that_holds():
    content = plain(symback.load("notes").model_dump(by_alias=True))
    content["network"]["layers"][0]["activation"] = "abs(abs(x) - 1)"
    content["parameters"]["biases"] = [["0.25", "0.5"], ["1"]]
    text = symback.render(symback.load(content))
    assert "gave $z_1^{(1)} = 0.25$, so the case $0 < z_1^{(1)} < 1$ holds" in text


def test_unknown_parameters_leave_symbols():
    content = plain(symback.load("notes").model_dump(by_alias=True))
    content["parameters"] = {
        "weights": [[[None, None], [None, None]], [[None, None]]],
        "biases": [[None, None], [None]],
    }
    text = symback.render(symback.load(content))
    assert "Initial Values" not in text
    assert "After Sample" not in text
    assert missing(text, [piece for family in list(CONTRACT)[:10] for piece in CONTRACT[family]]) == []
