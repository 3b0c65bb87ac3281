"""Blocks for Typst."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from symback.document.blocks import Figure
from symback.formats.drawings.typst import typst
from symback.formats.lined import LinedWriter
from symback.formats.writer import Printed
from symback.notation.names import Names
from symback.written.typst import TypstPrinter, quoted


class TypstWriter(LinedWriter):
    """Writes mathematics as Typst."""

    def printer_for(self, names: Names, product: str, juxtapose: bool) -> TypstPrinter:
        """Return the printer of the format."""
        return TypstPrinter(names, product, juxtapose)

    def figure(self, block: Figure) -> Mapping[str, Any]:
        """Return a picture with what is said beneath it."""
        picture = Printed(typst(block.drawing, self.maths))
        return {
            "kind": "figure",
            "picture": picture,
            "caption": self.inline(block.caption),
            "description": Printed(quoted(block.description)),
        }
