"""The backward pass: one quantity worked, then the whole family, then the update."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from symback.document.arrange import example, members, per_neuron
from symback.document.blocks import Block, Display
from symback.document.page import Page, Scope
from symback.document.working import chain, lines
from symback.written.nodes import Matrix, Name, Written
from symback.written.substitute import leaves


def work(page: Page, scope: Scope, of: str, forms: Sequence[str], define: Sequence[str] = ()) -> Iterator[Block]:
    """Yield the first member of a family worked out, a row per form, after the definition it starts from.

    `define` names forms of the quantity that is differentiated, for the rows above.
    """
    target = example(page, scope, of)
    start = Name(target.key.partition(":")[0])
    page.explained.update(leaves(target) if "value" in forms else ())
    yield Display((*lines(page, start, define), *lines(page, target, forms)))


def work_all(page: Page, scope: Scope, of: str, forms: Sequence[str], stacked: bool = False) -> Iterator[Block]:
    """Yield all members of a family at once; nothing where the only member has been worked out before."""
    for target in _new(page, (members(page, scope, of),)):
        relation = chain(page, target, forms)
        yield Display((relation,), stacked=stacked)


def work_all_lines(page: Page, scope: Scope, of: str, forms: Sequence[str]) -> Iterator[Block]:
    """Yield all members of a family at once, a display per form."""
    for target in _new(page, (members(page, scope, of),)):
        for row in lines(page, target, forms):
            yield Display((row,))


def work_neurons(page: Page, scope: Scope, of: str, forms: Sequence[str]) -> Iterator[Block]:
    """Yield a family of weights neuron by neuron, a chain each."""
    for target in _new(page, per_neuron(page, scope, of)):
        yield Display((chain(page, target, forms),))


def work_each(page: Page, scope: Scope, of: str, forms: Sequence[str]) -> Iterator[Block]:
    """Yield every member of a family on a line of its own."""
    for row in members(page, scope, of).rows:
        for target in row:
            yield Display((chain(page, target, forms),))


def _new(page: Page, targets: Sequence[Matrix]) -> Iterator[Written]:
    for target in targets:
        keys = leaves(target)
        if len(keys) > 1 or keys[0] not in page.explained:
            page.explained.update(keys)
            yield target
