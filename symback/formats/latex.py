"""Blocks for formats whose mathematics is LaTeX between dollar signs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from symback.document.blocks import Display
from symback.formats.writer import Printed, Writer, is_sum, is_wide
from symback.notation.names import Names
from symback.written.latex import LatexPrinter
from symback.written.nodes import Relation, Written

WIDEST = 1.1
"""How many times the line width a sum may have before it is broken at its signs, where nothing else can give way."""


def printer_for(names: Names) -> LatexPrinter:
    """Return the printer of a page's mathematics, with the signs of its notation."""
    notation = names.notation
    return LatexPrinter(names, notation.product, notation.juxtapose == "yes", notation.decimal_mark)


class LatexWriter(Writer):
    """Writes mathematics as LaTeX."""

    def __init__(self, names: Names, escape: Callable[[str], str], line_width: float) -> None:
        super().__init__(names, escape, line_width)
        self.printer = printer_for(names)

    def maths(self, tree: Written) -> str:
        """Return mathematics in running text, on one line: in Markdown the row of a table ends where its line ends."""
        return f"${self.printer.print(tree)}$".replace("\n", " ")

    def display(self, block: Display) -> Mapping[str, Any]:
        """Return a display, or aligned lines where there are several."""
        if block.beside and not self.measure.exceed(block.rows, self.line_width):
            body = rf"{self.printer.separator}\quad ".join(map(self.printer.print, block.rows))
            return {"kind": "display", "body": Printed(body), "tag": block.tag}
        rows = [
            line
            for row in block.rows
            for line in self._lines(row, block.stacked or is_wide(self.measure, row, self.line_width))
        ]
        if len(rows) == 1:
            return {"kind": "display", "body": Printed(self.printer.print(block.rows[0])), "tag": block.tag}
        return {"kind": "aligned", "body": Printed(" \\\\\n".join(rows)), "tag": block.tag}

    def _lines(self, row: Written, stacked: bool) -> list[Printed]:
        """Return the lines of one row, an alignment mark before the first relation sign of each."""
        if not isinstance(row, Relation):
            return [Printed("& " + self.printer.print(row))]
        first, links = self.printer.links(row)
        if not stacked:
            return [Printed(f"{first} &{' '.join(links)}")]
        broken = [
            line
            for (_, side), link in zip(row.links, links, strict=True)
            for line in (self._broken(row.first, side, link) if is_sum(side) else [link])
        ]
        return [Printed(f"{'' if place else first + ' '}&{line}") for place, line in enumerate(broken)]

    def _broken(self, first: Written, side: Written, link: str) -> list[str]:
        """Return a link to a sum on as many lines as its terms need beside the first side of their chain."""
        widest = WIDEST * self.line_width
        room = widest - self.measure.up_to(widest, first)
        sizes = self.measure.terms(widest, side)
        if sum(sizes) <= room:
            return [link]
        terms = self.printer.terms(side)
        lines, filled = [link.removesuffix("".join(terms)) + terms[0]], sizes[0]
        for term, size in zip(terms[1:], sizes[1:], strict=True):
            filled += size
            if filled > room:
                lines.append(rf"\phantom{{=}}{term}")
                filled = size
            else:
                lines[-1] += term
        return lines
