"""Gradients through delta, the derivative of the loss by a pre-activation: ``dL/dw = delta x``, ``dL/db = delta``."""

from __future__ import annotations

from symback.graph.affine import ONE, total
from symback.graph.quantity import Graph, Role
from symback.written.nodes import Group, Name, Partial, Product, Sum, Written

DELTA = "delta."
"""Begins the id of a delta: ``delta.2.1`` is the derivative of the loss by ``z.2.1``."""


def delta_id(pre_activation: str) -> str:
    """Return the id of the delta of a pre-activation."""
    return pre_activation.replace("z.", DELTA, 1)


def delta_form(graph: Graph, name: str) -> Written | None:
    """Return the gradient by a parameter, a hidden activation or a hidden pre-activation; None for other quantities.

    A weight has ``delta x``, a bias ``delta``, an activation the sum of ``delta w`` over all that it enters, each
    added up over the pre-activations that use it, and a hidden pre-activation what its activations have, times their
    derivatives.
    """
    quantity = graph.quantities[name]
    if quantity.role in (Role.WEIGHT, Role.BIAS):
        return _sent_back(graph, name)
    if quantity.layer == len(graph.layers) or quantity.role not in (Role.ACTIVATION, Role.PRE_ACTIVATION):
        return None
    if quantity.role is Role.ACTIVATION:
        return _sent_back(graph, name)
    return total(
        tuple(Product((bracketed(_sent_back(graph, post)), Partial(post, name))) for post in graph.children[name])
    )


def _sent_back(graph: Graph, name: str) -> Written:
    """Return the sum of ``delta`` times the coefficient of `name`, over the pre-activations that use it."""
    children = [child for child in graph.children[name] if graph.quantities[child].role is Role.PRE_ACTIVATION]
    return total(tuple(_share(graph, child, name) for child in children))


def _share(graph: Graph, pre_activation: str, name: str) -> Written:
    own, beside = Name(delta_id(pre_activation)), graph.coefficients[pre_activation][name]
    return own if beside == ONE else Product((own, bracketed(beside)), juxtaposed=True)


def bracketed(form: Written) -> Written:
    """Return `form` as a factor: a sum stands in brackets."""
    return Group(form) if isinstance(form, Sum) else form
