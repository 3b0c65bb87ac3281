"""Further habits of pages that people publish: a few lines each, right and with a mistake in them."""

from __future__ import annotations

import pytest

from symback.spec.load import load_text
from symback.verify.claims import BLAMED, Claim, Verdict
from symback.verify.verify import audit
from tests.verify.test_habits import SUFFICIENT, TANH, UNITS, verdicts

CORRECT, WRONG, FOLLOWS = Verdict.CORRECT, Verdict.WRONG, Verdict.FOLLOWS

RELU = """
schema: 1
network: {inputs: 1, layers: [{size: 2, activation: relu}, {size: 1, activation: linear}]}
parameters: {weights: [[[0.5], [-0.75]], [[0.6, -0.4]]], biases: [[-0.1, 0.3], [0.2]]}
data: [{inputs: [0.8], targets: [1]}]
loss: squared-error
"""
"""z = (0.3, -0.3), h = (0.3, 0), y = 0.38; the loss has the derivatives -1.24, and (-0.744, 0.496) by h."""

GATE = "z = [0.3, -0.3]\n\nh = [0.3, 0]\n\ndh = [-0.744, 0.496]\n\ndz = {} = [-0.744, {}]\n"


@pytest.mark.parametrize(
    "gate", ["dh where z > 0, else 0", "dh if z > 0 else 0", "dh where z > 0 and 0 otherwise", "dh wo z > 0, sonst 0"]
)
def test_a_gate_may_stand_in_words(gate: str):
    assert verdicts(GATE.format(gate, "0"), gate, RELU) == [CORRECT]
    assert verdicts(GATE.format(gate, "0.496"), "0.496", RELU) == [CORRECT, WRONG]


LABELLED = "wyjście h1: tanh(0.3) = {}\n\nnetto o: 0.6*{} - 0.4*(-0.2913) + 0.2 = {}\n\nwyjście o: {}\n"


def test_a_word_and_a_unit_before_a_colon_are_a_name():
    right = LABELLED.format("0.2913", "0.2913", "0.4913", "0.4913")
    assert not {claim.verdict for claim in _claims(SUFFICIENT + right)} & {*BLAMED, Verdict.UNDECIDED}
    wrong = LABELLED.format("0.2319", "0.2319", "0.4557", "0.4557")
    assert verdicts(SUFFICIENT + wrong, "0.2319") == [WRONG, FOLLOWS]
    assert verdicts(SUFFICIENT + wrong, "0.4557") == [FOLLOWS, FOLLOWS]


def test_a_program_says_what_a_statement_gives_in_a_comment_and_sets_several_names_at_once():
    text = "```\nw1, w2 = 0.5, {}\nb1, b2, x = -0.1, 0.3, 0.8\nz1 = w1*x + b1   # {}\nh1 = tanh(z1)  # -> 0.2913\n```\n"
    assert verdicts(text.format("-0.75", "0.3000"), "0.3000") == [CORRECT]
    assert verdicts(text.format("-0.75", "0.3300"), "0.3300") == [WRONG]
    assert verdicts(text.format("0.75", "0.3000"), "0.75") == [WRONG]


def test_tensors_are_arrays():
    text = "h = tensor([[0.2913], [{}]], grad_fn=<TanhBackward0>)\n"
    assert verdicts(text.format("-0.2913"), "-0.2913") == [CORRECT]
    assert verdicts(text.format("0.2931"), "0.2931") == [WRONG]


def test_a_loss_with_a_prime_is_its_derivative_also_as_a_factor():
    text = SUFFICIENT + "b = 0.2, t = 1\n\nL = (ŷ − t)²\n\nŷ = 0.4913\n\n∂L/∂v₁ = L′(ŷ) · {} = −0.2964\n"
    assert verdicts(text.format("h₁"), "L′(ŷ) · h₁") == [CORRECT]
    assert verdicts(text.format("h₂"), "L′(ŷ) · h₂") == [WRONG]


def test_a_document_may_have_a_word_for_a_function():
    text = "act(s) = max(0, s)\n\nh1 = act(0.3) = 0.3\n\nh2 = act(-0.3) = {}\n"
    assert verdicts(text.format("0"), "0", RELU)[-1] is CORRECT
    assert verdicts(text.format("0.3"), "0.3", RELU)[-1] is WRONG


NODES = """
| node | upstream | slope | δ |
|---|---|---|---|
| o | 0.558 | 0.2466 | {} |
| h1 | 0.0275 | 0.2494 | 0.0069 |
| h2 | -0.0826 | 0.2475 | -0.0204 |
"""


def test_columns_about_neurons_may_have_any_heads():
    text = "net_h1 = 0.1\n\nout_h1 = 0.525\n\nout_h2 = 0.450\n\nout_o = 0.558\n"
    assert not {claim.verdict for claim in _claims(text + NODES.format("0.1376"), UNITS)} & {*BLAMED, Verdict.UNDECIDED}
    assert verdicts(text + NODES.format("0.1736"), "0.1736", UNITS) == [WRONG]


CLASSES = """
schema: 1
network: {inputs: 1, layers: [{size: 2, activation: softmax}]}
parameters: {weights: [[[0.5], [-0.5]]], biases: [[0.1, 0.2]]}
data: [{inputs: [1], class: 2}]
loss: cross-entropy
"""
OF_CLASSES = """
| k | $z_k$ | $e^{{z_k}}$ | $p_k$ | $y_k$ | $p_k - y_k$ |
|---|---|---|---|---|---|
| 1 | 0.6 | 1.8221 | {} | 0 | {} |
| 2 | {} | {} | {} | 1 | {} |
"""


