"""Orientation: whether a document multiplies row vectors from the left or column vectors from the right."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from symback.graph.quantity import Graph
from symback.verify.binding import Binding
from symback.verify.equations import Pair, fits, holds
from symback.verify.network import Point
from symback.verify.printed import is_vector, printed_rows, shape_of
from symback.verify.reading import Document
from symback.verify.schemes.scheme import Target
from symback.verify.spelling import spelling
from symback.verify.trees import parts
from symback.written.nodes import Derivative, Symbol, Written

MOST_DERIVATIVES = 20
"""So many formulas with derivatives are tried in both layouts."""

MOST_VECTORS = 8
"""So many printed vectors count at most; formulas say more."""


def settle_orientation(
    binding: Binding, formulas: Sequence[Pair], document: Document, graph: Graph, points: Sequence[Point]
) -> None:
    """Read vectors as rows or as columns, as more of the document's formulas, vectors and matrices want it."""
    if not any(True for _ in binding.families.matrices()):
        return
    scores = {}
    for is_row in (False, True):
        _orient(binding, is_row)
        held = sum(holds(pair, binding, graph, points) for pair in formulas)
        fitting = sum(fits(pair, binding, graph, points[0]) for pair in formulas)
        vectors = sum(_lies_so(shape, is_row) for shape in _vectors(document))
        matrices = sum(_matrices_lie_so(binding, graph, document, is_row))
        agreed = sum(best.agreed == best.compared > 0 for best in binding.families.matrices())
        scores[is_row] = held + fitting / 2 + min(vectors, MOST_VECTORS) / 10 + matrices + agreed
    _orient(binding, scores[True] > scores[False])


def settle_layout(binding: Binding, formulas: Sequence[Pair], graph: Graph, points: Sequence[Point]) -> None:
    """Read derivatives by matrices as laid out like these, or like their transposes, as more formulas want it."""
    about = [pair for pair in formulas if any(_is_by_array(part, binding) for side in pair for part in parts(side))]
    held = []
    for is_numerator in (False, True) if about else ():
        binding.lay_out(is_numerator)
        held.append(sum(holds(pair, binding, graph, points) for pair in about[:MOST_DERIVATIVES]))
    binding.lay_out(held[1:] > held[:1])


def _is_by_array(node: Written, binding: Binding) -> bool:
    """Whether it is a derivative by several quantities, or stands for one."""
    name = node.by if isinstance(node, Derivative) else node
    target = binding.of(name) if isinstance(name, Symbol) else None
    return not isinstance(target, str | None) and (isinstance(node, Derivative) or _role(target) == "delta")


def _role(target: Target) -> str:
    return target[0][0].lstrip("-").partition(".")[0]


def _orient(binding: Binding, is_row: bool) -> None:
    """Read vectors as rows, and weight matrices from the left, or the other way round."""
    binding.orient(is_row)
    word = "row orientation" if is_row else "column orientation"
    families = binding.families
    for best in list(families.matrices()):
        for meaning in families.found(best.family):
            scheme = meaning.scheme
            is_matrix = scheme.role == "w" and scheme.is_vector
            if is_matrix and word in scheme.says and scheme.table.keys() == best.scheme.table.keys():
                families.prefer(meaning)
                break


def _matrices_lie_so(binding: Binding, graph: Graph, document: Document, is_row: bool) -> Iterator[int]:
    """Yield 1 for each printed weight matrix, or gradient by one, that fits an orientation, -1 for the others."""
    shapes = {(layer.size, len(layer.inputs)) for layer in graph.layers if layer.size != len(layer.inputs)}
    families = frozenset(best.family for best in binding.families.matrices())
    for statement in document.statements():
        first = statement.sides[0].node
        name = first.by if isinstance(first, Derivative) else first
        if not isinstance(name, Symbol) or spelling(name).family not in families:
            continue
        for side in statement.sides[1:]:
            shape = shape_of(printed_rows(side))
            if shape in shapes and shape[::-1] not in shapes:
                yield -1 if is_row else 1
            elif shape[::-1] in shapes and shape not in shapes:
                yield 1 if is_row else -1


def _vectors(document: Document) -> Iterator[tuple[int, int]]:
    for statement in document.statements():
        for side in statement.sides:
            rows = printed_rows(side)
            if is_vector(rows):
                yield shape_of(rows)


def _lies_so(shape: tuple[int, int], is_row: bool) -> int:
    """Return 1 for a vector that lies so, -1 for one that lies otherwise, 0 for a matrix."""
    if 1 not in shape:
        return 0
    return 1 if (shape[0] == 1) == is_row else -1
