r"""The style ``slides``: every display family of its contract, in order, with the digits of the example.

The rows follow the layer pairs from the back: loss to activation, activation to pre-activation, pre-activation to
weight, product, all parameters, update. Numbers typed in here are those that a hand-worked deck on the same network
got right under one rounding rule (half away from zero, printed numbers carried).
"""

from __future__ import annotations

import re
from fractions import Fraction

import pytest

import symback
from tests.document.reading import missing


def row(*entries: str) -> str:
    return r"\begin{bmatrix} " + " & ".join(entries) + r" \end{bmatrix}"


def column(*entries: str) -> str:
    return r"\begin{bmatrix} " + r" \\ ".join(entries) + r" \end{bmatrix}"


def partial(of: str, by: str) -> str:
    return rf"\frac{{\partial {of}}}{{\partial {by}}}"


LOSS = r"\mathit{Loss}"
J_IN = row(*(rf"j_{{{n}\mathrm{{in}}}}" for n in "1234"))
J_OUT = row(*(rf"j_{{{n}\mathrm{{out}}}}" for n in "1234"))
K_IN = row(*(rf"k_{{{n}\mathrm{{in}}}}" for n in "12"))
K_OUT = row(*(rf"k_{{{n}\mathrm{{out}}}}" for n in "12"))
O_IN, O_OUT = r"o_{\mathrm{in}}", r"o_{\mathrm{out}}"
K1_IN, K1_OUT = r"k_{1\mathrm{in}}", r"k_{1\mathrm{out}}"
J1_IN, J1_OUT = r"j_{1\mathrm{in}}", r"j_{1\mathrm{out}}"

K2_OUT, INPUT = r"k_{2\mathrm{out}}", r"\mathit{input}"
J_MAX = row(*(rf"\max(0, j_{{{n}\mathrm{{in}}}})" for n in "1234"))
J_MAX_NUMBERS = row(*(rf"\max(0, {number})" for number in ("1.5", "2.0", "2.5", "3.0")))
SIGMOIDS = row(*(rf"\frac{{1}}{{1 + e^{{-k_{{{n}\mathrm{{in}}}}}}}}" for n in "12"))
SIGMOIDS_NUMBERS = row(r"\frac{1}{1 + e^{-6.0}}", r"\frac{1}{1 + e^{-5.0}}")

