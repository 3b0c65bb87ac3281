"""Ways to name matrices that join what belongs to several samples: a row, or a column, for each."""

from __future__ import annotations

from collections.abc import Iterator

from symback.graph.quantity import Graph
from symback.verify.schemes.layers import layer_marks
from symback.verify.schemes.neurons import WORDS, ids_by_layer
from symback.verify.schemes.scheme import Indices, Scheme, Target

IN_ROWS, IN_COLUMNS = "samples in rows", "samples in columns"
"""How schemes describe which way samples lie."""

MOST_SAMPLES = 12
"""Nobody prints matrices of more."""


def of_joined(graph: Graph, role: str, printed: str) -> Iterator[Scheme]:
    """Yield ways to name inputs, targets, z, a or δ of all samples together."""
    count = len(graph.samples)
    if not 1 < count <= MOST_SAMPLES or not graph.layers:
        return
    for lie in (IN_ROWS, IN_COLUMNS):
        if role in ("x", "t"):
            whole = _joined(graph.inputs if role == "x" else graph.targets, count, lie)
            yield Scheme(role, f"{lie}, {'inputs' if role == 'x' else 'targets'}", {("", ""): whole}, 0.3)
            continue
        layers = [_joined(ids, count, lie) for ids in ids_by_layer(graph, role)]
        for place, whole in enumerate(layers, 1):
            says = f"{lie}, {WORDS[role]} of layer {place}"
            yield Scheme(role, says, {("", ""): whole}, 0.1)
        for marked, marks, ins, usual in layer_marks(graph, printed):
            table: dict[Indices, Target] = {}
            for mark, whole in zip(marks, layers, strict=True):
                table |= {(mark, ""): whole, ("", mark): whole}
            if role == "a":
                inputs = _joined(graph.inputs, count, lie)
                table |= {(ins[0], ""): inputs, ("", ins[0]): inputs}
            yield Scheme(role, f"{lie}, {WORDS[role]}, {marked}", table, usual - 0.2)


def _joined(ids: tuple[str, ...], count: int, lie: str) -> Target:
    rows = tuple(tuple(f"{name}@{sample}" for name in ids) for sample in range(1, count + 1))
    return rows if lie == IN_ROWS else tuple(zip(*rows, strict=True))
