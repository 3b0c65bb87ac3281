"""Habits of pages that people publish, a few lines each, with the verdict that one of them deserves."""

from __future__ import annotations

import re

import pytest

from symback.reading.statements import statements
from symback.spec.load import load_text
from symback.verify.claims import BLAMED, Verdict
from symback.verify.verify import audit
from symback.written.nodes import Number, Symbol
from tests.verify.test_small_documents import verdict

TANH = """
schema: 1
network: {inputs: 1, layers: [{size: 2, activation: tanh}, {size: 1, activation: linear}]}
parameters:
  weights: [[[0.5], [-0.75]], [[0.6, -0.4]]]
  biases: [[-0.1, 0.3], [0.2]]
data: [{inputs: [0.8], targets: [1]}]
loss: squared-error
update: {learning_rate: 0.5}
"""
"""z = (0.3, −0.3), a = (0.291313, −0.291313), y = 0.491313; v becomes (0.748187, −0.548187), b_1 0.179311."""

SUFFICIENT = "w₁ = 0.5, w₂ = −0.75, b₁ = −0.1, b₂ = 0.3, v₁ = 0.6, v₂ = −0.4, x = 0.8\n"
"""Enough for the names of the lines below it to be known."""


def verdicts(text: str, written: str, spec: str = TANH) -> list[Verdict]:
    claims, _ = audit(load_text(spec), text)
    return [claim.verdict for claim in claims if claim.written == written]


CHANGES = ("v₁: 0.6 → {}", "v₁: 0.6 → 0.6 − 0.5·(−0.2964) = {}", "v₁ = 0.6 → {}", "$v_1 = 0.6 \\to {}$")


def test_a_change_says_what_a_parameter_was_and_what_it_becomes():
    lines = SUFFICIENT + "\n".join(CHANGES)
    assert set(verdicts(lines.replace("{}", "0.7482"), "0.7482")) == {Verdict.CORRECT}
    assert verdicts(SUFFICIENT + CHANGES[1].replace("{}", "0.7842"), "0.7842") == [Verdict.WRONG]


NEW = ("v₁(new)", "$v_1(t+1)$", "v1*", "$v_1^*$", "v₁_нов", "$v_1^{\\text{novo}}$", "$v_1(\\text{nuevo})$", "v₁'")


def test_the_new_value_has_many_marks():
    right = SUFFICIENT + "".join(f"{name} = 0.7482\n\n" for name in NEW)
    assert verdicts(right, "0.7482") == [Verdict.CORRECT] * len(NEW)
    wrong = SUFFICIENT + "".join(f"{name} = 0.78{place}2\n\n" for place, name in enumerate(NEW))
    assert [verdicts(wrong, f"0.78{place}2")[0] for place in range(len(NEW))] == [Verdict.WRONG] * len(NEW)


def test_a_parameter_is_set_by_how_much_it_changes():
    lines = SUFFICIENT + "v1 -= 0.5*(-0.2964)\n\nv2 += 0.5*0.2964\n"
    assert verdicts(lines, "0.5*(-0.2964)") == [Verdict.CORRECT]
    assert verdicts(lines, "0.5*0.2964") == [Verdict.WRONG]


def test_one_letter_before_a_colon_is_a_name_where_a_number_is_behind_it():
    assert verdicts(SUFFICIENT + "c = 0.2\n\nc: 0.2 → 0.7087\n", "0.7087") == [Verdict.CORRECT]
    assert verdicts(SUFFICIENT + "c = 0.2\n\nc: 0.2 → 0.7807\n", "0.7807") == [Verdict.WRONG]


def test_the_hyperbolic_tangent_has_several_names():
    text = f"{SUFFICIENT}s₁ = w₁·x + b₁ = 0.3\n\nh₁ = th(s₁) = 0.2913\n\nh₁ = tgh(s₁)\n"
    assert verdicts(text, "w₁·x + b₁") == verdicts(text, "th(s₁)") == verdicts(text, "tgh(s₁)") == [Verdict.CORRECT]


