"""A network in matrices, forwards: shapes, starting values, and a formula and a vector for every layer."""

from __future__ import annotations

from collections.abc import Iterator

from symback.document import joint, matrix_lines, matrix_rules
from symback.document.blocks import Block, Display, Inline, Listing, Paragraph
from symback.document.matrices import LayerSymbols, Matrices, shape
from symback.document.page import Page, Scope
from symback.document.wording import activation_title, function_symbol, loss_title
from symback.document.working import value
from symback.rules.activations import ACTIVATIONS, INPUT, derivative_form, explained_form
from symback.written.nodes import Call, Relation, Symbol
from symback.written.substitute import leaves, substitute

_Z = Symbol("z")


def layers(page: Page, scope: Scope) -> Iterator[Block]:
    """Yield the shape of the input and of what leaves each layer."""
    matrices = Matrices(page)
    lines = [page.phrases("shape-line", layer=page.layer_name(0), shape=shape(matrices.entries(matrices.input)))]
    for at in matrices.layers:
        lines.append(
            page.phrases(
                "shape-line-with-activation",
                layer=page.layer_name(at.layer.number),
                shape=shape(matrices.entries(at.post)),
                activation=_function(page, at),
            )
        )
    yield Listing(tuple(lines))


def _function(page: Page, at: LayerSymbols) -> Inline:
    """Return what is applied to a layer: a name, a symbol, or a symbol with the names that it stands for."""
    row, distinct = at.layer.activation, len(set(at.layer.functions)) > 1
    if distinct:
        return (at.function, " = (", *activation_title(page, at.layer.number), ")")
    return (row.title if row.name in ACTIVATIONS else at.function,)


def function(page: Page, scope: Scope) -> Iterator[Block]:
    """Yield the definition of a layer's activation, for one number."""
    if scope.function.is_joint:
        yield Display((joint.function_of(page, scope.function, _Z),))
        return
    form = substitute(explained_form(scope.function), {INPUT: _Z})
    yield Display((Relation(Call(function_symbol(page, scope.function), (_Z,)), (("=", form),)),))


def slope_function(page: Page, scope: Scope) -> Iterator[Block]:
    """Yield the derivative of a layer's activation, for one number."""
    row = scope.function
    if row.is_joint:
        yield Display((joint.slopes_of(page, row, _Z),))
        return
    form = substitute(derivative_form(row, page.derivation.kinks.get(row.name)), {INPUT: _Z})
    yield Display((Relation(Call(function_symbol(page, scope.function), (_Z,), 1), (("=", form),)),))


def parameters(page: Page, scope: Scope) -> Iterator[Block]:
    """Yield the weights and biases of each layer, side by side; one in several places is seen where it stands."""
    matrices = Matrices(page)
    for at in matrices.layers:
        rows = []
        for symbol in at.parameters.values():
            entries = matrices.entries(symbol)
            is_tied = any(page.graph.uses[name] > 1 and not _is_shared(name) for name in leaves(entries))
            names = (("=", entries),) if is_tied else ()
            rows.append(Relation(symbol, (*names, ("=", value(page, entries).tree))))
        yield Display(tuple(rows), beside=True)


def _is_shared(name: str) -> bool:
    """Say whether it is the one bias of a whole layer, which has no neuron of its own."""
    return name.count(".") == 1


def data(page: Page, scope: Scope) -> Iterator[Block]:
    """Yield the input and the target, side by side."""
    matrices = Matrices(page)
    rows = ((symbol, value(page, matrices.entries(symbol)).tree) for symbol in (matrices.input, matrices.target))
    yield Display(tuple(Relation(symbol, (("=", numbers),)) for symbol, numbers in rows), beside=True)


def stated_loss(page: Page, scope: Scope) -> Iterator[Block]:
    """Yield what the loss is."""
    matrices = Matrices(page)
    formula = Relation(matrices.loss, (("=", matrix_rules.loss(matrices)),))
    yield Paragraph(page.phrases("loss-is", title=loss_title(page), formula=formula))


def nested(page: Page, scope: Scope) -> Iterator[Block]:
    """Yield the whole network as one formula."""
    matrices = Matrices(page)
    yield Display((Relation(matrices.output, (("=", matrix_rules.nested(matrices)),)),))


def pre_activation(page: Page, scope: Scope) -> Iterator[Block]:
    """Yield a layer's pre-activations: formula and value."""
    matrices = Matrices(page)
    yield Display((matrix_lines.pre_activation(matrices, matrices.at(scope.here)),), stacked=True)


def activation(page: Page, scope: Scope) -> Iterator[Block]:
    """Yield a layer's activations: formula and value."""
    matrices = Matrices(page)
    yield Display((matrix_lines.activation(matrices, matrices.at(scope.here)),), stacked=True)


def loss(page: Page, scope: Scope) -> Iterator[Block]:
    """Yield the loss: formula and value."""
    yield Display((matrix_lines.loss(Matrices(page)),), stacked=True)
