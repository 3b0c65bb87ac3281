"""Families of quantities, arranged as the page arranges them: a grid of weights, a row or column of neurons."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from symback.derive.derivation import BATCH, NEW
from symback.document.faults import PlanError
from symback.document.page import Page, Scope
from symback.graph.quantity import Layer
from symback.spec.problems import nearest, show
from symback.written.nodes import Matrix, Name, Number, Partial, Written

Leaf = Name | Partial
NO_WEIGHT = Number("0")
"""Stands in a matrix where there is no connection."""

WEIGHTS: Mapping[str, Callable[[Scope, str, str], Leaf]] = {
    "weight": lambda scope, weight, pre: Name(weight),
    "updated.weight": lambda scope, weight, pre: Name(weight + NEW),
    "gradient.weight": lambda scope, weight, pre: Partial(scope.root, weight),
    "batch.weight": lambda scope, weight, pre: Partial(BATCH, weight),
    "local.weight": lambda scope, weight, pre: Partial(pre, weight),
}
"""Families with one member per weight, from the weight and the pre-activation that it enters."""

NEURONS: Mapping[str, Callable[[Scope, Layer, int], Leaf]] = {
    "bias": lambda scope, layer, place: Name(layer.biases[place]),
    "updated.bias": lambda scope, layer, place: Name(layer.biases[place] + NEW),
    "gradient.bias": lambda scope, layer, place: Partial(scope.root, layer.biases[place]),
    "batch.bias": lambda scope, layer, place: Partial(BATCH, layer.biases[place]),
    "local.bias": lambda scope, layer, place: Partial(layer.pre_activations[place], layer.biases[place]),
    "pre-activation": lambda scope, layer, place: Name(layer.pre_activations[place]),
    "activation": lambda scope, layer, place: Name(layer.activations[place]),
    "gradient.activation": lambda scope, layer, place: Partial(scope.root, layer.activations[place]),
    "local.activation": lambda scope, layer, place: Partial(layer.activations[place], layer.pre_activations[place]),
}
"""Families with one member per neuron of a layer."""

FAMILIES = (*WEIGHTS, *NEURONS)


def check_family(family: str) -> None:
    """Accept the name of a family.

    Raises
    ------
    PlanError
        If there is none of this name.
    """
    if family not in FAMILIES:
        raise PlanError(show(family), f"one of {', '.join(FAMILIES)}", nearest(family, FAMILIES))


def example(scope: Scope, family: str) -> Leaf:
    """Return the first member of a family: the one that is worked before all others."""
    layer = scope.here
    check_family(family)
    if family in WEIGHTS:
        return next(leaf for row in _grid(scope, family) for leaf in row if isinstance(leaf, Leaf))
    return NEURONS[family](scope, layer, 0)


def members(page: Page, scope: Scope, family: str) -> Matrix:
    """Return all members of a family: weights in the shape of their matrix, neurons as a vector."""
    key = scope.here.number, scope.root, family
    if key not in page.families:
        page.families[key] = _arranged(page, scope, family)
    return page.families[key]


def _arranged(page: Page, scope: Scope, family: str) -> Matrix:
    layer = scope.here
    check_family(family)
    if family in WEIGHTS:
        grid = _grid(scope, family)
        return Matrix(tuple(zip(*grid, strict=True)) if page.is_row else grid)
    return vector(page, tuple(NEURONS[family](scope, layer, place) for place in range(layer.size)))


def _grid(scope: Scope, family: str) -> tuple[tuple[Written, ...], ...]:
    """Return a family of weights, a row for each neuron, with 0 where there is no connection."""
    layer = scope.here
    return tuple(
        tuple(NO_WEIGHT if weight is None else WEIGHTS[family](scope, weight, pre) for weight in row)
        for row, pre in zip(layer.weights, layer.pre_activations, strict=True)
    )


def per_neuron(page: Page, scope: Scope, family: str) -> tuple[Matrix, ...]:
    """Return a family of weights split by neuron: for each neuron the vector over what enters it.

    Where one quantity enters the whole layer, one vector over the neurons says it all.
    """
    layer = scope.here
    leaves = _grid(scope, family)
    if len(layer.inputs) == 1:
        return (vector(page, tuple(leaf for row in leaves for leaf in row)),)
    as_column = page.is_row and layer.size == 1
    return tuple(column(row) if as_column else Matrix((row,)) for row in leaves)


def vector(page: Page, entries: tuple[Written, ...]) -> Matrix:
    """Return a row or a column, as the notation sets its vectors."""
    return Matrix((entries,)) if page.is_row else column(entries)


def column(entries: tuple[Written, ...]) -> Matrix:
    """Return a column."""
    return Matrix(tuple((entry,) for entry in entries))


def names(page: Page, ids: tuple[str, ...]) -> Matrix:
    """Return the vector of the quantities with these ids."""
    return vector(page, tuple(Name(name) for name in ids))
