"""Quantities: the named scalars of a network, and the graph that they form."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from symback.rules.activations import Activation
from symback.rules.losses import Loss
from symback.written.nodes import Number, Written


class Role(StrEnum):
    """What a quantity is to the network."""

    INPUT = "input"
    TARGET = "target"
    WEIGHT = "weight"
    BIAS = "bias"
    PRE_ACTIVATION = "pre-activation"
    ACTIVATION = "activation"
    LOSS_TERM = "loss-term"
    LOSS = "loss"
    LEARNING_RATE = "learning-rate"


@dataclass(frozen=True, slots=True)
class Quantity:
    """One named scalar.

    Parameters
    ----------
    id : str
        Stable ASCII name: ``x.J``, ``t.K``, ``w.L.TO.FROM``, ``b.L.I``, ``z.L.I``, ``a.L.I``, ``loss``, ``loss.K``.
    role : Role
        What it is to the network.
    definition : Written or None
        Mathematics over its parents; None for what is given.
    parents : tuple of str
        Ids that the definition uses, in its order.
    layer, neuron, source : int
        Indices from 1 (0 where there is none): layer entered, neuron in it, neuron that a weight comes from.
    """

    id: str
    role: Role
    definition: Written | None = None
    parents: tuple[str, ...] = ()
    layer: int = 0
    neuron: int = 0
    source: int = 0


@dataclass(frozen=True, slots=True)
class Layer:
    """The ids of one layer in matrix order: ``weights[to][from]``, the rest per neuron."""

    number: int
    inputs: tuple[str, ...]
    weights: tuple[tuple[str, ...], ...]
    biases: tuple[str, ...]
    pre_activations: tuple[str, ...]
    activations: tuple[str, ...]
    activation: Activation

    @property
    def size(self) -> int:
        """Number of neurons."""
        return len(self.activations)

    @property
    def parameters(self) -> tuple[str, ...]:
        """Ids of its weights, neuron by neuron, and then of its biases."""
        return tuple(weight for row in self.weights for weight in row) + self.biases


@dataclass(frozen=True, slots=True)
class Graph:
    """Quantities in topological order, with the views that a page needs.

    The forms of the loss are those of one output, in ``y`` and ``t``; ``loss_combined`` is the derivative by the
    output's pre-activation, where loss and activation make it simpler together.

    ``loss_terms`` is empty when the network has one output, whose term is the loss itself. ``given`` holds the
    spelled number of every quantity that the author gave one, ``stated`` names those of them that have a definition
    all the same, ``samples`` has the numbers that change from sample to sample; ``worked`` is the number of the
    sample whose numbers are in ``given``. The loss averages (or adds up) the terms of the outputs, the loss of the
    batch those of the samples.
    """

    quantities: Mapping[str, Quantity]
    layers: tuple[Layer, ...]
    inputs: tuple[str, ...]
    targets: tuple[str, ...]
    loss_terms: tuple[str, ...]
    loss_row: Loss
    loss_derivative: Mapping[str, Written]
    loss_values: Mapping[str, Written]
    loss_combined: Mapping[str, Written]
    given: Mapping[str, Number]
    stated: tuple[str, ...]
    samples: tuple[Mapping[str, Number], ...]
    worked: int = 1
    averages_outputs: bool = False
    averages_samples: bool = True
    learns_from_batch: bool = False
    children: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def outputs(self) -> tuple[str, ...]:
        """Ids of the network's outputs."""
        return self.layers[-1].activations

    def dependents(self, name: str) -> frozenset[str]:
        """Return the ids of all quantities that depend on the one called `name`."""
        found = {name}
        for other, quantity in self.quantities.items():
            if not found.isdisjoint(quantity.parents):
                found.add(other)
        return frozenset(found - {name})

    @property
    def parameters(self) -> tuple[str, ...]:
        """Ids of all weights and biases, layer by layer."""
        return tuple(parameter for layer in self.layers for parameter in layer.parameters)
