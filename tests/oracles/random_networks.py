"""Random networks as the plain values of a spec, from a seed: the same seed gives the same network for ever."""

from __future__ import annotations

import copy
import random
from collections.abc import Iterable, Mapping
from itertools import pairwise
from typing import Any

from tests.oracles.functions import DECIMAL, FUNCTIONS
from tests.oracles.network import Network, read_network, read_samples

KINK_DISTANCE = 1e-3
"""No pre-activation of a random network lies nearer to a kink of its activation."""

LARGEST = 8
"""No pre-activation is larger: beyond, float64 loses what the exact numbers keep."""

LEAST_CHANCE = 0.01
"""No output under the cross-entropy lies nearer to 0 or 1, where its derivatives grow without bound."""

WORDS = tuple(FUNCTIONS)
PROBABILITIES = ("sigmoid", "e^(-x^2)")
"""Activations whose values lie between 0 and 1, as the cross-entropy needs them."""

CHANCES = ("binary-cross-entropy", "cross-entropy", "negative-log-likelihood")
"""Losses of probabilities."""

JOINT = "softmax"


def random_networks(seeds: Iterable[int]) -> list[tuple[int, Mapping[str, Any]]]:
    """Return the values of one spec for each seed, with the seed."""
    return [(seed, random_network(seed)) for seed in seeds]


def random_network(seed: int) -> Mapping[str, Any]:
    """Return the values of a spec: 1 to 3 layers of hidden neurons, 1 to 4 neurons each, one or several outputs.

    The activation of the first layer goes through the whole list as seeds go up; the rest is drawn, until every
    number of every sample can be compared.
    """
    draw = random.Random(seed)
    while not all(map(is_comparable, read_samples(values := _draw(draw, WORDS[seed % len(WORDS)])))):
        pass
    return with_penalty(values, seed)


def with_penalty(values: Mapping[str, Any], seed: int, chance: float = 0.3) -> Mapping[str, Any]:
    """Return the same values with a penalty, by chance; nothing else changes with it."""
    draw = random.Random(f"penalty {seed}")
    if draw.random() >= chance:
        return values
    names = list(read_network(values, 1).parameters)
    penalty: dict[str, Any] = {"kind": draw.choice(["l2", "half-l2"]), "factor": draw.choice(["0.01", "0.5", "1/8"])}
    of = draw.choice([None, ["*"], sorted(draw.sample(names, draw.randint(1, len(names))))])
    if of is not None:
        penalty["of"] = of
    return {**values, "loss": {**values["loss"], "penalty": penalty}}


def with_unknowns(values: Mapping[str, Any], seed: int) -> Mapping[str, Any]:
    """Return the same values with one to three weights or biases unknown."""
    draw, holed = random.Random(seed), copy.deepcopy(dict(values))
    parameters = holed["parameters"]
    rows = [row for matrix in parameters["weights"] for row in matrix]
    rows += [row for row in parameters.get("biases", ()) if row]
    for row in draw.choices(rows, k=draw.randint(1, 3)):
        row[draw.randrange(len(row))] = None
    return holed


def is_comparable(network: Network) -> bool:
    """Return whether pre-activations are of moderate size and away from kinks, and probabilities away from 0 and 1."""
    numbers = network.numbers(DECIMAL)
    found = network.forward(numbers, DECIMAL)
    for place, layer in enumerate(network.layers, 1):
        for neuron in range(1, len(layer.weights) + 1):
            z = found[f"z.{place}.{neuron}"]
            function = layer.functions[neuron - 1]
            points = (*function.kinks, *function.seams)
            if abs(z) > LARGEST or any(abs(z - DECIMAL.number(point)) < KINK_DISTANCE for point in points):
                return False
    outputs = [found[f"a.{len(network.layers)}.{neuron}"] for neuron in range(1, len(network.targets) + 1)]
    if network.loss == "absolute-error":
        return all(abs(y - numbers[f"t.{place}"]) > KINK_DISTANCE for place, y in enumerate(outputs, 1))
    return network.loss not in CHANCES or all(LEAST_CHANCE < y < 1 - LEAST_CHANCE for y in outputs)


