"""The example specs as plain values, read from their files by PyYAML alone."""

from __future__ import annotations

import random
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from tests.oracles.network import read_samples
from tests.oracles.random_networks import is_comparable

FOLDER = Path(__file__).parents[2] / "symback" / "examples"
OF_EQUATIONS = ("circuit", "logistic-regression", "recurrence", "single-neuron", "two-networks")
OF_THEIR_OWN = ("online", "parts", "upstream", *OF_EQUATIONS)
"""Examples of several steps, several networks, a network without a loss, and equations, which have their own tests."""

IN_PIECES = ("online", "parts")
"""Examples on whose pages a symbol has several values, one in each step or part: these are judged one by one."""

EXAMPLES = tuple(sorted(path.stem for path in FOLDER.glob("*.yaml") if path.stem not in OF_THEIR_OWN))


def example(name: str) -> dict[str, Any]:
    """Return the values of one example; the decimals of the examples survive a float."""
    values: dict[str, Any] = yaml.safe_load((FOLDER / f"{name}.yaml").read_text(encoding="utf-8"))
    update = values.get("update", {})
    if True in update:  # PyYAML takes the word on for a truth value
        update["on"] = update.pop(True)
    return values


def filled(values: Mapping[str, Any], seed: int = 0) -> dict[str, Any]:
    """Return the same values with random decimals in place of the unknown weights and biases."""
    draw = random.Random(seed)

    def fill(part: Any) -> Any:
        if isinstance(part, list):
            return [f"{draw.uniform(-2, 2):.3f}" if number is None else fill(number) for number in part]
        return part

    parameters = dict(values["parameters"])
    parameters["weights"] = fill(parameters["weights"])
    if parameters.get("biases"):
        parameters["biases"] = [row and fill(row) for row in parameters["biases"]]
    return {**values, "parameters": parameters}


def smooth(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the same values without the samples at a kink, where differences say nothing."""
    complete = filled(values)
    kept = [
        sample for sample, network in zip(values["data"], read_samples(complete), strict=True) if is_comparable(network)
    ]
    return {**values, "data": kept}
