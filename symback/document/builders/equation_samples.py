"""Plain equations for several samples: tables with a row for each, and the gradients of all of them together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from symback.document.blocks import Block, Display, Inline, Table
from symback.document.page import Page, Scope
from symback.document.working import chain
from symback.graph.quantity import BATCH
from symback.written.nodes import Name, Number, Partial
from symback.written.substitute import leaves


def batch(page: Page, scope: Scope, forms: Sequence[str]) -> Iterator[Block]:
    """Yield the gradients of all samples together."""
    for name in page.graph.parameters:
        yield Display((chain(page, Partial(BATCH, name), forms),))


def sample_table(page: Page, scope: Scope, results: bool = True) -> Iterator[Block]:
    """Yield what changes from sample to sample, a row for each; the results with it unless `results` says no."""
    names = [name for name, quantity in page.graph.quantities.items() if quantity.definition is None]
    sampled = [name for name in names if any(name in sample for sample in page.graph.samples)]
    if results:
        behind = {other for name in sampled for other in page.graph.dependents(name)}
        sampled += [name for name in page.system.formulas if name in behind]
    yield _samples(page, [Name(name) for name in sampled])


def sample_gradients(page: Page, scope: Scope) -> Iterator[Block]:
    """Yield the gradients of every sample, with the local derivatives that lead to them, a row for each."""
    columns: dict[str, Partial] = {}
    for name in page.backward:
        own = Partial(page.graph.root, name)
        used = [] if own.key in page.graph.given else leaves(page.values.form(page.derivation[own.key]))
        for of, _, by in (key.partition(":") for key in used if ":" in key):
            if of != own.of and not isinstance(page.derivation.own_derivative(of, by), Name | Number):
                columns[f"{of}:{by}"] = Partial(of, by)
        columns[own.key] = own
    yield _samples(page, [*columns.values()])


def _samples(page: Page, columns: Sequence[Name | Partial]) -> Table:
    rows: list[tuple[Inline, ...]] = []
    for number in range(1, len(page.graph.samples) + 1):
        there = page.values.sample(number)
        unknown = page.phrases("equations-symbolic")
        cells = [(there.number(leaf.key),) if there.knows(leaf.key) else unknown for leaf in columns]
        rows.append(((str(number),), *cells))
    return Table((page.phrases("equations-sample"), *((leaf,) for leaf in columns)), tuple(rows))