def _draw(draw: random.Random, first: str) -> dict[str, Any]:
    sizes = [draw.randint(1, 4) for _ in range(draw.randint(1, 3) + 2)]
    layers = [{"size": size, "activation": draw.choice(WORDS), "bias": draw.random() < 0.7} for size in sizes[1:]]
    layers[0]["activation"] = first
    loss = {"kind": "squared-error", "factor": draw.choice(["1", "1/2", "3/4"])}
    target = [decimal(draw, 2) for _ in range(sizes[-1] * 3)]
    if draw.random() < 0.3:
        layers[-1]["activation"] = draw.choice(PROBABILITIES)
        loss["kind"] = draw.choice(["binary-cross-entropy", "cross-entropy"])
        target = [draw.choice(["0", "1", "0.25"]) for _ in target]
    elif draw.random() < 0.2:
        loss["kind"] = "absolute-error"
    loss["factor"] = draw.choice([loss["factor"], loss["factor"], "1/n", "1/(2n)"])
    joint = [place for place, layer in enumerate(layers) if layer["size"] > 1 and draw.random() < 0.12]
    for place in joint:
        layers[place]["activation"] = JOINT
    if sizes[-1] > 1 and draw.random() < 0.25:
        layers[-1]["activation"] = JOINT
        loss["kind"] = draw.choice(["cross-entropy", "negative-log-likelihood", "squared-error"])
    if draw.random() < 0.3:
        loss["reduction"] = "mean"
    orientation = draw.choice(["row", "column"])
    values: dict[str, Any] = {
        "schema": 1,
        "network": {"inputs": sizes[0], "layers": layers},
        "parameters": {
            "orientation": orientation,
            "weights": [
                [[decimal(draw, 1.5) for _ in range(columns)] for _ in range(rows)]
                for rows, columns in (pair if orientation == "row" else pair[::-1] for pair in pairwise(sizes))
            ],
        },
        "data": [
            {"inputs": [decimal(draw, 3) for _ in range(sizes[0])]} | aim(draw, loss["kind"], target[place::3])
            for place in range(draw.choice([1, 1, 1, 2, 3]))
        ],
        "loss": loss,
    }
    if any(layer["bias"] for layer in layers):
        values["parameters"]["biases"] = [
            [decimal(draw, 1.5) for _ in range(layer["size"])] if layer["bias"] else None for layer in layers
        ]
    if draw.random() < 0.7:
        values["update"] = {
            "learning_rate": draw.choice(["0.1", "0.25", "0.005", "1"]),
            "on": draw.choice(["batch", len(values["data"])]),
            "reduction": draw.choice(["mean", "sum"]),
        }
    if draw.random() < 0.25:
        place = draw.randrange(len(layers))
        values["given"] = {f"z.{place + 1}.{draw.randint(1, layers[place]['size'])}": decimal(draw, 2)}
    return values


def aim(draw: random.Random, loss: str, targets: list[str]) -> dict[str, Any]:
    """Return targets as the loss can have them: numbers, or the class that is the right one, in either spelling."""
    right = draw.randint(1, len(targets))
    one_hot = [str(int(place == right)) for place in range(1, len(targets) + 1)]
    if loss == "negative-log-likelihood" or (loss == "cross-entropy" and draw.random() < 0.5):
        return {"class": right} if len(targets) > 1 and draw.random() < 0.7 else {"targets": one_hot}
    return {"targets": targets}


def decimal(draw: random.Random, largest: float) -> str:
    """Return a decimal with 1 to 3 digits behind the point; one in fifteen is zero."""
    if draw.random() < 1 / 15:
        return "0"
    return f"{draw.uniform(-largest, largest):.{draw.randint(1, 3)}f}"
