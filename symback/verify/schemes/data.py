"""Ways to index inputs and targets."""

from __future__ import annotations

from collections.abc import Iterator

from symback.graph.quantity import Graph
from symback.verify.schemes.scheme import Scheme


def of_data(graph: Graph, role: str) -> Iterator[Scheme]:
    """Yield ways to index inputs or targets: by number, as a vector, or as layer 0."""
    names = graph.inputs if role == "x" else graph.targets
    if not names:
        return
    word = "input" if role == "x" else "target"
    lone = {("", ""): names[0]} if len(names) == 1 else {}
    numbered = {(str(place), ""): name for place, name in enumerate(names, 1)}
    yield Scheme(role, f"{word} number", {**numbered, **lone}, 0.6)
    for style in ("1{}", "{}1", "0{}", "o{}", "i{}", "x{}", "in{}", "out{}"):
        spelled = {(style.format(place), ""): name for place, name in enumerate(names, 1)}
        yield Scheme(role, f"{word} number, written {style.format('n')}", spelled, 0.2)
    if len(names) > 1:
        yield Scheme(role, f"{word}s from 0", {(str(place), ""): name for place, name in enumerate(names)}, -0.6)
    column = tuple((name,) for name in names)
    yield Scheme(role, f"vector of {word}s", {("", ""): column if len(names) > 1 else names[0]}, 0.5)
    if role == "x":
        layered = {(str(place), "0"): name for place, name in enumerate(names, 1)}
        yield Scheme(role, "activations of layer 0", {**layered, **lone}, 0.3)
        yield Scheme(role, "vector of layer 0", {("", "0"): column, ("0", ""): column}, 0.3)
