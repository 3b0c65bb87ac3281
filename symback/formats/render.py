"""Writing a document in a format: every block arrives at the skeleton ready to print."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from symback.document.blocks import Block, Display, Document, Heading, Inline, Listing, Paragraph, Space, Table
from symback.formats.skeleton import Printed, fill
from symback.formats.table import Format
from symback.notation.names import Names
from symback.resources import BUILT_IN, Templates
from symback.written.latex import LatexPrinter
from symback.written.measure import Measure
from symback.written.nodes import Relation, Sum, Valued, Written

WIDEST = 1.1
"""How many times the line width a sum may have before it is broken at its signs, where nothing else can give way."""


def render(document: Document, names: Names, chosen: Format, templates: Templates = BUILT_IN) -> str:
    """Return the text of `document` in a format, in the notation of `names`."""
    notation = names.notation
    printer = LatexPrinter(names, notation.product, juxtapose=notation.juxtapose == "yes", mark=document.mark)
    writer = _Writer(printer, Measure(names, notation.product), chosen)
    blocks = [writer.ready(block) for block in document.blocks]
    return fill(chosen, templates, title=document.title, language=document.language, blocks=blocks)


@dataclass(frozen=True, slots=True)
class _Writer:
    """Turns blocks into what a skeleton prints: the kind of the block and its printed parts."""

    printer: LatexPrinter
    measure: Measure
    format: Format

    def ready(self, block: Block) -> Mapping[str, Any]:
        return _READY[type(block)](self, block)

    def inline(self, parts: Inline) -> Printed:
        return Printed(
            "".join(self.format.escape(part) if isinstance(part, str) else self.maths(part) for part in parts)
        )

    def maths(self, tree: Written) -> str:
        """Return mathematics in running text, on one line: in Markdown the row of a table ends where its line ends."""
        return f"${self.printer.print(tree)}$".replace("\n", " ")

    def heading(self, block: Heading) -> Mapping[str, Any]:
        return {"kind": "heading", "level": block.level, "text": self.inline(block.text)}

    def paragraph(self, block: Paragraph) -> Mapping[str, Any]:
        return {"kind": "strong" if block.strong else "paragraph", "text": self.inline(block.text)}

    def listing(self, block: Listing) -> Mapping[str, Any]:
        return {"kind": "listing", "items": [self.inline(item) for item in block.items]}

    def table(self, block: Table) -> Mapping[str, Any]:
        return {
            "kind": "table",
            "header": [self.inline(cell) for cell in block.header],
            "rows": [[self.inline(cell) for cell in row] for row in block.rows],
        }

    def space(self, block: Space) -> Mapping[str, Any]:
        return {"kind": "space", "lines": block.lines}

    def display(self, block: Display) -> Mapping[str, Any]:
        if block.beside and not self.measure.exceed(block.rows, self.format.line_width):
            body = rf"{self.printer.separator}\quad ".join(map(self.printer.print, block.rows))
            return {"kind": "display", "body": Printed(body), "tag": block.tag}
        rows = [line for row in block.rows for line in self._lines(row, block.stacked or self._is_wide(row))]
        if len(rows) == 1:
            return {"kind": "display", "body": Printed(self.printer.print(block.rows[0])), "tag": block.tag}
        return {"kind": "aligned", "body": Printed(" \\\\\n".join(rows)), "tag": block.tag}

    def _is_wide(self, row: Written) -> bool:
        """Say whether a chain needs a line for each of its links."""
        return isinstance(row, Relation) and self.measure.exceed((row,), self.format.line_width)

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
            for line in (self._broken(row.first, side, link) if _is_sum(side) else [link])
        ]
        return [Printed(f"{'' if place else first + ' '}&{line}") for place, line in enumerate(broken)]

    def _broken(self, first: Written, side: Written, link: str) -> list[str]:
        """Return a link to a sum on as many lines as its terms need beside the first side of their chain."""
        widest = WIDEST * self.format.line_width
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


def _is_sum(side: Written) -> bool:
    """Say whether one side of a chain is a sum, in symbols or in numbers."""
    while isinstance(side, Valued):
        side = side.body
    return isinstance(side, Sum) and len(side.terms) > 1


_READY: Mapping[type[Any], Callable[[_Writer, Any], Mapping[str, Any]]] = {
    Heading: _Writer.heading,
    Paragraph: _Writer.paragraph,
    Listing: _Writer.listing,
    Table: _Writer.table,
    Display: _Writer.display,
    Space: _Writer.space,
}