def test_words_of_other_scripts_begin_chains_of_their_own():
    text = SUFFICIENT + "s₁ = w₁·x + b₁ = 0.3\n\nошибка = (0.4913 − 1)² = 0.2588，误差=0.2588。\n"
    assert verdicts(text, "0.2588") == [Verdict.CORRECT, Verdict.CORRECT]


@pytest.mark.parametrize(("name", "is_math"), [("θ1", False), ("θ1", True), ("w1", True)])
def test_a_number_right_behind_a_letter_is_its_index(name: str, is_math: bool):
    (statement,) = statements(f"{name} = 0.5", is_math)
    symbol = statement.sides[0].node
    assert isinstance(symbol, Symbol)
    assert symbol.subscript == (Number("1"),)


@pytest.mark.parametrize("formula", ["w_{k1}", "w_{ij1}", "2w1"])
def test_letters_side_by_side_with_numbers_stay_apart(formula: str):
    (statement,) = statements(formula, True)
    assert not any(
        isinstance(one, Symbol) and one.subscript for one in getattr(statement.sides[0].node, "subscript", ())
    )


ERRORS = """
| Unit, j | Net input, I_j | Output, O_j |
|---|---|---|
| 3 | 0.3 - 0.4 + 0.2 = 0.1 | 0.525 |
| 4 | -0.1 + 0.2 - 0.3 = -0.2 | 0.450 |
| 5 | (0.2)(0.525) - (0.6)(0.450) + 0.4 = 0.235 | 0.558 |

| Unit, j | Err_j |
|---|---|
| 5 | (0.558)(1 - 0.558)(0 - 0.558) = -0.1376 |
| 4 | (0.450)(1 - 0.450)(-0.1376)(-0.6) = 0.0204 |
| 3 | (0.525)(1 - 0.525)(-0.1376)(0.2) = -0.0069 |

w35: 0.2 → 0.2 {} (0.6)(-0.1376)(0.525) = {}
"""

UNITS = """
schema: 1
network: {inputs: 2, layers: [{size: 2, activation: sigmoid}, {size: 1, activation: sigmoid}]}
parameters:
  orientation: row
  weights: [[[0.3, -0.1], [-0.4, 0.2]], [[0.2], [-0.6]]]
  biases: [[0.2, -0.3], [0.4]]
data: [{inputs: [1, 1], targets: [0]}]
loss: {kind: squared-error, factor: 1/2}
update: {learning_rate: 0.6}
"""


def test_errors_that_are_added_have_the_minus_of_the_update_in_them():
    text = ERRORS.format("+", "0.157")
    assert not any(claim.verdict in BLAMED for claim in audit(load_text(UNITS), text)[0])
    text = ERRORS.format("-", "0.243")
    assert Verdict.WRONG in verdicts(text, "-0.1376", UNITS)


SAMPLES = """
schema: 1
network: {inputs: 1, layers: [{size: 1, activation: sigmoid}]}
parameters: {weights: [[[0.2]]], biases: [[0.05]]}
data: [{inputs: [1], targets: [1]}, {inputs: [-1], targets: [0]}]
loss: binary-cross-entropy
update: {learning_rate: 0.5}
"""


def test_a_head_may_be_a_formula():
    text = "| i | x | y | z | p | p − y |\n|---|---|---|---|---|---|\n| 1 | 1 | 1 | 0.25 | 0.5622 | {} |\n| 2 | -1 | 0 | -0.15 | 0.4626 | 0.4626 |\n"
    assert verdicts(text.format("−0.4378"), "−0.4378", SAMPLES) == [Verdict.CORRECT]
    assert verdicts(text.format("−0.4738"), "−0.4738", SAMPLES) == [Verdict.WRONG]


SESSION = """
In [1]: `Z = W1 * 0.8 + b1; Z`

    array([[ 0.3],
           [-0.3]])

In [2]: `R = np.maximum(Z, 0.); R`

    array([[ 0.3],
           [ 0. ]])
"""


