"""The forward pass in vectors, the loss, and the derivatives of the activations in use."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from symback.document.arrange import members, names
from symback.document.blocks import Block, Display, Heading
from symback.document.page import Page, Scope
from symback.document.wording import function_symbol, in_words
from symback.document.working import Side, chain, lines, sides, sign, value
from symback.rules.activations import ACTIVATIONS, INPUT, OUTPUT, Activation, derivative_form, explained_form
from symback.rules.losses import words_form
from symback.written.nodes import Call, Derivative, Name, Product, Relation, Sum, Symbol, Text, Written
from symback.written.substitute import substitute

_X, _Y = Symbol("x"), Symbol("y")


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
    function = function_symbol(page, layer.number)
    target = members(page, scope, "activation")
    applied = Call(function, (members(page, scope, "pre-activation"),))
    rows = [_function_row(function, layer.activation)] if "function" in forms else []
    wanted = [form for form in forms if form != "function"]
    rows.extend(Relation(applied, ((sign(page, side), side.tree),)) for side in sides(page, target, wanted))
    result = value(page, target)
    yield Display((*rows, Relation(target, ((sign(page, result), result.tree),))))


def _function_row(function: str | Symbol, row: Activation) -> Relation:
    """Return ``Sigmoid ⇒ f(x) = …``, or ``f(x) = …`` where the function has no other name."""
    form = substitute(explained_form(row), {INPUT: _X})
    if row.name not in ACTIVATIONS:
        return Relation(Call(function, (_X,)), (("=", form),))
    return Relation(Text(row.title), (("⇒", Call(Symbol("f"), (_X,))), ("=", form)))


def loss(page: Page, scope: Scope, forms: Sequence[str]) -> Iterator[Block]:
    """Yield the loss: in words where one output makes them plain, then worked out."""
    target = Name("loss")
    words = words_form(page.graph.loss_row, page.spec.loss.factor.value)
    if words is not None and len(page.graph.outputs) == 1:
        yield Display((Relation(target, (("=", in_words(page, words)),)),))
    yield Display(lines(page, target, forms))


def derivatives(page: Page, scope: Scope) -> Iterator[Block]:
    """Yield each activation in use with its derivative."""
    rows = dict.fromkeys(layer.activation for layer in page.graph.layers)
    for row in rows:
        if row.name in ACTIVATIONS:
            yield Heading(3, (row.title,))
        form = derivative_form(row, page.derivation.kinks.get(row.name))
        yield Display(
            (
                Relation(_Y, (("=", substitute(explained_form(row), {INPUT: _X})),)),
                Relation(Derivative(_Y, _X), (("=", substitute(form, {INPUT: _X, OUTPUT: _Y})),)),
            )
        )


def neurons(page: Page, scope: Scope, forms: Sequence[str]) -> Iterator[Block]:
    """Yield one line per neuron of every layer, pre-activation and then activation."""
    for layer in page.graph.layers:
        function = function_symbol(page, layer.number)
        for pre, post in zip(layer.pre_activations, layer.activations, strict=True):
            yield Display((chain(page, Name(pre), forms),))
            yield Display((chain(page, Name(post), forms, [Side(Call(function, (Name(pre),)))]),))


def function(page: Page, scope: Scope) -> Iterator[Block]:
    """Yield a layer's activation as a function of x."""
    form = substitute(explained_form(scope.here.activation), {INPUT: _X})
    yield Display((Relation(Call(function_symbol(page, scope.here.number), (_X,)), (("=", form),)),))


def function_derivative(page: Page, scope: Scope) -> Iterator[Block]:
    """Yield the derivative of a layer's activation by x."""
    row, applied = scope.here.activation, Call(function_symbol(page, scope.here.number), (_X,))
    form = substitute(derivative_form(row, page.derivation.kinks.get(row.name)), {INPUT: _X})
    yield Display((Relation(Derivative(applied, _X, total=True), (("=", form),)),))
