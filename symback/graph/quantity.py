"""Quantities: the named scalars of a network, and the graph that they form."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from symback.graph.affine import Coefficients
from symback.rules.activations import Activation
from symback.rules.losses import Loss
from symback.rules.penalties import Penalty
from symback.written.nodes import Number, Written

ABSENT = "absent"
"""Stands in a matrix of ids where there is no quantity; it counts as 0."""


PENALTY, PENALTY_FACTOR = "penalty", "penalty_factor"
"""Ids of what is added to the loss for the size of weights, and of the factor in it."""

BATCH = "batch"
"""Id of what an update follows where that is not the loss of one sample alone.

It is the loss of all samples together, and the penalty, where there is one, is added to it.
"""


class Role(StrEnum):
    """What a quantity is to the network.

    Among plain equations there are only variables, which no equation defines, results, and perhaps an output of which
    no more is known than gradients that are given.
    """

    INPUT = "input"
    TARGET = "target"
    WEIGHT = "weight"
    BIAS = "bias"
    PRE_ACTIVATION = "pre-activation"
    ACTIVATION = "activation"
    LOSS_TERM = "loss-term"
    LOSS = "loss"
    LEARNING_RATE = "learning-rate"
    PENALTY = "penalty"
    PENALTY_FACTOR = "penalty-factor"
    CONSTANT = "constant"
    """A 1 that enters a layer, whose weights are its biases."""
    VARIABLE = "variable"
    RESULT = "result"
    OUTPUT = "output"


@dataclass(frozen=True, slots=True)
class Quantity:
    """One named scalar.

    Parameters
    ----------
    id : str
        Stable ASCII name: ``x.J``, ``t.K``, ``w.L.TO.FROM``, ``b.L.I``, ``z.L.I``, ``a.L.I``, ``loss``, ``loss.K``;
        among plain equations the author's own name.
    role : Role
        What it is to the network.
    definition : Written or None
        Mathematics over its parents; None for what is given.
    parents : tuple of str
        Ids that the definition uses, in its order.
    layer, neuron, source : int
        Indices from 1 (0 where there is none): layer entered, neuron in it, place of what a weight is multiplied with.
    function : Activation or None
        The row by which an activation follows from its pre-activation.
    """

    id: str
    role: Role
    definition: Written | None = None
    parents: tuple[str, ...] = ()
    layer: int = 0
    neuron: int = 0
    source: int = 0
    function: Activation | None = None

    @property
    def is_joint(self) -> bool:
        """Whether it is an activation that all pre-activations of its layer act on."""
        return self.function is not None and self.function.is_joint


@dataclass(frozen=True)
class Layer:
    """The matrix view of one layer, as ids: ``weights[to][from]``, the rest per neuron.

    A weight is None where there is no connection. The same id stands in several places where one parameter is used
    in several places. ``biases`` is empty where there are none.
    """

    number: int
    inputs: tuple[str, ...]
    weights: tuple[tuple[str | None, ...], ...]
    biases: tuple[str, ...]
    pre_activations: tuple[str, ...]
    activations: tuple[str, ...]
    functions: tuple[Activation, ...]

    @property
    def size(self) -> int:
        """Number of neurons."""
        return len(self.activations)

    @cached_property
    def parameters(self) -> tuple[str, ...]:
        """Ids of its weights, neuron by neuron, and then of its biases; each once."""
        weights = (weight for row in self.weights for weight in row if weight is not None)
        return tuple(dict.fromkeys((*weights, *self.biases)))

    @property
    def is_joint(self) -> bool:
        """Whether each of its activations depends on all its pre-activations."""
        return any(row.is_joint for row in self.functions)

    @property
    def activation(self) -> Activation:
        """The activation of its first neuron; in most layers that of all."""
        return self.functions[0]

    @property
    def matrix(self) -> tuple[tuple[str, ...], ...]:
        """Its weights with `ABSENT` where there is no connection."""
        return tuple(tuple(weight or ABSENT for weight in row) for row in self.weights)

    @property
    def first_weight(self) -> str:
        """The first of its weights."""
        return next(weight for row in self.weights for weight in row if weight is not None)

    def products(self, place: int) -> Iterator[tuple[str, str]]:
        """Yield each weight of a neuron, counted from 0, with what it is multiplied with."""
        for weight, source in zip(self.weights[place], self.inputs, strict=True):
            if weight is not None:
                yield weight, source


@dataclass(frozen=True, slots=True)
class System:
    """The view of a graph that is made of plain equations.

    Parameters
    ----------
    formulas : Mapping[str, Written]
        The right sides as the author wrote them, with activations called by their words, in an order in which they can
        be worked out.
    listed : tuple of str
        The names in the author's order.
    wanted : tuple of str
        The names whose gradients are found.
    learned : tuple of str
        The names that an update changes.
    """

    formulas: Mapping[str, Written]
    listed: tuple[str, ...]
    wanted: tuple[str, ...]
    learned: tuple[str, ...]

    @property
    def is_reordered(self) -> bool:
        """Say whether equations stand in another order than the author's."""
        return self.listed != tuple(self.formulas)


