"""Ways in which an index says which layer."""

from __future__ import annotations

from collections.abc import Iterator

from symback.graph.quantity import Graph

ONLY_LAYER = 0.35
"""How usual it is to number an only layer where there are several samples to be numbered."""

Marks = tuple[str, list[str], list[str], float]
"""A way to say which layer: its description, the marks by layer from 1, what the inputs have, how usual it is."""


def layer_marks(graph: Graph, printed: str) -> Iterator[Marks]:
    """Yield ways to say which layer of which some mark stands in `printed`: all indices of a document."""
    for way in _every_way(graph):
        _, marks, ins, _ = way
        if any(mark in printed for mark in (*marks, *ins)):
            yield way


def _every_way(graph: Graph) -> Iterator[Marks]:
    count = len(graph.layers)
    if not count:
        return
    numbers = [str(layer) for layer in range(1, count + 1)]
    yield "the layer's number", numbers, ["0"], 0.6 if count > 1 or len(graph.samples) < 2 else ONLY_LAYER
    yield "the layer's number, the inputs being 1", [str(layer) for layer in range(2, count + 2)], ["1"], 0.42
    hidden = [""] if count == 2 else [str(layer) for layer in range(1, count)]
    for in_word, hid, out in (
        ("in", "hid", "out"), ("x", "h", "o"), ("i", "h", "o"), ("I", "H", "O"), ("in", "h", "out"),
        ("in", "hidden", "output"), ("x", "h", "y"), ("e", "c", "s"), ("i", "j", "k"), ("i", "v", "a"),
        ("x", "h", "out"), ("i", "h", "y"),
    ):  # fmt: skip
        yield f"letters {hid} and {out}", [f"{hid}{number}" for number in hidden] + [out], [in_word], 0.4
    letters = "jklmnpq"
    if count > 2:
        yield "a letter for each layer", [*letters[: count - 1], "o"], ["i"], 0.4
