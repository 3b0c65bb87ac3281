"""Plans: a style's sections in order, as data, and the walk that turns them into blocks."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from symback.document.blocks import Block, Heading, Paragraph
from symback.document.builders.registry import BUILDERS
from symback.document.conditions import CONDITIONS
from symback.document.faults import PlanError
from symback.document.page import Page, Scope
from symback.document.wiring import owned, traced_weight
from symback.document.wording import arguments
from symback.progress import counted

Row = Mapping[str, Any]


def walk(page: Page, rows: Sequence[Row], scope: Scope) -> Iterator[Block]:
    """Yield the blocks of `rows`, in order.

    A row is one of ``heading`` (with the rows beneath it under ``do``; with ``numbered`` it is counted), ``text``,
    ``remark`` (each names a phrase), ``build`` (names a builder; the other keys are its options) and ``each`` (repeats
    the rows under ``do``). Any of them may have ``when``, a list of conditions that must all hold.

    Raises
    ------
    PlanError
        If a row cannot be followed where it stands.
    """
    for row in rows:
        try:
            if all(holds(page, scope, name) for name in row.get("when", ())):
                yield from _row(page, row, scope)
        except PlanError as error:
            error.row = error.row or row
            raise
        except (LookupError, TypeError, AttributeError) as error:
            came = f"a row that cannot be followed here ({type(error).__name__}: {error})"
            fault = PlanError(came, "one that has around it what it speaks of, with options that it takes")
            fault.row = row
            raise fault from error


def _row(page: Page, row: Row, scope: Scope) -> Iterator[Block]:
    if row.get("each") in PAGES:
        for other in PAGES[row["each"]](page):
            yield from walk(other, row["do"], scope)
    elif "each" in row:
        for inner in SCOPES[row["each"]](page, scope):
            yield from walk(page, row["do"], inner)
    elif "heading" in row:
        yield from _section(page, row, scope)
    elif "build" in row:
        options = {key: value for key, value in row.items() if key not in ("build", "when")}
        yield from BUILDERS[row["build"]](page, scope, **options)
    elif "text" in row:
        yield Paragraph(page.phrases(row["text"], **arguments(page, scope)))
    else:
        yield Paragraph(page.phrases(row["remark"], **arguments(page, scope)), strong=True)


def _section(page: Page, row: Row, scope: Scope) -> Iterator[Block]:
    """Yield a heading with what stands beneath it; a section in which nothing stands drops out."""
    blocks = walk(page, row["do"], scope)
    for first in blocks:
        if row.get("numbered"):
            scope = scope.at(number=page.number(row["heading"]))
        yield Heading(row.get("level", 2), page.phrases(row["heading"], **arguments(page, scope)))
        yield first
        yield from blocks


def holds(page: Page, scope: Scope, name: str) -> bool:
    """Say whether a condition holds here; ``not`` in front of its name turns it round."""
    wanted = not name.startswith("not ")
    return CONDITIONS[name.removeprefix("not ")](page, scope) is wanted


def _layers(page: Page, scope: Scope) -> Iterator[Scope]:
    return (scope.at(layer=layer) for layer in page.graph.layers)


def _layers_backward(page: Page, scope: Scope) -> Iterator[Scope]:
    return (scope.at(layer=layer) for layer in reversed(page.graph.layers))


def _last_hidden_layer(page: Page, scope: Scope) -> Iterator[Scope]:
    return (scope.at(layer=layer) for layer in page.graph.layers[-2:-1])


def _output_layer(page: Page, scope: Scope) -> Iterator[Scope]:
    return iter((scope.at(layer=page.graph.layers[-1]),))


def _kinds_of_activation(page: Page, scope: Scope) -> Iterator[Scope]:
    """Yield each activation, with the first layer that has it."""
    layers = reversed(page.graph.layers)
    first = {row: layer for layer in layers for row in reversed(layer.functions)}
    kinds = {row: first[row] for layer in page.graph.layers for row in layer.functions}
    return (scope.at(layer=layer, row=row) for row, layer in kinds.items())


def _kinked_layers(page: Page, scope: Scope) -> Iterator[Scope]:
    return (inner for inner in _kinds_of_activation(page, scope) if inner.function.kinks)


def _parameters(page: Page, scope: Scope) -> Iterator[Scope]:
    """Yield the parameters whose gradients the layer finishes, numbered in the order of the backward pass."""
    counts = {layer.number: len(owned(page.graph, layer)) for layer in page.graph.layers}
    before = sum(count for number, count in counts.items() if number > scope.here.number)
    scopes = (
        scope.at(parameter=parameter, number=number)
        for number, parameter in enumerate(owned(page.graph, scope.here), before + 1)
    )
    return counted("gradients worked out", scopes, sum(counts.values()), before)


def _asked(page: Page, scope: Scope) -> Iterator[Scope]:
    """Yield the parameters that a question asks for."""
    layers = page.graph.layers
    return (
        scope.at(parameter=parameter, layer=layers[page.graph.quantities[parameter].layer - 1] if layers else None)
        for parameter in scope.asked
    )


def _finished_layers(page: Page, scope: Scope) -> Iterator[Scope]:
    """Yield the last layer that finishes a gradient of a weight."""
    layers = reversed(page.graph.layers)
    found = [layer for layer in layers if any(name.startswith("w.") for name in owned(page.graph, layer))]
    return (scope.at(layer=layer) for layer in found[:1])


def _traced_weight(page: Page, scope: Scope) -> Iterator[Scope]:
    """Yield the weight whose way to the loss is followed, if there is one."""
    found = traced_weight(page.graph)
    if found is not None:
        layer, weight = found
        yield scope.at(layer=layer, parameter=weight)


def _roots(page: Page, scope: Scope) -> Iterator[Scope]:
    return (scope.at(root=root) for root in page.derivation.roots_of(scope.parameter))


def _equations(page: Page, scope: Scope) -> Iterator[Scope]:
    return (scope.at(parameter=name) for name in page.system.formulas)


def _equations_backward(page: Page, scope: Scope) -> Iterator[Scope]:
    """Yield the equations on the way from the output back."""
    root, graph = page.graph.root, page.graph
    names = [root, *page.backward]
    return (scope.at(parameter=name) for name in names if graph.quantities[name].definition is not None)


def _names_backward(page: Page, scope: Scope) -> Iterator[Scope]:
    return (scope.at(parameter=name, number=number) for number, name in enumerate(page.backward, 1))


def _wanted(page: Page, scope: Scope) -> Iterator[Scope]:
    return (scope.at(parameter=name, number=number) for number, name in enumerate(page.system.wanted, 1))


def _example_name(page: Page, scope: Scope) -> Iterator[Scope]:
    """Yield the name from which most paths lead on; of several the one farthest from the output."""
    most = max(
        page.backward, key=lambda name: (len(page.derivation.children(scope.root, name)), name in page.system.wanted)
    )
    return iter((scope.at(parameter=most),))


SCOPES: Mapping[str, Callable[[Page, Scope], Iterator[Scope]]] = {
    "layer": _layers,
    "layer backward": _layers_backward,
    "last hidden layer": _last_hidden_layer,
    "output layer": _output_layer,
    "kind of activation": _kinds_of_activation,
    "kinked layer": _kinked_layers,
    "parameter": _parameters,
    "asked parameter": _asked,
    "traced weight": _traced_weight,
    "last learned layer": _finished_layers,
    "loss term": _roots,
    "equation": _equations,
    "equation backward": _equations_backward,
    "name backward": _names_backward,
    "wanted name": _wanted,
    "example name": _example_name,
}
"""What a row may be repeated for."""


def _later_steps(page: Page) -> Iterator[Page]:
    return (page.in_step(number) for number in range(2, len(page.graph.steps) + 1))


PAGES: Mapping[str, Callable[[Page], Iterator[Page]]] = {"later step": _later_steps}
"""What a row may be repeated for with other numbers on the page."""
