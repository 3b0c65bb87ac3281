"""Evidence for what names mean: every number that a document prints for a name, in chains and in tables."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from symback.reading.documents import Table
from symback.reading.statements import Statement, Vocabulary
from symback.verify.alignment import aligned
from symback.verify.cells import read_rows
from symback.verify.conventions import ROLES
from symback.verify.heads import GRADIENT_HEADS, NEW_HEADS, POST_HEADS, PRE_HEADS
from symback.verify.printed import PrintedRows, numbers_of, printed_rows, shape_of
from symback.verify.reading import ARROWS, Document
from symback.verify.spelling import Spelling, spelling
from symback.verify.trees import bare, symbols
from symback.written.nodes import Derivative, Matrix, Symbol, Written


@dataclass(frozen=True, slots=True)
class Evidence:
    """That a document prints a number, or rows of numbers, for a name, or for the derivative of the loss by it."""

    name: Spelling
    rows: PrintedRows
    is_update: bool = False
    is_gradient: bool = False


def used_names(document: Document) -> Iterator[Spelling]:
    """Yield every name that the formulas of a document use."""
    for statement in document.statements():
        for side in statement.sides:
            yield from map(spelling, symbols(side.node))
    for table in _tables(document):
        for row in read_rows(table, document.vocabulary):
            for read in row:
                for side in (side for statement in read.statements for side in statement.sides):
                    yield from map(spelling, symbols(side.node))
                yield from map(spelling, symbols(read.node))


def evidence(document: Document) -> Iterator[Evidence]:
    """Yield every number that the document prints for a name: ``z = … = 0.3``, also by entries of vectors."""
    for table in _tables(document):
        yield from _of_table(table, document.vocabulary)
    for statement in (*document.statements(), *_in_cells(document)):
        yield from _put_in_place(statement)
        yield from _at_the_end(statement)


def _tables(document: Document) -> Iterator[Table]:
    for item in document.items:
        if isinstance(item.content, Table):
            yield item.content


def _in_cells(document: Document) -> Iterator[Statement]:
    for table in _tables(document):
        for row in read_rows(table, document.vocabulary):
            for read in row:
                yield from read.statements


def _of_table(table: Table, vocabulary: Vocabulary) -> Iterator[Evidence]:
    """Yield what a table says of names: numbers under the name of a column, and beside the name of a row."""
    heads, *body = read_rows(table, vocabulary)
    for row in body:
        label = row[0].node
        for column, read in enumerate(row):
            numbers = printed_rows(read.side) if read.side is not None else ()
            if not numbers:
                continue
            head = heads[column].node if column < len(heads) else None
            if isinstance(head, Symbol) and not isinstance(label, Symbol):
                yield Evidence(spelling(head), numbers)
            elif isinstance(label, Symbol) and column:
                words = heads[column].words if column < len(heads) else ""
                if not any(one.search(words) for one in (NEW_HEADS, GRADIENT_HEADS, PRE_HEADS, POST_HEADS)):
                    yield Evidence(spelling(label), numbers)


def _put_in_place(statement: Statement) -> Iterator[Evidence]:
    """Yield what a line with numbers in place of the symbols before it says of these symbols."""
    for before, after in pairwise(statement.sides):
        if before.node is None or after.node is None:
            continue
        for name, node in aligned(before.node, after.node):
            rows = numbers_of(node)
            if rows and isinstance(name, Symbol):
                yield Evidence(spelling(name), rows)


def _at_the_end(statement: Statement) -> Iterator[Evidence]:
    """Yield what the numbers at the end of a chain say of the names, or matrices of names, before them."""
    is_update = any(sign in ARROWS for sign in statement.signs)
    rows = next((rows for rows in map(printed_rows, reversed(statement.sides)) if rows), ())
    for side in statement.sides[:-1]:
        if side.node is None or not rows:
            continue
        node = bare(side.node)
        if isinstance(node, (Symbol, Derivative)):
            yield from _for_name(node, rows, is_update)
        elif isinstance(node, Matrix) and (len(node.rows), len(node.rows[0])) == shape_of(rows):
            for names, row in zip(node.rows, rows, strict=True):
                for name, number in zip(names, row, strict=True):
                    yield from _for_name(name, ((number,),), is_update)


def _for_name(node: Written, rows: PrintedRows, is_update: bool) -> Iterator[Evidence]:
    if isinstance(node, Symbol):
        yield Evidence(spelling(node), rows, is_update)
    elif isinstance(node, Derivative) and isinstance(node.of, Symbol) and isinstance(node.by, Symbol):
        of = spelling(node.of)
        if of.base in ROLES["loss"] and not of.below and not of.above:
            yield Evidence(spelling(node.by), rows, is_gradient=True)
