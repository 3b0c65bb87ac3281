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


@pytest.mark.parametrize("minus", ["-", "−", "–"])
def test_powers_of_ten_have_any_minus(minus: str):
    assert verdict(f"L = 7.4565e{minus}3", 1, f"7.4565e{minus}3") is Verdict.CORRECT
    assert verdict(f"L = 7.4865e{minus}3", 1, f"7.4865e{minus}3") is Verdict.WRONG


def test_a_session_shows_what_stands_behind_its_prompt():
    for asked, shown in ((">>> z1", ""), ("In [2]: z1", "Out[2]: ")):
        text = f"```\n>>> z1 = W1 @ x + b1\n{asked}\n{shown}[[0.1000]\n [3.5600]]\n```\n"
        assert [claim.verdict for claim in judged(text) if claim.line in (4, 5)] == [Verdict.CORRECT, Verdict.WRONG]


WRONG_SLOPE = """σ'(z_1^(1)) = 0.5250
∂L/∂z_1^(1) = -0.1221 · 2 · 0.5250 = -0.1282
"""


def test_a_derivative_of_an_activation_is_a_quantity_by_any_name():
    assert verdict(WRONG_SLOPE, 1, "0.5250") is Verdict.WRONG
    assert verdict(WRONG_SLOPE, 2, "-0.1282") is Verdict.FOLLOWS
    assert verdict("σ'(z_1^(1)) = 0.2494", 1, "0.2494") is Verdict.CORRECT


def test_logits_may_have_the_letter_of_outputs():
    text = "o = 2*0.5250 - 0.9721 + 0.3 = 0.3779\ny^hat = o = 0.3779\n"
    assert Verdict.WRONG not in [claim.verdict for claim in judged(text)]


def test_arrows_between_words_are_no_formula():
    text = "a_1^(1) = 0.5250   (input → hidden)"
    assert [claim.verdict for claim in judged(text)] == [Verdict.CORRECT]


def test_a_session_may_ask_for_a_formula():
    text = "```\n>>> x = [[1], [2]]\n>>> W1 @ x + b1\n[[0.1000]\n [3.5600]]\n```\n"
    assert [claim.verdict for claim in judged(text) if claim.line in (4, 5)] == [Verdict.CORRECT, Verdict.WRONG]


UPDATE = """∂L/∂b_1^(2) = -0.1321
b_1^(2) := 0.3 - 0.1*(-0.1321) = 0.3132
"""


@pytest.mark.parametrize("sign", [":=", "="])
def test_an_update_needs_no_mark_where_it_starts_from_the_parameter(sign: str):
    assert verdict(UPDATE.replace(":=", sign), 2, "0.3132") is Verdict.FOLLOWS


SKIPPED = """z_1^(1) = 0.1, z_2^(1) = 3.5
a_1^(1) = 0.52, a_2^(1) = 0.97, z_1^(2) = 0.3779
∂L/∂z_1^(2) = a_1^(2) - y = -0.1181
"""


def test_what_is_vague_far_back_does_not_excuse_what_is_printed_just_before():
    assert verdict(SKIPPED, 3, "-0.1181") is Verdict.WRONG


CHANGES = """Δb_1^(2) = 0.1*0.1221 = 0.1122

| parameter | old | new |
|---|---|---|
| b_1^(2) | 0.3 | 0.4122 |
"""


def test_a_new_value_may_follow_from_a_wrong_change():
    assert verdict(CHANGES, 1, "0.1122") is Verdict.WRONG
    assert verdict(CHANGES, 5, "0.4122") is Verdict.FOLLOWS
    assert verdict(CHANGES.replace("0.1122", "0.0122").replace("0.4122", "0.3122"), 5, "0.3122") is Verdict.CORRECT


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


@pytest.mark.parametrize("arrow", ["->", "→"])
def test_a_change_behind_a_colon_says_what_was_and_what_becomes(arrow: str):
    text = f"- b_1^(2): 0.3 {arrow} 0.3122\n- b_1^(1): 0.1 {arrow} 0.1112\n- b_2^(1): 0.2 {arrow} -0.2003\n"
    found = {claim.written: claim.verdict for claim in judged(text)}
    assert (found["0.3"], found["0.3122"]) == (Verdict.GIVEN, Verdict.CORRECT)
    assert (found["0.1112"], found["0.2"]) == (Verdict.WRONG, Verdict.WRONG)


UNITS = r"""
| Unit $j$ | Net input $I_j$ | Output $O_j$ |
|---|---|---|
| 3 | $0.5 - 0.5 + 0.1$ = 0.1 | 0.5250 |
| 4 | $0.75 + 3 - 0.2$ = 3.55 | 0.9721 |
| 5 | $2(0.5250) - 0.9721 + 0.3$ = 0.3779 | 0.3779 |

$Err_j = T_j - O_j$ at the output, and $Err_j = O_j (1 - O_j) \sum_k Err_k w_{jk}$ elsewhere:

| Unit $j$ | $Err_j$ |
|---|---|
| 5 | $0.5 - 0.3779$ = 0.1221 |
| 3 | $(0.5250)(1 - 0.5250)(0.1221)(2)$ = 0.0609 |
"""