def test_a_session_may_stand_outside_a_block_of_code():
    assert verdicts(SESSION, "-0.3") == [Verdict.CORRECT]


def test_a_mistake_times_nothing_has_no_followers():
    text = "z_1^(1) = 0.2\n\nz_1^(2) = 2*0.5250 - 1*0.9721 + 0.2*0 + 0.3 = 0.378\n"
    assert verdict(text, 3, "0.378") in (Verdict.CORRECT, Verdict.ROUNDED)


NODES = """
schema: 1
equations: ["p = x * y", "f = 2 * p"]
values: {x: 3, y: -4}
"""


def test_a_head_may_ask_for_the_derivative_by_what_the_row_names():
    text = (
        "| node | value | ∂f/∂node |\n|---|---|---|\n| x | 3 | -8 |\n| y | -4 | 6 |\n| p | -12 | 2 |\n| f | -24 | 1 |\n"
    )
    assert not any(claim.verdict in BLAMED for claim in audit(load_text(NODES), text)[0])
    assert verdicts(text.replace("-8", "8"), "8", NODES) == [Verdict.WRONG]


BRACKETS = "w₁ = 0.5 (i→h1), w₂ = −0.75 (i→h2), b₁ = −0.1, b₂ = 0.3\n\nnet(h1) = {} * 0.8 − 0.1 = {}\n\nuit(h1) = tanh({}) = {}\n"


def test_a_bracket_behind_a_word_may_say_which_neuron_is_meant():
    text = BRACKETS.format("0.5", "0.3", "0.3", "0.2913") + "net(h2) = −0.3\n\nuit(h2) = −0.2913\n"
    assert not any(claim.verdict in BLAMED for claim in audit(load_text(TANH), text)[0])
    text = text.replace("tanh(0.3) = 0.2913", "tanh(0.3) = 0.3291")
    assert verdicts(text, "0.3291") == [Verdict.WRONG]


def test_numbers_that_do_not_give_what_stands_behind_them_are_wrong_whatever_they_are_about():
    assert verdicts("Q = ¼(0.008 + 0.016 + 0.030 + 0.637) = 0.346\n", "0.346") == [Verdict.WRONG]
    assert verdicts("Q = ¼(0.008 + 0.016 + 0.030 + 0.637) = 0.173\n", "0.173") == [Verdict.CORRECT]


def test_an_exponent_may_be_the_opposite_of_a_bracket():
    assert verdicts("Q = 1 / (1 + e^-(-0.3)) = 0.4256\n", "0.4256") == [Verdict.CORRECT]


SPELLED = """net(h1) = 0.1 * 1 + 0.4 * 0.5 = 0.3
out(h1) = 1 / (1 + e^-0.3) = 0.5744

net(h2) = -0.3 * 1 + 0.2 * 0.5 = -0.2
out(h2) = 1 / (1 + e^0.2) = 0.4502

net(o) = 0.5 * 0.5744 - 0.7 * 0.4502 = -0.0279
out(o) = 1 / (1 + e^-(-0.0279)) = 0.4930

δ(o) = -(0.8 - 0.4930) * 0.4930 * (1 - 0.4930) = -0.0767

dE/dw5 = δ(o) * out(h1) = -0.0767 * 0.5744 = -0.0441
dE/dw6 = δ(o) * out(h2) = -0.0767 * 0.4502 = -0.0345
"""

WITHOUT_BIASES = """
schema: 1
network: {inputs: 2, layers: [{size: 2, activation: sigmoid, bias: false}, {size: 1, activation: sigmoid, bias: false}]}
parameters: {weights: [[[0.1, 0.4], [-0.3, 0.2]], [[0.5, -0.7]]]}
data: [{inputs: [1, 0.5], targets: [0.8]}]
loss: {kind: squared-error, factor: 1/2}
update: {learning_rate: 0.25}
"""

