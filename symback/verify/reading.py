"""A document as a list of statements in order, with the headings, samples and shifts that change what names mean."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace

from symback.reading.documents import Display, Line, Source, Table, blocks, decimal_comma
from symback.reading.macros import macros
from symback.reading.prose import statements_of
from symback.reading.statements import Statement, Vocabulary, statements
from symback.verify.entries import name_layers, with_layers
from symback.verify.labelled import changes, labelled
from symback.verify.outputs import Outputs
from symback.verify.own_words import defined_words, names_errors, with_errors
from symback.verify.paired import paired, pairs_in
from symback.verify.renewed import renewed, steps_in
from symback.verify.spelling import spelling
from symback.verify.trees import rebuilt
from symback.written.nodes import (
    Derivative,
    Matrix,
    Number,
    Power,
    Symbol,
    Written,
)

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
    vocabulary = Vocabulary(frozenset(words) | defined_words(text), decimal_comma(text), macros(text))
    items: list[Item] = []
    outputs = Outputs()
    for block in blocks(text):
        if isinstance(block, Display):
            piece = block.piece
            for one in statements(piece.text, True, vocabulary, piece.start):
                items.extend(Item(part, True) for part in changes(one))
        elif isinstance(block, Line):
            items.append(Item(block))
            shown = outputs.take(block, vocabulary)
            found = [shown] if shown else [*labelled(statements_of(block, vocabulary), block.words, block.start)]
            items.extend(map(Item, found))
        else:
            items.append(Item(block))
    found = [item.content for item in items if isinstance(item.content, Statement)]
    steps, pairs, errors, layers = steps_in(found), pairs_in(found), names_errors(found), name_layers(found)

    def own(statement: Statement) -> Statement:
        """Return a statement with the names in it as this document spells them."""
        named = with_layers(statement) if layers else statement
        return paired(renewed(with_errors(named) if errors else named, steps), pairs)

    items = [
        replace(item, content=own(item.content)) if isinstance(item.content, Statement) else item for item in items
    ]
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
            yield replace(item, content=item.content.rewritten(lambda node: _marked(node, bases)))
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
