"""A few lines each about networks of other kinds: functions of their own, tied weights, connections that skip a layer."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

import pytest
from flint import arb

from symback.graph.build import build_graph
from symback.resources import BUILT_IN
from symback.spec.load import load_mapping
from symback.verify.agreement import Agreement
from symback.verify.by_policy import ByPolicy
from symback.verify.carried import Carried
from symback.verify.claims import Claim, Verdict
from symback.verify.drawing import true_point
from symback.verify.duals import Dual
from symback.verify.elementary import whole_power
from symback.verify.ids import ids_of
from symback.verify.spelling import spelling
from symback.verify.stated import Stated
from symback.verify.verify import audit
from symback.written.nodes import Symbol

RIGHT = (Verdict.GIVEN, Verdict.CORRECT, Verdict.ROUNDED)

TWO_FUNCTIONS: Mapping[str, Any] = {
    "schema": 1,
    "network": {"inputs": 1, "layers": [{"size": 1, "activation": "2*x"}, {"size": 1, "activation": "sigmoid"}]},
    "parameters": {"weights": [[["0.5"]], [["-1.5"]]], "biases": [["0.1"], ["0.2"]]},
    "data": [{"inputs": ["0.7"], "targets": ["1"]}],
    "loss": {"kind": "squared-error", "factor": "1/2"},
    "update": {"learning_rate": "0.5"},
    "notation": "layer-superscript",
}
"""z⁽¹⁾ = 0.45, h = 0.9, z⁽²⁾ = −1.15, ŷ = 0.240489, ∂L/∂ŷ = −0.759511, ∂L/∂z⁽²⁾ = −0.138727, ∂L/∂w⁽²⁾ = −0.124855."""


def judged(spec: Mapping[str, Any], text: str) -> list[Claim]:
    claims, _ = audit(load_mapping(spec), text)
    return claims


def blamed(spec: Mapping[str, Any], text: str) -> list[tuple[int, str, Verdict]]:
    return [(one.line, one.written, one.verdict) for one in judged(spec, text) if one.verdict not in RIGHT]


CURVED: Mapping[str, Any] = {
    **TWO_FUNCTIONS,
    "network": {"inputs": 1, "layers": [{"size": 1, "activation": "x^3"}]},
    "parameters": {"weights": [[["2"]]], "biases": [["0.5"]]},
    "data": [{"inputs": ["3"], "targets": ["0"]}],
}
"""z = 6.5, ŷ = 274.625, L = 37709.4453125, ∂L/∂w = 104426.15625; with 2.001 for 2 the quotient is 104546.72."""

MOVED = r"""
$$\hat{y} = ((w + 0.001) x + b)^3 = (2.001 \cdot 3 + 0.5)^3 = 275.005426$$

$$\frac{QUOTIENT}{0.001} \approx 104546.7 \approx 104426.16$$
"""


def test_a_difference_quotient_is_not_quite_the_gradient_behind_it():
    right = MOVED.replace("QUOTIENT", "37813.992 - 37709.4453")
    assert blamed(CURVED, right) == []
    assert blamed(CURVED, right.replace("37813.992", "37813.929")) != []


TIED = {
    **TWO_FUNCTIONS,
    "parameters": {"weights": [[["-1.5"]], [[None]]], "biases": [["0.1"], ["0.2"]], "tied": {"w.2.1.1": "w.1.1.1"}},
}
"""z⁽¹⁾ = −0.95, h = −1.9, z⁽²⁾ = 3.05, ŷ = 0.954786, ∂L/∂z⁽²⁾ = −0.001952, ∂L/∂w = −0.001952 (−1.9 − 1.5 · 2 · 0.7)."""

MINUS_IN_FRONT = r"""
$$\frac{\partial L}{\partial z^{(2)}} = (0.95 - 1) \cdot 0.95 \cdot (1 - 0.95) = -0.0023$$

