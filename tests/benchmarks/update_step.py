"""One step of learning in float64: symback's generated code against code by hand, NumPy and micrograd.

The network has 21 parameters, ReLU in its hidden layers and half the squared error as its loss. Every side gets plain
numbers or arrays that are ready for it, and gives the updated parameters; all four give the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from micrograd.engine import Value
from micrograd.nn import MLP

from symback.derive.derivation import Derivation
from symback.graph.build import LEARNING_RATE, build_graph
from symback.spec.load import load_text
from symback.values.straight_line import compile_pass
from symback.written.nodes import NEW
from tests.benchmarks.measuring import Ratio, at_least, at_most, report, side_by_side
from tests.benchmarks.networks import SMALL, spec_text


def main() -> None:
    """Measure the generated step against the three others."""
    graph = build_graph(load_text(spec_text(SMALL, ("relu", "relu", "linear"))))
    given = (*graph.inputs, *graph.targets, LEARNING_RATE, *graph.parameters)
    numbers = [float(graph.given[name].value) for name in given]
    run = compile_pass(Derivation(graph), given, [parameter + NEW for parameter in graph.parameters])
    numpy_step, micrograd_step = Arrays(numbers), Neurons(numbers)
    for step in (lambda: by_hand(numbers), numpy_step, micrograd_step):
        np.testing.assert_allclose(step(), run(numbers), rtol=1e-12)

    def ours() -> list[float]:
        return run(numbers)

    report(
        "1-4-2-1, one step: generated code / code by hand", side_by_side(ours, lambda: by_hand(numbers)), at_most(1.5)
    )
    report("1-4-2-1, one step: NumPy / generated code", inverted(side_by_side(ours, numpy_step)), at_least(4))
    report("1-4-2-1, one step: micrograd / generated code", inverted(side_by_side(ours, micrograd_step)), at_least(40))


def inverted(ratio: Ratio) -> Ratio:
    """Return how many times slower the other side is."""
    return Ratio(1 / ratio.median, 1 / ratio.high, 1 / ratio.low)


def by_hand(numbers: Sequence[float]) -> list[float]:
    """Return the updated parameters, every scalar written out."""
    (x, t, rate, u1, u2, u3, u4, p1, p2, p3, p4,
     v11, v12, v13, v14, v21, v22, v23, v24, q1, q2, w1, w2, r) = numbers  # fmt: skip
    z1, z2, z3, z4 = u1 * x + p1, u2 * x + p2, u3 * x + p3, u4 * x + p4
    h1 = z1 if z1 > 0.0 else 0.0
    h2 = z2 if z2 > 0.0 else 0.0
    h3 = z3 if z3 > 0.0 else 0.0
    h4 = z4 if z4 > 0.0 else 0.0
    y1 = v11 * h1 + v12 * h2 + v13 * h3 + v14 * h4 + q1
    y2 = v21 * h1 + v22 * h2 + v23 * h3 + v24 * h4 + q2
    k1 = y1 if y1 > 0.0 else 0.0
    k2 = y2 if y2 > 0.0 else 0.0
    error = w1 * k1 + w2 * k2 + r - t
    e1 = error * w1 if y1 > 0.0 else 0.0
    e2 = error * w2 if y2 > 0.0 else 0.0
    d1 = e1 * v11 + e2 * v21 if z1 > 0.0 else 0.0
    d2 = e1 * v12 + e2 * v22 if z2 > 0.0 else 0.0
    d3 = e1 * v13 + e2 * v23 if z3 > 0.0 else 0.0
    d4 = e1 * v14 + e2 * v24 if z4 > 0.0 else 0.0
    return [
        u1 - rate * d1 * x, u2 - rate * d2 * x, u3 - rate * d3 * x, u4 - rate * d4 * x,
        p1 - rate * d1, p2 - rate * d2, p3 - rate * d3, p4 - rate * d4,
        v11 - rate * e1 * h1, v12 - rate * e1 * h2, v13 - rate * e1 * h3, v14 - rate * e1 * h4,
        v21 - rate * e2 * h1, v22 - rate * e2 * h2, v23 - rate * e2 * h3, v24 - rate * e2 * h4,
        q1 - rate * e1, q2 - rate * e2,
        w1 - rate * error * k1, w2 - rate * error * k2, r - rate * error,
    ]  # fmt: skip


def layers(numbers: Sequence[float]) -> list[tuple[list[list[float]], list[float]]]:
    """Return the parameters, which follow input, target and learning rate, as weights by neuron and biases."""
    rest, found = list(numbers[3:]), []
    for before, size in pairwise(SMALL):
        weights = [rest[place * before : (place + 1) * before] for place in range(size)]
        found.append((weights, rest[size * before : size * (before + 1)]))
        rest = rest[size * (before + 1) :]
    return found


class Arrays:
    """The step in NumPy, a matrix and a vector per layer."""

    def __init__(self, numbers: Sequence[float]) -> None:
        self.x, self.target, self.rate = np.array(numbers[:1]), np.array(numbers[1:2]), numbers[2]
        self.layers = [(np.array(weights), np.array(biases)) for weights, biases in layers(numbers)]

    def __call__(self) -> np.ndarray:
        """Return all updated parameters in one row."""
        activations, sums = [self.x], []
        for weights, biases in self.layers:
            sums.append(weights @ activations[-1] + biases)
            activations.append(np.maximum(sums[-1], 0.0))
        delta = sums[-1] - self.target
        updated = []
        for place in range(len(self.layers) - 1, -1, -1):
            weights, biases = self.layers[place]
            updated += [biases - self.rate * delta, (weights - self.rate * np.outer(delta, activations[place])).ravel()]
            if place:
                delta = (weights.T @ delta) * (sums[place - 1] > 0.0)
        return np.concatenate(updated[::-1])


class Neurons:
    """The step in micrograd: its own network, its own backward pass, every parameter moved."""

    def __init__(self, numbers: Sequence[float]) -> None:
        self.x, self.target, self.rate = list(numbers[:1]), numbers[1], numbers[2]
        self.network, self.parameters = MLP(SMALL[0], list(SMALL[1:])), []
        for layer, (weights, biases) in zip(self.network.layers, layers(numbers), strict=True):
            for neuron, row, bias in zip(layer.neurons, weights, biases, strict=True):
                neuron.w, neuron.b = [Value(weight) for weight in row], Value(bias)
            self.parameters += [weight for neuron in layer.neurons for weight in neuron.w]
            self.parameters += [neuron.b for neuron in layer.neurons]

    def __call__(self) -> list[float]:
        """Return all updated parameters; the network keeps its own."""
        self.network.zero_grad()
        error = self.network(self.x) - self.target
        (error * error * 0.5).backward()
        return [parameter.data - self.rate * parameter.grad for parameter in self.parameters]
