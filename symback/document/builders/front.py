"""What stands before the mathematics: title, architecture, and the values that are given."""

from __future__ import annotations

from collections.abc import Iterator

from symback.document.arrange import after_update, members, names
from symback.document.blocks import Block, Display, Heading, Listing, Paragraph
from symback.document.page import Page, Scope
from symback.document.wording import activation_title
from symback.document.working import chain, value
from symback.written.nodes import NEW, Matrix, Name, Relation, Symbol, Written
from symback.written.substitute import leaves


def title(page: Page, scope: Scope) -> Iterator[Block]:
    """Yield the title and what stands under it."""
    front = page.spec.front
    yield Heading(1, (page.spec.title or page.phrases.words("untitled"),))
    for line in (front.subtitle, front.course, front.author, front.date):
        if line:
            yield Paragraph((line,))


def architecture(page: Page, scope: Scope) -> Iterator[Block]:
    """Yield the layers with their activations, and the count of parameters, layer pair by layer pair."""
    phrases, layers = page.phrases, page.graph.layers
    yield Listing(
        tuple(
            phrases(
                "layer-line",
                layer=page.layer_name(layer.number),
                neurons=_counted(page, "neuron", layer.size),
                activation=activation_title(page, layer.number),
            )
            for layer in layers
        )
    )
    yield Paragraph(phrases("parameter-count", count=str(len(page.graph.learned))))
    yield Listing(
        tuple(
            phrases(
                "parameter-split" if layer.biases else "parameter-split-without-biases",
                before=page.layer_name(layer.number - 1),
                layer=page.layer_name(layer.number),
                weights=_counted(page, "weight", len(layer.parameters) - len(set(layer.biases))),
                biases=_counted(page, "bias", len(set(layer.biases))),
            )
            for layer in layers
        )
    )


def data(page: Page, scope: Scope) -> Iterator[Block]:
    """Yield inputs and targets with their values."""
    rows = (names(page, ids) for ids in (page.graph.inputs, page.graph.targets))
    yield Display(tuple(Relation(row, (("=", value(page, row).tree),)) for row in rows))


def parameter_values(page: Page, scope: Scope, new: bool = False) -> Iterator[Block]:
    """Yield every weight matrix and bias vector, name = symbols = numbers; with `new` after the update."""
    mark = page.names.mark if new else ""
    for layer in page.graph.layers:
        entries = after_update(page, layer, "weight") if new else members(page, Scope(layer=layer), "weight")
        yield from _named(page, page.names.weight_matrix(layer.number, mark), entries, new)
    for layer in page.graph.layers:
        if len(set(layer.biases)) < len(layer.biases):
            yield from _lone(page, layer.biases[0], new)
        elif layer.biases:
            entries = after_update(page, layer, "bias") if new else members(page, Scope(layer=layer), "bias")
            yield from _named(page, page.names.bias_vector(layer.number, mark), entries, new)


def _lone(page: Page, bias: str, new: bool) -> Iterator[Block]:
    """Yield the one bias of a layer, unless its number is not known."""
    name = Name(bias + NEW if new and bias in page.graph.learned else bias)
    if not page.values.knows(name.id):
        return
    if new and not page.names.mark:
        yield Display((Relation(name, ((_arrow(page), value(page, name).tree),)),))
    else:
        yield Display((chain(page, name, ["value"]),))


def _named(page: Page, symbol: Symbol, entries: Matrix, new: bool = False) -> Iterator[Block]:
    """Yield one matrix or vector, unless none of its numbers is known.

    New values without a mark need all of them: an unknown one would stand there as the old one.
    """
    is_unmarked = new and not page.names.mark
    if not (all if is_unmarked else any)(map(page.values.knows, leaves(entries))):
        return
    numbers = value(page, entries)
    single = len(entries.rows) == len(entries.rows[0]) == 1 and _is_named(page, entries, symbol)
    sign = "≈" if numbers.rounded and not page.carries_printed else "="
    if is_unmarked:
        links: tuple[tuple[str, Written], ...] = ((_arrow(page), numbers.tree),)
    else:
        links = ((sign, numbers.tree),) if single else (("=", entries), (sign, numbers.tree))
    yield Display((Relation(symbol, links),))


def _arrow(page: Page) -> str:
    """Return the sign by which a symbol takes a new value, where that has no mark of its own."""
    return "←" if page.names.notation.update == "=" else page.names.notation.update


def _is_named(page: Page, entries: Matrix, symbol: Symbol) -> bool:
    """Say whether the only entry has the same symbol as the matrix, so that naming it again would say nothing."""
    (entry,) = entries.rows[0]
    return isinstance(entry, Name) and page.names(entry.id) == symbol


def _counted(page: Page, noun: str, count: int) -> str:
    return page.phrases.words(noun if count == 1 else f"{noun}-plural", count=str(count))
