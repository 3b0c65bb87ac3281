"""A spec's page in several formats: composed once, printed in each."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from symback.document.parts import compose_parts
from symback.formats.render import render
from symback.formats.table import format_named
from symback.resources import BUILT_IN, Templates
from symback.spec.model import Spec


@contextmanager
def _without_collection() -> Iterator[None]:
    """Let no garbage be looked for: nearly all that a page is made of is needed until it is written."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


@_without_collection()
def pages(
    spec: Spec,
    to: Iterable[str],
    style: str = "",
    notation: str = "",
    kind: str = "handout",
    templates: Templates = BUILT_IN,
) -> dict[str, str]:
    """Return the text of a spec's page by the extension of each format that is asked for.

    Raises
    ------
    symback.spec.problems.SpecError
        If the style, the notation, a format or the kind is not known.
    symback.spec.problems.TemplateError
        If a template that the page needs is the author's own and wrong.
    """
    chosen = {extension: format_named(extension) for extension in to}
    document, names = compose_parts(spec, style, notation, kind, templates)
    return {extension: render(document, names, each, templates) for extension, each in chosen.items()}
