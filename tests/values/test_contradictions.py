"""Stated values against the oracle's own forward pass: what was rounded contradicts nothing, what was changed does."""

from __future__ import annotations

import random
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

import symback
from tests.oracles.functions import DECIMAL
from tests.oracles.network import BEFORE_SHIFTS, read_samples
from tests.oracles.random_networks import random_network

SEEDS = range(40)


def single(seed: int) -> dict[str, Any]:
    """Return a random network with one sample, nothing stated, and a loss that every output has."""
    values = {key: part for key, part in random_network(seed).items() if key not in ("given", "update")}
    return {**values, "data": values["data"][:1], "loss": "squared-error"}


def true_values(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return every pre-activation and activation, to 50 digits."""
    (network,) = read_samples(values)
    found = network.forward(network.numbers(DECIMAL), DECIMAL)
    return {name: found[name] for name in network.intermediate if name.startswith(("z", "a"))}


def found_in(values: Mapping[str, Any]) -> list[dict[str, Any]]:
    return symback.evaluate(symback.load(values))["contradictions"]


@pytest.mark.parametrize("seed", SEEDS)
def test_rounded_values_contradict_nothing(seed: int):
    draw, values = random.Random(seed), single(seed)
    true = true_values(values)
    for decimals in (1, 2, 4):
        names = draw.sample(sorted(true), draw.randint(1, len(true)))
        stated = {name: f"{float(true[name]):.{decimals}f}" for name in names}
        assert found_in({**values, "given": stated}) == []


@pytest.mark.parametrize("seed", SEEDS)
def test_a_changed_value_is_found_with_what_the_oracle_makes_of_it(seed: int):
    draw, values = random.Random(seed), single(seed)
    true = true_values(values)
    name = draw.choice(sorted(true))
    change = draw.choice([-1, 1]) * draw.uniform(0.006, 1)
    stated = f"{float(true[name]) + change:.2f}"
    (found,) = found_in({**values, "given": {name: stated}})
    assert (found["quantity"], found["sample"], found["stated"]) == (name, 1, stated)
    assert abs(Fraction(found["worked_out"]) - Fraction(str(true[name]))) < Fraction(1, 10**14)


@pytest.mark.parametrize("seed", SEEDS)
def test_only_what_cannot_be_rounding_is_found(seed: int):
    """Half a unit of the last digit is rounding: what is stated in the first layer decides alone."""
    draw, values = random.Random(seed), single(seed)
    (network,) = read_samples(values)
    weights, bias = network.layers[0].weights[0], (*network.layers[0].biases, 0)[0]
    exact = bias + sum(weight * entry for weight, entry in zip(weights, network.inputs, strict=True))
    decimals = draw.randint(1, 3)
    unit = Fraction(1, 10**decimals)
    for steps in range(-2, 3):
        stated = (round(exact / unit) + steps) * unit
        text = f"{float(stated):.{decimals}f}"
        is_rounding = abs(stated - exact) <= unit / 2
        assert (found_in({**values, "given": {"z.1.1": text}}) == []) is is_rounding


def test_stated_values_are_judged_by_those_stated_before_them():
    values = single(3)
    (network,) = read_samples({**values, "given": {"z.1.1": "7.5"}})
    found = network.forward(network.numbers(DECIMAL), DECIMAL)
    follower = {"a.1.1": f"{float(found['a.1.1']):.6f}"}
    contradictions = found_in({**values, "given": {"z.1.1": "7.500000", **follower}})
    assert [each["quantity"] for each in contradictions] == ["z.1.1"]
    assert abs(Fraction(contradictions[0]["worked_out"]) - Fraction(str(found[BEFORE_SHIFTS + "z.1.1"]))) < 1e-14


def test_every_sample_is_looked_at():
    values = single(3)
    other = {**values["data"][0], "inputs": [str(Decimal(text) + 1) for text in values["data"][0]["inputs"]]}
    name, true = "z.1.1", true_values(values)
    stated = {name: f"{float(true[name]):.4f}"}
    found = found_in({**values, "data": [values["data"][0], other], "given": stated})
    assert [(each["quantity"], each["sample"]) for each in found] == [(name, 2)]


def test_what_is_not_known_contradicts_nothing():
    assert symback.evaluate(symback.load("formula-sheet"))["contradictions"] == []
