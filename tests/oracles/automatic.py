"""Oracle (c): HIPS autograd in float64, over whole matrices, each a selection of one vector of parameters."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import autograd
import autograd.numpy as np
from autograd.tracer import getval

from tests.oracles.functions import FLOATING, FUNCTIONS, JOINT, LOSSES
from tests.oracles.network import Network, read_network


def automatic_gradients(values: Mapping[str, Any], sample: int = 1, root: str = "loss") -> dict[str, float]:
    """Return the derivative of a sample's loss by every weight and bias of the network in a spec's values, by id.

    Where the values have a penalty it is asked for with the root ``objective``.
    """
    layers, network = values["network"]["layers"], read_network(values, sample)
    names = tuple(network.parameters)
    row = values["data"][sample - 1]
    loss_values = values["loss"] if isinstance(values["loss"], Mapping) else {"kind": values["loss"]}
    network = read_network(values, sample)
    factor, targets = float(network.factor), _array([float(target) for target in network.targets])
    join = np.mean if loss_values.get("reduction", "sum") == "mean" else np.sum
    penalty = network.penalty
    penalised = _array([float(penalty.factor) if penalty and penalty.matches(name) else 0.0 for name in names])
    # Every matrix is a selection of the one vector of parameters, with zeros where there is no connection.
    matrices = [_selection(network, names, place) for place in range(1, len(layers) + 1)]

    def loss(theta: Any) -> Any:
        leaving = [_array(row["inputs"])]
        for place, (layer, (weights, biases)) in enumerate(zip(layers, matrices, strict=True), 1):
            parts = [leaving[number] for number in layer.get("from", [place - 1])]
            if layer.get("bias", True) == "input":
                parts.insert(0, np.ones(1))
            total = (weights @ theta) @ np.concatenate(parts) + biases @ theta
            total = _stated(values, f"z.{place}", total)
            words = layer["activation"]
            if isinstance(words, str) and words in JOINT:
                vector = np.array(JOINT[words](total, FLOATING))
            elif isinstance(words, str):
                vector = FUNCTIONS[words](total, FLOATING)
            else:
                vector = np.array([FUNCTIONS[word](one, FLOATING) for word, one in zip(words, total, strict=True)])
            leaving.append(_stated(values, f"a.{place}", vector))
        data = factor * join(LOSSES[loss_values["kind"]](leaving[-1], targets, FLOATING))
        return data + (np.sum(penalised * theta**2) if root == "objective" else 0.0)

    slopes = autograd.grad(loss)(_array([float(number) for number in network.parameters.values()]))
    return dict(zip(names, map(float, slopes), strict=True))


def _selection(network: Network, names: tuple[str, ...], place: int) -> tuple[Any, Any]:
    """Return what turns the vector of all parameters into the matrix of a layer, and into its vector of biases."""
    layer = network.layers[place - 1]
    weights = np.zeros((len(layer.weights), len(layer.sources), len(names)))
    biases = np.zeros((len(layer.weights), len(names)))
    for to, row in enumerate(layer.weights):
        for source, weight in enumerate(row):
            name = f"w.{place}.{to + 1}.{source + layer.first}"
            if weight is not None:
                weights[to, source, names.index(network.tied.get(name, name))] = 1
        if layer.biases:
            name = f"b.{place}" if layer.shares_bias else f"b.{place}.{to + 1}"
            biases[to, names.index(network.tied.get(name, name))] = 1
    return weights, biases


def _stated(values: Mapping[str, Any], prefix: str, vector: Any) -> Any:
    """Put stated values in place of what was computed, without a change in what the vector depends on."""
    for neuron in range(len(vector)):
        number = values.get("given", {}).get(f"{prefix}.{neuron + 1}")
        if number is not None:
            unit = np.eye(len(vector))[neuron]
            vector = vector + unit * (float(number) - getval(vector)[neuron])
    return vector


def _array(numbers: Any) -> Any:
    return np.array(numbers, dtype=float)
