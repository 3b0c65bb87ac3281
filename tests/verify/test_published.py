"""Habits of worked examples that circulate: what each shows, in a few lines of our own, and what it deserves."""

from __future__ import annotations

import pytest

from symback.reading.statements import statements
from symback.spec.load import load_text
from symback.verify.claims import BLAMED, Claim, Verdict
from symback.verify.verify import audit

SHARED = """
schema: 1
network: {inputs: 2, layers: [{size: 2, activation: sigmoid, bias: shared}, {size: 1, activation: sigmoid}]}
parameters:
  weights: [[[0.2, 0.4], [-0.3, 0.5]], [[0.6, -0.1]]]
  biases: [[0.3], [0.7]]
data: [{inputs: [1, 0.5], targets: [0.9]}]
loss: {kind: squared-error, factor: 1/2}
update: {learning_rate: 0.5}
"""
"""z = (0.7, 0.25), a = (0.66819, 0.56218), z_o = 1.04470, y = 0.73975, δ = −0.03085, δ_h = (−0.00410, 0.00076)."""

GIVEN = "x1 = 1, x2 = 0.5, w1 = 0.2, w2 = 0.4, w3 = -0.3, w4 = 0.5, w5 = 0.6, w6 = -0.1\n\n"

RIGHT = (Verdict.GIVEN, Verdict.CORRECT, Verdict.ROUNDED)


def claims(text: str, spec: str = SHARED) -> list[Claim]:
    return list(audit(load_text(spec), text)[0])


def not_right(text: str, spec: str = SHARED) -> list[tuple[str, Verdict]]:
    return [(claim.written, claim.verdict) for claim in claims(text, spec) if claim.verdict not in RIGHT]


def blamed(text: str, spec: str = SHARED) -> list[str]:
    return [claim.written for claim in claims(text, spec) if claim.verdict in BLAMED]


@pytest.mark.parametrize(
    ("forgotten", "tidy"),
    [
        (r"\frac{dL}{dw1} = 2", r"\frac{dL}{dw_1} = 2"),
        (r"e^{z1} = \max(0,z1)", r"e^{z_1} = \max(0,z_1)"),
        (r"\hat{y1} = \frac{z2}{2}", r"\hat{y}_1 = \frac{z_2}{2}"),
        (r"E_y1 = \delta_o1", r"E_{y1} = \delta_{o1}"),
        (r"\frac{1}{2}w1 = 1", r"\frac{1}{2}w_1 = 1"),
        (r"\text{hid1} = 1", r"\text{hid1} = 1"),
    ],
)
def test_braces_and_underscores_are_forgotten(forgotten: str, tidy: str):
    first, second = (
        [[side.node for side in one.sides] for one in statements(text, True)] for text in (forgotten, tidy)
    )
    assert first == second
    assert None not in first[0]


def test_a_bias_of_a_layer_needs_no_number():
    assert not_right(GIVEN + "b_h = 0.3\n\nb_o = 0.7\n\nnet_h1 = w1*x1 + w2*x2 + b_h = 0.7") == []


@pytest.mark.parametrize("name", ["y_true", "$y_{\\text{target}}$", "$y_{actual}$", "y_desired"])
def test_a_word_in_the_index_tells_the_target(name: str):
    assert not_right(GIVEN + f"{name} = 0.9\n\nŷ = 0.7397\n\nŷ - {name} = -0.1603") == []
    assert blamed(GIVEN + f"{name} = 0.8") == ["0.8"]


COLUMNS = """
schema: 1
network: {inputs: 2, layers: [{size: 2, activation: softmax, bias: false}]}
parameters: {weights: [[[0.5, -0.25], [0.25, 1.0]]]}
data: [{inputs: [1, 2], targets: [1, 0]}]
loss: {kind: cross-entropy}
update: {learning_rate: 0.1}
"""
"""z = (0, 2.25), p = (0.09535, 0.90465), δ = (−0.90465, 0.90465)."""


def test_a_change_of_a_matrix_is_no_matrix_of_weights():
    begin = "$W = \\begin{bmatrix} 0.5 & -0.25 \\\\ 0.25 & 1.0 \\end{bmatrix}$, $p = [0.0953, 0.9047]$\n\n"
    change = "$\\Delta W = \\begin{bmatrix} 0.0905 & 0.1809 \\\\ -0.0905 & -0.1809 \\end{bmatrix}$"
    assert not_right(begin + change, COLUMNS) == []
    assert blamed(begin + change.replace("0.1809 \\\\", "0.1089 \\\\"), COLUMNS) == ["0.1089"]


