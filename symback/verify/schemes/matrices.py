"""Ways to index weight matrices."""

from __future__ import annotations

from collections.abc import Iterator

from symback.graph.quantity import Graph
from symback.verify.schemes.layers import layer_marks
from symback.verify.schemes.scheme import Indices, Scheme, Target


def of_matrices(graph: Graph, printed: str) -> Iterator[Scheme]:
    """Yield ways to index whole weight matrices, multiplied from the left or from the right."""
    for says in ("column", "row"):
        matrices = [
            layer.matrix if says == "column" else tuple(zip(*layer.matrix, strict=True)) for layer in graph.layers
        ]
        prior = 0.3 if says == "column" else 0.28
        for place, matrix in enumerate(matrices):
            yield Scheme(
                "w", f"weight matrix of layer {place + 1}, {says} orientation", {("", ""): matrix}, prior - 0.1
            )
        for marked, marks, ins, usual in layer_marks(graph, printed):
            ends = [ins[0], *marks]
            table: dict[Indices, Target] = {}
            for place, (mark, matrix) in enumerate(zip(marks, matrices, strict=True)):
                table |= {(mark, ""): matrix, ("", mark): matrix}
                table |= {
                    (ends[place] + mark, ""): matrix,
                    (mark + ends[place], ""): matrix,
                    ("", ends[place] + mark): matrix,
                }
            yield Scheme("w", f"weight matrices, {marked}, {says} orientation", table, prior + usual - 0.5)


def in_both_orientations(home: Scheme, graph: Graph) -> Iterator[Scheme]:
    """Yield the scheme of a notation that names weight matrices with these as columns want them, and as rows do."""
    matrices = {indices: target for indices, target in home.table.items() if not isinstance(target, str)}
    if home.role != "w" or not matrices:
        return
    for says in ("column", "row"):
        laid = {indices: _laid(target, graph, says == "row") for indices, target in matrices.items()}
        yield Scheme("w", f"{home.says}, {says} orientation", {**home.table, **laid}, home.prior - 0.01)


def _laid(matrix: tuple[tuple[str, ...], ...], graph: Graph, is_row: bool) -> Target:
    """Return a weight matrix with a row for each neuron that it leads to, or with a column for each."""
    for layer in graph.layers:
        turned = tuple(zip(*layer.matrix, strict=True))
        if matrix in (layer.matrix, turned):
            return turned if is_row else layer.matrix
    return matrix