CONTRACT = {
    "architecture": [
        "4 neurons, activation ReLU",
        "2 neurons, activation Sigmoid",
        "1 neuron, activation Linear",
        "Parameters to be learned: 21.",
        "4 weights and 4 biases",
        "8 weights and 2 biases",
        "2 weights and 1 bias",
    ],
    "initial values": [
        r"\mathit{input} \end{bmatrix} &= \begin{bmatrix} 2.0",
        r"\mathit{output} \end{bmatrix} &= \begin{bmatrix} 3.0",
        rf"W_{{ij}} = {row('w_{i j_1}', 'w_{i j_2}', 'w_{i j_3}', 'w_{i j_4}')} = {row('0.25', '0.5', '0.75', '1.0')}",
        r"W_{jk} = \begin{bmatrix} w_{j_1 k_1} & w_{j_1 k_2} \\",
        column("1.0 & 0", "0.75 & 0.25", "0.5 & 0.5", "0.25 & 0.75"),
        rf"W_{{ko}} = {column('w_{k_1 o}', 'w_{k_2 o}')} = {column('1.0', '0.5')}",
        rf"b_{{jk}} = {row('b_{j k_1}', 'b_{j k_2}')} = {row('1.0', '1.0')}",
        rf"b_o = {row('1.0')}",
    ],
    "forward, first layer": [
        rf"{J_IN} &= {row(INPUT)} \times {row('w_{i j_1}', 'w_{i j_2}', 'w_{i j_3}', 'w_{i j_4}')} +",
        rf"{J_IN} &= {row('2.0')} \times {row('0.25', '0.5', '0.75', '1.0')} + {row('1.0', '1.0', '1.0', '1.0')}",
        rf"{J_IN} &= {row('0.5', '1.0', '1.5', '2.0')} + {row('1.0', '1.0', '1.0', '1.0')}",
        rf"{J_IN} &= {row('1.5', '2.0', '2.5', '3.0')}",
        f"= {J_MAX}",
        f"= {J_MAX_NUMBERS}",
        rf"{J_OUT} &= {row('1.5', '2.0', '2.5', '3.0')}",
    ],
    "forward, second layer": [
        rf"{K_IN} &= {J_OUT} \times",
        rf"{K_IN} &= {row('1.5', '2.0', '2.5', '3.0')} \times",
        rf"{K_IN} &= {row('5.0', '4.0')} + {row('1.0', '1.0')}",
        rf"{K_IN} &= {row('6.0', '5.0')}",
        r"f(x) = \frac{1}{1 + e^{-x}}",
        f"= {SIGMOIDS}",
        f"= {SIGMOIDS_NUMBERS}",
        rf"{K_OUT} &= {row('0.9975', '0.9933')}",
    ],
    "forward, output": [
        rf"{row(O_IN)} &= {K_OUT} \times {column('w_{k_1 o}', 'w_{k_2 o}')} + {row('b_o')}",
        rf"{row(O_IN)} &= {row('0.9975', '0.9933')} \times {column('1.0', '0.5')}",
        rf"{row(O_IN)} &= {row('1.494')} + {row('1.0')}",
        rf"{row(O_IN)} &= {row('2.494')}",
        "f(x) = x",
        rf"{row(O_OUT)} &= {row('2.494')}",
    ],
    "loss": [
        rf"{LOSS} = \frac{{1}}{{2}}(\text{{Prediction}} - \text{{Target}})^{{2}}",
        rf"{LOSS} &= \frac{{1}}{{2}}({O_OUT} - \mathit{{output}})^{{2}}",
        rf"{LOSS} &= \frac{{1}}{{2}}(2.494 - 3.0)^{{2}}",
        rf"{LOSS} &= \frac{{1}}{{2}}(-0.506)^{{2}}",
        rf"{LOSS} &= \frac{{1}}{{2}} \times 0.256",
        rf"{LOSS} &= 0.128",
        "f(x) = x",
        rf"{row(O_OUT)} &= {row('2.494')}",
    ],
    "derivatives": [
        "### ReLU",
        r"\begin{cases} 1 & x > 0 \\ 0 & x \leq 0 \end{cases}",
        "### Sigmoid",
        r"\frac{1}{1 + e^{-x}} \times \left( 1 - \frac{1}{1 + e^{-x}} \right)",
        "### Linear",
        "y &= x",
    ],
    "output layer": [
        rf"{partial(LOSS, O_OUT)} \times {partial(O_OUT, O_IN)} \times {partial(O_IN, 'w_{k_1 o}')}",
        rf"{LOSS} &= \frac{{1}}{{2}}(\mathit{{output}} - {O_OUT})^{{2}}",
        rf"{partial(LOSS, O_OUT)} &= \frac{{\partial",
        rf"{partial(LOSS, O_OUT)} &= -1 \times 2 \times \frac{{1}}{{2}}(\mathit{{output}} - {O_OUT})",
        rf"{partial(LOSS, O_OUT)} &= {O_OUT} - \mathit{{output}}",
        rf"{partial(LOSS, O_OUT)} &= 2.494 - 3.0",
        rf"{partial(LOSS, O_OUT)} &= -0.506",
        rf"{O_OUT} &= {O_IN}",
        rf"{partial(O_OUT, O_IN)} &= \frac{{\partial ({O_IN})}}{{\partial {O_IN}}}",
        rf"{partial(O_OUT, O_IN)} &= 1",
        rf"{O_IN} &= w_{{k_1 o}} {K1_OUT} + w_{{k_2 o}} k_{{2\mathrm{{out}}}} + b_o",
        rf"{column(partial(O_IN, 'w_{k_1 o}'), partial(O_IN, 'w_{k_2 o}'))} = {column(K1_OUT, K2_OUT)}",
        column("0.9975", "0.9933"),
        rf"{row(partial(O_IN, 'b_o'))} = {row('1')}",
        column(r"-0.506 \times 1 \times 0.9975", r"-0.506 \times 1 \times 0.9933"),
        column("-0.50474", "-0.50261"),
        row(r"-0.506 \times 1 \times 1"),
        row("-0.506"),
        "the learning rate $\\alpha$ = $0.25$",
        r"w'_{k_1 o} = w_{k_1 o} - \alpha \left( ",
        "= 1.0 - 0.25(-0.50474) = 1.1262",
        "= 0.5 - 0.25(-0.50261) = 0.6257",
        "= 1.0 - 0.25(-0.506) = 1.1265",
    ],
    "second hidden layer": [
        rf"{partial(LOSS, K1_OUT)} \times {partial(K1_OUT, K1_IN)} \times {partial(K1_IN, 'w_{j_1 k_1}')}",
        rf"{partial(LOSS, K1_OUT)} &= {partial(LOSS, O_OUT)} \times {partial(O_OUT, O_IN)} \times {partial(O_IN, K1_OUT)} \\",
        rf"{partial(LOSS, K1_OUT)} &= -0.506 \times 1 \times w_{{k_1 o}}",
        rf"{partial(LOSS, K1_OUT)} &= -0.506 \times 1 \times 1.0",
        rf"{row(partial(LOSS, K1_OUT), partial(LOSS, K2_OUT))} = {row('-0.506', '-0.253')}",
        rf"{K1_OUT} &= \frac{{1}}{{1 + e^{{-{K1_IN}}}}}",
        rf"&= \frac{{1}}{{1 + e^{{-{K1_IN}}}}} \times \left( 1 - ",
        r"&= \frac{1}{1 + e^{-6.0}} \times \left( 1 - \frac{1}{1 + e^{-6.0}} \right)",
        row("0.00247", "0.00665"),
        rf"{K1_IN} &= w_{{j_1 k_1}} {J1_OUT} +",
        rf"= {J_OUT} = {row('1.5', '2.0', '2.5', '3.0')}",
        rf"= {J_OUT} = {row('1.5', '2.0', '2.5', '3.0')}",
        rf"{partial(LOSS, 'w_{j_1 k_1}')} &= -0.506 \times 0.00247 \times 1.5",
        "**Vanishing gradients**",
        column("-0.00187 & -0.00252", "-0.00250 & -0.00336", "-0.00312 & -0.00421", "-0.00375 & -0.00505"),
        row("-0.00125", "-0.00168"),
        column("1.00047 & 0.00063", "0.75063 & 0.25084", "0.50078 & 0.50105", "0.25094 & 0.75126"),
        row("1.00031", "1.00042"),
    ],
    "first hidden layer": [
        rf"{partial(LOSS, J1_OUT)} \times {partial(J1_OUT, J1_IN)} \times {partial(J1_IN, 'w_{i j_1}')}",
        "the sum over all these paths",
        rf"{partial(K1_IN, J1_OUT)} + {partial(LOSS, K2_OUT)}",
        r"-0.506 \times 0.00247 \times 1.0 + (-0.253 \times 0.00665 \times 0)",
        rf"{partial(LOSS, J1_OUT)} &= -0.00125",
        rf"{J1_OUT} &= \max(0, {J1_IN})",
        rf"{J1_OUT} &= \max(0, 1.5)",
        rf"\begin{{cases}} 1 & {J1_IN} > 0 \\ 0 & {J1_IN} \leq 0 \end{{cases}}",
        rf"{partial(J1_OUT, J1_IN)} &= 1",
        rf"{J1_IN} &= w_{{i j_1}} \  \mathit{{input}} + b_{{i j_1}}",
        r"\mathit{input}",
        "2.0",
        r"-0.00125 \times 1 \times 2.0",
        rf"{partial(LOSS, 'w_{i j_1}')} &= -0.0025",
        row("-0.0025", "-0.00272", "-0.00294", "-0.00314"),
        row("-0.00125", "-0.00136", "-0.00147", "-0.00157"),
        row("0.25063", "0.50068", "0.75074", "1.00079"),
        row("1.00031", "1.00034", "1.00037", "1.00039"),
    ],
    "summary": [
        "## Old and New Parameter Values",
        "W_{ij} =",
        "W_{jk} =",
        "W_{ko} =",
        "b_{ij} =",
        "b_{jk} =",
        "b_o =",
        "W'_{ij} =",
        "W'_{jk} =",
        "W'_{ko} =",
        "b'_{ij} =",
        "b'_{jk} =",
        rf"b'_o = {row('1.1265')}",
    ],
}