def test_a_name_that_nobody_uses_for_data_is_no_data_because_one_of_its_numbers_agrees():
    assert blamed("$\\exp = [e^{0}, e^{2.25}] = [1, 9.488]$", COLUMNS) == []


def test_units_are_counted_through_the_network():
    places = "w11 = 0.2, w21 = 0.4, w12 = -0.3, w22 = 0.5, w13 = 0.6, w23 = -0.1\n\n"
    assert not_right(places + "y3 = 0.6682\n\nw13(new) = 0.6103\n\nw22(new) = 0.4998") == []
    units = "w13 = 0.2, w23 = 0.4, w14 = -0.3, w24 = 0.5, w35 = 0.6, w45 = -0.1\n\n"
    assert not_right(units + "w35' = 0.6103\n\nw24' = 0.4998") == []


def test_a_quotation_may_hold_a_display():
    quoted = "> $$\n> \\hat{y} = \\sigma(w_5 \\cdot\n> a_1 + w_6 \\cdot a_2 + 0.7)\n> = 0.7397\n> $$\n"
    assert not_right(GIVEN + "a1 = 0.6682, a2 = 0.5622\n\n" + quoted) == []


def test_a_name_whose_number_is_no_datum_is_not_taken_for_one():
    assert blamed(GIVEN + "y1 = 0.6*0.6682 - 0.1*0.5622 + 0.7 = 1.0447\n\nŷ = σ(y1) = 0.7397") == []


def test_deltas_may_stand_for_partial_derivatives():
    lines = "δE_Total/δŷ = ŷ - t = -0.1603\n\nδE_Total/δw5 = δE_Total/δŷ * δŷ/δz_o * δz_o/δw5 = -0.0206\n"
    right = GIVEN + "t = 0.9, ŷ = 0.7397, z_o = 1.0447\n\n" + lines
    assert not_right(right) == []
    assert blamed(right.replace("-0.0206", "-0.0260")) == ["-0.0260"]
    latex = "$\\frac{\\delta E}{\\delta w_5} = -0.0206$ and $\\frac{\\delta \\hat{y}}{\\delta z_o} = 0.1925$"
    assert not_right(right + latex) == []


DRAWN = """
```
Input Layer   Output Layer
x1 --w1=0.2--> h1=0.6682 --w5=0.6--> o
=== STEP A: the output ===
Learning rate: η = 0.5
b_o = 0.7 (bias of the output)
w2 = 0.4 (x2→h1)   b_h = 0.3 (h1 and h2)
```
"""


def test_a_block_of_code_may_hold_words_rules_and_drawings():
    assert not_right(GIVEN + DRAWN) == []
    assert blamed(GIVEN + DRAWN.replace("0.6682", "0.6862").replace("η = 0.5", "η = 0.6")) == ["0.6862", "0.6"]


def test_remarks_of_a_program_are_read():
    program = "```python\nz1 = w1*x1 + w2*x2 + b_h  # 0.2*1 + 0.4*0.5 + 0.3 = {}\n# a1 = sigmoid(0.7) = 0.6682\n```\n"
    assert not_right(GIVEN + program.format("0.7")) == []
    assert blamed(GIVEN + program.format("0.8")) == ["0.8"]


CHANGED = """
| parameter | old | new | change |
| --- | --- | --- | --- |
| w5 | 0.6 | 0.6103 | +0.0103 |
| w6 | -0.1 | -0.0913 | {} |
"""


def test_a_column_may_say_by_how_much_parameters_change():
    assert not_right(GIVEN + CHANGED.format("+0.0087")) == []
    assert not_right(GIVEN + CHANGED.format("-0.0087")) == []  # what is taken away
    assert blamed(GIVEN + CHANGED.format("+0.0078")) == ["+0.0078"]


def test_an_arrow_may_lead_to_what_a_function_is_worth():
    assert not_right(GIVEN + "$z_1 = 0.7$ → $\\sigma(z_1) = 0.6682$\n\ne⁻⁰·⁷ ≈ 0.4966 → σ(0.7) ≈ 0.668") == []


def test_the_learning_rate_may_have_its_full_name():
    assert not_right(GIVEN + "learning_rate = 0.5\n\nw5_mới = w5_cũ - learning_rate * (-0.0206) = 0.6103") == []


CIRCUIT = "schema: 1\nequations: [q = x + y, f = q * z]\nvalues: {x: -2, y: 5, z: -4}\n"


