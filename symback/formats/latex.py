"""Blocks for formats whose mathematics is LaTeX."""

from __future__ import annotations

from typing import Any

from symback.document.blocks import Document
from symback.formats.frames import Frame, frames
from symback.formats.lined import LinedWriter
from symback.notation.names import Names
from symback.written.latex import LatexPrinter
from symback.written.latex_macros import LatexMacroPrinter

SLIDE = 15.5
"""How much a slide holds, in lines of running text."""


class LatexWriter(LinedWriter):
    """Writes mathematics as LaTeX that stands for itself, between dollar signs."""

    def printer_for(self, names: Names, product: str, juxtapose: bool) -> LatexPrinter:
        """Return the printer of the format."""
        return LatexPrinter(names, product, juxtapose)


class PageWriter(LatexWriter):
    """Writes mathematics as LaTeX for a page that defines its commands."""

    def printer_for(self, names: Names, product: str, juxtapose: bool) -> LatexMacroPrinter:
        """Return the printer of the format."""
        return LatexMacroPrinter(names, product, juxtapose)


class SlideWriter(PageWriter):
    """Writes pages as slides."""

    def ready(self, document: Document) -> dict[str, Any]:
        """Return everything that a skeleton may use; ``blocks`` are slides with blocks of their own."""
        slides = [self._slide(frame) for frame in frames(document.blocks, self.heights, SLIDE)]
        return {**super().ready(Document(document.title, document.language, ())), "blocks": slides}

    def _slide(self, frame: Frame) -> dict[str, Any]:
        return {
            "title": self.inline(frame.title),
            "subtitle": self.inline(frame.subtitle),
            "blocks": [self.block(block) for block in frame.blocks],
        }