@dataclass(frozen=True)
class Graph:
    """Quantities in topological order, with the views that a page needs.

    The forms of the loss are those of one output, in ``y`` and ``t``; ``loss_combined`` has, by its id, the forms of
    the derivative by an output's pre-activation, where loss and activation make it simpler together.

    ``loss_terms`` is empty when the network has one output, whose term is the loss itself. ``given`` holds the
    spelled number of every quantity that the author gave one, ``stated`` names those of them that have a definition
    all the same (of a ``system`` also gradients), ``samples`` has the numbers that change from sample to sample;
    ``worked`` is the number of the sample whose numbers are in ``given``. ``frozen`` parameters are not learned. The
    loss averages (or adds up) the terms of the outputs, the loss of the batch those of the samples. ``steps`` has the
    number of the sample that each step learns from, where steps follow one another. ``root`` is what is differentiated:
    the loss, or the output of a ``system`` of equations. ``penalty_row`` is the row of the penalty, which no loss of a
    sample contains: what is learned from is one of these, or all of them together, and the penalty.
    """

    quantities: Mapping[str, Quantity]
    layers: tuple[Layer, ...]
    inputs: tuple[str, ...]
    targets: tuple[str, ...]
    loss_terms: tuple[str, ...]
    loss_row: Loss
    loss_derivative: Mapping[str, Written]
    loss_values: Mapping[str, Written]
    loss_combined: Mapping[str, Mapping[str, Written]]
    given: Mapping[str, Number]
    stated: tuple[str, ...]
    samples: tuple[Mapping[str, Number], ...]
    frozen: frozenset[str] = frozenset()
    worked: int = 1
    averages_outputs: bool = False
    averages_samples: bool = True
    learns_from_batch: bool = False
    steps: tuple[int, ...] = ()
    children: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    root: str = "loss"
    system: System | None = None
    penalty_row: Penalty | None = None
    _dependents: dict[str, frozenset[str]] = field(init=False, repr=False, compare=False, default_factory=dict)

    @property
    def learned_root(self) -> str:
        """The loss whose gradient the update follows: that of the worked sample, or one joined from several parts."""
        return BATCH if self.learns_from_batch or self.penalty_row is not None else self.root

    @property
    def joins_samples(self) -> bool:
        """Whether what is joined is of all samples: learned from or not, unless it joins a penalty to one sample."""
        return self.learns_from_batch or self.penalty_row is None

    @property
    def penalised(self) -> tuple[str, ...]:
        """Ids of the parameters in the penalty."""
        parents = self.quantities[PENALTY].parents if self.penalty_row is not None else ()
        return tuple(name for name in parents if name != PENALTY_FACTOR)

    @property
    def outputs(self) -> tuple[str, ...]:
        """Ids of the network's outputs; plain equations have none."""
        return self.layers[-1].activations if self.layers else ()

    def dependents(self, name: str) -> frozenset[str]:
        """Return the ids of all quantities that depend on the one called `name`; they are looked for once."""
        if name not in self._dependents:
            found = {name}
            for other, quantity in self.quantities.items():
                if not found.isdisjoint(quantity.parents):
                    found.add(other)
            self._dependents[name] = frozenset(found - {name})
        return self._dependents[name]

    def kinks(self, pre_activation: str) -> tuple[str, ...]:
        """Return the points at which an activation that follows from a pre-activation has no derivative."""
        rows = (self.quantities[child].function for child in self.children[pre_activation])
        return tuple(dict.fromkeys(kink for row in rows if row is not None for kink in row.kinks))

    @cached_property
    def parameters(self) -> tuple[str, ...]:
        """Ids of what gradients are found of: all weights and biases, layer by layer, or what a system asks for."""
        if self.system is not None:
            return self.system.wanted
        return tuple(dict.fromkeys(parameter for layer in self.layers for parameter in layer.parameters))

    @cached_property
    def learned(self) -> tuple[str, ...]:
        """Ids of the parameters that an update changes."""
        return self.wanted if self.system is None else self.system.learned

    @cached_property
    def wanted(self) -> tuple[str, ...]:
        """Ids of the parameters whose gradients are found: all that are not frozen."""
        return tuple(parameter for parameter in self.parameters if parameter not in self.frozen)

    @cached_property
    def uses(self) -> Mapping[str, int]:
        """In how many products, or places of a bias, each parameter of a layer stands."""
        rows = (row for layer in self.layers for row in (*layer.weights, layer.biases))
        return Counter(name for row in rows for name in row if name is not None)

    @cached_property
    def coefficients(self) -> Mapping[str, Mapping[str, Written]]:
        """What each name is multiplied with in the definition of a pre-activation."""
        return Coefficients({name: quantity.definition for name, quantity in self.quantities.items()})


def children_of(quantities: Mapping[str, Quantity]) -> Mapping[str, tuple[str, ...]]:
    """Return for each quantity the ids of those that use it, in their order."""
    children: dict[str, list[str]] = {name: [] for name in quantities}
    for quantity in quantities.values():
        for parent in quantity.parents:
            children[parent].append(quantity.id)
    return {name: tuple(found) for name, found in children.items()}
