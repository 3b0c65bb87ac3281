"""Chains in which every function stands with its pre-activation: ``dL/dw = dL/da f'(z) f(z of the source)``."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from symback.derive.local import local_step
from symback.graph.quantity import Graph, Role
from symback.written.nodes import Name, Number, Partial, Written
from symback.written.substitute import leaves, substitute


def applied(
    graph: Graph, chain: Written, function: Callable[[str], Written], derivative: Callable[[Partial], Written]
) -> Written:
    """Return a chain with its local derivatives written out and the functions in it applied to pre-activations.

    Parameters
    ----------
    graph : Graph
        The network.
    chain : Written
        Products of derivatives, or a sum of them.
    function : Callable
        What is written for an activation that is neither stated nor one of its whole layer, from its id.
    derivative : Callable
        What is written for the derivative of an activation by its pre-activation.
    """
    factors: dict[str, Written] = {}
    for key in leaves(chain):
        of, _, by = key.partition(":")
        role = graph.quantities[of].role
        if role is Role.ACTIVATION:
            factors[key] = derivative(Partial(of, by))
        elif role is Role.PRE_ACTIVATION:
            closed = local_step(graph, {}, of, by).forms["closed"]
            factors[key] = closed
            if isinstance(closed, Name) and _is_computed(graph, closed.id):
                factors[key] = function(closed.id)
    return substitute(chain, factors)


def _is_computed(graph: Graph, name: str) -> bool:
    """Say whether a quantity is an activation that follows from its own pre-activation alone."""
    quantity = graph.quantities[name]
    return quantity.role is Role.ACTIVATION and not quantity.is_joint and name not in graph.given


def applied_form(graph: Graph, kinks: Mapping[str, Number], chain: Written) -> Written:
    """Return a chain with the expressions of the functions and of their derivatives in place."""

    def function(activation: str) -> Written:
        definition = graph.quantities[activation].definition
        assert definition is not None
        return definition

    return applied(
        graph, chain, function, lambda partial: local_step(graph, kinks, partial.of, partial.by).forms["input"]
    )
