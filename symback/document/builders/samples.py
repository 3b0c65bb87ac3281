"""All samples: the data, the forward pass of each as a row of a table, and the rule that learns from a batch."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

from symback.derive.delta import delta_id
from symback.derive.derivation import BATCH
from symback.document import trace
from symback.document.blocks import Block, Display, Inline, Paragraph, Table
from symback.document.delta_rules import letters
from symback.document.page import Page, Scope
from symback.document.wording import function_symbol
from symback.document.working import chain
from symback.graph.quantity import Role
from symback.written.nodes import (
    Call,
    Cases,
    Derivative,
    IndexedSum,
    Name,
    Number,
    Partial,
    Product,
    Quotient,
    Relation,
    Symbol,
    Written,
)
from symback.written.nodes import Sequence as Items
from symback.written.substitute import leaves, substitute

SAMPLED = (Role.INPUT, Role.TARGET, Role.PRE_ACTIVATION, Role.ACTIVATION)
MOST_TERMS = 6
"""How many samples a batch may have before its sum is not written out."""


def data_table(page: Page, scope: Scope) -> Iterator[Block]:
    """Yield inputs and targets, a row for each sample."""
    yield from _tables(page, [[Name(name)] for name in (*page.graph.inputs, *page.graph.targets)])


def forward_tables(page: Page, scope: Scope) -> Iterator[Block]:
    """Yield the forward pass, a row for each sample; a table that gets too wide goes on in another."""
    groups = [list(map(Name, page.graph.inputs))]
    for layer in page.graph.layers:
        groups.append([*map(Name, layer.pre_activations), *map(Name, layer.activations)])
    groups.append(list(map(Name, (*page.graph.targets, *page.graph.loss_terms, "loss"))))
    yield from _tables(page, groups)


def batch_table(page: Page, scope: Scope) -> Iterator[Block]:
    """Yield the error signals of all samples and the gradients by the traced bias and weight that they give."""
    behind = [name for layer in reversed(page.graph.layers[scope.here.number :]) for name in layer.pre_activations]
    deltas = [Name(delta_id(name)) for name in (*behind, scope.here.pre_activations[0])]
    yield from _tables(page, [*([delta] for delta in deltas), [Name(scope.here.inputs[0]), Partial("loss", scope.parameter)]])


def _tables(page: Page, groups: Sequence[Sequence[Name | Partial]]) -> Iterator[Table]:
    """Yield tables of as many groups of columns as fit side by side; only columns with a known number stand in them."""
    most = int(page.options["columns"])
    samples = range(1, len(page.graph.samples) + 1)
    held: list[Name | Partial] = []
    for group in groups:
        known = [leaf for leaf in group if any(page.values.sample(number).knows(leaf.key) for number in samples)]
        if held and len(held) + len(known) > most:
            yield _table(page, held)
            held = []
        while len(known) > most:
            yield _table(page, known[:most])
            known = known[most:]
        held += known
    if held:
        yield _table(page, held)


def _table(page: Page, columns: Sequence[Name | Partial]) -> Table:
    rows: list[tuple[Inline, ...]] = []
    for number in range(1, len(page.graph.samples) + 1):
        values = page.values.sample(number)
        cells = ((values.number(leaf.key),) if values.knows(leaf.key) else page.phrases("unknown") for leaf in columns)
        rows.append(((Number(str(number)),), *cells))
    return Table((page.phrases("sample-column"), *((leaf,) for leaf in columns)), tuple(rows))



def inseparable(page: Page, scope: Scope) -> Iterator[Block]:
    """Yield the reason why no straight line separates two classes, where two pairs of samples show it."""
    targets = [sample.targets[0].value for sample in page.spec.data]
    if len(page.graph.outputs) > 1 or not set(targets) <= {0, 1}:
        return
    points = [[entry.value for entry in sample.inputs] for sample in page.spec.data]
    found = crossing(points, [target == 1 for target in targets])
    if found is not None:
        numbers = dict(zip(("first", "second", "third", "fourth"), (str(place + 1) for place in found), strict=True))
        yield Paragraph(page.phrases("inseparable", **numbers))


def remarks(page: Page, scope: Scope) -> Iterator[Block]:
    """Yield what the table shows of the kinks: which pre-activations lie on one, and a traced one that is never near."""
    kinked = [layer for layer in page.graph.layers if layer.activation.kinks]
    samples = range(1, len(page.graph.samples) + 1)
    if scope.here in kinked:
        pre = scope.here.pre_activations[0]
        numbers = [page.values.sample(number).exact for number in samples if page.values.sample(number).knows(pre)]
        above = max(map(Real.of, scope.here.activation.kinks), key=cmp_to_key(Real.compare))
        if len(numbers) == len(samples) and all(exact[pre].compare(above) > 0 for exact in numbers):
            yield Paragraph(page.phrases("always-above", pre=Name(pre), kink=Number(str(above))))
    for layer in kinked:
        for number in samples:
            yield from _on_kinks(page, layer, number)
