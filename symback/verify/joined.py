"""Matrices that join samples: whether there are any, and whether their derivatives are divided by how many they are."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from symback.graph.quantity import Graph
from symback.verify.binding import Binding
from symback.verify.evidence import Evidence
from symback.verify.schemes.joined import IN_ROWS
from symback.verify.schemes.scheme import Scheme
from symback.verify.targets import is_joined


def find_joined(binding: Binding, graph: Graph) -> None:
    """Find out if a document that learns from all samples joins them, and how; vectors lie as samples do."""
    joined = [meaning.scheme for meaning in binding.meanings() if meaning.agreed and _joins(meaning.scheme)]
    if not joined or not graph.learns_from_batch:
        return
    binding.joins_samples = True
    in_rows = sum(IN_ROWS in scheme.says for scheme in joined)
    binding.orient(2 * in_rows > len(joined))


def _joins(scheme: Scheme) -> bool:
    return any(map(is_joined, scheme.table.values()))


def agreeing(binding: Binding, graph: Graph) -> float:
    """Return how well the numbers of derivatives agree, each multiplied by how many samples share it."""
    count = len(graph.samples) if binding.divides_samples else 1
    total = 0.0
    for meaning in binding.meanings():
        if _joins(meaning.scheme):
            items = (_times(item, count) for item in _gradients(binding, meaning.family))
            total += binding.agreement.with_scheme(meaning.scheme, items)[0]
    return total


def _gradients(binding: Binding, family: str) -> Iterator[Evidence]:
    is_delta = binding.families.role(family) == "delta"
    yield from (item for item in binding.families.evidence.get(family, ()) if item.is_gradient or is_delta)


def _times(item: Evidence, count: int) -> Evidence:
    rows = tuple(tuple((value * count, unit * count) for value, unit in row) for row in item.rows)
    return replace(item, rows=rows)
