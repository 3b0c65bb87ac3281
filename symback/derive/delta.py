"""Gradients through delta, the derivative of the loss by a pre-activation: ``dL/dw = delta x``, ``dL/db = delta``."""

from __future__ import annotations

from symback.graph.quantity import Graph, Role
from symback.written.nodes import Group, Name, Partial, Product, Sum, Written

DELTA = "delta."
"""Begins the id of a delta: ``delta.2.1`` is the derivative of the loss by ``z.2.1``."""


def delta_id(pre_activation: str) -> str:
    """Return the id of the delta of a pre-activation."""
    return pre_activation.replace("z.", DELTA, 1)


def delta_form(graph: Graph, name: str) -> Written | None:
    """Return the gradient by a parameter, a hidden activation or a hidden pre-activation; None for other quantities.

    A weight has ``delta x``, a bias ``delta``, an activation the sum of ``delta w`` over the next layer, and a
    hidden pre-activation that sum times the derivative of its activation.
    """
    quantity = graph.quantities[name]
    if quantity.role is Role.BIAS:
        return Name(_delta(quantity.layer, quantity.neuron))
    if quantity.role is Role.WEIGHT:
        source = graph.layers[quantity.layer - 1].inputs[quantity.source - 1]
        return Product((Name(_delta(quantity.layer, quantity.neuron)), Name(source)), juxtaposed=True)
    if quantity.layer == len(graph.layers) or quantity.role not in (Role.ACTIVATION, Role.PRE_ACTIVATION):
        return None
    following = graph.layers[quantity.layer]
    terms = tuple(
        Product((Name(_delta(following.number, neuron)), Name(row[quantity.neuron - 1])), juxtaposed=True)
        for neuron, row in enumerate(following.weights, 1)
    )
    back = terms[0] if len(terms) == 1 else Sum(terms)
    if quantity.role is Role.ACTIVATION:
        return back
    local = Partial(graph.children[name][0], name)
    return Product((Group(back) if len(terms) > 1 else back, local))


def _delta(layer: int, neuron: int) -> str:
    return f"{DELTA}{layer}.{neuron}"
