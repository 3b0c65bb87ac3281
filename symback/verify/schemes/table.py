"""All schemes of a role."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from symback.graph.build import LEARNING_RATE
from symback.graph.quantity import PENALTY_FACTOR, Graph
from symback.verify.schemes.data import of_data
from symback.verify.schemes.joined import of_joined
from symback.verify.schemes.losses import of_losses
from symback.verify.schemes.matrices import of_matrices
from symback.verify.schemes.neurons import of_neurons
from symback.verify.schemes.scheme import SAMPLE_ABOVE, THEN_SAMPLE, Indices, Scheme, Target
from symback.verify.schemes.weights import of_weights
from symback.verify.targets import changed


def schemes(graph: Graph, role: str, printed: str) -> Iterator[Scheme]:
    """Yield every way to index the quantities of one role, for several samples also with the sample's number.

    Roles are ``x``, ``t``, ``w``, ``b``, ``z``, ``a``, ``delta``, ``loss``, ``learning_rate`` and ``penalty_factor``.
    Ways with marks that are not in `printed`, all indices of a document, may be left out.
    """
    for scheme in _of_role(graph, role, printed):
        yield scheme
        if len(graph.samples) > 1 and role in (("x", "t") if scheme.is_vector else ("x", "t", "z", "a", "delta")):
            yield from _with_samples(graph, scheme)
    if role in ("x", "t", "z", "a", "delta"):
        yield from of_joined(graph, role, printed)


def _of_role(graph: Graph, role: str, printed: str) -> Iterator[Scheme]:
    if role in ("x", "t"):
        yield from of_data(graph, role)
    elif role == "loss":
        yield from of_losses(graph)
    elif role == "learning_rate":
        yield Scheme(role, "the learning rate", {("", ""): LEARNING_RATE}, 0.5)
    elif role == "penalty_factor":
        if PENALTY_FACTOR in graph.given:
            yield Scheme(role, "the factor of the penalty", {("", ""): PENALTY_FACTOR}, 0.4)
    elif role == "w":
        yield from of_weights(graph, printed)
        yield from of_matrices(graph, printed)
    else:
        yield from of_neurons(graph, role, printed)


def _with_samples(graph: Graph, scheme: Scheme) -> Iterator[Scheme]:
    """Yield a scheme with the sample's number as one more index.

    Of an only layer, which needs no number, a name without that of the sample is about the one at hand.
    """
    above: dict[Indices, Target] = {}
    below: dict[Indices, Target] = {}
    for (under, over), target in scheme.table.items():
        for sample in range(1, len(graph.samples) + 1):
            if not over:
                above[under, str(sample)] = _at(target, sample)
            below[f"{under}{sample}", over] = _at(target, sample)
    if len(graph.layers) < 2:
        above, below = {**scheme.table, **above}, {**scheme.table, **below}
    yield Scheme(scheme.role, scheme.says + SAMPLE_ABOVE, above, scheme.prior - 0.2)
    yield Scheme(scheme.role, scheme.says + THEN_SAMPLE, below, scheme.prior - 0.25)


@lru_cache(maxsize=4096)
def _at(target: Target, sample: int) -> Target:
    return changed(target, lambda name: f"{name}@{sample}")
