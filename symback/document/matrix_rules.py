"""The rules of a layer in matrices, as trees over the symbols of `Matrices`: forward, loss, delta and gradients.

Column vectors give ``z = W x + b``, ``dL/dW = delta x^T`` and ``delta = (W^T delta) o f'(z)`` with the weights and the
delta of the layer behind; row vectors give the transposes of all three.
"""

from __future__ import annotations

from symback.document.matrices import LayerSymbols, Matrices
from symback.graph.build import averaged
from symback.rules import losses
from symback.rules.activations import OUTPUT, derivative_form, output_form
from symback.rules.vectors import ONE, VECTOR_LOSSES, entrywise, hadamard
from symback.written.nodes import (
    Annotation,
    Derivative,
    Ellipsis,
    Group,
    Negative,
    Number,
    Product,
    Sum,
    Symbol,
    Text,
    Transpose,
    Written,
)
from symback.written.reader import read

MOST_NESTED = 4
"""So many layers are written inside each other in full; of more, the first and the last."""


def affine(matrices: Matrices, at: LayerSymbols, source: Written | None = None) -> Written:
    """Return the pre-activation of a layer, from what enters it."""
    entering = at.source if source is None else source
    product = _matrix_product(matrices, at.parameters["weight"], entering)
    return Sum((product, at.parameters["bias"])) if "bias" in at.parameters else product


def nested(matrices: Matrices) -> Written:
    """Return the output of the network as one formula, layers within layers."""
    layers = matrices.layers
    shown = layers if len(layers) <= MOST_NESTED else (layers[0], layers[-1])
    tree: Written = matrices.input
    for at in shown:
        skipped = at.layer.number - 1 > len(shown[: shown.index(at)])
        inner: Written = Product((Ellipsis(), tree, Ellipsis()), juxtaposed=True) if skipped else tree
        tree = _applied(at, affine(matrices, at, inner))
        if at is not layers[-1]:
            tree = Annotation(tree, Text(matrices.page.phrases.words(f"layer-{at.layer.number}")))
    return tree
