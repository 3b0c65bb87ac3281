"""All samples: the data, the forward pass of each as a row of a table, and what the table shows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from symback.derive.delta import delta_id
from symback.document.blocks import Block, Display, Inline, Paragraph, Table
from symback.document.page import Page, Scope
from symback.document.separability import crossing
from symback.document.wording import listed
from symback.graph.quantity import Layer
from symback.values.interpret import interpret
from symback.values.policy import Carry
from symback.values.real import Real
from symback.values.rounding import spell
from symback.values.values import Values
from symback.written.nodes import Name, Partial
from symback.written.reader import read
from symback.written.substitute import leaves

Leaf = Name | Partial

MOST_COLUMNS = 11
"""Most columns of a table, where the style has no such option."""

WITNESS = read("2 * max(0, x.1 + x.2) - 4 * max(0, x.1 + x.2 - 1) - 1", names={"x.1", "x.2"})
"""The output's pre-activation of a network with two hidden ReLU neurons that computes XOR."""


def data_table(page: Page, scope: Scope) -> Iterator[Block]:
    """Yield inputs and targets, a row for each sample."""
    yield from _tables(page, [[Name(name)] for name in (*page.graph.inputs, *page.graph.targets)])


def forward_tables(page: Page, scope: Scope) -> Iterator[Block]:
    """Yield the forward pass, a row for each sample; a table that gets too wide goes on in another."""
    graph = page.graph
    layers = ((*layer.pre_activations, *layer.activations) for layer in graph.layers)
    losses = (*graph.loss_terms, "loss") if page.spec.loss else ()
    groups = (graph.inputs, *layers, (*graph.targets, *losses))
    yield from _tables(page, [[Name(name) for name in group] for group in groups])


def error_tables(page: Page, scope: Scope) -> Iterator[Block]:
    """Yield the error signals of every sample, and the gradient by the traced weight that they give."""
    behind = [name for layer in reversed(page.graph.layers[scope.here.number :]) for name in layer.pre_activations]
    signals = [_signal(page, name) for name in behind]
    own = [*_signal(page, scope.here.pre_activations[0]), Name(scope.here.inputs[0])]
    yield from _tables(page, [*signals, [*own, Partial("loss", scope.parameter)]])


def _signal(page: Page, pre_activation: str) -> list[Leaf]:
    """Return an error signal behind the rounded slopes that it is worked out with, which nobody could guess."""
    gradient = page.derivation[Partial("loss", pre_activation).key]
    made_of = leaves(page.values.form(gradient)) if page.values.policy.carry is Carry.PRINTED else ()
    samples = [page.values.sample(number) for number in range(1, len(page.graph.samples) + 1)]
    slopes = [
        Partial(of, pre_activation)
        for of, colon, by in (key.partition(":") for key in made_of)
        if colon and by == pre_activation and any(_is_rounded(values, f"{of}:{by}") for values in samples)
    ]
    return [*slopes, Name(delta_id(pre_activation))]


def _is_rounded(values: Values, key: str) -> bool:
    return values.knows(key) and not values.spelled(key).exact


def _tables(page: Page, groups: Sequence[Sequence[Leaf]]) -> Iterator[Table]:
    """Yield tables of as many groups of columns as fit side by side; a column without a known number is left out."""
    most = int(page.options.get("columns", MOST_COLUMNS))
    samples = [page.values.sample(number) for number in range(1, len(page.graph.samples) + 1)]
    held: list[Leaf] = []
    for group in groups:
        known = [leaf for leaf in group if any(values.knows(leaf.key) for values in samples)]
        if held and len(held) + len(known) > most:
            yield _table(page, held)
            held = []
        while len(known) > most:
            yield _table(page, known[:most])
            known = known[most:]
        held += known
    if held:
        yield _table(page, held)


