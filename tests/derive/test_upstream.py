"""Given upstream gradients: what follows from them against differences of gradient times output, and their problems."""

from __future__ import annotations

import random
from collections.abc import Mapping
from typing import Any

import mpmath
import pytest

import symback
from symback import LimitationError, SpecError, resources
from tests.checker import check_page
from tests.oracles.differences import DECIMAL, DIGITS, slope
from tests.oracles.network import read_samples
from tests.oracles.random_networks import random_network
from tests.oracles.reading import error
from tests.pages.following import CARRIES

NETWORK = {
    "schema": 1,
    "network": {"inputs": 2, "layers": [{"size": 2, "activation": "relu"}, {"size": 2, "activation": "sigmoid"}]},
    "parameters": {
        "weights": [[["0.4", "-0.2"], ["0.1", "0.7"]], [["1.5", "-0.6"], ["1", "2"]]],
        "biases": [["0", "1"], ["1", "2"]],
    },
    "data": [{"inputs": ["1", "0.5"]}],
    "given": {"loss:a.2.1": "0.3", "loss:a.2.2": "-0.2"},
}


def without_loss(seed: int) -> tuple[Mapping[str, Any], dict[str, str], Mapping[str, Any]]:
    """Return a random network with given gradients, these, and the network with the loss that it had."""
    draw = random.Random(seed)
    whole = {key: part for key, part in random_network(seed).items() if key not in ("given", "update")}
    whole["data"] = whole["data"][:1]
    layers = whole["network"]["layers"]
    given = {f"loss:a.{len(layers)}.{place + 1}": f"{draw.uniform(-2, 2):.2f}" for place in range(layers[-1]["size"])}
    values = {key: part for key, part in whole.items() if key != "loss"}
    values |= {"data": [{"inputs": whole["data"][0]["inputs"]}], "given": given, "update": {"learning_rate": "0.5"}}
    return values, given, whole


@pytest.mark.parametrize("seed", range(40))
def test_gradients_are_those_of_gradient_times_output(seed: int):
    values, given, whole = without_loss(seed)
    (network,) = read_samples(whole)
    found = symback.evaluate(symback.load(values))
    assert found["loss"] is None
    assert not any(name.startswith(("t.", "loss")) for name in found["values"] | found["gradients"])
    with mpmath.workdps(DIGITS):
        numbers = network.numbers(DECIMAL)

        def total(name: str, shift: mpmath.mpf) -> mpmath.mpf:
            moved = network.forward({**numbers, name: numbers[name] + shift}, DECIMAL)
            return sum(mpmath.mpf(text) * moved[key.removeprefix("loss:")] for key, text in given.items())

        for name, value in network.parameters.items():
            expected = slope(lambda shift, name=name: total(name, shift))
            assert error(mpmath.mpf(found["gradients"][name]), expected) < 1e-14
            new = mpmath.mpf(value.numerator) / value.denominator - expected / 2
            assert error(mpmath.mpf(found["updated"][name]), new) < 1e-14


def test_check_agrees():
    assert {finding.verdict for finding in symback.check(symback.load(NETWORK))} == {"agrees"}


@pytest.mark.parametrize("carry", CARRIES)
@pytest.mark.parametrize("style", resources.styles())
def test_links_hold_and_no_loss_is_worked_out(style: str, carry: str):
    spec = symback.load({**NETWORK, "numbers": {"carry": carry}})
    page = symback.render(spec, style=style)
    report = check_page(page, rounding="half-up", carry=carry)
    assert report.failed == []
    assert report.judged > 5
    assert not any(word in page for word in ("Target", "the target", "Prediction", "squared", "Difference check"))


@pytest.mark.parametrize("kind", ["worksheet", "solution"])
def test_sheets_state_the_gradients_and_ask_for_no_loss(kind: str):
    page = symback.render(symback.load(NETWORK), style="scalar-check", kind=kind)
    assert "the upstream gradient: $u_1$" in page
    assert "Work out the loss" not in page


def test_an_upstream_gradient_that_is_not_given_stays_a_symbol_and_zero_times_it_is_zero():
    given = {"loss:a.2.2": "-0.2"}
    parameters = {
        **NETWORK["parameters"],
        "weights": [NETWORK["parameters"]["weights"][0], [["0", "-0.6"], ["1", "2"]]],
    }
    gradients = symback.evaluate(symback.load({**NETWORK, "given": given, "parameters": parameters}))["gradients"]
    assert {name for name, number in gradients.items() if number is None} == {
        *("a.2.1", "z.2.1", "w.2.1.1", "w.2.1.2", "b.2.1"),  # fed by the unknown gradient
        *("a.1.2", "z.1.2", "w.1.2.1", "w.1.2.2", "b.1.2"),  # w.2.1.1 is 0: nothing gets to the first neuron
    }


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"given": {}}, 'loss: got nothing; expected the key "loss", or under given the gradients loss:OUTPUT'),
        ({"loss": "squared-error"}, 'data.1.targets: got nothing; expected the key "targets"'),
        ({"loss": "squared-error"}, 'given.loss:a.2.1: got "loss:a.2.1"; expected no given gradient besides a loss'),
        (
            {"data": [{"inputs": ["1", "2"], "targets": ["1", "2"]}]},
            "data.1.targets: got targets; expected none without",
        ),
        ({"given": {"loss:a.2.3": "1"}}, 'given.loss:a.2.3: got "loss:a.2.3"'),
        ({"given": {"loss": "1", "loss:a.2.1": "1"}}, 'given.loss: got "loss"'),
    ],
)
def test_problems_say_what_is_missing(changes: Mapping[str, Any], said: str):
    with pytest.raises((SpecError, LimitationError)) as found:
        symback.load({**NETWORK, **changes})
    assert any(line.startswith(said) for line in str(found.value).splitlines()), str(found.value)
