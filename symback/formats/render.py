"""Writing a document in a format: every block arrives at the skeleton ready to print."""

from __future__ import annotations

from typing import Any

from symback.document.blocks import Document
from symback.formats.skeleton import fill
from symback.formats.table import Format
from symback.notation.names import Names
from symback.progress import tell
from symback.resources import BUILT_IN, Templates


def render(document: Document, names: Names, chosen: Format, templates: Templates = BUILT_IN) -> str:
    """Return the text of `document` in a format, in the notation of `names`; each of its parts in its own."""
    ready = _ready(document, names, chosen)
    for part, own in document.parts:
        for key, content in _ready(part, own, chosen).items():
            ready[key] = _joined(ready[key], content)
    tell("the blocks are being put together")
    return fill(chosen, templates, **ready)


def _joined(whole: Any, part: Any) -> Any:
    """Return what a skeleton gets of a page and of a part of it: lists go on, what is true of a part is so of all."""
    if isinstance(whole, dict) and isinstance(part, dict):
        return whole | part
    if isinstance(whole, list):
        return whole + part
    return whole or part if isinstance(whole, bool) else whole


def _ready(document: Document, names: Names, chosen: Format) -> dict[str, Any]:
    return chosen.writer_with(names).ready(document)
