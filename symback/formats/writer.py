"""What all formats do with the blocks of a page: words are escaped, mathematics is printed, nothing is decided."""

from __future__ import annotations

import math
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import chain
from typing import Any, ClassVar

from symback.document.blocks import Block, Display, Document, Figure, Heading, Inline, Listing, Paragraph, Space, Table
from symback.formats.fitting import Fitting
from symback.formats.room import Room
from symback.notation.names import Names
from symback.progress import counted
from symback.written.measure import Measure
from symback.written.nodes import Written

MOST_RECENT = 200
"""How many displays a writer remembers."""


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

    most_rows: ClassVar[int] = 24
    """How many rows a matrix may have before those in its middle are left out."""

    scrolls: ClassVar[bool] = False
    """Whether the reader gets to see what is wider than a line."""

    most_terms: ClassVar[float] = math.inf
    """How many terms a sum may have before those in its middle are left out."""

    equals: ClassVar[str] = " = "
    """What stands between two formulas that are said in running text to be equal: no line should end there."""

    def __init__(self, names: Names, escape: Callable[[str], str], line_width: float) -> None:
        self.names = names
        self.escape = escape
        self.room = Room(Measure(names, names.notation.product), line_width, self.scrolls)
        self._recent: dict[int, tuple[Display, Mapping[str, Any]]] = {}

    def ready(self, document: Document) -> dict[str, Any]:
        """Return everything that a skeleton may use."""
        blocks = self.shown(self.fitted(self.counted(document), document.whole))
        return {"title": document.title, "language": document.language, "blocks": blocks}

    def counted(self, document: Document) -> Iterator[Block]:
        """Yield the blocks of a page; each is a step of the printing."""
        return counted("blocks printed", document.blocks, len(document.blocks))

    def fitted(self, blocks: Iterable[Block], whole: bool) -> Iterable[Block]:
        """Return blocks of a document, which may be a `whole` one: those larger than a page show the most they can."""
        if whole and self.scrolls:
            return blocks
        return chain.from_iterable(map(Fitting(self.room, self.most_rows, self.most_terms).blocks, blocks))

    def shown(self, blocks: Iterable[Block]) -> list[Mapping[str, Any]]:
        """Return the parts of those blocks that the format does not leave out."""
        return [ready for block in blocks if (ready := self.block(block))]

    def block(self, block: Block) -> Mapping[str, Any] | None:
        """Return the parts of a block, printed, or None if the format leaves it out."""
        return self._display(block) if isinstance(block, Display) else _READY[type(block)](self, block)

    def _display(self, block: Display) -> Mapping[str, Any]:
        """Return displayed mathematics; a display that stands on the page again soon is not printed again."""
        if id(block) not in self._recent:
            if len(self._recent) == MOST_RECENT:
                self._recent.clear()
            self._recent[id(block)] = block, self.display(block)
        return self._recent[id(block)][1]

    def inline(self, parts: Inline) -> Printed:
        """Return words and mathematics on one line."""
        return Printed("".join(self._words(part) if isinstance(part, str) else self.maths(part) for part in parts))

    def _words(self, text: str) -> str:
        return self.equals if text == Writer.equals else self.escape(text)

    @abstractmethod
    def maths(self, tree: Written) -> str:
        """Return mathematics in running text."""

    @abstractmethod
    def display(self, block: Display) -> Mapping[str, Any]:
        """Return displayed mathematics."""

    def figure(self, block: Figure) -> Mapping[str, Any] | None:
        """Return a drawing; a format that cannot draw leaves it out."""
        return None

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


_READY: Mapping[type[Any], Callable[[Writer, Any], Mapping[str, Any] | None]] = {
    Heading: Writer._heading,
    Paragraph: Writer._paragraph,
    Listing: Writer._listing,
    Table: Writer._table,
    Space: Writer._space,
    Figure: lambda writer, block: writer.figure(block),
}