$$\frac{\partial L}{\partial w^{(1)}} = -0.0023(-1.9 - 2.1) = 0.0092$$
"""
"""With 0.95 for 0.954786."""


def test_a_rounded_number_is_the_same_behind_a_minus_that_belongs_to_the_product():
    assert blamed(TIED, MINUS_IN_FRONT) == []
    assert blamed(TIED, MINUS_IN_FRONT.replace("-0.0023(", "-0.0032(")) != []


def test_inputs_of_another_sample_are_known_though_the_page_does_not_print_them():
    samples = [{"inputs": ["0.3"], "targets": ["1"]}, {"inputs": ["0.7"], "targets": ["1"]}]
    graph = build_graph(load_mapping({**TWO_FUNCTIONS, "data": samples}))
    carried = Carried(graph, true_point(graph, {}), frozenset(graph.given), graph.worked)
    carried.state("loss@2:z.1.1", Stated((Fraction("0.38"), Fraction("0.01")), Verdict.ROUNDED, 0))
    assert any(worked.ball.overlaps(arb("0.266")) for worked in carried.ways("loss@2:w.1.1.1", False, True))


THREE_NEURONS = {
    **TWO_FUNCTIONS,
    "network": {"inputs": 1, "layers": [{"size": 2, "activation": "2*x"}, {"size": 1, "activation": "sigmoid"}]},
    "parameters": {"weights": [[["0.5"], ["1"]], [["-1.5", "1"]]], "biases": [["0.1", "0.2"], ["0.2"]]},
}
"""z⁽¹⁾ = (0.45, 0.9), a⁽¹⁾ = (0.9, 1.8), z⁽²⁾ = 0.65, ŷ = 0.657010, ∂L/∂ŷ = −0.342990, ∂L/∂w₁₁⁽²⁾ = −0.069563."""

BY_DIGITS = r"""
| Neuron | Pre-activation $z$ | Activation $a$ | Activation function $g$ |
| --- | --- | --- | --- |
| $n_1^{(1)}$ | $0.4$ | $0.8$ | $2z$ |
| $n_2^{(1)}$ | $0.9$ | $1.8$ | $2z$ |
| $n_1^{(2)}$ | $0.8$ | $0.6$ | Sigmoid |

