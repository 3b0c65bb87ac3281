"""Writing a document in a format: every block arrives at the skeleton ready to print."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from symback.document.blocks import Document
from symback.formats.skeleton import fill
from symback.formats.table import Format
from symback.notation.names import Names
from symback.resources import BUILT_IN, Templates


def render(document: Document, names: Names, chosen: Format, templates: Templates = BUILT_IN) -> str:
    """Return the text of `document` in a format, in the notation of `names`; each of its parts in its own."""
    ready = _ready(document, names, chosen)
    for part, own in document.parts:
        for key, value in _ready(part, own, chosen).items():
            ready[key] = JOINED.get(key, _first)(ready[key], value)
    return fill(chosen, templates, **ready)


def _first(one: Any, other: Any) -> Any:
    return one


JOINED: Mapping[str, Callable[[Any, Any], Any]] = {
    "blocks": lambda one, other: [*one, *other],
    "definitions": lambda one, other: list(dict([*other, *one]).items()),
    "drawings": lambda one, other: one or other,
}
"""How what a part makes ready joins what is there; of all else the page's own stays."""


def _ready(document: Document, names: Names, chosen: Format) -> dict[str, Any]:
    return chosen.writer(names, chosen.escape, chosen.line_width).ready(document)