SPELLINGS = (
    (r"", ""),
    (r"δ\((\w+)\)", r"δ\1"),
    (r"δ\((\w+)\)", r"delta \1"),
    (r"(net|out)\((\w+)\)", r"\1 \2"),
    (r"(net|out)\((\w+)\)", r"\2_\1"),
    (r"out\(", "uit("),
    (r"dE/dw", "g"),
    (r"dE/dw", "∇w"),
    (r" \* ", " x "),
    (r"(= -?0\.\d{4})\n", r"\1   (1)\n"),
    (r"e\^([-\d.]+)", r"np.exp(\1)"),
    (r"(?m)^(dE.*)$", r"$\1$"),
    (r"dE/dw(\d)", r"grad(w\1)"),
    (r"dE/dw(\d)", r"dEdw\1"),
    (r"(net|out)\((\w+)\)", r"\1\2"),
)


@pytest.mark.parametrize(("pattern", "spelled"), SPELLINGS)
def test_a_document_may_spell_its_names_in_many_ways(pattern: str, spelled: str):
    text = (re.sub(pattern, spelled, SPELLED) if pattern else SPELLED).replace("-0.0345", "-0.0435")
    claims, _ = audit(load_text(WITHOUT_BIASES), text)
    blamed = [claim for claim in claims if claim.verdict in BLAMED]
    assert {claim.line for claim in blamed} == {13}, blamed
    assert any(claim.written.startswith("-0.0435") for claim in blamed)


def test_a_letter_with_a_hat_may_stand_within_a_name():
    text = SUFFICIENT + "ŷ = 0.4913\n\n{}ŷ = 2(ŷ − y) = −1.0174\n"
    for name in ("dL/d", "dL_d"):
        assert verdicts(text.format(name), "2(ŷ − y)") == [Verdict.CORRECT]
        assert verdicts(text.format(name).replace("2(", "3("), "3(ŷ − y)")[0] in BLAMED


def test_a_gradient_may_be_taken_by_what_a_macro_sets():
    text = (
        "\\newcommand{\\vek}[1]{\\boldsymbol{#1}}\n$\\vek{V} = \\begin{pmatrix} 0.6 & -0.4 \\end{pmatrix}$\n\n"
        "$\\nabla_{\\vek{V}} L = \\begin{pmatrix} -0.2964 & {} \\end{pmatrix}$\n"
    )
    assert verdicts(text.replace("{}", "0.2964"), "0.2964") == [Verdict.CORRECT]
    assert verdicts(text.replace("{}", "0.2469"), "0.2469") == [Verdict.WRONG]


ADALINE = """
schema: 1
network: {inputs: 1, layers: [{size: 1, activation: linear}]}
parameters: {weights: [[[0.5]]], biases: [[0.1]]}
data: [{inputs: [1], targets: [1.4]}]
loss: {kind: squared-error, factor: 1/2}
"""


def test_an_error_may_be_called_e():
    text = "$y = 0.5 \\cdot 1 + 0.1 = 0.6$\n\n$e = t - y = 1.4 - 0.6 = 0.8$\n\n$E = \\frac{1}{2} e^2 = 0.32$\n"
    assert not any(claim.verdict in BLAMED for claim in audit(load_text(ADALINE), text)[0])
    assert verdicts(text.replace("0.32", "0.23"), "0.23", ADALINE) == [Verdict.WRONG]


def test_a_document_may_have_words_of_its_own_for_names():
    text = "dlogits = a_1^(2) - y = -0.1221\n\ndL/dw_11^(2) = dlogits a_1^(1) = {}\n"
    assert verdict(text.format("-0.0641"), 3, "-0.0641") is Verdict.CORRECT
    assert verdict(text.format("-0.0614"), 3, "-0.0614") is Verdict.WRONG


def test_the_heading_of_a_section_may_give_the_data():
    text = "\\section{A}\n\\subsection*{Sample 1: $x = 1$, $t = 1.4$}\n"
    assert verdicts(text, "1", ADALINE) == [Verdict.GIVEN]
