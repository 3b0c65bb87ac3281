"""Names that a document defines for what the network does not know: ``err = y - t`` where the loss has other slopes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from symback.graph.quantity import Graph, Quantity, Role, children_of
from symback.verify.binding import Binding
from symback.verify.definitions import is_open
from symback.verify.duals import Dual, Unknown
from symback.verify.equations import Pair, holds
from symback.verify.functions import defines_function
from symback.verify.keys import Scope, with_keys
from symback.verify.network import Point
from symback.verify.resolve import Resolver
from symback.verify.spelling import spelling
from symback.verify.trees import parts, symbols
from symback.written.nodes import Name, Symbol, Written

OWN = "q."
"""Begins the ids of such quantities."""


def with_own_quantities(graph: Graph, binding: Binding, formulas: Sequence[Pair], points: Sequence[Point]) -> Graph:
    """Return the graph with a quantity for each name that the document defines by others, where nothing else is meant.

    The names are bound to the new quantities.
    """
    quantities = dict(graph.quantities)
    for left, right in formulas:
        if not isinstance(left, Symbol) or binding.states(left) or binding.is_at_home(left):
            continue
        if defines_function(left, right, graph) is not None:
            continue
        if not is_open(binding, formulas, spelling(left).family, graph, points):
            continue
        definition = _definition(right, binding, graph, points)
        if definition is None or holds((left, right), binding, graph, points):
            continue
        name = f"{OWN}{len(quantities) - len(graph.quantities) + 1}"
        parents = tuple(dict.fromkeys(part.id for part in parts(definition) if isinstance(part, Name)))
        quantities[name] = Quantity(name, Role.RESULT, definition, parents)
        binding.define(spelling(left), name)
    if len(quantities) == len(graph.quantities):
        return graph
    return replace(graph, quantities=quantities, children=children_of(quantities))


def _definition(formula: Written, binding: Binding, graph: Graph, points: Sequence[Point]) -> Written | None:
    """Return a formula over the quantities of the network; None where it is no number made from several of them."""
    if isinstance(formula, Symbol) or not all(binding.of(name) is not None for name in symbols(formula)):
        return None
    found = with_keys(formula, binding, Scope())
    names = [part.id for part in parts(found) if isinstance(part, Name)]
    if any(name not in graph.quantities for name in names) or any(True for _ in symbols(found)):
        return None
    for point in points:
        try:
            if not isinstance(Resolver(binding, graph, point.value, Scope(), {}).value(found), Dual):
                return None
        except Unknown:
            return None
    return found
