"""Families of quantities, arranged as the page arranges them: a grid of weights, a row or column of neurons."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from symback.derive.delta import delta_id
from symback.document.faults import PlanError
from symback.document.page import Page, Scope
from symback.document.wiring import is_full, owned
from symback.graph.quantity import BATCH, Layer
from symback.spec.problems import nearest, show
from symback.written.nodes import NEW, Matrix, Name, Number, Partial, Written

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
    "gradient.pre-activation": lambda scope, layer, place: Partial(scope.root, layer.pre_activations[place]),
    "gradient.activation": lambda scope, layer, place: Partial(scope.root, layer.activations[place]),
    "delta": lambda scope, layer, place: Name(delta_id(layer.pre_activations[place])),
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


def example(page: Page, scope: Scope, family: str) -> Leaf:
    """Return the first member of a family: the one that is worked before all others."""
    check_family(family)
    if family in WEIGHTS and not is_full(page.graph, scope.here):
        return next(leaf for leaf in _learned_weights(page, scope, family) if isinstance(leaf, Leaf))
    if family in WEIGHTS:
        return next(leaf for row in _grid(scope, family) for leaf in row if isinstance(leaf, Leaf))
    if family.endswith(".bias"):
        (first, *_), *_ = members(page, scope, family).rows
        assert isinstance(first, Leaf)
        return first
    return NEURONS[family](scope, scope.here, 0)


def members(page: Page, scope: Scope, family: str) -> Matrix:
    """Return all members of a family: weights in the shape of their matrix, neurons as a vector.

    Derivatives of the loss have that shape too, or in numerator layout the shape of its transpose.
    """
    key = scope.here.number, scope.root, family
    if key not in page.families:
        found = _arranged(page, scope, family)
        page.families[key] = transposed(found) if _is_transposed(page, family) else found
    return page.families[key]


def _arranged(page: Page, scope: Scope, family: str) -> Matrix:
    layer = scope.here
    check_family(family)
    if family in WEIGHTS:
        if family != "weight" and not is_full(page.graph, layer):
            return vector(page, _learned_weights(page, scope, family))
        grid = _grid(scope, family)
        return Matrix(tuple(zip(*grid, strict=True)) if page.is_row else grid)
    places = list(range(layer.size))
    if family.endswith(".bias"):
        finished = owned(page.graph, layer)
        leaves = [NEURONS[family](scope, layer, place) for place in places if layer.biases[place] in finished]
        return vector(page, tuple(dict.fromkeys(leaves)))
    return vector(page, tuple(NEURONS[family](scope, layer, place) for place in places))


def _is_transposed(page: Page, family: str) -> bool:
    return page.is_numerator and family.startswith(("gradient.", "batch."))


def _grid(scope: Scope, family: str) -> tuple[tuple[Written, ...], ...]:
    """Return a family of weights, a row for each neuron, with 0 where there is no connection."""
    layer = scope.here
    return tuple(
        tuple(NO_WEIGHT if weight is None else WEIGHTS[family](scope, weight, pre) for weight in row)
        for row, pre in zip(layer.weights, layer.pre_activations, strict=True)
    )


def _learned_weights(page: Page, scope: Scope, family: str) -> tuple[Written, ...]:
    """Return the members for the weights that the layer finishes, each once: they no longer make up a matrix."""
    layer = scope.here
    finished = owned(page.graph, layer)
    pairs = zip(layer.weights, layer.pre_activations, strict=True)
    found = [WEIGHTS[family](scope, weight, pre) for row, pre in pairs for weight in row if weight in finished]
    return tuple(dict.fromkeys(found))


def per_neuron(page: Page, scope: Scope, family: str) -> tuple[Matrix, ...]:
    """Return a family of weights split by neuron: for each neuron the vector over what enters it.

    Where one quantity enters the whole layer, one vector over the neurons says it all.
    """
    layer = scope.here
    if not is_full(page.graph, layer):
        return (vector(page, _learned_weights(page, scope, family)),)
    leaves = _grid(scope, family)
    as_column = page.is_row and layer.size == 1
    found = [column(row) if as_column else Matrix((row,)) for row in leaves]
    if len(layer.inputs) == 1:
        found = [vector(page, tuple(leaf for row in leaves for leaf in row))]
    return tuple(map(transposed, found) if _is_transposed(page, family) else found)


def after_update(page: Page, layer: Layer, kind: str) -> Matrix:
    """Return a layer's weights or biases after the update; what is not learned stays as it was."""

    def new(name: str | None) -> Written:
        return NO_WEIGHT if name is None else Name(name if name in page.graph.frozen else name + NEW)

    if kind == "bias":
        return vector(page, tuple(map(new, layer.biases)))
    grid = tuple(tuple(map(new, row)) for row in layer.weights)
    return Matrix(tuple(zip(*grid, strict=True)) if page.is_row else grid)


def vector(page: Page, entries: tuple[Written, ...]) -> Matrix:
    """Return a row or a column, as the notation sets its vectors."""
    return Matrix((entries,)) if page.is_row else column(entries)


def column(entries: tuple[Written, ...]) -> Matrix:
    """Return a column."""
    return Matrix(tuple((entry,) for entry in entries))


def transposed(matrix: Matrix) -> Matrix:
    """Return the transpose."""
    return Matrix(tuple(zip(*matrix.rows, strict=True)))


def names(page: Page, ids: tuple[str, ...]) -> Matrix:
    """Return the vector of the quantities with these ids."""
    return vector(page, tuple(Name(name) for name in ids))
