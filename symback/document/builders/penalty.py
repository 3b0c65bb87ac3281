"""The penalty: what is added to the loss for the size of weights, and what it adds to their gradients."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from symback.document.arrange import example
from symback.document.blocks import Block, Display
from symback.document.builders.batch import summed
from symback.document.builders.tracing import traced_bias
from symback.document.delta_rules import general_neurons, letters
from symback.document.page import Page, Scope
from symback.document.wiring import owned
from symback.document.working import chain
from symback.graph.quantity import BATCH, PENALTY, PENALTY_FACTOR
from symback.rules.penalties import penalty_slope
from symback.written.nodes import Derivative, Name, Partial, Relation, Sum, Written

NUMBERS = ("numbers", "value")


def penalty(page: Page, scope: Scope, forms: Sequence[str]) -> Iterator[Block]:
    """Yield the penalty worked out."""
    yield Display((chain(page, Name(PENALTY), forms),))


def joined_loss(page: Page, scope: Scope, forms: Sequence[str]) -> Iterator[Block]:
    """Yield the loss that is learned from: that of all samples, and the penalty."""
    yield Display((chain(page, Name(BATCH), forms),))


def gradient(page: Page, scope: Scope) -> Iterator[Block]:
    """Yield what the penalty adds to the gradient by one parameter, and both together."""
    yield from _gradient(page, scope.parameter)


def gradients(page: Page, scope: Scope) -> Iterator[Block]:
    """Yield the same for every parameter whose gradient a layer finishes."""
    for parameter in owned(page.graph, scope.here):
        yield from _gradient(page, parameter)


def traced(page: Page, scope: Scope) -> Iterator[Block]:
    """Yield the same for the traced bias and the traced weight."""
    for parameter in (*traced_bias(page, scope), scope.parameter):
        yield from _gradient(page, parameter)


def of_example(page: Page, scope: Scope) -> Iterator[Block]:
    """Yield the same for the weight of a layer that is worked before all others."""
    yield from _gradient(page, example(page, scope, "gradient.weight").key.partition(":")[2])


def _gradient(page: Page, parameter: str) -> Iterator[Block]:
    if parameter in page.graph.penalised:
        yield Display((chain(page, Partial(PENALTY, parameter), ["closed", *NUMBERS]),))
    yield Display((chain(page, Partial(BATCH, parameter), ["sum", *NUMBERS]),))


def general_gradients(page: Page, scope: Scope) -> Iterator[Block]:
    """Yield the gradient by any weight with what the penalty adds to it, where all weights are in it."""
    graph = page.graph
    weights = {name for name in graph.parameters if name.startswith("w.")}
    if graph.penalty_row is None or {*graph.penalised} != weights:
        return
    for at in general_neurons(page):
        added = penalty_slope(graph.penalty_row, Name(PENALTY_FACTOR), at.weight)
        loss: Written = Derivative(Name(graph.root), at.weight)
        if graph.learns_from_batch:
            loss = summed(page, Derivative(page.names.of_sample(graph.root, letters(page).sample), at.weight))
        yield Display((Relation(Derivative(Name(BATCH), at.weight), (("=", Sum((loss, added))),)),))
