"""Varied specs are as friendly as they are said to be: 100 and more of them, judged by the oracle."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from functools import cache
from random import Random
from typing import Any

import pytest

from symback import api
from symback.spec.load import load_mapping, load_text
from symback.spec.model import Spec
from symback.spec.problems import LimitationError, SpecError
from symback.vary import vary as searching
from symback.vary.numbers import numbers_of, with_numbers
from tests.oracles.differences import difference_gradients
from tests.oracles.network import read_network
from tests.oracles.random_equations import random_equations
from tests.oracles.random_wiring import wired_network, wired_networks
from tests.oracles.tape import real
from tests.oracles.working import Worked, read
from tests.vary.authors import AUTHORS, HEAD, IN_PARTS, VARIED
from tests.vary.oracle import breaches

SEEDS = range(10)


@cache
def varied(name: str, seed: int) -> Spec:
    return api.vary(load_text(AUTHORS[name]), seed)


@pytest.mark.parametrize("name", AUTHORS)
def test_the_oracle_finds_nothing(name: str):
    for seed in SEEDS:
        text = api.dump(varied(name, seed))
        assert breaches(text, AUTHORS[name]) == [], f"seed {seed}\n{text}"
        assert load_text(text) == varied(name, seed)


def test_there_are_a_hundred():
    assert len(AUTHORS) * len(SEEDS) >= 100


@pytest.mark.parametrize(
    ("name", "old", "new", "breach"),
    [
        ("slides", "[[0.25, 0.5, 0.75, 1.0]]", "[[0.25, 0.5, 0.75, -1.0]]", "a dead ReLU"),
        ("slides", "[[0.25, 0.5, 0.75, 1.0]]", "[[0.25, 0.5, 0.5, 1.0]]", "are equal"),
        ("slides", "[[0.25, 0.5, 0.75, 1.0]]", "[[0.25, 0.5, 0.755, 1.0]]", "3 decimals"),
        ("slides", "inputs: [2.0]", "inputs: [-0.97]", "z.1.4@1 = 3/100 is at a kink"),
        ("slides", "inputs: [2.0]", "inputs: [9.0]", "a saturated sigmoid"),
        ("scalar-check", "targets: [2.0, 1.0]", "targets: [1.2, 1.0]", "the gradient of w.2.1.1 is 0"),
        ("scalar-check", "carry: exact", "carry: printed", "something besides numbers changed"),
        ("formula-sheet", "z.2.1: -0.85", "z.2.1: -0.87", "but its definition gives"),
        ("formula-sheet", "z.1.2: -0.64", "z.1.2: 0.64", "another sign"),
        ("formula-sheet", "[-0.81, null]", "[-0.81, 0.5]", "an unknown number became known"),
        ("softmax", "inputs: [1.0, 0.5]", "inputs: [9.0, 0.5]", "a saturated sigmoid"),
        ("softmax", "[-0.2, 0.3], [0.1, 0.8]", "[-0.2, 0.3], [8, 9]", "z.2.3@1"),
        ("regression", "biases: [[-0.5, 0.25]", "biases: [[0.02, 0.25]", "z.1.1@1 = 1/50 is at a kink"),
        ("regression", "targets: [1.5, 1.0]", "targets: [1.5, 1.24]", "a switch at"),
        ("skip-connection", "[absent, 0.5]", "[0.5, 0.5]", "something besides numbers changed"),
        ("skip-connection", "[0.6, -0.4]", "[-0.6, -0.4]", "a dead ReLU"),
        ("upstream", '"loss:a.1.2": -0.2', '"loss:a.1.2": 0.0', "the gradient of w.1.2.1 is 0"),
        (
            "upstream",
            "inputs: [1.0, 2.0, 0.5]",
            "inputs: [1.0, 2.0, 1.0]",
            "gradients of w.1.1.1 and w.1.1.3 are equal",
        ),
        ("online", "[[1.5, -0.6]]", "[[1.5, -9.6]]", "z.2.1@2"),
        ("bias-as-weight", "inputs: [1.5, -1.0]", "inputs: [1.0, -0.5]", "gradients of w.1.1.0 and w.1.1.1 are equal"),
        ("circuit", "x: 1.5, y: -4, z: 2", "x: 1.5, y: -3, z: 2", "the gradient of x is 0"),
        ("circuit", "x: 1.5, y: -4, z: 2", "x: 2, y: 1, z: 3", "the gradients of y and z are equal"),
        ("single-neuron", "b: 0.1", "b: -0.74", "a@1 = 1/100 is at a kink"),
        ("single-neuron", "b: 0.1", "b: -0.9", "a dead ReLU"),
        ("logistic-regression", "{x_1: 1.0, x_2: 2.0", "{x_1: 9.0, x_2: 2.0", "a saturated sigmoid"),
        ("two-networks", "z_2: 0.35", "z_2: -0.35", "another sign"),
        ("recurrence", "h_0: 0", "h_0: null", "something besides numbers changed"),
    ],
)
def test_the_oracle_finds_planted_faults(name: str, old: str, new: str, breach: str):
    assert old in AUTHORS[name]
    assert any(breach in found for found in breaches(AUTHORS[name].replace(old, new), AUTHORS[name]))


def test_seeds_differ():
    spec = load_text(AUTHORS["matrix"])
    assert len({api.dump(api.vary(spec, seed)) for seed in range(30)}) == 30


def test_the_same_seed_gives_the_same_bytes_whatever_the_hash_seed():
    script = "import sys; from symback.cli import main; main(['vary', 'slides', '--seed', '11'])"
    found = {
        subprocess.run(
            [sys.executable, "-c", script],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
            timeout=60,
        ).stdout
        for seed in ("0", "1", "4242")
    }
    assert len(found) == 1
    assert found.pop().startswith(b"# Numbers drawn by symback vary, seed 11.\nschema: 1\n")


def test_only_whole_numbers_are_drawn(monkeypatch: pytest.MonkeyPatch):
    class WholeNumbers(Random):
        getrandbits = Random.getrandbits

        def random(self) -> float:
            raise AssertionError("a binary float was drawn")

    spec = load_text(AUTHORS["deep, four decimals, several real samples"])
    expected = api.vary(spec, 3)
    monkeypatch.setattr(searching, "Random", WholeNumbers)
    assert api.vary(spec, 3) == expected


def test_what_says_yes_and_no_stays():
    for seed in SEEDS:
        for name in AUTHORS:
            if name.startswith("truth table"):
                assert varied(name, seed).data == load_text(AUTHORS[name]).data
        for name in ("matrix", "formula-sheet"):
            assert sorted(number.value for number in varied(name, seed).data[0].targets) == [0, 1]
        assert all(0 < number.value < 1 for number in varied("targets between 0 and 1", seed).data[0].targets)


def test_numbers_go_back_where_they_came_from():
    for text in AUTHORS.values():
        spec = load_text(text)
        assert with_numbers(spec, numbers_of(spec)) == spec


ALWAYS_AT_THE_KINK = """\
network: {inputs: 1, layers: [{size: 1, activation: relu, bias: false}, {size: 1, activation: linear}]}
parameters: {weights: [[[1]], [[1]]], biases: [null, [1]]}
data: [{inputs: [0], targets: [1]}, {inputs: [1], targets: [0]}]
loss: squared-error
"""
ALWAYS_SATURATED = """\
network: {inputs: 1, layers: [{size: 1, activation: sigmoid, bias: false}]}
parameters: {weights: [[[3]]]}
data: [{inputs: [40], targets: [0.5]}]
loss: squared-error
"""
ALWAYS_DEAD = """\
network: {inputs: 1, layers: [{size: 1, activation: "max(0, x) - max(0, x)", bias: false}]}
parameters: {weights: [[[3]]]}
data: [{inputs: [4], targets: [0.5]}]
loss: squared-error
"""
TWENTY = ", ".join(["[1]"] * 20), ", ".join(["1"] * 20)
TOO_FEW_NUMBERS = f"""\
network: {{inputs: 1, layers: [{{size: 20, activation: linear, bias: false}}, {{size: 1, activation: linear}}]}}
parameters: {{weights: [[{TWENTY[0]}], [[{TWENTY[1]}]]], biases: [null, [1]]}}
data: [{{inputs: [4], targets: [2]}}]
loss: squared-error
"""
NOTHING_TO_DRAW = """\
network: {inputs: 1, layers: [{size: 1, activation: linear, bias: false}]}
parameters: {weights: [[[null]]]}
data: [{inputs: [0], targets: [1]}, {inputs: [1], targets: [0]}]
loss: squared-error
"""
ROUNDED = "numbers: {decimals: 1, carry: printed}\n"
NO_LOGARITHM = """\
network: {inputs: 1, layers: [{size: 1, activation: "-1 - e^x"}]}
parameters: {weights: [[[1]]], biases: [[1]]}
data: [{inputs: [1], targets: [1]}]
loss: binary-cross-entropy
"""


@pytest.mark.parametrize(
    ("text", "condition"),
    [
        (ALWAYS_AT_THE_KINK, "no pre-activation within 0.05 of a kink"),
        (ALWAYS_SATURATED, "no saturated sigmoid"),
        (ALWAYS_DEAD, "no dead ReLU"),
        (TOO_FEW_NUMBERS, "no two equal gradients of weights in one layer"),
        (NOTHING_TO_DRAW, "other numbers than before"),
        (NO_LOGARITHM, "every number exists"),
        (NO_LOGARITHM.replace("-1 - e^x", "1 - 1/(100 + e^x)") + ROUNDED, "every number exists"),
        (NO_LOGARITHM.replace("-1 - e^x", "log(-x^2)"), "every number exists"),
    ],
    ids=["kink", "saturated", "dead", "equal", "nothing", "logarithm", "rounded to 1", "no activation"],
)
def test_the_condition_that_cannot_be_met_is_named(text: str, condition: str):
    spec = load_text(HEAD + text)
    with pytest.raises(LimitationError) as caught:
        api.vary(spec, 1)
    assert condition in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("seed", [-1, True, 1.0, "1", None])
def test_a_seed_is_a_whole_number(seed: object):
    with pytest.raises(SpecError, match=r"^seed: got"):
        api.vary(load_text(AUTHORS["slides"]), seed)  # type: ignore[arg-type]


@pytest.mark.parametrize("above", ["data", "parameters"])
def test_parts_are_as_friendly_as_specs_of_their_own_and_share_what_they_shared(above: str):
    author = load_text(IN_PARTS[above])
    for seed in SEEDS:
        page = api.vary(author, seed)
        for one, before in zip(page.networks, author.networks, strict=True):
            assert breaches(api.dump(one), api.dump(before)) == [], f"seed {seed}\n{api.dump(page)}"
        first, second = page.networks
        assert getattr(first, above) == getattr(second, above) != getattr(author.networks[0], above)
        assert load_text(api.dump(page)).networks == page.networks


def test_softmax_keeps_targets_that_add_up():
    text = AUTHORS["softmax"].replace("class: 2", "targets: [0.2, 0.5, 0.3]")
    for seed in SEEDS:
        (sample,) = api.vary(load_text(text), seed).data
        assert sum(number.value for number in sample.targets) == 1


def test_the_tape_agrees_with_differences():
    for seed, values in wired_networks(range(24)):
        text = api.dump(load_mapping(values))
        done, network = Worked(read(text)).worked, read_network(values)
        expected = difference_gradients(network)
        for name in network.learned:
            assert abs(real(done.gradients[name]) - expected[name]) < 1e-25, (seed, name)


@pytest.mark.parametrize(
    "make", [wired_network, lambda seed: random_equations(seed).spec()], ids=["networks", "equations"]
)
def test_random_specs_are_varied_or_refused(make: Callable[[int], Any]):
    refused = 0
    for seed in range(20):
        spec = load_mapping(make(seed))
        try:
            text = api.dump(api.vary(spec, seed))
        except LimitationError:
            refused += 1
        else:
            assert breaches(text, api.dump(spec)) == [], f"seed {seed}\n{text}"
    assert refused <= 4


@pytest.mark.parametrize("name", VARIED)
def test_varied_examples_become_pages_without_kinks(name: str):
    for seed in SEEDS[:3]:
        assert api.render(varied(name, seed))
        assert {finding.verdict for finding in api.check(varied(name, seed))} <= {"agrees", "unknown"}
