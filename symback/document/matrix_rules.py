"""The rules of a layer in matrices, as trees over the symbols of `Matrices`: forward, loss, delta and gradients.

Column vectors give ``z = W x + b``, ``dL/dW = delta x^T`` and ``delta = (W^T delta) o f'(z)`` with the weights and the
delta of the layer behind; row vectors give the transposes of all three.
"""

from __future__ import annotations

from itertools import pairwise

from symback.document.matrices import LayerSymbols, Matrices
from symback.graph.build import LEARNING_RATE, averaged
from symback.rules import losses
from symback.rules.activations import OUTPUT
from symback.rules.vectors import ONE, VECTOR_LOSSES, entrywise, hadamard, plain_slope
from symback.written.nodes import (
    Annotation,
    Call,
    Derivative,
    Ellipsis,
    Group,
    Name,
    Negative,
    Product,
    Sum,
    Symbol,
    Text,
    Transpose,
    Written,
)
from symback.written.reader import read

MOST_NESTED = 4
"""So many layers are written inside each other; of more, only the first and the last."""


def affine(matrices: Matrices, at: LayerSymbols, entering: Written) -> Written:
    """Return the pre-activation of a layer, from what enters it."""
    product = _in_order(matrices, at.parameters["weight"], entering)
    return Sum((product, at.parameters["bias"])) if at.layer.biases else product


def nested(matrices: Matrices) -> Written:
    """Return the output of the network as one formula, layers within layers."""
    layers = matrices.layers
    is_cut = len(layers) > MOST_NESTED
    tree: Written = matrices.input
    for at in (layers[0], layers[-1]) if is_cut else layers:
        if is_cut and at is layers[-1]:
            tree = Product((Ellipsis(), tree, Ellipsis()), juxtaposed=True)
        tree = Call(at.function, (affine(matrices, at, tree),))
        if at is not layers[-1]:
            tree = Annotation(tree, Text(matrices.page.phrases.words(f"nested-{at.layer.number}")))
    return tree


def loss(matrices: Matrices) -> Written:
    """Return the loss of the outputs."""
    page = matrices.page

    def inner(left: Written, right: Written) -> Written:
        single = len(page.graph.outputs) == 1
        column = left if single else Transpose(left)
        return Product((right, column) if page.is_row and not single else (column, right), juxtaposed=True)

    form = VECTOR_LOSSES[page.graph.loss_row.name](matrices.output, matrices.target, inner)
    factor = page.spec.loss.factor.value
    if factor != 1:
        form = Product((read(str(factor), ()), form), juxtaposed=True)
    return _averaged(matrices, form)


def chain(matrices: Matrices, at: LayerSymbols, kind: str) -> Written:
    """Return the derivatives from the loss to a layer's parameters; further back they start at the last delta."""
    steps: list[Written] = [matrices.loss]
    behind = _behind(matrices, at)
    if behind is None:
        steps += [at.post]
    elif behind is matrices.layers[-1]:
        steps += [behind.post, behind.pre, at.post]
    else:
        steps += [behind.pre, at.post]
    steps += [at.pre, at.parameters[kind]]
    return Product(tuple(Derivative(of, by) for of, by in pairwise(steps)))


def loose(matrices: Matrices, at: LayerSymbols, kind: str) -> Written:
    """Return what the factors of the chain are, in its order and whatever their shapes."""
    last = at.source if kind == "weight" else ONE
    local, behind = _local(matrices, at), _behind(matrices, at)
    if behind is None:
        return Product((_named(hadamard((_loss_by_output(matrices), *local)), at.delta), last))
    return Product((behind.delta, behind.parameters["weight"], hadamard(local), last))


def ordered(matrices: Matrices, at: LayerSymbols, kind: str) -> Written | None:
    """Return the factors of a hidden layer's chain in the order in which their shapes fit; None at the output."""
    if _behind(matrices, at) is None:
        return None
    named = _named(delta(matrices, at)[-1], at.delta)
    return _outer(matrices, named, at.source) if kind == "weight" else named


def delta(matrices: Matrices, at: LayerSymbols) -> tuple[Written, ...]:
    """Return the forms of a layer's delta, the tidiest last."""
    local = tuple(factor for factor in _local(matrices, at) if factor != ONE)
    behind = _behind(matrices, at)
    if behind is not None:
        weight = Transpose(behind.parameters["weight"])
        return (hadamard((_in_order(matrices, weight, behind.delta), *local)),)
    combined = matrices.page.graph.loss_combined
    shared = combined[at.layer.pre_activations[0]].values() if combined.keys() == {*at.layer.pre_activations} else ()
    return (hadamard((_loss_by_output(matrices), *local)), *(_by_output(matrices, form) for form in shared))


def gradient(matrices: Matrices, at: LayerSymbols, kind: str) -> Written:
    """Return the gradient of the loss by a layer's weights or biases, from its delta."""
    return _outer(matrices, at.delta, at.source) if kind == "weight" else at.delta


def updated(matrices: Matrices, at: LayerSymbols, kind: str) -> Written:
    """Return a layer's weights or biases, less the learning rate times the gradient that is followed."""
    old, root = at.parameters[kind], Name(matrices.page.derivation.learned_root)
    return Sum((old, Negative(Product((Name(LEARNING_RATE), Derivative(root, old)), juxtaposed=True))))


def _behind(matrices: Matrices, at: LayerSymbols) -> LayerSymbols | None:
    """Return the layer that follows; None behind the last."""
    return None if at is matrices.layers[-1] else matrices.layers[at.layer.number]


def _local(matrices: Matrices, at: LayerSymbols) -> tuple[Written, ...]:
    """Return the factors of the derivative of a layer's activation."""
    form = plain_slope(at.layer.activation)
    return (at.slope,) if form is None else (entrywise(form, {OUTPUT: at.post}),)


def _loss_by_output(matrices: Matrices) -> Written:
    return _by_output(matrices, matrices.page.graph.loss_derivative["closed"])


def _by_output(matrices: Matrices, form: Written) -> Written:
    """Write a form of one output's derivative for all outputs at once."""
    vectors = {losses.OUTPUT: matrices.output, losses.TARGET: matrices.target}
    return _averaged(matrices, entrywise(form, vectors))


def _averaged(matrices: Matrices, form: Written) -> Written:
    graph = matrices.page.graph
    return averaged(form, len(graph.outputs)) if graph.averages_outputs else form


def _named(tree: Written, name: Symbol) -> Written:
    return Annotation(Group(tree), name)


def _in_order(matrices: Matrices, matrix: Written, vector: Written) -> Product:
    """Return a matrix times a column vector, or a row vector times a matrix."""
    return Product((vector, matrix) if matrices.page.is_row else (matrix, vector), juxtaposed=True)


def _outer(matrices: Matrices, left: Written, source: Written) -> Product:
    """Return the matrix with an entry for each neuron and each thing that enters it."""
    entering = Transpose(source)
    return Product((entering, left) if matrices.page.is_row else (left, entering), juxtaposed=True)
