"""The network at a point: derivatives through everything between, also where a number is not known."""

from __future__ import annotations

import pytest

from symback.graph.build import build_graph
from symback.spec.load import load_text
from symback.verify.balls import precise
from symback.verify.drawing import true_point
from symback.verify.duals import Unknown
from symback.verify.network import Point

SPEC = """
schema: 1
network: {inputs: 2, layers: [{size: 2, activation: relu}, {size: 1, activation: linear}]}
parameters: {weights: [[[0.5, -0.25], [0.75, -1.5]], [[2, -1]]], biases: [[0.1, -0.2], [0.3]]}
data: [{inputs: [1, 2], targets: [0.5]}]
loss: {kind: squared-error, factor: 1/2}
"""
"""z = (0.1, -2.45), a = (0.1, 0), y = 0.5 and the loss is 0: y - t = 0."""


def without(*names: str) -> Point:
    precise()
    point = true_point(build_graph(load_text(SPEC)), {})
    return Point(point.graph, {name: number for name, number in point.given.items() if name not in names})


def test_a_derivative_through_what_is_not_known_is_not_known():
    assert float(without().partial("z.2.1", "w.1.1.1")) == 2  # w of the output, times x_1
    with pytest.raises(Unknown):
        without("x.1").partial("z.2.1", "w.1.1.1")
    with pytest.raises(Unknown):
        without("w.2.1.1").partial("z.2.1", "w.1.1.1")


def test_beside_a_factor_of_zero_it_does_not_matter_what_is_not_known():
    assert without("t.1").partial("loss", "w.1.2.1") == 0  # the unit is not active
    assert without("w.2.1.2").partial("z.2.1", "w.1.2.1") == 0
    assert without("x.1").partial("a.1.2", "w.1.1.1") == 0  # there is no path
