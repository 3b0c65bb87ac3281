"""Oracle (c): HIPS autograd in float64, over whole matrices and in the spec's own orientation."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import autograd
import autograd.numpy as np
from autograd.tracer import getval

from tests.oracles.functions import FLOATING, FUNCTIONS, JOINT, LOSSES
from tests.oracles.network import read_network


def automatic_gradients(values: Mapping[str, Any], sample: int = 1) -> dict[str, float]:
    """Return the derivative of a sample's loss by every weight and bias of the network in a spec's values, by id."""
    layers, parameters = values["network"]["layers"], values["parameters"]
    by_rows = parameters.get("orientation", "column") == "row"
    weights = [_array(matrix) for matrix in parameters["weights"]]
    biases = [_array(vector or [0] * layer["size"]) for layer, vector in zip(layers, _biases(values), strict=True)]
    row = values["data"][sample - 1]
    loss_values = values["loss"] if isinstance(values["loss"], Mapping) else {"kind": values["loss"]}
    network = read_network(values, sample)
    factor, targets = float(network.factor), _array([float(target) for target in network.targets])
    join = np.mean if loss_values.get("reduction", "sum") == "mean" else np.sum

    def loss(parameters: tuple[list[Any], list[Any]]) -> Any:
        vector = _array(row["inputs"])
        for place, (layer, matrix, bias) in enumerate(zip(layers, *parameters, strict=True), 1):
            total = (vector @ matrix if by_rows else matrix @ vector) + bias
            total = _stated(values, f"z.{place}", total)
            joint = JOINT.get(layer["activation"])
            activated = np.array(joint(total, FLOATING)) if joint else FUNCTIONS[layer["activation"]](total, FLOATING)
            vector = _stated(values, f"a.{place}", activated)
        return factor * join(LOSSES[loss_values["kind"]](vector, targets, FLOATING))

    by_weights, by_biases = autograd.grad(loss)((weights, biases))
    found = {}
    for place, (matrix, vector) in enumerate(zip(by_weights, by_biases, strict=True), 1):
        for (to, source), slope in np.ndenumerate(matrix.T if by_rows else matrix):
            found[f"w.{place}.{to + 1}.{source + 1}"] = float(slope)
        if layers[place - 1].get("bias", True):
            found |= {f"b.{place}.{neuron}": float(slope) for neuron, slope in enumerate(vector, 1)}
    return found


def _stated(values: Mapping[str, Any], prefix: str, vector: Any) -> Any:
    """Put stated values in place of what was computed, without a change in what the vector depends on."""
    for neuron in range(len(vector)):
        number = values.get("given", {}).get(f"{prefix}.{neuron + 1}")
        if number is not None:
            unit = np.eye(len(vector))[neuron]
            vector = vector + unit * (float(number) - getval(vector)[neuron])
    return vector


def _biases(values: Mapping[str, Any]) -> list[Any]:
    return values["parameters"].get("biases") or [None] * len(values["network"]["layers"])


def _array(numbers: Any) -> Any:
    return np.array(numbers, dtype=float)
