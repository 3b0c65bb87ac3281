"""Several networks on one page: what is about the page as a whole, then each part under a heading of its own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from symback.document.blocks import Block, Document, Heading
from symback.document.builders.front import title
from symback.document.compose import Watch, compose, page_of, screen_words, values_of
from symback.document.page import Scope
from symback.notation.names import Names
from symback.resources import BUILT_IN, Templates
from symback.spec.model import Spec
from symback.values.contradictions import Contradiction, contradictions


def compose_parts(
    spec: Spec,
    style: str = "",
    notation: str = "",
    kind: str = "handout",
    templates: Templates = BUILT_IN,
    watch: Watch | None = None,
) -> tuple[Document, Names]:
    """Return the document of `spec`, or of all its parts. The arguments are those of `compose`, as are the errors."""
    if not spec.parts:
        return compose(spec, style, notation, kind, templates, watch)
    page = page_of(spec, style, notation, templates)
    parts = []
    for number, network in enumerate(spec.networks, 1):
        titled = network if network.title else _titled(network, page.phrases.words("part", number=str(number)))
        document, names = compose(titled, style, notation, kind, templates, watch)
        lowered = tuple(map(_one_level_down, document.blocks))
        parts.append((replace(document, blocks=lowered, number=number), names))
    whole = Document(spec.title, spec.language, tuple(title(page, Scope())), screen_words(page), nothing, nothing)
    return replace(whole, parts=tuple(parts)), page.names


def nothing() -> None:
    """Return that there is nothing to be asked or computed about a page as a whole."""


def _titled(network: Spec, words: str) -> Spec:
    return network.model_copy(update={"title": words})


def _one_level_down(block: Block) -> Block:
    return replace(block, level=block.level + 1) if isinstance(block, Heading) else block


def contradictions_of(spec: Spec, templates: Templates = BUILT_IN) -> Iterator[tuple[int, Contradiction]]:
    """Yield the stated values that the other numbers contradict, behind the number of the part (0: there are none)."""
    for number, network in enumerate(spec.networks, 1):
        if network.given:
            for found in contradictions(values_of(network, templates)):
                yield (number if spec.parts else 0), found
