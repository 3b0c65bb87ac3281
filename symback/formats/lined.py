"""Blocks for formats whose displays are lines of text, broken so that they fit."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar

from symback.document.blocks import Display, Document, Figure
from symback.formats.heights import Heights
from symback.formats.lines import Lines
from symback.formats.printers import printer_of
from symback.formats.writer import Printed, Writer
from symback.notation.names import Names
from symback.written.nodes import Written
from symback.written.page_printer import PagePrinter


class LinedWriter(Writer):
    """Writes mathematics as a printer prints it."""

    printer_type: ClassVar[type[PagePrinter]]

    def __init__(self, names: Names, escape: Callable[[str], str], line_width: float) -> None:
        super().__init__(names, escape, line_width)
        self.printer = printer_of(self.printer_type, names)
        self.lines = Lines(self.printer, self.room)
        self.heights = Heights(self.room)

    def ready(self, document: Document) -> dict[str, Any]:
        """Return everything that a skeleton may use; ``definitions`` are what the mathematics needs on its page."""
        parts = self.parts(document)
        definitions = {Printed(head): Printed(ink) for head, ink in self.printer.definitions.items()}
        return {
            "title": document.title,
            "language": document.language,
            "definitions": definitions,
            "drawings": any(isinstance(block, Figure) for block in document.blocks),
            "blocks": parts,
        }

    def parts(self, document: Document) -> list[Mapping[str, Any]]:
        """Return what the skeleton writes one after the other."""
        return self.shown(self.fitted(self.counted(document), document.whole))

    def maths(self, tree: Written) -> str:
        """Return mathematics in running text."""
        return self.printer.inline(tree)

    def display(self, block: Display) -> Mapping[str, Any]:
        """Return a display, or aligned lines where there are several; ``height`` tells how high it is, in lines."""
        shown = {"tag": block.tag, "height": lambda: self.heights(block)}
        if block.beside and self.room.fits(block):
            return {"kind": "display", "body": Printed(self.printer.beside(block.rows)), **shown}
        lines = self.lines.of(block)
        if len(lines) == 1:
            return {"kind": "display", "body": Printed(self.printer.print(block.rows[0])), **shown}
        return {"kind": "aligned", "body": Printed(self.printer.aligned(lines)), **shown}
