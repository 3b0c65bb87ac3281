"""Networks that are not wired like most: what is special about them, and gradients from error signals one by one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from symback.derive.delta import delta_id
from symback.document.blocks import Block, Display, Paragraph
from symback.document.builders.tracing import equal
from symback.document.page import Page, Scope
from symback.document.wiring import follows_before, owned
from symback.document.wording import listed
from symback.document.working import Side, chain
from symback.graph.quantity import Role
from symback.written.nodes import Name, Partial


def notes(page: Page, scope: Scope) -> Iterator[Block]:
    """Yield what a reader must know of the wiring: connections absent or around layers, constants, shared weights."""
    graph = page.graph
    if any(None in row for layer in graph.layers for row in layer.weights):
        yield Paragraph(page.phrases("wiring-absent"))
    for layer in graph.layers:
        if not follows_before(graph, layer):
            entering = tuple(Name(name) for name in layer.inputs)
            yield Paragraph(
                page.phrases("wiring-skip", layer=page.layer_name(layer.number), values=listed(page, entering))
            )
    constants = tuple(Name(name) for name, quantity in graph.quantities.items() if quantity.role is Role.CONSTANT)
    for constant in constants:
        yield Paragraph(page.phrases("wiring-constant", constant=constant))
    for name in graph.parameters:
        if graph.uses[name] > 1:
            yield Paragraph(page.phrases("wiring-shared", parameter=Name(name), count=str(graph.uses[name])))
    frozen = tuple(Name(name) for name in graph.parameters if name in graph.frozen)
    if frozen:
        yield Paragraph(page.phrases("wiring-frozen", parameters=listed(page, frozen)))


def error_signals(page: Page, scope: Scope, forms: Sequence[str]) -> Iterator[Block]:
    """Yield the error signal of each neuron of a layer, from those of the neurons that it enters."""
    for pre in scope.here.pre_activations:
        named = Side(Name(delta_id(pre)))
        yield Display((chain(page, Partial("loss", pre), forms, [named]),), stacked=True)


def gradient(page: Page, scope: Scope, forms: Sequence[str]) -> Iterator[Block]:
    """Yield the gradient by one parameter, a term for each of its uses."""
    yield Display((chain(page, Partial("loss", scope.parameter), forms),), stacked=True)


def all_rules(page: Page, scope: Scope) -> Iterator[Block]:
    """Yield, in symbols, every error signal and every gradient of a learned parameter."""
    for layer in reversed(page.graph.layers):
        signals = (Partial("loss", pre) for pre in layer.pre_activations)
        rows = [equal(Name(delta_id(key.by)), page.derivation[key.key].forms["direct"]) for key in signals]
        partials = (Partial("loss", name) for name in owned(page.graph, layer))
        rows += [equal(partial, page.derivation[partial.key].forms["delta"]) for partial in partials]
        yield Display(tuple(rows))
