"""Numbers that a document adds to parameters, or takes away from them, each times others: ``0.2 + 0.6 * 0.1 * 1``."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from fractions import Fraction

from symback.reading.documents import Table
from symback.verify.balls import decimal
from symback.verify.cells import read_rows
from symback.verify.reading import Document
from symback.verify.trees import bare, parts
from symback.written.nodes import Negative, Product, Sum, Written


def added_products(document: Document) -> Counter[Fraction]:
    """Return how often each number is a factor of a product that is added to a number; less, where it is taken away."""
    found: Counter[Fraction] = Counter()
    for node in _formulas(document):
        for part in parts(node):
            if isinstance(part, Sum) and len(part.terms) == 2 and decimal(part.terms[0]) is not None:
                found.update(_factors(part.terms[1]))
    return found


def _formulas(document: Document) -> Iterator[Written]:
    """Yield every formula of the document, also in the cells of its tables."""
    for statement in document.statements():
        yield from (side.node for side in statement.sides if side.node is not None)
    for item in document.items:
        for row in read_rows(item.content, document.vocabulary) if isinstance(item.content, Table) else ():
            for read in row:
                sides = [side for statement in read.statements for side in statement.sides]
                yield from (side.node for side in (*sides, read.side) if side is not None and side.node is not None)


def _factors(term: Written) -> dict[Fraction, int]:
    """Return each number in a product, once if it is added and once less if it is taken away."""
    node, sign = bare(term), 1
    while isinstance(node, Negative):
        node, sign = bare(node.operand), -sign
    factors = node.factors if isinstance(node, Product) else ()
    return {number[0]: sign for number in map(decimal, factors) if number is not None}
