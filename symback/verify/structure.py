"""Where names can be read in several ways: the way in which most of the document's formulas are true."""

from __future__ import annotations

from collections.abc import Iterator

from symback.graph.quantity import Graph
from symback.reading.documents import Table
from symback.reading.statements import Statement
from symback.verify.balls import decimal
from symback.verify.binding import Binding, Meaning
from symback.verify.cells import read_cell
from symback.verify.evaluate import Dual, Rows, Unknown, Value
from symback.verify.general import instances
from symback.verify.keys import Scope
from symback.verify.network import Point
from symback.verify.printed import printed_rows
from symback.verify.reading import ARROWS, Document
from symback.verify.resolve import Resolver
from symback.verify.spelling import spelling
from symback.verify.trees import parts, symbols
from symback.written.nodes import Derivative, Number, Symbol, Written

MOST_FORMULAS = 40
"""How many formulas are tried for each family."""


def settle(binding: Binding, document: Document, graph: Graph, points: list[Point]) -> None:
    """Choose, family by family, the reading in which most formulas in symbols hold."""
    formulas = list(_formulas(document))
    binding.agree_on_numbers_above()
    _orient(binding, formulas, document, graph, points)
    for family, rivals in [*binding.rivals(), *binding.rivals()]:
        about = [pair for pair in formulas if any(spelling(one).family == family for side in pair for one in symbols(side))]
        if not about:
            continue
        best: tuple[int, Meaning] | None = None
        for meaning in rivals:
            binding.prefer(family, meaning)
            held = sum(holds(pair, binding, graph, points) for pair in about[:MOST_FORMULAS])
            if best is None or held > best[0]:
                best = (held, meaning)
        assert best is not None
        binding.prefer(family, best[1])
    _sign(binding, formulas, graph, points)


def _orient(
    binding: Binding, formulas: list[tuple[Written, Written]], document: Document, graph: Graph, points: list[Point]
) -> None:
    """Decide whether the document multiplies row vectors from the left or columns from the right."""
    if not any(True for _ in binding.matrix_families()):
        return
    best: tuple[float, bool] | None = None
    for is_row in (False, True):
        binding.orient(is_row)
        held = sum(holds(pair, binding, graph, points[:2]) for pair in formulas[:MOST_FORMULAS])
        printed = sum(_is_like(rows, is_row) for rows in _vectors(document))
        score = held + min(printed, 8) / 10 + sum(_lies_so(binding, graph, document, is_row))
        if best is None or score > best[0]:
            best = (score, is_row)
    assert best is not None
    binding.orient(best[1])


def _lies_so(binding: Binding, graph: Graph, document: Document, is_row: bool) -> Iterator[int]:
    """Yield 1 for each printed weight matrix, or gradient by one, whose shape fits an orientation, -1 for the others."""
    shapes = {(layer.size, len(layer.inputs)) for layer in graph.layers if layer.size != len(layer.inputs)}
    families = frozenset(binding.matrix_families())
    for statement in document.statements():
        first = statement.sides[0].node
        name = first.by if isinstance(first, Derivative) else first
        if not isinstance(name, Symbol) or spelling(name).family not in families:
            continue
        for side in statement.sides[1:]:
            rows = printed_rows(side)
            shape = (len(rows), len(rows[0]) if rows else 0)
            if shape in shapes and shape[::-1] not in shapes:
                yield -1 if is_row else 1
            elif shape[::-1] in shapes and shape not in shapes:
                yield 1 if is_row else -1


def _vectors(document: Document) -> Iterator[tuple[int, int]]:
    for statement in document.statements():
        for side in statement.sides:
            rows = printed_rows(side)
            if rows and len(rows) * len(rows[0]) > 1:
                yield len(rows), len(rows[0])


def _is_like(shape: tuple[int, int], is_row: bool) -> int:
    """Return 1 for a vector that lies so, -1 for one that lies otherwise, 0 for a matrix."""
    if 1 not in shape:
        return 0
    return 1 if (shape[0] == 1) == is_row else -1


def _sign(binding: Binding, formulas: list[tuple[Written, Written]], graph: Graph, points: list[Point]) -> None:
    """Take δ with the opposite sign where the document defines it so and its formulas are true only then."""
    for family in list(binding.deltas()):
        about = [pair for pair in formulas if any(spelling(one).family == family for side in pair for one in symbols(side))]
        defined = [pair for pair in about if isinstance(pair[0], Symbol) and spelling(pair[0]).family == family]
        held = []
        for sign in (False, True):
            (binding.negated.add if sign else binding.negated.discard)(family)
            held.append((sum(holds(pair, binding, graph, points[:2]) for pair in about), sum(holds(pair, binding, graph, points[:2]) for pair in defined)))
        if not (held[1][0] > held[0][0] and held[1][1]):
            binding.negated.discard(family)


def _formulas(document: Document) -> Iterator[tuple[Written, Written]]:
    for item in document.items:
        if isinstance(item.content, Statement):
            yield from _pairs(item.content)
        elif isinstance(item.content, Table):
            yield from _in_table(item.content, document)


def _in_table(table: Table, document: Document) -> Iterator[tuple[Written, Written]]:
    """Yield what a table says in symbols: the name of a row, and a formula in it."""
    for row in table.rows[1:]:
        read = [read_cell(cell, document.vocabulary) for cell in row]
        first = read[0].node
        for cell in read:
            for statement in cell.statements:
                yield from _pairs(statement)
            if first is not None and cell is not read[0] and cell.node is not None and any(True for _ in symbols(cell.node)):
                if not _has_decimals(cell.node):
                    yield first, cell.node


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


def holds(pair: tuple[Written, Written], binding: Binding, graph: Graph, points: list[Point]) -> bool:
    """Say whether two sides are equal at some points; a rule with letters for indices, wherever it names something."""
    readings = [pair] if _is_named(pair, binding) else list(instances(*pair, binding, graph))[:6]
    return bool(readings) and all(_holds_at(one, binding, graph, points) for one in readings)


def _is_named(pair: tuple[Written, Written], binding: Binding) -> bool:
    return all(binding.of(symbol) is not None for side in pair for symbol in symbols(side))


def _holds_at(pair: tuple[Written, Written], binding: Binding, graph: Graph, points: list[Point]) -> bool:
    for point in points:
        resolver = Resolver(binding, graph, point.value, Scope(), {})
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
