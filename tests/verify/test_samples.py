"""Documents about several samples: which one is meant where, and tables with a column for each."""

from __future__ import annotations

import pytest

from symback.spec.load import load_text
from symback.verify.claims import Claim, Verdict
from symback.verify.verify import audit
from symback.verify.words import sample_named

SPEC = """
schema: 1
network: {inputs: 1, layers: [{size: 1, activation: linear}]}
parameters: {weights: [[[0.5]]], biases: [[0.25]]}
data: [{inputs: [1], targets: [1]}, {inputs: [3], targets: [2]}]
loss: {kind: squared-error, factor: 1/2}
update: {learning_rate: 0.5}
"""
"""y = 0.75, 1.75; L = 0.03125 each; ∂L/∂w = −0.25, −0.75, mean −0.5, new 0.75; ∂L/∂b = −0.25, −0.25."""


def judged(text: str) -> list[Claim]:
    claims, _ = audit(load_text(SPEC), text)
    return claims


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("Sample 2: x = 3", 2),
        ("**Sample B**: x = 3", 2),
        ("Zweites Beispiel", 2),
        ("Le premier exemple", 1),
        ("first training example:", 1),
        ("Averages", 0),
        ("**Averages** (what the batch needs, " + "as everybody knows " * 5 + ")", 0),
        ("A sample has two inputs", None),
        ("Example A network", None),
        ("Loss: mean squared error", None),
        ("the first example and then the second example", None),
        ("Sample C", None),
    ],
)
def test_samples_are_named_by_numbers_letters_and_words(words: str, number: int | None):
    assert sample_named(words, 2) == number


@pytest.mark.parametrize("second", ["B", "2"])
def test_a_line_may_name_a_sample_and_go_on_with_it(second: str):
    found = judged(f"Sample {second}: x = 3, t = 2\n\ny = 1.75\n")
    assert [claim.verdict for claim in found] == [Verdict.GIVEN, Verdict.GIVEN, Verdict.CORRECT]


TABLE = """
| parameter | sample A | sample B | mean | new value |
|---|---|---|---|---|
| w | −0.25 | −0.75 | {} | {} |
| b | −0.25 | −0.25 | −0.25 | 0.375 |
"""


def test_columns_of_samples_hold_gradients_of_parameters_and_others_their_mean():
    assert {claim.verdict for claim in judged(TABLE.format("−0.50", "0.75"))} == {Verdict.CORRECT}
    found = {claim.written: claim.verdict for claim in judged(TABLE.format("−1.00", "1.00"))}
    assert (found["−1.00"], found["1.00"]) == (Verdict.WRONG, Verdict.FOLLOWS)


def test_losses_of_samples_have_their_letters():
    text = "L_A = 0.03125, L_B = 0.03125\n\nThe batch: L = ½(L_A + L_B) = 0.03125\n"
    assert {claim.verdict for claim in judged(text)} == {Verdict.CORRECT}


def test_a_learning_rate_in_words_may_have_a_comma_in_braces():
    found = judged("Die Lernrate ist $0{,}5$, und $y = 0{,}75$, $w = 0{,}5$, $b = 0{,}25$.\n")
    assert {claim.verdict for claim in found} <= {Verdict.CORRECT, Verdict.GIVEN}
    found = judged("Die Lernrate ist $0{,}6$, und $y = 0{,}75$, $w = 0{,}5$, $b = 0{,}25$.\n")
    assert Verdict.WRONG in {claim.verdict for claim in found}


WITH_LETTERS = (
    SPEC
    + """
aliases: {o(A): a.1.1@1, o(B): a.1.1@2, L(A): loss@1, L(B): loss@2}
"""
)


@pytest.mark.parametrize(("second", "right"), [("-0.25", Verdict.CORRECT), ("0.25", Verdict.WRONG)])
def test_what_the_document_defines_may_be_of_a_sample_by_its_letter(second: str, right: Verdict):
    text = f"L(s) = 1/2*(o - t)^2\n\nε = o - t\n\nε(A) = -0.25, ε(B) = {second}\n"
    claims, _ = audit(load_text(WITH_LETTERS), text)
    *formulas, first, last = claims
    assert {claim.verdict for claim in formulas} == {Verdict.CORRECT}
    assert (first.quantity, last.quantity) == ("loss@1:z.1.1", "loss@2:z.1.1")
    assert (first.verdict, last.verdict) == (Verdict.CORRECT, right)


def test_nobody_is_blamed_for_a_letter_of_a_sample_behind_a_name_of_something_else():
    """By custom e is a loss and B a bias, but e(B) is neither the loss at sample 2 nor a function of that bias."""
    claims, _ = audit(load_text(WITH_LETTERS), "e = o - t\n\ne(A) = 0.75 - 1 = -0.25, e(B) = 1.75 - 2 = -0.25\n")
    assert Verdict.WRONG not in [claim.verdict for claim in claims]
