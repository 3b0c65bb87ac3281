"""Documents about plain equations, about steps that follow one another, and about several networks."""

from __future__ import annotations

import pytest

from symback.spec.encoding import decode
from symback.spec.load import load_text
from symback.spec.problems import DocumentError
from symback.verify.claims import BLAMED, Claim, Verdict
from symback.verify.parts import audit_parts

EQUATIONS = """
schema: 1
equations: [u = w * x + b, y = u^2, L = 1/2 * (y - t)^2]
values: {w: 0.5, x: 2, b: 0.25, t: 1}
update: {learning_rate: 0.1, parameters: [w, b]}
"""

BY_HAND = """
u = w*x + b = 0.5*2 + 0.25 = 1.25
y = u^2 = 1.25^2 = 1.5625
L = 1/2*(y - t)^2 = 0.1582
dL/dy = y - t = 0.5625
dL/du = dL/dy * 2*u = 0.5625 * 2 * 1.25 = 1.40625
dL/dw = dL/du * x = 1.40625 * 2 = 2.8125
w_new = w - 0.1*2.8125 = 0.21875
b_new = b - 0.1*1.40625 = 0.109375
"""
"""With du/dw = x and dy/du = 2u: L = 0.5625²/2, and the step is 0.1 times the gradients."""

STEPS = """
schema: 1
network: {inputs: 1, layers: [{size: 1, activation: linear, bias: false}]}
parameters: {weights: [[[1]]]}
data: [{inputs: [1], targets: [0]}, {inputs: [2], targets: [1]}]
loss: {kind: squared-error, factor: 1/2}
update: {learning_rate: 0.1, on: each}
"""

IN_ORDER = """
Sample 1
z = w*x = 1*1 = 1
L = 1/2*(1 - 0)^2 = 0.5
dL/dw = (1 - 0)*1 = 1
w_new = 1 - 0.1*1 = 0.9
Sample 2
z = w*x = 0.9*2 = 1.8
L = 1/2*(1.8 - 1)^2 = 0.32
dL/dw = (1.8 - 1)*2 = 1.6
w_new = 0.9 - 0.1*1.6 = 0.74
"""

PARTS = """
schema: 1
title: Two
data: [{inputs: [2], targets: [1]}]
loss: {kind: squared-error, factor: 1/2}
parts:
  - title: Steep
    network: {inputs: 1, layers: [{size: 1, activation: linear, bias: false}]}
    parameters: {weights: [[[3]]]}
  - title: Flat
    network: {inputs: 1, layers: [{size: 1, activation: linear, bias: false}]}
    parameters: {weights: [[[0.5]]]}
"""

ONE_BY_ONE = "## Steep\n\nz = w*x = 3*2 = 6\n\n## Flat\n\nz = w*x = 0.5*2 = 1\n"


def judged(spec: str, text: str) -> list[Claim]:
    claims, _ = audit_parts(load_text(spec), text)
    return claims


def blamed(spec: str, text: str) -> list[tuple[int, str]]:
    return [(claim.line, claim.written) for claim in judged(spec, text) if claim.verdict in BLAMED]


@pytest.mark.parametrize(("spec", "text"), [(EQUATIONS, BY_HAND), (STEPS, IN_ORDER), (PARTS, ONE_BY_ONE)])
def test_nobody_is_blamed_for_what_is_right(spec: str, text: str):
    claims = judged(spec, text)
    assert [claim for claim in claims if claim.verdict in (*BLAMED, Verdict.FOLLOWS)] == []
    assert sum(claim.verdict is not Verdict.UNDECIDED for claim in claims) > 0.9 * len(claims)


@pytest.mark.parametrize(
    ("right", "wrong", "line", "what"),
    [
        ("dL/du * x = 1.40625 * 2 = 2.8125", "dL/du * x = 1.40625 * 2 = 2.8521", 7, "2.8521"),
        ("dL/dw = dL/du * x", "dL/dw = dL/du * b", 7, "dL/du * b"),
        ("dL/dy * 2*u", "dL/dy * u", 6, "dL/dy * u"),
        ("w - 0.1*2.8125 = 0.21875", "w + 0.1*2.8125 = 0.78125", 8, "0.78125"),
    ],
)
def test_mistakes_among_equations_are_found(right: str, wrong: str, line: int, what: str):
    assert (line, what) in blamed(EQUATIONS, BY_HAND.replace(right, wrong))


def test_a_step_begins_with_what_the_one_before_left():
    text = IN_ORDER.replace("0.9*2 = 1.8", "1*2 = 2").replace("1.8", "2").replace("0.32", "0.5").replace("1.6", "2")
    assert {line for line, _ in blamed(STEPS, text)} & {8}


def test_quantities_have_the_names_of_the_spec():
    assert {claim.quantity for claim in judged(EQUATIONS, BY_HAND)} >= {"u", "y", "L", "L:y", "L:u", "L:w", "w+"}


def test_each_stretch_is_judged_by_its_own_part():
    assert blamed(PARTS, ONE_BY_ONE.replace("## Flat", "## Flat one").replace("0.5*2 = 1", "3*2 = 6")) != []
    with pytest.raises(DocumentError, match="a document without a heading for part 2, 'Flat'"):
        judged(PARTS, "## Steep\n\nz = w*x = 3*2 = 6\n")


def test_an_empty_cell_moves_no_number_under_another_head():
    network = "schema: 1\nnetwork: {inputs: 1, layers: [{size: 1, activation: linear}]}\n"
    spec = network + "parameters: {weights: [[[2]]], biases: [[1]]}\ndata: [{inputs: [3], targets: [1]}]\n"
    table = "| x | z | y | x | z | y |\n| --- | --- | --- | --- | --- | --- |\n| 3 | | 1 | 3 | 7 | 1 |\n"
    assert blamed(spec + "loss: squared-error\n", table) == []


def test_the_byte_that_is_no_text_is_named_behind_the_mark_of_the_encoding():
    _, (problem,) = decode(b"\xef\xbb\xbfa: \xff1")
    assert problem.came == "the byte 0xff"