def test_what_a_softmax_gives_follows_from_a_row_further_down():
    right = OF_CLASSES.format("0.7109", "0.7109", "-0.3", "0.7408", "0.2891", "-0.7109")
    assert verdicts(right, "0.7109", CLASSES) == [CORRECT, CORRECT]
    wrong = OF_CLASSES.format("0.5744", "0.5744", "0.3", "1.3499", "0.4256", "-0.5744")
    assert verdicts(wrong, "0.3", CLASSES) == [WRONG]
    assert verdicts(wrong, "0.5744", CLASSES) == verdicts(wrong, "1.3499", CLASSES) * 2 == [FOLLOWS] * 2


STEPS = """
schema: 1
network: {inputs: 1, layers: [{size: 1, activation: linear}]}
parameters: {weights: [[[0.5]]], biases: [[0]]}
data: [{inputs: [2], targets: [2]}, {inputs: [1], targets: [0.5]}]
loss: {kind: squared-error, factor: 1/2}
update: {learning_rate: 0.1, on: each}
"""
OF_STEPS = """
| n | x | t | y | y - t | new w | new b |
|---|---|---|---|---|---|---|
| 1 | 2 | 2 | 1 | {} | {} | {} |
| 2 | 1 | 0.5 | {} | {} | {} | {} |
"""


def test_a_row_for_each_step_goes_on_from_the_row_before():
    right = OF_STEPS.format("-1", "0.7", "0.1", "0.8", "0.3", "0.67", "0.07")
    assert not {claim.verdict for claim in _claims(right, STEPS)} & {*BLAMED, Verdict.UNDECIDED}
    wrong = OF_STEPS.format("1", "0.3", "-0.1", "0.2", "-0.3", "0.33", "-0.07")
    assert verdicts(wrong, "0.33", STEPS) == verdicts(wrong, "-0.07", STEPS) == [FOLLOWS]


GATES = """
schema: 1
equations:
  - f = sigmoid(w*x + u*h)
  - L = (f - t)^2
values: {w: 0.4, x: 0.5, u: 0.2, h: 0.5, t: 1}
"""


def test_a_document_may_name_what_stands_within_an_equation():
    text = "a = w*x + u*h = 0.3\n\nf = sigmoid(a) = 0.5744\n\ndL/da = {} = {}\n\ndL/dw = dL/da * x = {}\n"
    right = text.format("dL/df * f(1 - f)", "-0.2081", "-0.1040")
    assert not {claim.verdict for claim in _claims(right, GATES)} & {*BLAMED, Verdict.UNDECIDED}
    wrong = text.format("dL/df * f(1 + f)", "-0.7697", "-0.3849")
    assert verdicts(wrong, "-0.7697", GATES) == [WRONG]
    assert verdicts(wrong, "-0.3849", GATES) == [FOLLOWS]


def _claims(text: str, spec: str = TANH) -> list[Claim]:
    return audit(load_text(spec), text)[0]


CHAIN = """
schema: 1
network: {inputs: 1, layers: [{size: 1, activation: tanh}, {size: 1, activation: linear}]}
parameters: {weights: [[[0.8]], [[-1.5]]], biases: [[0.3], [0.25]]}
data: [{inputs: [0.5], targets: [0.4]}]
loss: squared-error
"""
NAMELESS = """
tanh(0.5*0.8 + 0.3) = {}

{} * (-1.5) + 0.25 = {}

dL/dy = 2*({} - 0.4) = {}

dL/dh = {} * (-1.5) = {}

dh/dz = 1 - {}^2 = {}

dL/dz = {} * {} = {}
"""


def test_derivatives_say_what_letters_mean_where_their_numbers_do_not():
    right = "0.6044 0.6044 -0.6566 -0.6566 -2.1132 -2.1132 3.1698 0.6044 0.6347 3.1698 0.6347 2.0119"
    assert not {claim.verdict for claim in _claims(NAMELESS.format(*right.split()), CHAIN)} & set(BLAMED)
    wrong = "0.6544 0.6544 -0.7316 -0.7316 -2.2632 -2.2632 3.3948 0.6544 0.5718 3.3948 0.5718 1.9411"
    claims = _claims(NAMELESS.format(*wrong.split()), CHAIN)
    assert [claim.written for claim in claims if claim.verdict in BLAMED and claim.kind == "number"] == ["0.6544"]


STEPWISE = """
| step | formule | invullen | uitkomst |
|---|---|---|---|
| s₁ | w₁·x + b₁ | 0.5·0.8 − 0.1 | 0.3 |
| s₂ | w₂·x + b₂ | −0.75·0.8 + 0.3 | −0.3 |
| g₁ | tanh(s₁) | tanh(0.3) | {} |
| g₂ | tanh(s₂) | tanh(−0.3) | −0.2913 |
| ŷ | v₁g₁ + v₂g₂ + c | 0.6·{} − 0.4·(−0.2913) + 0.2 | {} |
| ∂L/∂v₁ | 2(ŷ − t)·g₁ | 2·({} − 1)·{} | {} |
"""


def test_numbers_put_in_place_in_a_cell_say_what_the_names_in_the_cell_before_mean():
    right = _claims(STEPWISE.format("0.2913", "0.2913", "0.4913", "0.4913", "0.2913", "-0.2964"))
    assert not {claim.verdict for claim in right} & set(BLAMED)
    wrong = _claims(STEPWISE.format("0.2319", "0.2319", "0.4556", "0.4556", "0.2319", "-0.2525"))
    assert [claim.written for claim in wrong if claim.verdict in BLAMED] == ["0.2319"]
    assert {claim.verdict for claim in wrong if claim.written in ("0.4556", "-0.2525")} == {FOLLOWS}
