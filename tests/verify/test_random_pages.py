"""What pages of random networks were once blamed for, a line or two each; and the mistakes next to it, which stay."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from itertools import pairwise
from typing import Any

import pytest
from flint import arb

from symback.verify.balls import prints_as
from tests.verify.test_other_networks import TWO_FUNCTIONS, blamed


def network(notation: str, *layers: Mapping[str, Any], **more: Any) -> dict[str, Any]:
    """Return a spec of two inputs with weights that differ from each other."""
    sizes = [2, *(layer["size"] for layer in layers)]
    weights, biases = [], []
    for place, (before, size) in enumerate(pairwise(sizes)):
        signed = [[(-1) ** (place + i + j) * (30 + 10 * i + 7 * j) for j in range(before)] for i in range(size)]
        weights.append([[f"{number / 100:.2f}" for number in row] for row in signed])
        biases.append([f"{(10 + 5 * i + 2 * place) / 100:.2f}" for i in range(size)])
    given = {"inputs": ["0.7", "-1.3"], "targets": ["1", "0", "0.5"][: sizes[-1]]}
    return {
        **TWO_FUNCTIONS,
        "network": {"inputs": 2, "layers": list(layers)},
        "parameters": {"weights": weights, "biases": biases},
        "data": [given],
        "notation": notation,
        **more,
    }


def layer(size: int, activation: str) -> dict[str, Any]:
    return {"size": size, "activation": activation}


ONE_OUTPUT = network("short", layer(3, "sigmoid"), layer(1, "linear"))
DEEP = network("short", layer(2, "sigmoid"), layer(2, "tanh"), layer(1, "linear"))
SQUARE = network("net-out", layer(2, "softmax"), layer(2, "sigmoid"))
JOINT = network("matrix-indices", layer(3, "softmax"), layer(2, "sigmoid"))

NEAR_A_WEIGHT = {
    **ONE_OUTPUT,
    "network": {"inputs": 1, "layers": [layer(2, "e^(-x^2)")]},
    "parameters": {"weights": [[["-1.271"], ["1.022"]]], "biases": [["-0.9", "0.198"]]},
    "data": [{"inputs": ["-1.5125"], "targets": ["0", "1"]}],
}
"""z₁ = 1.0223875, which begins like the second weight."""

SIGN = {
    **ONE_OUTPUT,
    "network": {"inputs": 1, "layers": [layer(1, "linear")]},
    "parameters": {"weights": [[["0.4"]]], "biases": [["0.028"]]},
    "data": [{"inputs": ["1"], "targets": ["0.42"]}],
    "loss": {"kind": "absolute-error", "factor": "1/2"},
}
"""z = 0.428, which also begins like the target."""

ONE_NEURON = {**SIGN, "network": {"inputs": 1, "layers": [layer(1, "sigmoid")]}, "notation": "layer-letters"}
ONE_NEURON |= {"loss": TWO_FUNCTIONS["loss"]}
ONE_NEURON["parameters"] = {"weights": [[["0.8"]]], "biases": [["0.01"]]}
"""z = 0.81, a = σ(0.81) = 0.692"""

TWO_SAMPLES = {
    **ONE_NEURON,
    "network": {"inputs": 1, "layers": [layer(1, "linear"), layer(1, "linear")]},
    "parameters": {"weights": [[["1"]], [["-0.25"]]], "biases": [["0.31"], ["-0.1275"]]},
    "data": [{"inputs": ["0.5"], "targets": ["1"]}, {"inputs": ["-0.5"], "targets": ["0"]}],
    "notation": "net-out",
}
"""z = 0.81 and −0.33, then −0.19 and −0.08; as many rows as neurons."""

WITH_SAMPLES = {
    **network("matrix-indices", layer(2, "tanh"), layer(1, "sigmoid"), layer(2, "sigmoid")),
    "data": [{"inputs": ["0.7", "-1.3"], "targets": ["1", "0"]}, {"inputs": ["0", "-0.2"], "targets": ["0", "1"]}],
}
"""The vector of layer 1 at sample 2, and the first number of layer 2, are told apart by (2) and [2]."""

SHARED = network("layer-superscript", {**layer(2, "linear"), "bias": "shared"}, layer(1, "sigmoid"))
SHARED["parameters"] = {**SHARED["parameters"], "biases": [["0.1"], ["0"]]}

ABSENT_FIRST = {
    **network("from-to", layer(1, "linear"), layer(1, "sigmoid")),
    "parameters": {"weights": [[["absent", "-1.1"]], [["0.5"]]], "biases": [["0.73"], ["0"]]},
}

BIAS_AS_INPUT = {
    **network("layer-letters", {**layer(1, "linear"), "bias": "input"}, layer(1, "sigmoid")),
    "parameters": {"weights": [[["0.1", "0.3", "-0.4"]], [["0.5"]]], "biases": [None, ["0"]]},
}

CASES = {
    "the target of an only output has the number of the output": (
        ONE_OUTPUT,
        r"$$\frac{\partial L}{\partial a_k} = a_k - y_k$$",
        ("- y_k", "+ y_k"),
    ),
    "a sum over paths has no factor that passes over a layer": (
        DEEP,
        r"$$\frac{\partial L}{\partial a_j} = \sum_i \frac{\partial L}{\partial a_i} \frac{\partial a_i}{\partial z_i}"
        r" \frac{\partial z_i}{\partial a_j}$$",
        (r" \frac{\partial a_i}{\partial z_i}", ""),
    ),
    "sums within sums": (
        JOINT,
        r"$$\delta_j^{[l - 1]} = \sum_k \frac{\partial a_k^{[l - 1]}}{\partial z_j^{[l - 1]}}"
        r" \sum_i \delta_i^{[l]} w_{ik}^{[l]}$$",
        (r"\sum_k \frac{\partial a_k", r"\frac{\partial a_j"),
    ),
    "stars that multiply matrices": (
        SQUARE,
        r"$$\mathbf{net}_h = W_{ih} * \mathbf{i} + \mathbf{b}_h$$"
        "\n\n"
        r"$$\boldsymbol{\delta}_h = \mathrm{Softmax}'(\mathbf{net}_h) * W_{ho}^{T} * \boldsymbol{\delta}_o$$",
        ("W_{ho}^{T} *", "W_{ho} *"),
    ),
    "a name in italics behind a number": (
        {**ONE_NEURON, "network": {"inputs": 1, "layers": [layer(1, "2*x")]}},
        r"$$\frac{\partial \mathit{Loss}}{\partial w_{io}} = (o_{\mathrm{out}} - \mathit{output}) \times 2\mathit{input}$$",
        ("2\\mathit", "3\\mathit"),
    ),
    "functions that a list defines": (
        network("numerator-layout", layer(3, ["elu", "2^x - 1", "sigmoid"])),
        r"- Output: $3 \times 1$, activation $f_1$ = (ELU, $f(x) = 2^{x} - 1$, Sigmoid)",
        ("- 1", "- 2"),
    ),
    "digits that a datum has too": (
        NEAR_A_WEIGHT,
        r"$$\frac{\partial a_1}{\partial z_1} = -2 z_1 e^{-z_1^2} = -2 \cdot 1.022 e^{-1.022^2} \approx -0.718$$",
        ("-0.718", "-0.712"),
    ),
    "a sign that is certain from the digits as they stand": (
        SIGN,
        "$$z = 0.42$$\n\n"
        r"$$\frac{\partial L}{\partial a} = \frac{1}{2} \mathrm{sgn}(0.428 - 0.42) = 0.5$$",
        ("0.428 - 0.42", "0.42 - 0.428"),
    ),
    "the only neuron of a table": (
        ONE_NEURON,
        "| Neuron | Pre-activation | Activation | Function $g$ |\n| --- | --- | --- | --- |\n"
        "| $o$ | $0.81$ | $0.692$ | Sigmoid |",
        ("0.692", "0.792"),
    ),
    "a row about a sample": (
        TWO_SAMPLES,
        "| Sample | $\\mathit{net}_{h1}$ | $\\mathit{net}_{o1}$ |\n| --- | --- | --- |\n| 1 | $0.81$ | $-0.33$ |\n"
        "| 2 | $-0.19$ | $-0.08$ |",
        ("-0.08", "-0.06"),
    ),
    "the weights of an only neuron behind the input of a bias": (
        BIAS_AS_INPUT,
        r"$$\frac{\partial \mathit{Loss}}{\partial w_{i_q j_p}} = \delta_{jp} \ \mathit{input}_q$$",
        (r"\delta_{jp}", r"2 \delta_{jp}"),
    ),
    "a row about the only sample": (
        {**TWO_SAMPLES, "data": TWO_SAMPLES["data"][:1]},
        "| Sample | $\\mathit{net}_{h1}$ | $\\mathit{net}_{o1}$ |\n| --- | --- | --- |\n| 1 | $0.81$ | $-0.33$ |",
        ("-0.33", "-0.44"),
    ),
    "a row about a sample with one number": (
        {**TWO_SAMPLES, "data": TWO_SAMPLES["data"][:1]},
        "| Sample | $\\mathit{net}_{o1}$ |\n| --- | --- |\n| 1 | $-0.33$ |",
        ("-0.33", "0.81"),
    ),
    "names that differ in their brackets": (
        WITH_SAMPLES,
        r"$$z_2^{(2)} = W_2 a_1^{(2)} + b_2$$",
        ("W_2 a_1^{(2)}", "W_2 z_1^{(2)}"),
    ),
    "a bias that a layer shares, in place of a vector": (
        SHARED,
        r"$$b^{(1)} = \begin{bmatrix} 0.1 \\ 0.1 \end{bmatrix}$$"
        "\n\n"
        r"$$\frac{\partial L}{\partial b^{(1)}} = \delta_1^{(1)} + \delta_2^{(1)}$$",
        (r" + \delta_2^{(1)}", ""),
    ),
    "rows of weights whose first is absent": (
        ABSENT_FIRST,
        r"$$\mathbf{x} = \begin{bmatrix} 0.7 & -1.3 \end{bmatrix}, \mathbf{W}^{[1]} = \begin{bmatrix} 0 \\ -1.1 \end{bmatrix}$$"
        "\n\n"
        r"$$\mathbf{I}^{[1]} = \mathbf{x} \mathbf{W}^{[1]} + \boldsymbol{\theta}^{[1]}$$",
        (r"\mathbf{x} \mathbf{W}^{[1]} +", r"\mathbf{x} \mathbf{W}^{[1]} -"),
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_it_is_understood_and_what_is_wrong_is_not(name: str):
    spec, text, (right, wrong) = CASES[name]
    assert blamed(spec, text) == []
    assert blamed(spec, text.replace(right, wrong)) != []


def test_a_number_is_cut_off_however_near_the_next_one_is():
    number = Fraction("0.77999"), Fraction("0.00001")
    assert prints_as(arb("0.77999999999999979"), *number)
    assert prints_as(-arb("0.77999999999999979"), -number[0], number[1])
    assert not prints_as(arb("0.78"), *number)
