"""What stands in the file of a page: the text of a format, or the PDF that an engine makes of one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from symback.formats.pages import pages
from symback.formats.table import FORMATS
from symback.output.tex import latex_pdf
from symback.output.typst import about_pages, typst_pdf
from symback.progress import tell
from symback.resources import BUILT_IN, Templates
from symback.spec.model import Spec
from symback.spec.problems import check_choice


@dataclass(frozen=True, slots=True)
class Engine:
    """What makes a PDF: from which format, and how."""

    source: str
    pdf: Callable[[str], bytes]


ENGINES: Mapping[str, Engine] = {"typst": Engine("typst", typst_pdf), "latex": Engine("tex", latex_pdf)}
"""Every engine by its name, the usual one first."""

PDF = "pdf"
MANY = 100
"""From how many pages on it is said how many there are: an engine does not tell how far it is."""

TARGETS = (*FORMATS, PDF)
"""Everything that a page can be written as."""


def contents(
    spec: Spec,
    to: Iterable[str],
    style: str = "",
    notation: str = "",
    kind: str = "handout",
    templates: Templates = BUILT_IN,
    engine: str = "typst",
) -> dict[str, str | bytes]:
    """Return a spec's page by each target that is asked for.

    Raises
    ------
    symback.spec.problems.SpecError
        If the style, the notation, a target, the kind or the engine is not known, or if the engine cannot do it.
    symback.spec.problems.TemplateError
        If a template that the page needs is the author's own and wrong.
    symback.spec.problems.LimitationError
        If the page is too large for a target.
    """
    wanted = tuple(to)
    for target in wanted:
        check_choice("format", target, TARGETS)
    check_choice("engine", engine, ENGINES)
    chosen = ENGINES[engine]
    sources = {target: chosen.source if target == PDF else target for target in wanted}
    texts: dict[str, str | bytes] = {**pages(spec, sources, style, notation, kind, templates)}
    if PDF in wanted:
        texts[PDF] = _pdf(str(texts[PDF]), chosen)
    return texts


def _pdf(source: str, engine: Engine) -> bytes:
    count = about_pages(source)
    tell("the PDF is being set" + (f", about {count:,} pages" if count >= MANY else ""))
    return engine.pdf(source)


def ending(target: str) -> str:
    """Return what the name of a file with this content ends in."""
    return PDF if target == PDF else FORMATS[target].extension