EXCEPTIONS = {
    "0.6256": ("0.6257", "0.5 - 0.25(-0.50261) is 0.6256525, which rounds up; the deck cut it off"),
    "0.00249": ("0.00247", "the line shows e^(-6), which gives 0.00247; 0.00249 comes from the rounded 0.9975"),
    "-0.50474 for k1": ("-0.506", "the deck's chain went through the weight and multiplied by the activation"),
    "-0.25130": ("-0.253", "the same mistake for the second neuron"),
    "-0.00252 and 0.00062": ("-0.00252 and 0.00063", "the deck's update does not follow from its own gradient"),
    "-0.02073": ("-0.00125", "the deck multiplied sums where a sum of products over the paths is needed"),
    "1.02073": ("1.00031", "the deck left the learning rate out"),
    "0.75062": ("0.75063", "0.75 + 0.25 × 0.00250 is 0.750625, which rounds up; the deck cut it off"),
}
"""Numbers of the hand-worked deck that this page does not repeat: what stands here instead, and why."""


@pytest.fixture(scope="module")
def page() -> str:
    return symback.render(symback.load("slides"))


def test_every_display_family_stands_in_its_order(page: str):
    assert missing(page, [piece for pieces in CONTRACT.values() for piece in pieces]) == []


def test_the_order_is_tested(page: str):
    pieces = [piece for pieces in CONTRACT.values() for piece in pieces]
    assert missing(page, pieces[::-1])


