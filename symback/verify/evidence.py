"""Evidence for what names mean: every number that a document prints for a name, in chains and in tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from symback.reading.documents import Table
from symback.reading.statements import Statement, Vocabulary
from symback.reading.tree import THE_LOSS
from symback.verify.alignment import aligned
from symback.verify.cells import Read, are_counted, read_rows
from symback.verify.conventions import ROLES
from symback.verify.heads import GRADIENT_HEADS, NEW_HEADS, POST_HEADS, PRE_HEADS
from symback.verify.numberings import letters_of, with_numbers
from symback.verify.printed import PrintedRows, numbers_of, printed_rows, shape_of
from symback.verify.reading import ARROWS, Document
from symback.verify.spelling import Spelling, spelling
from symback.verify.trees import bare, symbols
from symback.written.nodes import Call, Derivative, Matrix, Number, Symbol, Written


@dataclass(frozen=True, slots=True)
class Evidence:
    """That a document prints a number, or rows of numbers, for a name, or for the derivative of the loss by it.

    ``is_of_nothing`` says that the derivative is written without the loss, as in ``d_h1``.
    """

    name: Spelling
    rows: PrintedRows
    is_update: bool = False
    is_gradient: bool = False
    is_of_nothing: bool = False


def used_names(document: Document) -> Iterator[Spelling]:
    """Yield every name that the formulas of a document use."""
    for statement in document.statements():
        named = [name for side in statement.sides for name in symbols(side.node)]
        yield from (spelling(name) for name in named if name != _argument(statement, named))
    for table in _tables(document):
        rows = read_rows(table, document.vocabulary)
        for row in rows:
            yield from (spelling(name) for name in _instances(row, rows[0]) if name is not None)
            for read in row:
                for side in (side for statement in read.statements for side in statement.sides):
                    yield from map(spelling, symbols(side.node))
                yield from map(spelling, symbols(read.node))


def _argument(statement: Statement, named: Sequence[Symbol]) -> Symbol | None:
    """Return the name of which a statement says what a function of it is: ``f(z) = z/2``; it stands for any number."""
    head = statement.sides[0].node
    if not isinstance(head, Call) or len(head.arguments) != 1 or len(statement.sides) < 2:
        return None
    (argument,) = head.arguments
    if not isinstance(argument, Symbol) or argument.subscript or argument.superscript or {*named} != {argument}:
        return None
    return argument if any(argument in symbols(side.node) for side in statement.sides[1:]) else None


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
    first = 1 if are_counted(heads[0], body) else 0
    for row in body:
        label, instances = row[0].node, _instances(row, heads)
        yield from _of_row(row)
        for column, read in enumerate(row[first:], first):
            numbers = number_at_the_end(read)
            if not numbers:
                continue
            head = instances[column] or (heads[column].node if column < len(heads) else None)
            if isinstance(head, Symbol) and not isinstance(label, Symbol):
                yield Evidence(spelling(head), numbers)
            elif isinstance(label, Symbol) and column:
                words = heads[column].words if column < len(heads) else ""
                if not any(one.search(words) for one in (NEW_HEADS, GRADIENT_HEADS, PRE_HEADS, POST_HEADS)):
                    yield Evidence(spelling(label), numbers)


def _of_row(row: Sequence[Read]) -> Iterator[Evidence]:
    """Yield what numbers put in place in one cell say of the formula before it, and a lone result of a derivative."""
    sides = [read.side for read in row[1:] if read.side is not None and read.side.node is not None]
    if len(sides) > 1:
        yield from _put_in_place(Statement(tuple(sides), ("", *["="] * (len(sides) - 1))))
    results = [rows for rows in map(printed_rows, sides) if rows]
    label = row[0].node
    if isinstance(label, Derivative) and len(results) == 1:
        yield from _for_name(label, results[0], False)


def _instances(row: Sequence[Read], heads: Sequence[Read]) -> list[Symbol | None]:
    """Return what heads with a letter mean in the row whose number the letter is: ``O_4`` below ``O_j`` in row 4.

    The first head says which letter it is, ``Unit j``, or else it is the one in the other heads.
    """
    named, number = heads[0].node, row[0].node
    if row is heads or not isinstance(number, Number) or not number.text.isdigit():
        return [None] * len(row)
    found: list[Symbol | None] = []
    for column in range(len(row)):
        head = heads[column].node if column < len(heads) else None
        letters = letters_of(head) if column > 0 and isinstance(head, Symbol) else set()
        if isinstance(named, Symbol) and len(named.base) == 1:
            letters &= {named.base}
        one = with_numbers(head, dict.fromkeys(letters, int(number.text))) if len(letters) == 1 and head else None
        found.append(one if isinstance(one, Symbol) else None)
    return found


def number_at_the_end(read: Read) -> PrintedRows:
    """Return the number of a cell, or that at the end of a chain that begins with numbers."""
    if read.side is not None:
        return printed_rows(read.side)
    sides = [side for statement in read.statements for side in statement.sides]
    begins_with_numbers = bool(sides) and sides[0].node is not None and not any(True for _ in symbols(sides[0].node))
    return printed_rows(sides[-1]) if begins_with_numbers else ()


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
            yield Evidence(spelling(node.by), rows, is_gradient=True, is_of_nothing=node.of == THE_LOSS)
