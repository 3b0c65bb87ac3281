"""The derivations under test: of random networks and of the examples, in every setting a style may choose."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from symback.derive.derivation import Derivation
from symback.graph.build import build_graph
from symback.graph.quantity import Role
from symback.spec.load import load_mapping
from symback.values.policy import policy_of
from symback.values.values import Values
from symback.written.nodes import Number
from tests.oracles.examples import EXAMPLES, example, filled, smooth
from tests.oracles.random_networks import random_networks

ANCHORS = {
    "none": (),
    "activation": (Role.ACTIVATION,),
    "pre-activation": (Role.PRE_ACTIVATION,),
    "both": (Role.ACTIVATION, Role.PRE_ACTIVATION),
}
SETTINGS = [
    pytest.param(anchors, by_terms, id=f"{name}, {'terms' if by_terms else 'loss'}")
    for name, anchors in ANCHORS.items()
    for by_terms in (False, True)
]
"""Where chains stop, and whether the terms of the loss are differentiated one by one."""


def cases(*seeds: int) -> list[Any]:
    """Return the values of random networks and of the examples, without unknown numbers, as parameters of a test."""
    found = [pytest.param(values, id=f"seed {seed}") for seed, values in random_networks(seeds)]
    return [*found, *(pytest.param(filled(smooth(example(name))), id=name) for name in EXAMPLES)]


def derivation_of(
    values: Mapping[str, Any], anchors: tuple[Role, ...] = (Role.ACTIVATION,), by_terms: bool = False
) -> Derivation:
    """Return the derivation of a network in one setting."""
    spec = load_mapping(values)
    graph = build_graph(spec)
    kinks = {name: Number(value.text) for name, value in spec.at_kinks.items()}
    return Derivation(graph, (graph.loss_terms or ("loss",)) if by_terms else ("loss",), anchors, kinks)


def values_of(derivation: Derivation, values: Mapping[str, Any]) -> Values:
    """Return the numbers of a derivation."""
    return Values(derivation, policy_of(load_mapping(values)))
