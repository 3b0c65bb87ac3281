"""Pre-activations on the way of a gradient: those that a quantity enters, and those behind what enters beside it."""

from __future__ import annotations

from symback.graph.quantity import Graph, Role


def along_path(graph: Graph, key: str) -> tuple[tuple[str, ...], ...]:
    """Return the pre-activations that a derivative is taken through, the nearest to the loss first; none for others."""
    by = key.rpartition(":")[2].partition("@")[0] if ":" in key else ""
    if by not in graph.quantities:
        return ()
    own = tuple(name for name in (by, *graph.children[by]) if graph.quantities[name].role is Role.PRE_ACTIVATION)
    entering = (post for pre in own for post in graph.quantities[pre].parents)
    before = tuple(pre for post in entering for pre in graph.quantities[post].parents if pre.startswith("z."))
    return own, before
