"""The forward pass in vectors, the loss, and the derivatives of the activations in use."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from symback.document import joint
from symback.document.arrange import members, names
from symback.document.blocks import Block, Display, Heading
from symback.document.page import Page, Scope
from symback.document.wording import function_symbol, in_words
from symback.document.working import applied_side, chain, lines, sides, sign, value
from symback.graph.quantity import Layer, Role
from symback.notation.letters import unused
from symback.rules.activations import ACTIVATIONS, INPUT, OUTPUT, Activation, derivative_form, explained_form
from symback.rules.losses import words_form
from symback.written.nodes import Call, Derivative, Name, Product, Relation, Sum, Symbol, Text, Written
from symback.written.substitute import substitute

_X = Symbol("x")
_PAIRS = ("xy", "uv", "rs")


def affine(page: Page, scope: Scope) -> Iterator[Block]:
    """Yield a layer's pre-activations as matrices: symbols, numbers, product and bias apart, result."""
    layer = scope.here
    inputs, weights = names(page, layer.inputs), members(page, scope, "weight")
    product: Written = Product((inputs, weights) if page.is_row else (weights, inputs))
    tree = Sum((product, members(page, scope, "bias"))) if layer.biases else product
    yield Display(lines(page, members(page, scope, "pre-activation"), [tree, "numbers", "products", "value"]))


def activation(page: Page, scope: Scope, forms: Sequence[str]) -> Iterator[Block]:
    """Yield a layer's activations: the function, then it applied to the pre-activations, then the result by name."""
    layer = scope.here
    if len(set(layer.functions)) > 1:
        yield from _activations_apart(page, layer, forms)
        return
    function = function_symbol(page, layer.activation)
    target = members(page, scope, "activation")
    applied = Call(function, (members(page, scope, "pre-activation"),))
    rows = [_function_row(page, layer.activation)] if "function" in forms else []
    wanted = [form for form in forms if form != "function"]
    rows.extend(Relation(applied, ((sign(page, side), side.tree),)) for side in sides(page, target, wanted))
    result = value(page, target)
    yield Display((*rows, Relation(target, ((sign(page, result), result.tree),))))


def _activations_apart(page: Page, layer: Layer, forms: Sequence[str]) -> Iterator[Block]:
    """Yield the activations of a layer whose neurons have different functions, one by one."""
    if "function" in forms:
        yield Display(tuple(_function_row(page, row) for row in dict.fromkeys(layer.functions)))
    wanted = [form for form in forms if form != "function"]
    for post in layer.activations:
        start = applied_side(page, page.graph.quantities[post])
        yield Display((chain(page, Name(post), wanted, start),))


def _function_row(page: Page, row: Activation) -> Relation:
    """Return ``Sigmoid ⇒ f(x) = …``, or ``f(x) = …`` where the function has no other name."""
    if row.is_joint or row.name not in ACTIVATIONS:
        return _definition(page, row)
    form = substitute(explained_form(row), {INPUT: _X})
    return Relation(Text(row.title), (("⇒", Call(Symbol("f"), (_X,))), ("=", form)))


def _definition(page: Page, row: Activation) -> Relation:
    """Return an activation as a function of x."""
    if row.is_joint:
        return joint.function_of(page, row, _X)
    return Relation(Call(function_symbol(page, row), (_X,)), (("=", substitute(explained_form(row), {INPUT: _X})),))


def loss(page: Page, scope: Scope, forms: Sequence[str]) -> Iterator[Block]:
    """Yield the loss: in words where one output makes them plain, then worked out."""
    target = Name("loss")
    words = words_form(page.graph.loss_row, page.spec.loss_factor)
    if words is not None and len(page.graph.outputs) == 1:
        yield Display((Relation(target, (("=", in_words(page, words)),)),))
    yield Display(lines(page, target, forms))


def derivatives(page: Page, scope: Scope) -> Iterator[Block]:
    """Yield each activation in use with its derivative, in letters that mean nothing else on the page."""
    rows = dict.fromkeys(row for layer in page.graph.layers for row in layer.functions)
    used = {symbol.base for symbol in map(page.names, page.graph.quantities) if symbol == Symbol(symbol.base)}
    x, y = map(Symbol, unused(_PAIRS, used))
    for row in sorted(rows, key=lambda row: row.name in ACTIVATIONS):  # what has no heading stands under none
        if row.name in ACTIVATIONS:
            yield Heading(3, (row.title,))
        if row.is_joint:
            yield Display((joint.function_of(page, row, x), joint.slopes_of(page, row, x)))
            continue
        form = derivative_form(row, page.derivation.kinks.get(row.name))
        yield Display(
            (
                Relation(y, (("=", substitute(explained_form(row), {INPUT: x})),)),
                Relation(Derivative(y, x), (("=", substitute(form, {INPUT: x, OUTPUT: y})),)),
            )
        )


def neurons(page: Page, scope: Scope, forms: Sequence[str]) -> Iterator[Block]:
    """Yield one line per neuron of every layer, pre-activation and then activation."""
    for quantity in page.graph.quantities.values():
        if quantity.role in (Role.PRE_ACTIVATION, Role.ACTIVATION):
            yield Display((chain(page, Name(quantity.id), forms, applied_side(page, quantity)),))


def function(page: Page, scope: Scope) -> Iterator[Block]:
    """Yield a layer's activation as a function of x."""
    yield Display((_definition(page, scope.function),))


def function_derivative(page: Page, scope: Scope) -> Iterator[Block]:
    """Yield the derivative of a layer's activation by x."""
    if scope.function.is_joint:
        yield Display((joint.slopes_of(page, scope.function, _X),))
        return
    row, applied = scope.function, Call(function_symbol(page, scope.function), (_X,))
    form = substitute(derivative_form(row, page.derivation.kinks.get(row.name)), {INPUT: _X})
    yield Display((Relation(Derivative(applied, _X, total=True), (("=", form),)),))