$$\frac{\partial L}{\partial w_{11}^{(2)}} = -0.4 \cdot g'(0.8) \cdot g(0.4) = -0.06$$
"""
"""Cut off after every step: 0.4 for 0.45, and so 0.8 for 0.65."""


def test_a_function_by_a_letter_is_that_of_the_neuron_for_which_the_page_prints_these_digits():
    assert blamed(THREE_NEURONS, BY_DIGITS) == []
    assert blamed(THREE_NEURONS, BY_DIGITS.replace("g'(0.8)", "g'(0.4)")) != []


LETTERS_OVER_COLUMNS = r"""
| Neuron | Pre-activation $a$ | Activation $h$ | Activation function $g$ |
| --- | --- | --- | --- |
| $n_{11}$ | $0.45$ | $0.90$ | $2a$ |
| $n_{21}$ | $-1.15$ | $0.24$ | Sigmoid |
"""


def test_letters_over_columns_mean_what_the_rows_name():
    numbered = {**TWO_FUNCTIONS, "notation": "numbered"}
    assert blamed(numbered, LETTERS_OVER_COLUMNS) == []
    wrong = blamed(numbered, LETTERS_OVER_COLUMNS.replace("0.24", "0.90"))
    assert [(line, written) for line, written, _ in wrong] == [(5, "0.90")]


def test_a_function_under_a_heading_fulfils_it_and_what_comes_next_is_another():
    layers = [{"size": 1, "activation": "linear"}, {"size": 1, "activation": "sigmoid"}]
    linear = {**TWO_FUNCTIONS, "network": {"inputs": 1, "layers": layers}}
    heading = "### Linear\n\n$$v = u$$\n\n$$v = \\frac{1}{1 + e^{-u}}$$\n"
    assert blamed(linear, heading) == []
    assert blamed(linear, heading.replace("$$v = u$$", "")) == [(1, "### Linear", Verdict.SLIP)]


def test_a_tied_weight_right_at_a_neuron_has_a_factor_of_its_own_there():
    graph = build_graph(load_mapping(TIED))
    carried = Carried(graph, true_point(graph, {}), frozenset(graph.given), graph.worked)
    carried.state("a.1.1", Stated((Fraction("-1.8"), Fraction("0.1")), Verdict.ROUNDED, 0))
    assert any(worked.ball.overlaps(arb("-1.8")) for worked in carried.ways("z.2.1:w.1.1.1", False, True))


ERROR_FOR_OUTPUT = r"""
| $x$ | $z_1^{(1)}$ | $h_1^{(1)}$ | $\hat{y}$ |
| --- | --- | --- | --- |
| $0.7$ | $0.45$ | $0.9$ | $0.139$ |
"""
"""0.139 is not ŷ, but the error signal of the output without its sign."""


def test_one_number_that_looks_like_another_quantity_does_not_rename_what_the_notation_names():
    _, binding = audit(load_mapping(TWO_FUNCTIONS), ERROR_FOR_OUTPUT)
    assert binding.family_role(spelling(Symbol("y", accent="hat"))) == "a"


@pytest.mark.parametrize(("carry", "prints"), [("printed", True), ("exact", False)])
def test_a_number_speaks_for_a_name_that_prints_so_when_every_step_is_rounded(carry: str, prints: bool):
    spec = load_mapping({**TWO_FUNCTIONS, "numbers": {"decimals": 1, "rounding": "half-up", "carry": carry}})
    ids = ids_of(build_graph(spec))
    agreement = Agreement(ids.graph, true_point(ids.graph, {}), ByPolicy(spec, ids, BUILT_IN))
    assert agreement.prints("loss:w.2.1.1", (Fraction("-0.2"), Fraction("0.1"))) is prints
    assert not agreement.prints("w.2.1.1:loss", (Fraction("-0.2"), Fraction("0.1")))


ROWS = r"""
$$
\begin{aligned}
L &= \frac{1}{2}(y - \hat{y})^2 \\
L &= \frac{1}{2}(1 - 0.2404)^2 \\
L &= \frac{1}{2} \cdot 0.57699 \\
L &= 0.2885
\end{aligned}
$$
"""
"""(1 − 0.2404)² = 0.57699…, though with all digits it is 0.576857."""


def test_a_row_that_repeats_its_head_goes_on_with_the_row_before():
    assert blamed(TWO_FUNCTIONS, ROWS) == []
    assert (7, "0.2858", Verdict.WRONG) in blamed(TWO_FUNCTIONS, ROWS.replace("0.2885", "0.2858"))
    assert blamed(TWO_FUNCTIONS, ROWS.replace("0.57699", "0.59699")) != []


RESULT = r"$$z^{(2)} = -1.5 \cdot 0.9 + 0.2 = -1.4 + 0.2 = -1.1$$"
"""Cut off: −1.35 prints as −1.3, or rounded as −1.4; −1.4 is also the target of the second sample."""


def test_a_result_within_a_chain_is_rounded_though_a_datum_has_the_same_digits():
    samples = [*TWO_FUNCTIONS["data"], {"inputs": ["0.3"], "targets": ["-1.4"]}]
    assert blamed({**TWO_FUNCTIONS, "data": samples}, RESULT) == []
    assert blamed({**TWO_FUNCTIONS, "data": samples}, RESULT.replace("-1.4 +", "-1.6 +")) != []


def test_a_result_is_another_number_than_an_operand_with_more_digits():
    spec = {**TWO_FUNCTIONS, "data": [{"inputs": ["1.1"], "targets": ["1"]}]}
    assert blamed(spec, r"$$z^{(1)} = 0.50 \cdot 1.1 + 0.1 = 0.5 + 0.1 = 0.6$$") == []  # 0.55 and 0.65, cut off
    assert blamed(spec, r"$$z^{(1)} = 0.5 \cdot 1.1 + 0.1 = 0.5 + 0.1 = 0.6$$") == []
    assert blamed(spec, r"$$z^{(1)} = 0.50 \cdot 1.1 + 0.1 = 0.7 + 0.1 = 0.6$$") != []
    assert blamed(spec, r"$$z^{(1)} = 0.50 \cdot 1.1 + 0.1 = 0.5 + 0.3 = 0.6$$") != []


def test_numbers_of_which_no_step_is_shown_may_be_rounded_at_every_step_as_the_spec_says():
    numbers = {"decimals": 1, "rounding": "half-up", "carry": "printed"}
    text = r"$$\frac{\partial L}{\partial w^{(2)}} = -0.2$$"  # 0.2 − 1 = −0.8, times 0.2 · 0.8 = 0.2, times 0.9
    assert blamed({**TWO_FUNCTIONS, "numbers": numbers}, text) == []
    assert blamed(TWO_FUNCTIONS, text) == [(1, "-0.2", Verdict.WRONG)]
    assert blamed({**TWO_FUNCTIONS, "numbers": numbers}, text.replace("-0.2", "-0.3")) != []


OVER_ALL = r"""
$$\frac{\partial L_{batch}}{\partial w^{(2)}} = \frac{1}{n} \sum_{s=1}^{n} (\hat{y}^{(s)} - y^{(s)}) \hat{y}^{(s)} (1 - \hat{y}^{(s)}) h^{(1)(s)} + \frac{\partial R}{\partial w^{(2)}}$$
"""


def test_a_gradient_over_all_samples_is_known_where_the_network_learns_from_one():
    """A page may say how a batch would be learned from, though its own update takes one sample."""
    samples = [*TWO_FUNCTIONS["data"], {"inputs": ["0.3"], "targets": ["0.5"]}]
    loss = {**TWO_FUNCTIONS["loss"], "penalty": {"kind": "l2", "factor": "0.1"}}
    spec = {**TWO_FUNCTIONS, "data": samples, "loss": loss, "update": {"learning_rate": "0.5", "on": 1}}
    assert blamed(spec, OVER_ALL) == []
    assert blamed(spec, OVER_ALL.replace(r"\hat{y}^{(s)} (1", r"y^{(s)} (1")) != []


def test_a_formula_of_one_case_is_compared_where_that_case_holds_though_there_is_no_kink():
    layers = [{"size": 1, "activation": "elu"}, {"size": 1, "activation": "linear"}]
    spec = {**TWO_FUNCTIONS, "network": {"inputs": 1, "layers": layers}}
    spec["parameters"] = {"weights": [[["-0.1"]], [["-1.5"]]], "biases": [["0.069"], ["0.2"]]}
    spec["data"] = [{"inputs": ["0.3"], "targets": ["1"]}, *TWO_FUNCTIONS["data"]]
    text = "Sample 2:\n\n" r"$$\frac{\partial L}{\partial z^{(1)}} = (\hat{y} - y) w^{(2)} (h^{(1)} + 1)$$"
    assert blamed(spec, text) == []
    assert blamed(spec, text.replace("+ 1", "+ 2")) != []


LOSSES_COMPARED = r"""
$$L_i = -y_i \log(\hat{y}_i) - (1 - y_i) \log(1 - \hat{y}_i)$$

