"""Where names can be read in several ways: the way in which most of the document's formulas are true."""

from __future__ import annotations

from collections.abc import Iterator

from symback.graph.quantity import Graph
from symback.reading.statements import Statement
from symback.verify.balls import decimal
from symback.verify.binding import Binding, Meaning
from symback.verify.evaluate import Dual, Rows, Unknown, Value
from symback.verify.network import Point
from symback.verify.reading import ARROWS, Document, parts, symbols
from symback.verify.resolve import Resolver, Scope
from symback.verify.spelling import spelling
from symback.written.nodes import Number, Written

MOST_FORMULAS = 40
"""How many formulas are tried for each family."""


def settle(binding: Binding, document: Document, graph: Graph, points: list[Point]) -> None:
    """Choose, family by family, the reading in which most formulas in symbols hold."""
    formulas = list(_formulas(document))
    for family, rivals in list(binding.rivals()):
        about = [pair for pair in formulas if any(spelling(one).family == family for side in pair for one in symbols(side))]
        if not about:
            continue
        best: tuple[int, Meaning] | None = None
        for meaning in rivals:
            binding.prefer(family, meaning)
            held = sum(_holds(pair, binding, graph, points) for pair in about[:MOST_FORMULAS])
            if best is None or held > best[0]:
                best = (held, meaning)
        assert best is not None
        binding.prefer(family, best[1])


def _formulas(document: Document) -> Iterator[tuple[Written, Written]]:
    for statement in document.statements():
        yield from _pairs(statement)


def _pairs(statement: Statement) -> Iterator[tuple[Written, Written]]:
    """Yield the first side with each other that is written in symbols, where both are read."""
    if any(sign in ARROWS for sign in statement.signs) or statement.sides[0].node is None:
        return
    first = statement.sides[0].node
    for side in statement.sides[1:]:
        node = side.node
        if node is not None and any(True for _ in symbols(node)) and not _has_decimals(node):
            yield first, node


def _has_decimals(node: Written) -> bool:
    return any(isinstance(part, Number) and (decimal(part) or (0, 1))[1] < 1 for part in parts(node))


def _holds(pair: tuple[Written, Written], binding: Binding, graph: Graph, points: list[Point]) -> bool:
    """Say whether two sides are equal at some points."""
    for point in points:
        resolver = Resolver(binding, graph, point.value, Scope())
        try:
            left, right = resolver.value(pair[0]), resolver.value(pair[1])
        except Unknown:
            return False
        if not _equal(_rows(left), _rows(right)):
            return False
    return True


def _rows(value: Value) -> Rows:
    return ((value,),) if isinstance(value, Dual) else value


def _equal(left: Rows, right: Rows) -> bool:
    if (len(left), len(left[0])) != (len(right), len(right[0])):
        if (len(left), len(left[0])) != (len(right[0]), len(right)) or 1 not in (len(left), len(right)):
            return False
        right = tuple(zip(*right, strict=True))
    return all(
        one.value.overlaps(other.value) for row, others in zip(left, right, strict=True) for one, other in zip(row, others, strict=True)
    )
