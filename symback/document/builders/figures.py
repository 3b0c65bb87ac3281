"""Figures: the network with names, numbers, gradients or paths, and the plots of its activations."""

from __future__ import annotations

from collections.abc import Iterator

from symback.document.blocks import Block, Figure, Inline
from symback.document.figures.drawing import Drawing
from symback.document.figures.network import draw, is_drawn
from symback.document.figures.plots import plots
from symback.document.page import Page, Scope
from symback.document.wording import function_symbol
from symback.written.nodes import Call, Name, Symbol
from symback.written.text import TextPrinter


def network(page: Page, scope: Scope, show: str = "names") -> Iterator[Block]:
    """Yield the network, with what `show` asks for: ``names``, ``values`` or ``gradients``."""
    if is_drawn(page):
        yield _figure(page, draw(page, show), page.phrases(f"figure-{show}"))


def paths(page: Page, scope: Scope) -> Iterator[Block]:
    """Yield the network with every path from the parameter to the loss."""
    if is_drawn(page):
        lit = {scope.parameter, *page.graph.dependents(scope.parameter)}
        yield _figure(page, draw(page, "names", lit), page.phrases("figure-paths", parameter=Name(scope.parameter)))


def functions(page: Page, scope: Scope) -> Iterator[Block]:
    """Yield the plots of all activations and their derivatives."""
    every = dict.fromkeys(row for layer in page.graph.layers for row in layer.functions)
    rows = [row for row in every if not row.is_joint]
    if rows:
        titles = [Call(function_symbol(page, row), (Symbol("x"),)) for row in rows]
        drawing = plots(rows, titles)
        yield _figure(page, drawing, page.phrases("figure-functions"))


def _figure(page: Page, drawing: Drawing, caption: Inline) -> Figure:
    plain = TextPrinter(page.names)
    words = "".join(part if isinstance(part, str) else plain.print(part) for part in caption)
    return Figure(drawing, caption, words)
