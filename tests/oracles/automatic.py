"""Oracle (c): HIPS autograd in float64, over whole matrices and in the spec's own orientation."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

import autograd
import autograd.numpy as np

from tests.oracles.functions import FLOATING, FUNCTIONS, LOSSES


def automatic_gradients(values: Mapping[str, Any]) -> dict[str, float]:
    """Return the derivative of the loss by every weight and bias of the network in the values of a spec, by id."""
    layers, parameters = values["network"]["layers"], values["parameters"]
    by_rows = parameters["orientation"] == "row"
    weights = [_array(matrix) for matrix in parameters["weights"]]
    biases = [_array(vector or [0] * layer["size"]) for layer, vector in zip(layers, _biases(values), strict=True)]
    (sample,) = values["data"]
    factor = float(Fraction(str(values["loss"]["factor"])))

    def loss(parameters: tuple[list[Any], list[Any]]) -> Any:
        vector = _array(sample["inputs"])
        for layer, matrix, bias in zip(layers, *parameters, strict=True):
            vector = (vector @ matrix if by_rows else matrix @ vector) + bias
            vector = FUNCTIONS[layer["activation"]](vector, FLOATING)
        return factor * np.sum(LOSSES[values["loss"]["kind"]](vector, _array(sample["targets"])))

    by_weights, by_biases = autograd.grad(loss)((weights, biases))
    found = {}
    for place, (matrix, vector) in enumerate(zip(by_weights, by_biases, strict=True), 1):
        for (to, source), slope in np.ndenumerate(matrix.T if by_rows else matrix):
            found[f"w.{place}.{to + 1}.{source + 1}"] = float(slope)
        if layers[place - 1].get("bias", True):
            found |= {f"b.{place}.{neuron}": float(slope) for neuron, slope in enumerate(vector, 1)}
    return found


def _biases(values: Mapping[str, Any]) -> list[Any]:
    return values["parameters"].get("biases") or [None] * len(values["network"]["layers"])


def _array(numbers: Any) -> Any:
    return np.array(numbers, dtype=float)
