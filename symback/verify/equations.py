"""Equations in symbols: the formulas of a document without numbers, and whether they hold as names are read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations, islice
from typing import TypeGuard

from symback.graph.quantity import Graph
from symback.reading.documents import Table
from symback.reading.statements import Statement
from symback.verify.balls import decimal
from symback.verify.binding import Binding
from symback.verify.cells import read_rows
from symback.verify.duals import Unknown
from symback.verify.general import instances
from symback.verify.heads import PRE_HEADS
from symback.verify.keys import Scope, keys_of, with_keys
from symback.verify.network import Point
from symback.verify.printed import PrintedRows, printed_rows
from symback.verify.reading import ARROWS, Document
from symback.verify.resolve import Resolver
from symback.verify.shapes import agree
from symback.verify.trees import is_function_of_name, numbers, parts, symbols
from symback.written.nodes import Derivative, Relation, Symbol, Text, Written

Pair = tuple[Written, Written]
"""Two formulas that the document asserts to be equal."""

MOST_INSTANCES = 6
"""For so many numbers a rule with letters for indices is tried."""


def formulas_of(document: Document) -> Iterator[Pair]:
    """Yield every pair of formulas that the document asserts to be equal in symbols."""
    for item in document.items:
        if isinstance(item.content, Statement):
            yield from _pairs(item.content)
        elif isinstance(item.content, Table):
            yield from _in_table(item.content, document)


def _in_table(table: Table, document: Document) -> Iterator[Pair]:
    """Yield what a table says in symbols: the name of a row, and a formula in it, unless the rows name neurons."""
    heads, *rows = read_rows(table, document.vocabulary)
    names_neurons = any(PRE_HEADS.search(head.words) for head in heads)
    for cell in heads:
        for statement in cell.statements:
            yield from _pairs(statement)
    for label, *cells in rows:
        for cell in (label, *cells):
            for statement in cell.statements:
                yield from _pairs(statement)
            node = None if cell is label or names_neurons else cell.node
            if label.node is not None and _is_symbolic(node):
                yield label.node, node


def _pairs(statement: Statement) -> Iterator[Pair]:
    """Yield the first side with each other that is written in symbols, where both are read."""
    first = statement.sides[0].node
    if any(sign in ARROWS for sign in statement.signs) or first is None or is_function_of_name(first):
        return
    for side in statement.sides[1:]:
        if _is_symbolic(side.node):
            yield first, side.node


def _is_symbolic(node: Written | None) -> TypeGuard[Written]:
    """Whether a formula has names in it, and no decimals in place of any."""
    if node is None or not any(True for _ in symbols(node)):
        return False
    return not any((decimal(number) or (0, 1))[1] < 1 for number in numbers(node))


def derivatives_of(document: Document) -> Iterator[Pair]:
    """Yield every derivative by a lone letter that the document speaks of, each once, as equal to itself: it exists."""
    found = (
        part
        for statement in document.statements()
        for side in statement.sides
        if side.node is not None
        for part in parts(side.node)
        if isinstance(part, Derivative) and isinstance(part.of, Symbol) and isinstance(part.by, Symbol)
        if not part.by.subscript and not part.by.superscript  # others have more names to be known by
    )
    yield from ((node, node) for node in dict.fromkeys(found))


def differing(document: Document) -> Iterator[Pair]:
    """Yield derivatives of one quantity by two lone letters for which the document prints two numbers: they differ."""
    found: dict[Derivative, PrintedRows] = {}
    for statement in document.statements():
        head, rows = statement.sides[0].node, printed_rows(statement.sides[-1])
        if isinstance(head, Derivative) and isinstance(head.by, Symbol) and not head.by.subscript and rows:
            found.setdefault(head, rows)
    for one, other in combinations(found, 2):
        if one.of == other.of and found[one] != found[other]:
            yield Relation(one, (("≠", other),)), DIFFER


DIFFER = Text("differ")
"""Stands beside two derivatives that are not the same."""


def holds(pair: Pair, binding: Binding, graph: Graph, points: Sequence[Point]) -> bool:
    """Say whether two sides are equal at some points; a rule with letters for indices, wherever it names something."""
    if isinstance(pair[0], Relation) and pair[1] is DIFFER:
        ((_, other),) = pair[0].links
        return keys_of(pair[0].first, binding, Scope()) != keys_of(other, binding, Scope())
    if pair[0] is pair[1]:
        return _exists(pair[0], binding, graph)
    readings = [pair] if _is_named(pair, binding) else list(islice(instances(*pair, binding, graph), MOST_INSTANCES))
    return bool(readings) and all(_holds_at(one, binding, graph, points) for one in readings)


def fits(pair: Pair, binding: Binding, graph: Graph, point: Point) -> bool:
    """Say whether two sides have a value, of one shape: they may differ, but vectors lie so and no other way."""
    resolver = Resolver(binding, graph, point.value, Scope(), {})
    try:
        return agree(resolver.value(pair[0]), resolver.value(pair[1])) is not None
    except Unknown:
        return False


def _exists(node: Written, binding: Binding, graph: Graph) -> bool:
    """Whether a derivative is one of a quantity, or of each of several, by others on which it depends."""
    keys = keys_of(node, binding, Scope())
    return keys is not None and all(_depends(key, graph) for row in keys for key in row)


def _depends(key: str, graph: Graph) -> bool:
    of, _, by = (side.partition("@")[0] for side in key.partition(":"))
    return by in graph.quantities and (of not in graph.quantities or of in graph.dependents(by))


def _is_named(pair: Pair, binding: Binding) -> bool:
    return all(binding.of(symbol) is not None for side in pair for symbol in symbols(side))


def _holds_at(pair: Pair, binding: Binding, graph: Graph, points: Sequence[Point]) -> bool:
    first, second = (with_keys(side, binding, Scope()) for side in pair)
    for point in points:
        resolver = Resolver(binding, graph, point.value, Scope(), {})
        try:
            left, right = resolver.value(first), resolver.value(second)
        except Unknown:
            return False
        if not agree(left, right):
            return False
    return True
