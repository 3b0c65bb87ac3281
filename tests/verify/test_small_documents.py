"""A few lines each, with the verdict that one of them deserves."""

from __future__ import annotations

import pytest

from symback.spec.load import load_text
from symback.verify.claims import Claim, Verdict
from symback.verify.verify import audit

SPEC = """
schema: 1
network: {inputs: 2, layers: [{size: 2, activation: sigmoid}, {size: 1, activation: linear}]}
parameters:
  orientation: column
  weights: [[[0.5, -0.25], [0.75, 1.5]], [[2, -1]]]
  biases: [[0.1, -0.2], [0.3]]
data: [{inputs: [1, 2], targets: [0.5]}]
loss: {kind: squared-error, factor: 1/2}
update: {learning_rate: 0.1}
"""
"""z = (0.1, 3.55), a = (0.524979, 0.972077), z_1^(2) = a_1^(2) = 0.377881, L = 0.0074565, δ = −0.122119."""


def judged(text: str) -> list[Claim]:
    claims, _ = audit(load_text(SPEC), text)
    return claims


def verdict(text: str, line: int, written: str) -> Verdict:
    found = [claim.verdict for claim in judged(text) if claim.line == line and claim.written == written]
    assert len(found) == 1, judged(text)
    return found[0]


def test_what_is_cut_off_is_less_than_the_next_digit():
    assert verdict("z_1^(1) = 0.10", 1, "0.10") is Verdict.CORRECT
    assert verdict("a_1^(1) = 0.5249", 1, "0.5249") is Verdict.CORRECT  # 0.52497… cut off
    assert verdict("z_1^(1) = 0.09", 1, "0.09") is Verdict.WRONG  # 0.1 is no 0.09 and something


FOLLOWS_ONLY = """z_1^(1) = 0.2
a_1^(1) = sigma(0.2) = 0.5498
z_1^(2) = 2*0.5498 - 1*0.9721 + 0.3 = 0.4275
"""

SECOND_MISTAKE = FOLLOWS_ONLY.replace("2*0.5498 - 1*0.9721 + 0.3 = 0.4275", "2*0.5498 - 1*0.9721 = 0.1275")


def test_a_mistake_behind_another_is_one_of_its_own():
    assert verdict(FOLLOWS_ONLY, 3, "2*0.5498 - 1*0.9721 + 0.3") is Verdict.FOLLOWS
    assert verdict(FOLLOWS_ONLY, 3, "0.4275") is Verdict.FOLLOWS
    assert verdict(SECOND_MISTAKE, 3, "2*0.5498 - 1*0.9721") is Verdict.WRONG


@pytest.mark.parametrize(("sign", "right"), [("-", Verdict.CORRECT), ("+", Verdict.WRONG)])
def test_names_mean_what_the_document_defines_them_to_be(sign: str, right: Verdict):
    text = f"e = a_1^(2) - y\ne = 0.3779 - 0.5 = {sign}0.1221\n"
    assert verdict(text, 2, f"{sign}0.1221" if sign == "-" else "+0.1221") is right


def test_output_of_a_program_belongs_to_what_it_was_asked_to_show():
    text = "```python\nz1 = W1 @ x + b1\nprint(z1)\n```\n\n    [[0.1000]\n     [3.5600]]\n"
    assert [claim.verdict for claim in judged(text) if claim.line in (6, 7)] == [Verdict.CORRECT, Verdict.WRONG]


def test_rules_of_tables_may_have_plus_signs():
    text = "| z_1^(1) | z_2^(1) |\n|---------+---------|\n| 0.1     | 3.65    |\n"
    assert [claim.verdict for claim in judged(text)] == [Verdict.CORRECT, Verdict.WRONG]


def test_powers_stand_behind_an_index_in_brackets():
    assert verdict("∂L/∂z₁⁽²⁾ = a₁⁽²⁾ − y", 1, "a₁⁽²⁾ − y") is Verdict.CORRECT
    assert verdict("L = ½ (a₁⁽²⁾² − 2 a₁⁽²⁾ y + y²)", 1, "½ (a₁⁽²⁾² − 2 a₁⁽²⁾ y + y²)") is Verdict.CORRECT


@pytest.mark.parametrize("upright", ["T", r"\mathsf T", r"\mathrm{T}", r"\top"])
def test_a_letter_set_high_transposes_however_it_is_set(upright: str):
    formula = rf"\left(W^{{(2)}}\right)^{{{upright}}} \delta^{{(2)}}"
    given = r"$W^{(2)} = \begin{bmatrix} 2 & -1 \end{bmatrix}$, $\delta^{(2)} = -0.1221$"
    text = rf"{given}, $\partial L/\partial a^{{(1)}} = {formula}$"
    assert [claim.verdict for claim in judged(text) if upright in claim.written] == [Verdict.CORRECT]


ASLEEP = SPEC.replace("sigmoid", "relu").replace("[[0.1, -0.2], [0.3]]", "[[-0.2, -0.2], [0.3]]")
"""z = (−0.2, 3.35), a = (0, 3.35), z_1^(2) = −3.05, δ = −3.55: the first hidden unit is not active."""

FORWARD = "z_1^(1) = -0.2, a_1^(1) = 0, z_2^(1) = 3.35, a_2^(1) = 3.35, z_1^(2) = -3.05\n"


@pytest.mark.parametrize(
    ("formula", "verdict"),
    [
        ("w_11^(2) a_1^(1) + w_12^(2) a_2^(1) + b_1^(2)", Verdict.CORRECT),
        ("w_12^(2) a_2^(1) + b_1^(2)", Verdict.CORRECT),  # what is 0 may be left out
        ("w_12^(2) z_2^(1) + b_1^(2)", Verdict.CORRECT),  # and what is active is what enters it
        ("w_12^(2) a_1^(1) + w_12^(2) a_2^(1) + b_1^(2)", Verdict.SLIP),  # the weight of a neighbour, times 0
    ],
)
def test_a_formula_that_names_a_unit_that_is_not_active_must_be_right_when_it_is(formula: str, verdict: Verdict):
    claims, _ = audit(load_text(ASLEEP), f"{FORWARD}\n$z_1^(2) = {formula}$\n")
    assert [claim.verdict for claim in claims if claim.written == formula] == [verdict]


def test_nobody_rounds_to_0_what_is_not_small():
    assert verdict("z_1^(1) = 0.1, z_2^(1) = 0", 1, "0") is Verdict.WRONG


def test_a_datum_is_no_rounded_number_though_another_was_rounded_to_its_digits():
    weight, gradient = r"w_{11}^{(1)}", r"\partial L / \partial w_{11}^{(1)}"
    before = f"a_1^(1) = 0.5\n${gradient} = -0.0609$\n"
    text = f"{before}${weight}' = {weight} - \\eta {gradient} = 0.5 - 0.2 (-0.0609) = 0.5122$\n"
    assert verdict(text, 3, "0.5 - 0.2 (-0.0609)") is Verdict.WRONG
