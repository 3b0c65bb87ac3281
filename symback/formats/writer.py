"""What all formats do with the blocks of a page: words are escaped, mathematics is printed, nothing is decided."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from typing import Any

from symback.document.blocks import Block, Display, Document, Heading, Inline, Listing, Paragraph, Space, Table
from symback.notation.names import Names
from symback.written.measure import Measure
from symback.written.nodes import Relation, Sum, Valued, Written


class Printed(str):
    """Text that is already in the language of the format and is not escaped again."""

    __slots__ = ()


class Writer(ABC):
    """Turns blocks into what a skeleton prints: the kind of the block and its printed parts.

    Parameters
    ----------
    names
        The symbols of the page, with the notation that they come from.
    escape
        What makes words show as they are.
    line_width
        How wide a chain may get before each of its links has a line of its own, in ems.
    """

    def __init__(self, names: Names, escape: Callable[[str], str], line_width: float) -> None:
        self.names = names
        self.escape = escape
        self.line_width = line_width
        self.measure = Measure(names, names.notation.product)

    def ready(self, document: Document) -> dict[str, Any]:
        """Return everything that a skeleton may use."""
        blocks = [self.block(block) for block in document.blocks]
        return {"title": document.title, "language": document.language, "blocks": blocks}

    def block(self, block: Block) -> Mapping[str, Any]:
        """Return the parts of a block, printed."""
        return _READY[type(block)](self, block)

    def inline(self, parts: Inline) -> Printed:
        """Return words and mathematics on one line."""
        return Printed("".join(self.escape(part) if isinstance(part, str) else self.maths(part) for part in parts))

    @abstractmethod
    def maths(self, tree: Written) -> str:
        """Return mathematics in running text."""

    @abstractmethod
    def display(self, block: Display) -> Mapping[str, Any]:
        """Return displayed mathematics."""

    def _heading(self, block: Heading) -> Mapping[str, Any]:
        return {"kind": "heading", "level": block.level, "text": self.inline(block.text)}

    def _paragraph(self, block: Paragraph) -> Mapping[str, Any]:
        return {"kind": "strong" if block.strong else "paragraph", "text": self.inline(block.text)}

    def _listing(self, block: Listing) -> Mapping[str, Any]:
        return {"kind": "listing", "items": [self.inline(item) for item in block.items]}

    def _table(self, block: Table) -> Mapping[str, Any]:
        return {
            "kind": "table",
            "header": [self.inline(cell) for cell in block.header],
            "rows": [[self.inline(cell) for cell in row] for row in block.rows],
        }

    def _space(self, block: Space) -> Mapping[str, Any]:
        return {"kind": "space", "lines": block.lines}


def is_sum(side: Written) -> bool:
    """Say whether one side of a chain is a sum, in symbols or in numbers."""
    while isinstance(side, Valued):
        side = side.body
    return isinstance(side, Sum) and len(side.terms) > 1


def is_wide(measure: Measure, row: Written, line_width: float) -> bool:
    """Say whether a chain needs a line for each of its links."""
    return isinstance(row, Relation) and measure.exceed((row,), line_width)


_READY: Mapping[type[Any], Callable[[Writer, Any], Mapping[str, Any]]] = {
    Heading: Writer._heading,
    Paragraph: Writer._paragraph,
    Listing: Writer._listing,
    Table: Writer._table,
    Display: lambda writer, block: writer.display(block),
    Space: Writer._space,
}
