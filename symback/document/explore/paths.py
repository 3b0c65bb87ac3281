"""Paths: every way on which a quantity acts on the loss, with the local derivatives that are multiplied along it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from symback.derive.derivation import Derivation
from symback.derive.local import local_step
from symback.graph.quantity import PENALTY, Graph
from symback.written.nodes import Group, Partial, Product, Written

Path = tuple[str, ...]
"""Ids from a quantity to the root, which is the loss; its terms are passed over, as the derivation does."""


def ends(graph: Graph) -> tuple[str, ...]:
    """Return where paths end: at the loss, and where one sample alone is learned from at the penalty too."""
    return (graph.root,) if graph.penalty_row is None or graph.learns_from_batch else (graph.root, PENALTY)


def following(graph: Graph, name: str) -> tuple[str, ...]:
    """Return what comes next on the paths from a quantity: its children, and for an output the loss itself."""
    children = tuple(child for child in graph.children[name] if child != PENALTY or child in ends(graph))
    if children and all(child == graph.root or child in graph.loss_terms for child in children):
        return (graph.root,)
    return children


def path_counts(graph: Graph) -> dict[str, int]:
    """Return how many paths lead from each quantity to the loss."""
    counts = dict.fromkeys(ends(graph), 1)
    for name in reversed(list(graph.quantities)):
        if name not in counts:
            counts[name] = sum(counts.get(child, 0) for child in following(graph, name))
    return counts


def paths(graph: Graph, name: str) -> Iterator[Path]:
    """Yield every path from a quantity to the loss, in the order of the graph."""
    if name in ends(graph):
        yield (name,)
        return
    for child in following(graph, name):
        yield from ((name, *rest) for rest in paths(graph, child))


def factors(derivation: Derivation, path: Path) -> tuple[Written, ...]:
    """Return the local derivatives along a path, from the loss down.

    Where a quantity acts on the loss directly and also through others, ``dL/dq`` would mean all its paths together, so
    the local derivative is written out.
    """
    return tuple(factor(derivation, child, parent) for parent, child in reversed(list(pairwise(path))))


def factor(derivation: Derivation, child: str, parent: str) -> Written:
    """Return what stands for the local derivative of one quantity by another: its name, where that means no more."""
    graph = derivation.graph
    if child == graph.root and graph.quantities[child].definition is not None and len(following(graph, parent)) > 1:
        forms = local_step(graph, derivation.kinks, child, parent).forms
        return Group(next(forms[name] for name in forms if name != "unevaluated"))
    return Partial(child, parent)


def product(parts: Sequence[Written]) -> Written:
    """Return factors multiplied with their sign."""
    return parts[0] if len(parts) == 1 else Product(tuple(parts))
