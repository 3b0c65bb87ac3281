"""Blocks for Typst."""

from __future__ import annotations

from symback.formats.lined import LinedWriter
from symback.notation.names import Names
from symback.written.typst import TypstPrinter


class TypstWriter(LinedWriter):
    """Writes mathematics as Typst."""

    most_rows = 24

    def printer_for(self, names: Names, product: str, juxtapose: bool) -> TypstPrinter:
        """Return the printer of the format."""
        return TypstPrinter(names, product, juxtapose)
