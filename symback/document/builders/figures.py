"""Figures: the network with names, numbers, gradients or paths, and the plots of its activations."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from symback.document.blocks import Block, Figure, Inline
from symback.document.figures.drawing import Drawing
from symback.document.figures.network import draw, is_drawn
from symback.document.figures.plots import plots
from symback.document.page import Page, Scope
from symback.document.wording import function_symbol
from symback.graph.quantity import Graph
from symback.rules.activations import Activation
from symback.written.nodes import Call, Name, Symbol
from symback.written.text import TextPrinter


def network(page: Page, scope: Scope, show: str = "names") -> Iterator[Block]:
    """Yield the network, or the graph of equations, with ``names``, ``values`` or ``gradients``, if they are known."""
    is_known = show == "names" or any(map(page.values.knows, page.graph.quantities))
    if is_drawn(page) and is_known:
        kind = "figure" if page.graph.system is None else "figure-graph"
        caption = page.phrases(f"{kind}-{show}")
        if any(layer.is_joint for layer in page.graph.layers):
            caption = (*caption, " ", *page.phrases("figure-joint"))
        yield _figure(page, partial(draw, page, show), caption)


def paths(page: Page, scope: Scope) -> Iterator[Block]:
    """Yield the network with every path from the parameter to the loss."""
    if is_drawn(page):
        lit = {scope.parameter, *page.graph.dependents(scope.parameter)}
        caption = page.phrases("figure-paths", parameter=Name(scope.parameter))
        yield _figure(page, partial(draw, page, "names", lit), caption)


def functions(page: Page, scope: Scope) -> Iterator[Block]:
    """Yield the plots of all activations of one number and their derivatives."""
    rows = [row for row in dict.fromkeys(_rows(page.graph)) if not row.is_joint]
    if rows:
        titles = [Call(function_symbol(page, row), (Symbol("x"),)) for row in rows]
        yield _figure(page, partial(plots, rows, titles), page.phrases("figure-functions"))


def _rows(graph: Graph) -> Iterator[Activation]:
    """Yield the activations that are in use."""
    yield from (row for layer in graph.layers for row in layer.functions)
    yield from (quantity.function for quantity in graph.quantities.values() if quantity.function is not None)


def _figure(page: Page, drawing: Callable[[], Drawing], caption: Inline) -> Figure:
    plain = TextPrinter(page.names, mark=page.names.notation.decimal_mark)
    words = "".join(part if isinstance(part, str) else plain.print(part) for part in caption)
    return Figure(drawing, caption, words)
