"""One name for what enters a neuron and what leaves it: ``h_1in`` and ``h_1out``."""

from __future__ import annotations

from collections.abc import Iterator

from symback.graph.quantity import Graph, Layer
from symback.verify.schemes.scheme import Indices, Scheme, Target

MARKS = (("in", "out"), ("net", "out"), ("i", "o"), ("in", "o"))
"""How people mark what enters and what leaves."""


def in_and_out(graph: Graph) -> Iterator[Scheme]:
    """Yield such ways layer by layer."""
    for layer in graph.layers:
        for enters, leaves in MARKS:
            for style in ("{n}{s}", "{s}{n}"):
                says = f"what enters and leaves layer {layer.number}, marked {enters} and {leaves}"
                yield Scheme("a", says, _table(layer, enters, leaves, style), 0.4)


def _table(layer: Layer, enters: str, leaves: str, style: str) -> dict[Indices, Target]:
    table: dict[Indices, Target] = {}
    for number, (pre, post) in enumerate(zip(layer.pre_activations, layer.activations, strict=True), 1):
        for shown in (str(number), "") if layer.size == 1 else (str(number),):
            for side, name in ((enters, pre), (leaves, post)):
                table[style.format(n=shown, s=side), ""] = name
                table[shown, side] = name
    if layer.size > 1:
        for side, ids in ((enters, layer.pre_activations), (leaves, layer.activations)):
            column = tuple((name,) for name in ids)
            table |= {(side, ""): column, ("", side): column}
    return table