def test_a_quantity_may_be_written_as_a_function_of_what_it_is_computed_from():
    assert (
        not_right("x = -2, y = 5, z = -4\n\nf(x,y,z) = (x + y) z. Here q = x + y = 3 and f = q z = -12.", CIRCUIT) == []
    )
    assert blamed("x = -2, y = 5, z = -4\n\nf = q z, f(x, y, z) = (x + y) z = 12", CIRCUIT) == ["12"]


def test_words_within_a_bracket_take_its_formula_with_them():
    line = "a1 = 0.6682\n\n∂L/∂w5 = -0.0308 · (0.6682 if z1 > 0) · 1 = {}"
    assert blamed(GIVEN + line.format("-0.0206")) == []
    assert blamed(GIVEN + line.format("-0.0602")) == ["-0.0602"]


DIRECTIVES = """
* The net input of :math:`h_1` is

.. math:: z_1 = w_1 x_1 + w_2 x_2 + b_h = {}

* and what leaves it:

.. math::

    & a_1 = \\frac{{1}}{{1 + e^{{-z_1}}}} \\\\
    & a_1 = 0.6682

Then :math:`\\hat{{y}} = 0.7397`.

```math
L = \\frac{{1}}{{2}} (\\hat{{y}} - 0.9)^2 = 0.0128
```
"""


def test_displays_may_be_directives_or_fences():
    assert not_right(GIVEN + DIRECTIVES.format("0.7")) == []
    assert len(claims(DIRECTIVES.format("0.7"))) == 8
    assert blamed(GIVEN + DIRECTIVES.format("0.8")) == ["0.8"]


def test_a_sum_without_an_index_runs_over_the_letter_of_its_names():
    lines = "z_1 = 0, z_2 = 2.25, p_1 = 0.0953, p_2 = 0.9047\n\n$p_k = e^{z_k} / \\sum e^{z_j}$"
    assert not_right(lines, COLUMNS) == []
    wrong = lines.replace("e^{z_k} /", "z_k /")
    assert blamed(wrong, COLUMNS) == ["z_k / \\sum e^{z_j}"]


def test_what_is_worked_out_with_new_weights_may_have_their_mark():
    lines = "$w_5^{+} = 0.6103$, $w_6^{+} = -0.0913$, $b_o^{+} = 0.7154$\n\n$\\hat{y}^{+} = 0.7451$, $E^{+} = 0.0120$"
    assert not_right(GIVEN + "$\\hat{y} = 0.7397$, $E = 0.0128$\n\n" + lines) == []
    assert blamed(GIVEN + "$\\hat{y} = 0.7397$, $E = 0.0128$\n\n" + lines.replace("0.7451", "0.7541")) == ["0.7541"]


STEPS = """
schema: 1
network: {inputs: 1, layers: [{size: 1, activation: linear}]}
parameters: {weights: [[[0.5]]], biases: [[0.2]]}
data: [{inputs: [2], targets: [1]}, {inputs: [3], targets: [2]}]
loss: {kind: squared-error, factor: 1/2}
update: {learning_rate: 0.1, reduction: mean}
"""
"""y = (1.2, 1.7), L = (0.02, 0.045), J = 0.0325, ∂J/∂w = −0.25, ∂J/∂b = −0.05."""


def test_the_cost_of_all_samples_keeps_its_name_where_one_sample_was_spoken_of():
    lines = (
        "w = 0.5, b = 0.2, a = 0.1\n\nFirst sample x = 2, t = 1; the second x = 3, t = 2.\n\nFor the first sample y = 1.2"
        "\n\nJ = (0.02 + 0.045)/2 = 0.0325\n\n∂J/∂w = (1/2) Σ (y − t)·x\n= (1/2)(0.2·2 + (−0.3)·3) = −0.25\n\n"
        "w ← w − a·∂J/∂w = 0.5 − 0.1·(−0.25) = 0.525\n"
    )
    assert blamed(lines, STEPS) == []
    assert blamed(lines.replace("= 0.525", "= 0.552"), STEPS) == ["0.552"]


def test_words_in_brackets_may_stand_behind_a_name():
    assert (
        not_right(
            GIVEN
            + "```\nη (learning rate) = 0.5\nb_o (bias of output) = 0.7\n```\n\nThe sum of both = 0.2 + 0.7 = 0.9."
        )
        == []
    )
    assert blamed(GIVEN + "η (the learning rate) = 0.6") == ["0.6"]
