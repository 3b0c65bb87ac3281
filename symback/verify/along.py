"""Pre-activations on the way of a gradient: those that a quantity enters, and those behind what enters beside it."""

from __future__ import annotations

from symback.graph.quantity import Graph, Role


def along_path(graph: Graph, key: str) -> tuple[tuple[str, ...], ...]:
    """Return the pre-activations that a derivative is taken through, the nearest to the loss first; none for others.

    Those of a layer whose activations are joint are left out: no function is that of one of them.
    """
    by = key.rpartition(":")[2].partition("@")[0] if ":" in key else ""
    if by not in graph.quantities:
        return ()
    through = [name for name in (by, *graph.children[by]) if graph.quantities[name].role is Role.PRE_ACTIVATION]
    entering = (post for pre in through for post in graph.quantities[pre].parents)
    before = [pre for post in entering for pre in graph.quantities[post].parents if pre.startswith("z.")]
    return tuple(tuple(pre for pre in group if not _is_joint(graph, pre)) for group in (through, before))


def _is_joint(graph: Graph, pre_activation: str) -> bool:
    return any(graph.quantities[post].is_joint for post in graph.children[pre_activation])
