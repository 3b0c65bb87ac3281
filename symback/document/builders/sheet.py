"""What only worksheets and their solutions say: stated values, digits, and single parameters that are asked for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from symback.document.blocks import Block, Display, Paragraph
from symback.document.page import Page, Scope
from symback.document.working import chain
from symback.graph.quantity import BATCH
from symback.values.contradictions import contradictions
from symback.written.nodes import NEW, Name, Partial, Relation


def stated_values(page: Page, scope: Scope) -> Iterator[Block]:
    """Yield the pre-activations and activations whose values are stated."""
    yield Paragraph(page.phrases("stated-values"))
    leaves = {key: Partial(*key.split(":")) if ":" in key else Name(key) for key in page.graph.stated}
    rows = tuple(Relation(leaf, ((":=", page.graph.given[key]),)) for key, leaf in leaves.items())
    yield Display(rows)


def contradicted(page: Page, scope: Scope, phrase: str) -> Iterator[Block]:
    """Yield a remark for each stated value that the other numbers contradict."""
    several = len(page.graph.samples) > 1
    for found in contradictions(page.values):
        sample = page.phrases("in-sample", number=str(found.sample)) if several else ()
        name = Name(found.key)
        words = page.phrases(phrase, quantity=name, stated=found.stated, found=found.printed, sample=sample)
        yield Paragraph(words, strong=True)


def number_policy(page: Page, scope: Scope) -> Iterator[Block]:
    """Yield how results are to be rounded."""
    numbers = page.spec.numbers
    kind = "significant" if numbers.decimals is None else "decimals"
    yield Paragraph(
        page.phrases(
            f"sheet-digits-{kind}",
            count=str(getattr(numbers, kind)),
            rounding=page.phrases(f"sheet-{numbers.rounding}"),
            carry=page.phrases(f"sheet-carry-{numbers.carry}"),
        )
    )
    if numbers.by:
        yield Paragraph(page.phrases("sheet-other-digits"))


def batch(page: Page, scope: Scope, forms: Sequence[str]) -> Iterator[Block]:
    """Yield the gradient of the whole batch by one parameter, from those of its samples."""
    yield Display((chain(page, Partial(BATCH, scope.parameter), forms),))


def update(page: Page, scope: Scope, forms: Sequence[str]) -> Iterator[Block]:
    """Yield the new value of one parameter."""
    yield Display((chain(page, Name(scope.parameter + NEW), forms),))
