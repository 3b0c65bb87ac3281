"""Specs of authors that are varied in the tests: the examples, and others with something of their own."""

from __future__ import annotations

from tests.oracles.examples import FOLDER

HEAD = "schema: 1\n"
OWN = {
    "truth table, worked sample 0 0": """\
network: {inputs: 2, layers: [{size: 2, activation: relu}, {size: 1, activation: sigmoid}]}
parameters: {weights: [[[1, 0.5], [-0.5, 1]], [[-1, 0.5]]], biases: [[1, 0.5], [1]]}
data: [{inputs: [0, 0], targets: [0]}, {inputs: [0, 1], targets: [1]}, {inputs: [1, 0], targets: [1]},
  {inputs: [1, 1], targets: [0]}]
loss: binary-cross-entropy
update: {learning_rate: 0.1, on: 1}
""",
    "truth table, worked sample 1 1": """\
network: {inputs: 2, layers: [{size: 2, activation: sigmoid}, {size: 1, activation: sigmoid}]}
parameters: {weights: [[[1, 0.5], [-0.5, 1]], [[-1, 0.5]]], biases: [[1, 0.5], [1]]}
data: [{inputs: [0, 0], targets: [0]}, {inputs: [1, 1], targets: [0]}, {inputs: [1, 0], targets: [1]}]
loss: binary-cross-entropy
update: {learning_rate: 0.1, on: 2}
""",
    "biases that begin at 0": """\
network: {inputs: 2, layers: [{size: 3, activation: relu}, {size: 2, activation: linear}]}
parameters: {weights: [[[1.0, 0.5], [-0.5, 1.0], [0.2, 0.4]], [[-1.0, 0.5, 0.3], [0.1, 0.2, 0.3]]],
  biases: [[0, 0, 0], [0, 0]]}
data: [{inputs: [1.5, -0.5], targets: [0.5, 1.0]}]
loss: {kind: squared-error, factor: 1/2, reduction: mean}
""",
    "targets between 0 and 1": """\
network: {inputs: 2, layers: [{size: 2, activation: sigmoid}, {size: 2, activation: sigmoid}]}
parameters: {weights: [[[0.15, 0.20], [0.25, 0.30]], [[0.40, 0.45], [0.50, 0.55]]],
  biases: [[0.35, 0.35], [0.60, 0.60]]}
data: [{inputs: [0.05, 0.10], targets: [0.01, 0.99]}]
loss: {kind: squared-error, factor: 1/2}
update: {learning_rate: 0.5}
""",
    "absolute error of three outputs": """\
network: {inputs: 2, layers: [{size: 3, activation: linear}]}
parameters: {weights: [[[0.4, -0.2], [0.1, 0.7], [0.3, 0.5]]], biases: [[0.1, 0.2, -0.3]]}
data: [{inputs: [1.5, -0.5], targets: [0.5, 1.0, 0.2]}]
loss: {kind: absolute-error, factor: 1/n}
""",
    "a circuit with a maximum": """\
equations: ["f = max(x, y) * z"]
values: {x: 2, y: -1.5, z: 0.5}
""",
    "several epochs with ReLU": """\
network: {inputs: 2, layers: [{size: 2, activation: relu}, {size: 1, activation: linear}]}
parameters: {weights: [[[0.4, -0.2], [0.1, 0.7]], [[0.5, -0.6]]], biases: [[0.5, 0.3], [0.25]]}
data: [{inputs: [1.0, 0.5], targets: [1.0]}, {inputs: [0.5, 1.5], targets: [0.5]}]
loss: {kind: squared-error, factor: 1/2}
update: {learning_rate: 0.1, on: each, epochs: 2}
""",
    "whole numbers": """\
network: {inputs: 2, layers: [{size: 2, activation: relu, bias: false}, {size: 1, activation: linear, bias: false}]}
parameters: {orientation: row, weights: [[[1, -2], [3, 1]], [[2], [-1]]]}
data: [{inputs: [1, 2], targets: [1]}]
loss: squared-error
""",
    "stated values, half of them unknown": """\
network: {inputs: 2, layers: [{size: 2, activation: relu, bias: false}, {size: 2, activation: sigmoid, bias: false}]}
parameters: {weights: [[[null, null], [null, null]], [[-1.40, null], [-0.81, null]]]}
data: [{inputs: [1, 1], targets: [0, 1]}]
given: {z.1.1: 0.61, a.1.1: 0.61, z.1.2: -0.64, a.1.2: 0.00, z.2.1: -0.85, a.2.1: 0.30, z.2.2: -0.49, a.2.2: 0.38}
loss: squared-error
""",
    "deep, four decimals, several real samples": """\
network: {inputs: 3, layers: [{size: 4, activation: relu}, {size: 4, activation: tanh(x)},
  {size: 2, activation: "max(x, 0.1*x)"}]}
parameters: {weights: [[[0.1234, 0.2, 0.3], [0.4, -0.5, 0.6], [0.7, 0.8, -0.9], [0.15, 0.25, 0.35]],
  [[0.1, 0.2, 0.3, 0.4], [0.4, 0.3, 0.2, 0.1], [0.5, 0.6, 0.7, 0.8], [0.8, 0.7, 0.6, 0.5]],
  [[0.3, 0.6, 0.9, -0.2], [0.2, 0.4, 0.6, -0.8]]], biases: [[0.1, 0.2, 0.3, 0.4], [0.1, 0.2, 0.3, 0.4], [0.5, 0.25]]}
data: [{inputs: [1.5, 2.5, 0.5], targets: [1.0, 2.0]}, {inputs: [0.5, 0.2, 0.1], targets: [0.3, 0.4]}]
loss: squared-error
update: {learning_rate: 0.01}
""",
}
PARTS = "parts"
"""The example that is no one network."""

IN_PARTS = {
    "data": (FOLDER / f"{PARTS}.yaml").read_text(encoding="utf-8"),
    "parameters": """schema: 1
network: {inputs: 2, layers: [{size: 2, activation: sigmoid}]}
parameters: {weights: [[[0.4, -0.2], [0.3, 0.5]]], biases: [[0.1, 0.2]]}
parts:
  - {loss: squared-error, data: [{inputs: [1.0, 0.5], targets: [1, 0]}]}
  - {loss: binary-cross-entropy, data: [{inputs: [0.3, 0.7], targets: [0, 1]}]}
""",
}
"""Specs of pages with several networks, by what these share."""

VARIED = tuple(sorted(path.stem for path in FOLDER.glob("*.yaml") if path.stem != PARTS))
"""The examples of one network each."""

AUTHORS = {name: (FOLDER / f"{name}.yaml").read_text(encoding="utf-8") for name in VARIED} | {
    name: HEAD + text for name, text in OWN.items()
}
"""The text of each spec by its name."""