$$L_i = \frac{1}{2} (y_i - \hat{y}_i)^2$$

$$L = L_1 + L_2$$
"""


def test_another_loss_is_known_though_it_has_no_value_for_the_outputs_of_this_network():
    layers = [{"size": 2, "activation": "linear"}]
    spec = {**TWO_FUNCTIONS, "network": {"inputs": 1, "layers": layers}}
    spec["parameters"] = {"weights": [[["5"], ["-5"]]], "biases": [["0.1", "0.2"]]}
    spec["data"] = [{"inputs": ["0.7"], "targets": ["1", "0"]}]
    assert blamed(spec, LOSSES_COMPARED) == []
    assert blamed(spec, LOSSES_COMPARED.replace(r"(1 - y_i) \log", r"y_i \log")) != []


COUNTED_THROUGH = r"""
$$\frac{\partial E}{\partial O_k} = -\frac{1}{O_k}$$

$$\frac{\partial E}{\partial O_4} = -1.52204$$
"""


def test_a_rule_for_the_loss_speaks_of_the_outputs_where_neurons_are_counted_through():
    spec = {**THREE_NEURONS, "notation": "from-to", "loss": {"kind": "negative-log-likelihood", "factor": "1"}}
    assert blamed(spec, COUNTED_THROUGH) == []
    assert blamed(spec, COUNTED_THROUGH.replace(r"= -\frac", r"= \frac")) != []


CHAIN_OF_LETTERS = r"""
$$\frac{\partial \mathit{Loss}}{\partial w_{k_j o_i}} = \frac{\partial \mathit{Loss}}{\partial o_{i\mathrm{out}}}
\frac{\partial o_{i\mathrm{out}}}{\partial o_{i\mathrm{in}}} \frac{\partial o_{i\mathrm{in}}}{\partial w_{k_j o_i}}$$
"""


def test_a_letter_below_that_of_a_layer_is_a_number_though_another_layer_has_it():
    layers = [{"size": 2, "activation": "sigmoid"}] * 3
    spec = {**TWO_FUNCTIONS, "notation": "layer-letters", "network": {"inputs": 1, "layers": layers}}
    square = [["0.3", "-0.7"], ["1.1", "0.9"]]
    spec["parameters"] = {"weights": [[["5"], ["-5"]], square, square], "biases": [["0.1", "0.2"]] * 3}
    spec["data"] = [{"inputs": ["0.7"], "targets": ["1", "0"]}]
    assert blamed(spec, CHAIN_OF_LETTERS) == []
    without = CHAIN_OF_LETTERS.replace(r"\frac{\partial o_{i\mathrm{out}}}{\partial o_{i\mathrm{in}}} ", "")
    assert without != CHAIN_OF_LETTERS
    assert blamed(spec, without) != []


MANY_INPUTS: Mapping[str, Any] = {
    **TWO_FUNCTIONS,
    "network": {"inputs": 5, "layers": [{"size": 1, "activation": "sigmoid"}]},
    "parameters": {"weights": [[["0.5", "-1.5", "0.3", "0.9", "-0.7"]]], "biases": [["0.1"]]},
    "data": [{"inputs": ["0.7", "1.1", "-0.4", "0.6", "1.3"], "targets": ["1"]}],
}

DOTS = r"$$z^{(1)} = w_{11}^{(1)} x_1 + w_{12}^{(1)} x_2 + \cdots + w_{15}^{(1)} x_5 + b^{(1)}$$"


def test_dots_stand_for_the_terms_of_a_sum_that_are_not_written():
    assert blamed(MANY_INPUTS, DOTS) == []
    assert blamed(MANY_INPUTS, DOTS.replace("x_2", "x_3")) != []
    assert blamed(MANY_INPUTS, DOTS.replace("z^{(1)}", r"\hat{y}")) != []


def test_a_power_of_what_prints_as_zero_is_known():
    around_zero = whole_power(Dual(arb(0, 0.1), arb(1)), 2)
    assert around_zero.value.contains(arb("0.01"))
    assert not around_zero.value.contains(arb("0.02"))
    assert around_zero.slope.is_finite()


TWO_OUTPUTS = {
    **TWO_FUNCTIONS,
    "notation": "square-brackets",
    "data": [{"inputs": ["0.7"], "targets": ["1", "0"]}],
}


AS_ONE_NUMBER = r"$$z_1^{[1]} = w_{11}^{[1]} x + B = 0.5 \cdot 0.7 + 0.1 = 0.45$$"


def test_a_bias_that_a_layer_shares_is_also_the_vector_of_its_biases():
    spec = {**TWO_OUTPUTS, "parameters": {"weights": [[["0.5"], ["1"]]], "biases": [["0.1"]]}}
    spec["network"] = {"inputs": 1, "layers": [{"size": 2, "activation": "sigmoid", "bias": "shared"}]}
    text = r"$$b^{[1]} = \begin{bmatrix} 0.1 \\ 0.1 \end{bmatrix}$$" + "\n\n" + AS_ONE_NUMBER.replace("B", "b^{[1]}")
    assert blamed(spec, text) == []
    assert blamed(spec, text.replace(r"0.1 \\ 0.1", r"0.1 \\ 0.2")) == [(1, "0.2", Verdict.WRONG)]


def test_a_bold_letter_is_the_vector_where_another_means_one_number():
    spec = {**TWO_OUTPUTS, "parameters": {"weights": [[["0.1", "0.5"], ["0.3", "1"]]]}}
    spec["network"] = {"inputs": 1, "layers": [{"size": 2, "activation": "sigmoid", "bias": "input"}]}
    text = (
        r"$$\mathbf{x} = \begin{bmatrix} 1 \\ 0.7 \end{bmatrix}$$" + "\n\n" + AS_ONE_NUMBER.replace("B", "w_{10}^{[1]}")
    )
    assert blamed(spec, text) == []
    assert blamed(spec, text.replace("0.7 \\end", "0.8 \\end")) == [(1, "0.8", Verdict.WRONG)]


def test_a_matrix_whose_first_entry_is_absent_is_one_of_weights():
    layers = [{"size": 2, "activation": "sigmoid"}]
    spec = {**TWO_FUNCTIONS, "notation": "from-to", "network": {"inputs": 2, "layers": layers}}
    spec["parameters"] = {"weights": [[["absent", "0.5"], ["1", "absent"]]], "biases": [["0.1", "0.2"]]}
    spec["data"] = [{"inputs": ["0.7", "-0.3"], "targets": ["1", "0"]}]
    text = r"$$\mathbf{I}^{[1]} = \mathbf{x} \mathbf{W}^{[1]} + \boldsymbol{\theta}^{[1]}$$"
    assert blamed(spec, text) == []
    assert blamed(spec, text.replace("+", "-")) != []


CONSTANT_BEFORE = r"""
$$\frac{\partial E}{\partial w_{ji}} = \delta_i O_j$$
"""


def test_rules_do_not_count_the_input_of_a_bias_among_the_others():
    layers = [{"size": 2, "activation": "linear", "bias": "input"}, {"size": 1, "activation": "sigmoid", "bias": False}]
    spec = {**TWO_FUNCTIONS, "notation": "from-to", "network": {"inputs": 2, "layers": layers}}
    spec["parameters"] = {"weights": [[["0.5", "0.7", "-1"], ["0.9", "0", "-0.4"]], [["0.2", "0.3"]]]}
    spec["data"] = [{"inputs": ["1.8", "-0.2"], "targets": ["0"]}]
    assert blamed(spec, CONSTANT_BEFORE) == []
    assert blamed(spec, CONSTANT_BEFORE.replace("O_j", "I_i")) != []
