"""Matrices that join what belongs to several samples: a row or a column for each, derivatives divided or not."""

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
data: [{inputs: [1, 2], targets: [0.5]}, {inputs: [3, -1], targets: [1]}]
loss: {kind: squared-error, factor: 1/2}
update: {learning_rate: 0.1}
"""

COLUMNS = """
X = np.array([[1.0, 3.0], [2.0, -1.0]])
Z1 = W1 @ X + b1 = [[0.1000 1.8500], [3.5500 0.5500]]
A1 = [[0.5250 0.8641], [0.9721 0.6341]]
Z2 = W2 @ A1 + b2 = [[0.3779 1.3941]]
dZ2 = A2 - Y = [[-0.1221 0.3941]]
dW2 = dZ2 @ A1.T / 2 = [[0.1382 0.0656]]
dZ1 = (W2.T @ dZ2) * A1 * (1 - A1) = [[-0.0609 0.0925], [0.0033 -0.0914]]
dW1 = dZ1 @ X.T / 2 = [[0.1084 -0.1072], [-0.1355 0.0490]]
W1_new = W1 - 0.1 * dW1 = [[0.4892 -0.2393], [0.7636 1.4951]]
"""
"""Worked out with NumPy, dZ not yet divided by the number of samples."""

ROWS = """
X = np.array([[1.0, 2.0], [3.0, -1.0]])
Z1 = X @ W1.T + b1 = [[0.1000 3.5500], [1.8500 0.5500]]
A1 = [[0.5250 0.9721], [0.8641 0.6341]]
dZ2 = (A2 - Y) / 2 = [[-0.0611], [0.1970]]
dZ1 = [[-0.0305 0.0017], [0.0463 -0.0457]]
dW1 = dZ1.T @ X = [[0.1084 -0.1072], [-0.1355 0.0490]]
"""
"""The same with a sample in each row, dZ divided at once."""


def judged(text: str) -> list[Claim]:
    claims, _ = audit(load_text(SPEC), f"```\n{text}```\n")
    return claims


@pytest.mark.parametrize("text", [COLUMNS, ROWS])
def test_matrices_of_all_samples_are_right(text: str):
    found = judged(text)
    assert {claim.verdict for claim in found} <= {Verdict.GIVEN, Verdict.CORRECT, Verdict.ROUNDED}
    assert sum(claim.kind == "entry" for claim in found) > 20


@pytest.mark.parametrize(
    ("text", "right", "wrong"),
    [(COLUMNS, "dW1 = dZ1 @ X.T / 2", "dW1 = dZ1 @ X.T"), (ROWS, "(A2 - Y) / 2", "(Y - A2) / 2")],
)
def test_wrong_formulas_of_matrices_are_found(text: str, right: str, wrong: str):
    assert Verdict.WRONG in {claim.verdict for claim in judged(text.replace(right, wrong))}


def test_wrong_entries_are_found_and_what_follows_is_not_blamed():
    text = COLUMNS.replace("[-0.1221 0.3941]", "[-0.1221 0.4931]").replace("[[0.1382 0.0656]]", "[[0.1810 0.0970]]")
    found = {claim.written: claim.verdict for claim in judged(text)}
    assert found["0.4931"] is Verdict.WRONG
    assert (found["0.1810"], found["0.0970"]) == (Verdict.FOLLOWS, Verdict.FOLLOWS)


def test_programs_multiply_entries_with_a_star_and_matrices_with_an_at_sign():
    text = ROWS.replace("dZ1 = [[", "dZ1 = dZ2 @ W2 * A1 * (1 - A1) = [[")
    assert Verdict.UNDECIDED not in {claim.verdict for claim in judged(text)}
    assert Verdict.WRONG not in {claim.verdict for claim in judged(text)}
    assert Verdict.WRONG in {claim.verdict for claim in judged(text.replace("A1 * (1 - A1)", "A1 @ (1 - A1)"))}
