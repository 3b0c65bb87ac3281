"""Blocks for the screen, with what the reader can ask the page."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from symback.document.blocks import Display, Document, Figure
from symback.formats.drawings import svg
from symback.formats.html import explorer, fonts
from symback.formats.html.mathematics import Mathematics
from symback.formats.writer import Printed, Writer
from symback.notation.names import Names
from symback.written.nodes import Relation, Written


class HtmlWriter(Writer):
    """Writes mathematics as MathML and drawings as SVG."""

    scrolls = True
    equals = "\u00a0=\u00a0"

    def __init__(self, names: Names, escape: Callable[[str], str], line_width: float) -> None:
        super().__init__(names, escape, line_width)
        self.mathematics = Mathematics(names)

    def ready(self, document: Document) -> dict[str, Any]:
        """Return everything that the skeleton may use: the blocks, what can be asked, and the page's own files."""
        script = _text("script.js")
        parts = super().ready(document)
        explorers = list(self.explorers(document))
        return {
            **parts,
            "blocks": _with_explorers(parts["blocks"], explorers),
            "words": document.words,
            "explorers": explorers,
            "style": Printed(_text("style.css")),
            "script": Printed(script),
            "script_hash": base64.b64encode(hashlib.sha256(script.encode()).digest()).decode(),
            "fonts": fonts.needed([parts, document.words, explorers]),
        }

    def explorers(self, document: Document) -> Iterator[dict[str, Any]]:
        """Yield what can be asked about a page or a part of one, if anything can."""
        exploration = document.explore()
        prefix = f"{document.number}-" if document.number else ""
        if exploration is not None:
            yield {
                "kind": "explorer",
                "part": str(document.number or ""),
                "prefix": prefix,
                "words": document.words,
                "level": 3 if document.number else 2,
                "title": document.title if document.number else "",
                **explorer.ready(exploration, document.words, self.mathematics, prefix),
            }

    def maths(self, tree: Written) -> str:
        """Return mathematics in running text."""
        return self.mathematics.formula(tree)

    def display(self, block: Display) -> Mapping[str, Any]:
        """Return rows whose chains break where the screen is too narrow for them."""
        rows = [
            {"first": self.mathematics.first(row), "links": list(self.mathematics.links(row))} for row in block.rows
        ]
        return {
            "kind": "display",
            "rows": rows,
            "tag": block.tag,
            "beside": block.beside,
            "stacked": block.stacked,
            "aligned": any(isinstance(row, Relation) for row in block.rows),
        }

    def figure(self, block: Figure) -> Mapping[str, Any]:
        """Return a drawing as SVG."""
        picture = svg.picture(block.drawing, self.mathematics.silent, block.description)
        return {"kind": "figure", "picture": Printed(picture), "caption": self.inline(block.caption)}


def _with_explorers(blocks: list[Mapping[str, Any]], explorers: list[dict[str, Any]]) -> list[Mapping[str, Any]]:
    """Return the blocks with what can be asked in front of the first section, behind the title and what it opens."""
    for each in explorers:
        sections = (place for place, block in enumerate(blocks) if block.get("level", 0) >= each["level"])
        at = next(sections, len(blocks))
        blocks = [*blocks[:at], each, *blocks[at:]]
    return blocks


def _text(name: str) -> str:
    return (fonts.FOLDER / name).read_text(encoding="utf-8")
