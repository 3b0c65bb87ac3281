"""Learning sample by sample: every step's numbers against the oracle, and every line of every step."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import mpmath
import pytest

import symback
from symback import resources
from tests.checker import check_page
from tests.oracles.examples import example
from tests.oracles.reading import error
from tests.pages.following import CARRIES
from tests.pages.steps import cut, in_full, learned

VALUES = {
    "schema": 1,
    "network": {"inputs": 2, "layers": [{"size": 2, "activation": "tanh"}, {"size": 1, "activation": "sigmoid"}]},
    "parameters": {
        "weights": [[["0.4", "-0.2"], ["0.1", "0.7"]], [["1.5", "-0.6"]]],
        "biases": [["0.0", "0.3"], ["0.25"]],
    },
    "data": [
        {"inputs": ["1", "0.5"], "targets": ["1"]},
        {"inputs": ["-1", "1"], "targets": ["0"]},
        {"inputs": ["0.5", "2"], "targets": ["1"]},
    ],
    "loss": {"kind": "squared-error", "factor": "1/2"},
    "update": {"learning_rate": "0.5", "on": "each"},
}


@pytest.mark.parametrize("epochs", [1, 3])
def test_every_step_starts_where_the_one_before_ended(epochs: int):
    values = {**VALUES, "update": {**VALUES["update"], "epochs": epochs}}
    steps = symback.evaluate(symback.load(values))["steps"]
    assert [step["sample"] for step in steps] == [1, 2, 3] * epochs
    for step, after in zip(steps, learned(values)[1:], strict=True):
        assert set(step["updated"]) == set(after)
        assert all(error(mpmath.mpf(step["updated"][name]), value) < 1e-15 for name, value in after.items())


@pytest.mark.parametrize("carry", CARRIES)
@pytest.mark.parametrize("style", resources.styles())
@pytest.mark.parametrize("values", [VALUES, example("online")], ids=["tanh", "example"])
def test_every_link_of_every_step_holds(values: Mapping[str, Any], style: str, carry: str):
    spec = symback.load({**values, "numbers": {"carry": carry}})
    first, steps, _ = cut(symback.render(spec, style=style))
    assert len(steps) == 2
    assert check_page(first, rounding="half-up", carry=carry).failed == []
    for step, before in zip(steps, learned(values)[1:], strict=False):
        stated = in_full(spec, style, before) if carry == "exact" else ""
        report = check_page(stated + step, rounding="half-up", carry=carry)
        assert report.failed == []
        assert report.judged > 5


@pytest.mark.parametrize("style", resources.styles())
def test_tables_have_the_parameters_after_every_step(style: str):
    page = symback.render(symback.load(VALUES), style=style)
    rows = [line.strip("| ").split(" | ") for line in cut(page)[2].splitlines() if line.startswith("| ")][2:]
    rows = [row for row in rows if row[0].isdigit()]
    for row, numbers in zip(rows, learned(VALUES), strict=True):
        printed = sorted(mpmath.mpf(cell.strip("$")) for cell in row[1:])
        assert all(abs(one - two) <= 0.00005 for one, two in zip(printed, sorted(numbers.values()), strict=True))


def test_printed_numbers_are_carried_from_step_to_step():
    """With one decimal carried, a gradient that prints as its first digits moves a weight by what it prints."""
    values = {**VALUES, "network": {"inputs": 1, "layers": [{"size": 1, "activation": "x", "bias": False}]}}
    values |= {"parameters": {"weights": [[["0.3"]]]}, "loss": {"kind": "squared-error", "factor": "1/2"}}
    values |= {"data": [{"inputs": ["0.7"], "targets": ["1"]}] * 2, "numbers": {"decimals": 2, "carry": "printed"}}
    _, (step,), _ = cut(symback.render(symback.load(values), style="scalar-check"))
    # a = 0.21, ∂L/∂a = -0.79, ∂L/∂w = -0.55, w = 0.3 + 0.5 × 0.55 = 0.58 (half up); then a = 0.41
    assert "0.58 * 0.7 = 0.41" in step


def test_steps_of_carry_exact_do_not_round_in_between():
    steps = symback.evaluate(symback.load({**VALUES, "numbers": {"carry": "printed", "decimals": 1}}))["steps"]
    assert error(mpmath.mpf(steps[-1]["updated"]["w.1.1.1"]), learned(VALUES)[-1]["w.1.1.1"]) < 1e-15