@pytest.mark.parametrize("wrong", EXCEPTIONS)
def test_exceptions_are_not_repeated(page: str, wrong: str):
    instead, reason = EXCEPTIONS[wrong]
    assert reason
    assert all(number in page for number in re.findall(r"-?\d+\.\d+", instead))
    for number in set(re.findall(r"-?\d+\.\d+", wrong)) - set(re.findall(r"-?\d+\.\d+", instead)) - {"-0.50474"}:
        assert not re.search(rf"(?<![\d.]){re.escape(number)}(?!\d)", page)


def test_no_chain_goes_through_a_weight(page: str):
    assert not re.search(r"\\partial w_\{[^}]*\}\}\{\\partial [jk]_", page)


def test_the_page_is_what_a_calculator_gives():
    """Follow the page's first path through with fractions and the printed numbers alone."""
    loss_by_k = Fraction("-0.506") * 1 * Fraction("1.0")
    gradient = loss_by_k * Fraction("0.00247") * Fraction("1.5")
    assert round(gradient, 5) == Fraction("-0.00187")
    paths = loss_by_k * Fraction("0.00247") * 1 + Fraction("-0.253") * Fraction("0.00665") * 0
    assert round(paths, 5) == Fraction("-0.00125")


@pytest.mark.parametrize("example", ["scalar-check"])
def test_sections_without_input_drop_out(example: str):
    page = symback.render(symback.load(example), style="slides")
    assert "Update" not in page
    assert "bias" not in page.lower()
    assert not re.search(r"^#+ [^\n]*\n+#", page.replace("# Gradients", "", 1), re.MULTILINE)