def _table(page: Page, columns: Sequence[Leaf]) -> Table:
    rows: list[tuple[Inline, ...]] = []
    for number in range(1, len(page.graph.samples) + 1):
        values = page.values.sample(number)
        cells = ((values.number(leaf.key),) if values.knows(leaf.key) else page.phrases("unknown") for leaf in columns)
        rows.append(((str(number),), *cells))
    return Table((page.phrases("sample-column"), *((leaf,) for leaf in columns)), tuple(rows))


def inseparable(page: Page, scope: Scope) -> Iterator[Block]:
    """Yield the reason why no straight line separates two classes, where two pairs of samples show it."""
    targets = [target.value for sample in page.spec.data for target in page.spec.targets(sample)]
    if len(page.graph.outputs) > 1 or not targets or not set(targets) <= {0, 1}:
        return
    points = [[entry.value for entry in sample.inputs] for sample in page.spec.data]
    found = crossing(points, [target == 1 for target in targets])
    if found is not None:
        numbers = dict(zip(("first", "second", "third", "fourth"), (str(place + 1) for place in found), strict=True))
        yield Paragraph(page.phrases("inseparable", **numbers))


def remarks(page: Page, scope: Scope) -> Iterator[Block]:
    """Yield whether the traced pre-activation stays above its kink in all samples, and what lies on a kink."""
    if scope.here.activation.kinks == ("0",) and len(page.graph.samples) > 1:
        pre = scope.here.pre_activations[0]
        samples = [page.values.sample(number) for number in range(1, len(page.graph.samples) + 1)]
        if all(values.knows(pre) and values.exact[pre].sign() > 0 for values in samples):
            yield Paragraph(page.phrases("always-positive", pre=Name(pre)))
    for layer in page.graph.layers:
        for number in range(1, len(page.graph.samples) + 1):
            yield from _on_kink(page, layer, number)


def _on_kink(page: Page, layer: Layer, number: int) -> Iterator[Block]:
    """Yield a remark for each pre-activation of a sample that lies on a kink, with the derivative taken there."""
    values = page.values.sample(number)
    for pre, post in zip(layer.pre_activations, layer.activations, strict=True):
        if not values.knows(pre) or all(values.exact[pre].compare(Real.of(kink)) for kink in page.graph.kinks(pre)):
            continue
        mark = f"@{number}" if len(page.graph.samples) > 1 else ""
        place = Name(pre + mark)
        slope = Partial(post + mark, pre + mark)
        value = values.number(f"{post}:{pre}")
        symbols = {"place": place, "at": values.number(pre), "slope": slope, "value": value}
        yield Paragraph(page.phrases("on-kink", sample=str(number), **symbols))


def capacity(page: Page, scope: Scope) -> Iterator[Block]:
    """Yield parameters with which the network classifies all samples, where the known solution of XOR is one."""
    if not _has_shape_of_witness(page):
        return
    samples = [page.values.sample(number) for number in range(1, len(page.graph.samples) + 1)]
    found = [interpret(WITNESS, values.exact) for values in samples]
    sides = [values.exact["t.1"].compare(Real.of("0.5")) for values in samples]
    if all(isinstance(value, Real) and value.sign() == side for value, side in zip(found, sides, strict=True)):
        pre_activation = Name(page.graph.layers[-1].pre_activations[0])
        yield Paragraph(page.phrases("capacity-yes", pre_activation=pre_activation))
        yield Display((WITNESS,))  # no equation: with the weights of this page it is another number
        policy = page.values.policy
        results = tuple(
            spell(value, policy.digits, policy.rounding).number for value in found if isinstance(value, Real)
        )
        yield Paragraph(page.phrases("capacity-values", values=listed(page, results)))


def _has_shape_of_witness(page: Page) -> bool:
    """Say whether `WITNESS` is what the network computes for some choice of its parameters."""
    hidden, *behind = page.graph.layers
    return (
        len(page.graph.inputs) == 2
        and len(behind) == 1
        and (hidden.activation.name, behind[0].activation.name) == ("relu", "sigmoid")
        and hidden.size >= 2
        and behind[0].size == 1
        and bool(hidden.biases and behind[0].biases)
    )
