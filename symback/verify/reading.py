"""A document as a list of statements in order, with the headings, samples and shifts that change what names mean."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from symback.reading.documents import Display, Line, Source, Table, blocks, decimal_comma
from symback.reading.prose import statements_of
from symback.reading.macros import macros
from symback.reading.statements import Side, Statement, Vocabulary, statements
from symback.verify.alignment import aligned
from symback.verify.balls import decimal
from symback.verify.binding import ROLES, Evidence, Printed
from symback.verify.spelling import Spelling, spelling
from symback.written.nodes import (
    Call,
    Cases,
    Derivative,
    Group,
    IndexedSum,
    Matrix,
    Negative,
    Norm,
    Number,
    Power,
    Product,
    Quotient,
    Relation,
    Sum,
    Symbol,
    Transpose,
    Written,
)

Rows = tuple[tuple[Printed, ...], ...]
"""The printed numbers of a vector or matrix."""

ARROWS = frozenset({"←", "⟵", "→"})
"""Signs by which an update is written."""


@dataclass(frozen=True, slots=True)
class Item:
    """One statement, or one table or line of words, in the order of the document."""

    content: Statement | Table | Line
    is_display: bool = False


@dataclass(frozen=True, slots=True)
class Document:
    """A document that was read."""

    source: Source
    items: tuple[Item, ...]
    vocabulary: Vocabulary

    def statements(self) -> Iterator[Statement]:
        """Yield its statements in order."""
        for item in self.items:
            if isinstance(item.content, Statement):
                yield item.content


def read_document(text: str, words: Collection[str] = ()) -> Document:
    """Read a document; `words` are names of several letters that it may use."""
    vocabulary = Vocabulary(frozenset(words), decimal_comma(text), macros(text))
    items: list[Item] = []
    for block in blocks(text):
        if isinstance(block, Display):
            piece = block.piece
            items.extend(Item(one, True) for one in statements(piece.text, True, vocabulary, piece.start))
        elif isinstance(block, Line):
            items.append(Item(block))
            items.extend(Item(one) for one in statements_of(block, vocabulary))
        else:
            items.append(Item(block))
    return Document(Source(text), tuple(_with_marks(items)), vocabulary)


def _with_marks(items: list[Item]) -> Iterator[Item]:
    """Make numbers set high indices where the document uses them so: ``w^2_{11} = …``, ``z^1 = …``."""
    bases: set[str] = set()
    for item in items:
        if isinstance(item.content, Statement):
            for side in item.content.sides:
                for node in _defined(side.node):
                    if isinstance(node, Power) and isinstance(node.base, Symbol) and isinstance(node.exponent, Number):
                        bases.add(spelling(node.base).base)
    for item in items:
        if bases and isinstance(item.content, Statement):
            sides = tuple(
                side if side.node is None else replace(side, node=_marked(side.node, bases)) for side in item.content.sides
            )
            yield replace(item, content=replace(item.content, sides=sides))
        else:
            yield item


def _defined(node: Written | None) -> tuple[Written, ...]:
    """Return what a side names if it is a name or a matrix of names."""
    if isinstance(node, Power):
        return (node,)
    if isinstance(node, Derivative):
        return (*_defined(node.of), *_defined(node.by))
    if isinstance(node, Matrix):
        return tuple(entry for row in node.rows for entry in row)
    return ()


def _marked(node: Written, bases: Collection[str]) -> Written:
    if (
        isinstance(node, Power)
        and isinstance(node.base, Symbol)
        and isinstance(node.exponent, Number)
        and spelling(node.base).base in bases
    ):
        return replace(node.base, superscript=(node.exponent, *node.base.superscript))
    return rebuilt(node, lambda inner: _marked(inner, bases))


def rebuilt(node: Written, change: Callable[[Written], Written]) -> Written:
    """Return a node whose parts are changed."""
    if isinstance(node, Sum):
        return Sum(tuple(change(term) for term in node.terms))
    if isinstance(node, Negative):
        return Negative(change(node.operand))
    if isinstance(node, Product):
        return replace(node, factors=tuple(change(factor) for factor in node.factors))
    if isinstance(node, Quotient):
        return Quotient(change(node.numerator), change(node.denominator))
    if isinstance(node, Power):
        return Power(change(node.base), change(node.exponent))
    if isinstance(node, (Transpose, Norm)):
        return type(node)(change(node.operand))
    if isinstance(node, Call):
        return replace(node, arguments=tuple(change(argument) for argument in node.arguments))
    if isinstance(node, Derivative):
        return replace(node, of=change(node.of), by=change(node.by))
    if isinstance(node, IndexedSum):
        return replace(node, body=change(node.body))
    if isinstance(node, Cases):
        return Cases(tuple((change(value), change(condition)) for value, condition in node.branches))
    if isinstance(node, Relation):
        return Relation(change(node.first), tuple((sign, change(side)) for sign, side in node.links))
    if isinstance(node, Matrix):
        return Matrix(tuple(tuple(change(entry) for entry in row) for row in node.rows))
    if isinstance(node, Group):
        return Group(change(node.body))
    return node


def parts(node: Written) -> Iterator[Written]:
    """Yield a node and everything in it."""
    yield node
    inner: list[Written] = []

    def kept(part: Written) -> Written:
        inner.append(part)
        return part

    rebuilt(node, kept)
    for part in inner:
        yield from parts(part)


def symbols(node: Written | None) -> Iterator[Symbol]:
    """Yield every name in a formula."""
    if node is not None:
        yield from (part for part in parts(node) if isinstance(part, Symbol))


def used_names(document: Document) -> Iterator[Spelling]:
    """Yield every name that the formulas of a document use."""
    from symback.verify.tables import read_cell

    for statement in document.statements():
        for side in statement.sides:
            yield from map(spelling, symbols(side.node))
    for item in document.items:
        if isinstance(item.content, Table):
            for row in item.content.rows:
                for cell in row:
                    read = read_cell(cell, document.vocabulary)
                    sides = [side for statement in read.statements for side in statement.sides]
                    for side in [*sides, *([read.side] if read.side else [])]:
                        yield from map(spelling, symbols(side.node))


def evidence(document: Document) -> Iterator[Evidence]:
    """Yield every number that the document prints for a name: ``z = … = 0.3``, also by entries of vectors."""
    from symback.verify.tables import read_cell, table_evidence

    for item in document.items:
        if isinstance(item.content, Table):
            yield from table_evidence(item.content, document.vocabulary)
    in_cells = [
        statement
        for item in document.items
        if isinstance(item.content, Table)
        for row in item.content.rows
        for cell in row
        for statement in read_cell(cell, document.vocabulary).statements
    ]
    for statement in (*document.statements(), *in_cells):
        yield from _put_in_place(statement)
        is_update = any(sign in ARROWS for sign in statement.signs)
        numbers = [rows for rows in map(printed_rows, statement.sides) if rows]
        for side in statement.sides[:-1]:
            if side.node is None or not numbers:
                continue
            rows = numbers[-1]
            node = side.node
            while isinstance(node, Group):
                node = node.body
            if isinstance(node, (Symbol, Derivative)):
                yield from _evidence_for(node, rows, is_update)
            elif isinstance(node, Matrix) and (len(node.rows), len(node.rows[0])) == (len(rows), len(rows[0])):
                for names, row in zip(node.rows, rows, strict=True):
                    for name, number in zip(names, row, strict=True):
                        yield from _evidence_for(name, ((number,),), is_update)


def _put_in_place(statement: Statement) -> Iterator[Evidence]:
    """Yield what a line with numbers in place of the symbols before it says of these symbols."""
    for before, after in pairwise(statement.sides):
        if before.node is None or after.node is None:
            continue
        for name, node in aligned(before.node, after.node):
            rows = printed_rows(Side(node, 0, 0))
            if rows and isinstance(name, Symbol):
                yield Evidence(spelling(name), rows)


def _evidence_for(node: Written, rows: Rows, is_update: bool) -> Iterator[Evidence]:
    if isinstance(node, Symbol):
        yield Evidence(spelling(node), rows, is_update)
    elif isinstance(node, Derivative) and isinstance(node.of, Symbol) and isinstance(node.by, Symbol):
        of = spelling(node.of)
        if of.base in ROLES["loss"] and not of.below and not of.above:
            yield Evidence(spelling(node.by), rows, is_gradient=True)


def printed_rows(side: Side) -> Rows:
    """Return the printed numbers of a side that is a number, or a vector or matrix of numbers; else nothing."""
    node = side.node
    if node is None:
        return ()
    lone = decimal(node)
    if lone is not None:
        return ((lone,),)
    if isinstance(node, Transpose) and isinstance(node.operand, Matrix):
        node = Matrix(tuple(zip(*node.operand.rows, strict=True)))
    if not isinstance(node, Matrix):
        return ()
    rows = []
    for row in node.rows:
        numbers = [number for number in map(decimal, row) if number is not None]
        if len(numbers) < len(row):
            return ()
        rows.append(tuple(numbers))
    return tuple(rows)
