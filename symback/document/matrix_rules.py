"""The rules of a layer in matrices, as trees over the symbols of `Matrices`: forward, loss, delta and gradients.

Column vectors give ``z = W x + b``, ``dL/dW = delta x^T`` and ``delta = (W^T delta) o f'(z)`` with the weights and the
delta of the layer behind; row vectors give the transposes of all three. In numerator layout the delta and all gradients
are the transposes of these: ``dL/dW = x delta`` and ``delta = (delta W) o f'(z)^T`` over column vectors.
"""

from __future__ import annotations

from itertools import pairwise

from symback.derive.delta import bracketed
from symback.document.matrices import LayerSymbols, Matrices
from symback.graph.build import LEARNING_RATE, averaged
from symback.graph.quantity import PENALTY_FACTOR
from symback.rules import losses
from symback.rules.activations import OUTPUT
from symback.rules.penalties import penalty_slope
from symback.rules.vectors import ONE, VECTOR_LOSSES, entrywise, hadamard, plain_slope
from symback.written.nodes import (
    Annotation,
    Call,
    Derivative,
    Ellipsis,
    Group,
    IndexedSum,
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
from symback.written.substitute import leaves, substitute

TERM_INDEX = "i"
"""The letter for an output whose number is open."""

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
    """Return the loss of the outputs, or the sum of their terms where vectors have no way of writing it."""
    page = matrices.page
    row = page.graph.loss_row
    if not _has_vector_form(matrices):
        return _averaged(matrices, _sum_of_terms(matrices))

    def inner(left: Written, right: Written) -> Written:
        single = len(page.graph.outputs) == 1
        column = left if single else Transpose(left)
        return Product((right, column) if page.is_row and not single else (column, right), juxtaposed=True)

    form = VECTOR_LOSSES[row.name](matrices.output, matrices.target, inner)
    factor = page.spec.loss_factor
    if factor != 1:
        form = Product((read(str(factor), ()), form), juxtaposed=True)
    return _averaged(matrices, form)


def loss_terms(matrices: Matrices) -> Written | None:
    """Return the loss over quantities, where its form over vectors does not say how; else None."""
    if _has_vector_form(matrices):
        return None
    return matrices.here(matrices.page.derivation["loss"].forms["stated"])


def _has_vector_form(matrices: Matrices) -> bool:
    graph = matrices.page.graph
    return graph.loss_row.name in VECTOR_LOSSES and not (graph.loss_row.alone and len(graph.outputs) == 1)


def _sum_of_terms(matrices: Matrices) -> Written:
    """Return the sum over the outputs, with a letter for them; the term itself where there is only one."""
    page = matrices.page
    form = page.graph.loss_values["stated"]
    if len(page.graph.outputs) == 1:
        return substitute(form, {losses.OUTPUT: matrices.output, losses.TARGET: matrices.target})
    letter = Symbol(TERM_INDEX)
    general = page.names.general_neuron(len(page.graph.layers), letter, letter)
    return IndexedSum(substitute(form, {losses.OUTPUT: general.activation, losses.TARGET: general.target}), letter)


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
        return Product((_named(_by_last(matrices, at, leaves_out_ones=False), at.delta), last))
    return Product((behind.delta, behind.parameters["weight"], hadamard(local), last))


def ordered(matrices: Matrices, at: LayerSymbols, kind: str) -> Written | None:
    """Return the factors of a hidden layer's chain in the order in which their shapes fit; None at the output."""
    if _behind(matrices, at) is None:
        return None
    named = _named(delta(matrices, at)[-1], at.delta)
    return _outer(matrices, named, at.source) if kind == "weight" else named


def delta(matrices: Matrices, at: LayerSymbols) -> tuple[Written, ...]:
    """Return the forms of a layer's delta, the tidiest last."""
    behind = _behind(matrices, at)
    if behind is not None:
        upstream = _passed_back(matrices, behind)
        if at.layer.activation.is_joint:
            return (_through(matrices, at.slope, bracketed(upstream)),)
        slope = tuple(_laid_out(matrices, factor) for factor in _local(matrices, at) if factor != ONE)
        return (hadamard((upstream, *slope)),)
    combined = matrices.page.graph.loss_combined
    shared = combined[at.layer.pre_activations[0]] if combined.keys() == {*at.layer.pre_activations} else {}
    forms = [form for form in shared.values() if {*leaves(form)} <= {losses.OUTPUT, losses.TARGET}]
    tidier = (_laid_out(matrices, _by_output(matrices, form)) for form in forms)
    return (_by_last(matrices, at, leaves_out_ones=True), *tidier)


def gradient(matrices: Matrices, at: LayerSymbols, kind: str) -> Written:
    """Return the gradient of the loss by a layer's weights or biases, from its delta."""
    return _outer(matrices, at.delta, at.source) if kind == "weight" else at.delta


def penalty(matrices: Matrices, at: LayerSymbols, kind: str) -> Written | None:
    """Return the derivative of the penalty by a layer's weights or biases; None where not all of them are in it."""
    row = matrices.page.graph.penalty_row
    if row is None or not matrices.penalises(at, kind, wholly=True):
        return None
    return penalty_slope(row, Name(PENALTY_FACTOR), _laid_out(matrices, at.parameters[kind]))


def updated(matrices: Matrices, at: LayerSymbols, kind: str) -> Written:
    """Return a layer's weights or biases, less the learning rate times the gradient that is followed."""
    old, root = at.parameters[kind], Name(matrices.page.graph.learned_root)
    change = Product((Name(LEARNING_RATE), _laid_out(matrices, Derivative(root, old))), juxtaposed=True)
    return Sum((old, Negative(change)))


def _behind(matrices: Matrices, at: LayerSymbols) -> LayerSymbols | None:
    """Return the layer that follows; None behind the last."""
    return None if at is matrices.layers[-1] else matrices.layers[at.layer.number]


def _local(matrices: Matrices, at: LayerSymbols) -> tuple[Written, ...]:
    """Return the factors of the derivative of a layer's activation."""
    form = plain_slope(at.layer.activation)
    return (at.slope,) if form is None else (entrywise(form, {OUTPUT: at.post}),)


def _by_last(matrices: Matrices, at: LayerSymbols, leaves_out_ones: bool) -> Written:
    """Return the derivative of the loss by the pre-activation of the last layer, by way of its activation."""
    upstream = _loss_by_output(matrices)
    if at.layer.activation.is_joint:
        return _through(matrices, at.slope, _laid_out(matrices, bracketed(upstream)))
    local = (factor for factor in _local(matrices, at) if factor != ONE or not leaves_out_ones)
    return _laid_out(matrices, hadamard((upstream, *local)))


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
    return Annotation(tree if isinstance(tree, Transpose) else Group(tree), name)


def _in_order(matrices: Matrices, matrix: Written, vector: Written) -> Product:
    """Return a matrix times a column vector, or a row vector times a matrix."""
    return Product((vector, matrix) if matrices.page.is_row else (matrix, vector), juxtaposed=True)


def _passed_back(matrices: Matrices, behind: LayerSymbols) -> Product:
    """Return what a layer passes back to what entered it: its delta, through its weights."""
    weight = behind.parameters["weight"]
    return _through(matrices, weight if matrices.page.is_numerator else Transpose(weight), behind.delta)


def _through(matrices: Matrices, matrix: Written, upstream: Written) -> Product:
    """Return an upstream gradient times a matrix, in the order in which the layout multiplies them."""
    page = matrices.page
    return Product((matrix, upstream) if page.is_row == page.is_numerator else (upstream, matrix), juxtaposed=True)


def _outer(matrices: Matrices, delta: Written, source: Written) -> Product:
    """Return the matrix with an entry for each neuron and each thing that enters it."""
    page = matrices.page
    entering = source if page.is_numerator else Transpose(source)
    return Product((entering, delta) if page.is_row != page.is_numerator else (delta, entering), juxtaposed=True)


def _laid_out(matrices: Matrices, tree: Written) -> Written:
    """Return a derivative in the layout of the notation from one shaped like its denominator, or the way back."""
    return Transpose(tree) if matrices.page.is_numerator else tree
