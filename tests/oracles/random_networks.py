"""Random networks as the plain values of a spec, from a seed: the same seed gives the same network for ever."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import count
from typing import Any

from tests.oracles.functions import DECIMAL, FUNCTIONS
from tests.oracles.network import Network, read_network

KINK_DISTANCE = Fraction(1, 1000)
"""No pre-activation of a random network lies nearer to a kink of its activation."""

LARGEST = 30
"""No pre-activation is larger: beyond, float64 loses what the exact numbers keep."""


def random_networks(seeds: Sequence[int]) -> list[tuple[int, Mapping[str, Any]]]:
    """Return the values of one spec for each seed, with the seed."""
    return [(seed, random_network(seed)) for seed in seeds]


def random_network(seed: int) -> Mapping[str, Any]:
    """Return the values of a spec: 1 to 3 layers of hidden neurons, 1 to 4 neurons each, one or several outputs.

    The activation of the first layer goes through the whole list as seeds go up; the rest is drawn.
    """
    for attempt in count():
        values = _draw(random.Random(f"{seed}/{attempt}"), seed)
        if is_comparable(read_network(values)):
            return values
    raise AssertionError("count() does not end")


def is_comparable(network: Network) -> bool:
    """Return whether every pre-activation is of moderate size and away from the kinks of its activation."""
    found = network.forward(network.numbers(DECIMAL), {}, DECIMAL)
    for place, layer in enumerate(network.layers, 1):
        for neuron in range(1, len(layer.weights) + 1):
            z = found[f"z.{place}.{neuron}"]
            if abs(z) > LARGEST or any(
                abs(z - DECIMAL.number(kink)) < DECIMAL.number(KINK_DISTANCE) for kink in layer.function.kinks
            ):
                return False
    return True


def _draw(draw: random.Random, seed: int) -> dict[str, Any]:
    words = list(FUNCTIONS)
    sizes = [draw.randint(1, 4) for _ in range(draw.randint(1, 3) + 2)]
    layers = [
        {"size": size, "activation": draw.choice(words), "bias": draw.random() < 0.7} for size in sizes[1:]
    ]
    layers[0]["activation"] = words[seed % len(words)]
    orientation = draw.choice(["row", "column"])
    shapes = [
        (before, after) if orientation == "row" else (after, before)
        for before, after in zip(sizes, sizes[1:], strict=False)
    ]
    values: dict[str, Any] = {
        "schema": 1,
        "network": {"inputs": sizes[0], "layers": layers},
        "parameters": {
            "orientation": orientation,
            "weights": [[[_decimal(draw, 1.5) for _ in range(columns)] for _ in range(rows)] for rows, columns in shapes],
        },
        "data": [
            {
                "inputs": [_decimal(draw, 3) for _ in range(sizes[0])],
                "targets": [_decimal(draw, 2) for _ in range(sizes[-1])],
            }
        ],
        "loss": {"kind": "squared-error", "factor": draw.choice(["1", "1/2", "3/4"])},
        "finite_difference": {"scheme": draw.choice(["forward", "central"])},
    }
    if any(layer["bias"] for layer in layers):
        values["parameters"]["biases"] = [
            [_decimal(draw, 1.5) for _ in range(layer["size"])] if layer["bias"] else None for layer in layers
        ]
    if draw.random() < 0.7:
        values["update"] = {"learning_rate": draw.choice(["0.1", "0.25", "0.005", "1"])}
    return values


def _decimal(draw: random.Random, largest: float) -> str:
    """Return a decimal with 1 to 3 digits behind the point; one in fifteen is zero."""
    if draw.random() < 1 / 15:
        return "0"
    digits = draw.randint(1, 3)
    return f"{draw.uniform(-largest, largest):.{digits}f}"
