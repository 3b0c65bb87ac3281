"""Expressions in symbols that have no name: which quantity of the network they are, ``p_3 - y_3`` being a gradient."""

from __future__ import annotations

from collections.abc import Iterator

from symback.graph.quantity import Graph
from symback.verify.duals import Dual, Unknown
from symback.verify.judging.state import State
from symback.verify.network import Point
from symback.verify.trees import symbols
from symback.written.nodes import Symbol, Written

POINTS = 3
"""At so many points an expression must be equal to a quantity, besides that of the author's numbers."""


def identified(state: State, node: Written | None) -> str:
    """Return the key of the quantity that an expression of known names is, or of its opposite; else nothing."""
    if node is None or isinstance(node, Symbol) or state.moved is not None:
        return ""
    if not any(True for _ in symbols(node)):
        return ""
    points = list(state.points_alike(POINTS))
    candidates = [f"{sign}{key}" for key in _candidates(state.graph) for sign in ("", "-")]
    for point in points:
        found = state.worth(node, point.value)
        if not isinstance(found, Dual) or found.value.contains(0):
            return ""
        candidates = [key for key in candidates if _is_worth(point, _here(state, key), found)]
    return _here(state, candidates[0]) if candidates else ""


def _here(state: State, key: str) -> str:
    sign = "-" if key.startswith("-") else ""
    return sign + state.scope.key(key.removeprefix("-"))


def _is_worth(point: Point, key: str, found: Dual) -> bool:
    try:
        return bool((point.value(key) - found.value).contains(0))
    except Unknown:
        return False


def _candidates(graph: Graph) -> Iterator[str]:
    """Yield what people write without a name, those first from which others come: backwards through the layers."""
    for layer in reversed(graph.layers):
        for pre, post in zip(layer.pre_activations, layer.activations, strict=True):
            yield from (f"loss:{post}", f"{post}:{pre}", f"loss:{pre}")
