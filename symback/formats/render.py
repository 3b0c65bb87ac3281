"""Writing a document in a format: every block arrives at the skeleton ready to print."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from symback.document.blocks import Block, Display, Document, Heading, Inline, Listing, Paragraph, Space, Table
from symback.formats.frames import Frame, frames
from symback.formats.heights import Heights
from symback.formats.lines import Lines
from symback.formats.skeleton import Printed, fill
from symback.formats.table import Format
from symback.notation.names import Names
from symback.resources import BUILT_IN, Templates
from symback.written.measure import Measure
from symback.written.page_printer import PagePrinter


def render(document: Document, names: Names, chosen: Format, templates: Templates = BUILT_IN) -> str:
    """Return the text of `document` in a format, in the notation of `names`."""
    notation = names.notation
    printer = chosen.printer(names, notation.product, notation.juxtapose == "yes")
    writer = _Writer(printer, Lines(printer, Measure(names, notation.product), chosen.line_width), chosen)
    blocks = [writer.ready(block) for block in writer.arranged(document.blocks)]
    return fill(
        chosen,
        templates,
        title=document.title,
        language=document.language,
        definitions=[(Printed(word), Printed(ink)) for word, ink in printer.definitions.items()],
        blocks=blocks,
    )


@dataclass(frozen=True, slots=True)
class _Writer:
    """Turns blocks into what a skeleton prints: the kind of the block and its printed parts."""

    printer: PagePrinter
    lines: Lines
    format: Format

    def arranged(self, blocks: Iterable[Block]) -> Iterable[Block | Frame]:
        """Return the blocks as they follow each other on a page, or in slides where the format has these."""
        room = self.format.slide_height
        return frames(blocks, Heights(self.lines), room) if room else blocks

    def ready(self, block: Block | Frame) -> Mapping[str, Any]:
        return _READY[type(block)](self, block)

    def inline(self, parts: Inline) -> Printed:
        return Printed(
            "".join(self.format.escape(part) if isinstance(part, str) else self.printer.inline(part) for part in parts)
        )

    def frame(self, frame: Frame) -> Mapping[str, Any]:
        return {
            "kind": "frame",
            "title": self.inline(frame.title),
            "subtitle": self.inline(frame.subtitle),
            "blocks": [self.ready(block) for block in frame.blocks],
        }

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
        shown = {"tag": block.tag, "height": lambda: Heights(self.lines)(block)}
        if block.beside and self.lines.fit(block):
            return {"kind": "display", "body": Printed(self.printer.beside(block.rows)), **shown}
        lines = self.lines.of(block)
        if len(lines) == 1:
            return {"kind": "display", "body": Printed(self.printer.print(block.rows[0])), **shown}
        return {"kind": "aligned", "body": Printed(self.printer.aligned(lines)), **shown}


_READY: Mapping[type[Any], Callable[[_Writer, Any], Mapping[str, Any]]] = {
    Heading: _Writer.heading,
    Paragraph: _Writer.paragraph,
    Listing: _Writer.listing,
    Table: _Writer.table,
    Display: _Writer.display,
    Space: _Writer.space,
    Frame: _Writer.frame,
}