def test_cells_that_begin_with_numbers_are_about_what_their_column_names():
    assert {claim.verdict for claim in judged(UNITS)} <= {Verdict.CORRECT, Verdict.ROUNDED, Verdict.GIVEN}
    assert verdict(UNITS.replace("0.75 + 3 - 0.2$ = 3.55", "0.75 - 3 - 0.2$ = -2.45"), 5, "-2.45") is Verdict.WRONG
    assert verdict(UNITS.replace("(2)$ = 0.0609", "$ = 0.0304"), 13, "0.0304") is Verdict.WRONG


def test_a_number_in_a_frame_stands_there_alone():
    assert verdict(r"$z_1^{(2)} = \boxed{0.3779}$", 1, "0.3779") is Verdict.CORRECT
    assert verdict(r"$\partial L/\partial z_1^{(2)} = \boxed{-0.1321}$", 1, "-0.1321") is Verdict.WRONG


ONE_ROW_WRONG = r"""$$z^{(1)} =
\begin{pmatrix} 0.5 - 0.5 - 0.1 \\ 0.75 + 3 - 0.2 \end{pmatrix} = \begin{pmatrix} -0.1 \\ 3.55 \end{pmatrix}$$"""


def test_entries_of_a_wrong_vector_that_are_right_are_not_blamed():
    assert verdict(ONE_ROW_WRONG, 2, "-0.1") is Verdict.WRONG
    assert verdict(ONE_ROW_WRONG, 2, "3.55") is Verdict.CORRECT
    assert verdict(ONE_ROW_WRONG.replace("3.55 ", "3.56 "), 2, "3.56") is Verdict.WRONG


DELTAS = """h1 = 0.5250, h2 = 0.9721
d_h1 = -0.1221*2*h1*(1 - h1) = -0.0609
dL_dw11 = d_h1*x1 = {}
"""


def test_deltas_may_be_called_by_activations():
    assert verdict(DELTAS.format("-0.0609"), 2, "-0.0609") is Verdict.CORRECT
    assert verdict(DELTAS.format("-0.0609"), 3, "-0.0609") is Verdict.CORRECT
    assert verdict(DELTAS.format("-0.0690"), 3, "-0.0690") is Verdict.WRONG
    assert verdict("h1 = 0.5250\nd_h1 = -0.1221*2 = -0.2442\n", 2, "-0.2442") is Verdict.CORRECT


def test_beside_a_target_t_an_output_may_be_y():
    text = "$t = 0.5$\n\n$z_1 = 0.2$, $h_1 = 0.5498$\n\n$y = 2 \\cdot 0.5498 - 0.9721 + 0.3 = 0.4275$\n"
    assert verdict(text, 5, "0.4275") is Verdict.FOLLOWS


def test_a_greek_name_of_plain_text_may_stand_behind_a_d():
    text = "β_1 = 0.1\nβ_2 = -0.2\nβ_3 = 0.3\ndL/dβ_3 = 0.3779 - 0.5 = -0.1221\ndL/dβ_1 = -0.0621\n"
    assert verdict(text, 4, "-0.1221") is Verdict.CORRECT
    assert verdict(text, 5, "-0.0621") is Verdict.WRONG  # -0.122119 · 2 · 0.249376 = -0.060907


def test_a_notation_that_has_only_the_vector_leaves_its_entries_to_others():
    """Entries of x are x_11 and x_12 in no notation that the document uses; x_1 is the first all the same."""
    formula = "(o - t) x_1"
    text = f"$$x = (1;\\ 2), \\quad t = 0.5$$\n\n$$\\frac{{\\partial L}}{{\\partial w_{{21}}}} = {formula}$$\n"
    claims, _ = audit(load_text(SPEC + "\nstyle: scalar-check\n"), text)
    assert next(claim.verdict for claim in claims if claim.written == formula) is Verdict.WRONG


STEPS = """∂L/∂w_11^(2) = -0.0641
∂L/∂w_12^(2) = -0.1287
w_11^(2): 2 - 0.1*(-0.0641) = 2.0064      w_12^(2): -1 - 0.01*(-0.1287) = -0.9987
"""
"""The gradients are −0.122119 · 0.524979 and −0.122119 · 0.972077: the second should be −0.1187."""


def test_a_step_of_learning_may_stand_behind_the_name_and_a_colon():
    assert verdict(STEPS, 3, "2.0064") is Verdict.CORRECT
    assert [claim.quantity for claim in judged(STEPS) if claim.written == "2.0064"] == ["w.2.1.1+"]


def test_another_rate_is_a_mistake_of_its_own_behind_a_wrong_gradient():
    assert verdict(STEPS, 3, "-1 - 0.01*(-0.1287)") is Verdict.WRONG
    assert verdict(STEPS.replace("0.01*", "0.1*").replace("-0.9987", "-0.9871"), 3, "-0.9871") is Verdict.FOLLOWS
