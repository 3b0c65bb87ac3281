"""Blocks for Typst."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from symback.document.blocks import Figure
from symback.formats.drawings.typst import typst
from symback.formats.lined import LinedWriter
from symback.formats.writer import Printed
from symback.written.typst import TypstPrinter, quoted


class TypstWriter(LinedWriter):
    """Writes mathematics as Typst."""

    printer_type = TypstPrinter
    equals = "~=~"

    def figure(self, block: Figure) -> Mapping[str, Any]:
        """Return a picture with what is said beneath it."""
        picture = Printed(typst(block.drawing, self.maths))
        return {
            "kind": "figure",
            "picture": picture,
            "caption": self.inline(block.caption),
            "description": Printed(quoted(block.description)),
        }
