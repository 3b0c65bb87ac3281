"""Blocks for formats whose mathematics is LaTeX."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from symback.document.blocks import Document, Figure
from symback.formats.drawings.tikz import tikz
from symback.formats.frames import Frame, frames
from symback.formats.lined import LinedWriter
from symback.formats.writer import Printed
from symback.written.latex import LatexPrinter
from symback.written.latex_macros import LatexMacroPrinter

SLIDE = 17.2
"""How much a slide holds, in lines of running text."""


class LatexWriter(LinedWriter):
    """Writes mathematics as LaTeX that stands for itself, between dollar signs."""

    printer_type = LatexPrinter
    scrolls = True


class PageWriter(LatexWriter):
    """Writes mathematics as LaTeX for a page that defines its commands."""

    printer_type = LatexMacroPrinter
    scrolls = False
    equals = "~=~"

    def figure(self, block: Figure) -> Mapping[str, Any]:
        """Return a picture with what is said beneath it."""
        picture = Printed(tikz(block.drawing, self.maths))
        return {"kind": "figure", "picture": picture, "caption": self.inline(block.caption)}


class SlideWriter(PageWriter):
    """Writes pages as slides."""

    most_rows = 8
    most_terms = 8

    def parts(self, document: Document) -> list[Mapping[str, Any]]:
        """Return slides, with blocks of their own."""
        return [
            self._slide(frame)
            for frame in frames(self.fitted(self.counted(document), document.whole), self.heights, SLIDE)
        ]

    def _slide(self, frame: Frame) -> Mapping[str, Any]:
        return {
            "title": self.inline(frame.title),
            "subtitle": self.inline(frame.subtitle),
            "blocks": self.shown(frame.blocks),
        }
