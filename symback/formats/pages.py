"""A spec's page in several formats: composed once, printed in each."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from symback.document.parts import compose_parts
from symback.formats.limits import Growth, check_sizes
from symback.formats.render import render
from symback.formats.table import format_named
from symback.progress import heard_by
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
    to: Mapping[str, str],
    style: str = "",
    notation: str = "",
    kind: str = "handout",
    templates: Templates = BUILT_IN,
) -> dict[str, str]:
    """Return the text of a spec's page by each name that is asked for: `to` gives the format behind it.

    Raises
    ------
    symback.spec.problems.SpecError
        If the style, the notation, a format or the kind is not known.
    symback.spec.problems.TemplateError
        If a template that the page needs is the author's own and wrong.
    symback.spec.problems.LimitationError
        If the page is too large for a format.
    """
    wanted = {name: format_named(chosen) for name, chosen in to.items()}
    growth = Growth(wanted, whole=kind == "full")
    with heard_by(growth.hear):
        document, names = compose_parts(spec, style, notation, kind, templates, growth.see)
    printed = {chosen: render(document, names, chosen, templates) for chosen in dict.fromkeys(wanted.values())}
    texts = {name: printed[chosen] for name, chosen in wanted.items()}
    check_sizes(texts, wanted)
    return texts
