"""General symbols first: what indices mean, the forward pass by layers, the choice of loss, rules for any layer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction

from symback.document.blocks import Block, Display, Listing, Paragraph
from symback.document.builders.front import parameter_values
from symback.document.delta_rules import (
    bias_gradient,
    counts_any_layer,
    delta_before,
    general_neurons,
    joined_delta_before,
    letters,
    running_letter,
    update,
    weight_gradient,
)
from symback.document.page import Page, Scope
from symback.document.trace import shortened
from symback.document.wording import arguments, function_symbol, loss_title
from symback.graph.quantity import BATCH, Layer
from symback.rules.losses import LOSSES, OUTPUT, TARGET, value_forms
from symback.written.latex import WITHOUT_CONDITION
from symback.written.nodes import Call, Cases, Matrix, Name, Number, Product, Relation, Symbol, Text, Valued, Written
from symback.written.substitute import substitute

USUAL_FACTORS = {"squared-error": Fraction(1, 2), "binary-cross-entropy": Fraction(1)}
"""The factor with which a loss is usually stated, for the losses that a page mentions beside its own."""


def convention(page: Page, scope: Scope) -> Iterator[Block]:
    """Yield what the indices of the symbols mean."""
    names, found = page.names, letters(page)
    at = general_neurons(page)[0]
    phrases = ["convention-weight", *(["convention-bias"] if any(layer.biases for layer in page.graph.layers) else [])]
    phrases += [
        "convention-neuron" if len(page.graph.layers) > 1 else "convention-pre-activation",
        "convention-output" if page.spec.loss else "convention-upstream",
    ]
    if len(page.graph.samples) > 1:
        phrases.append("convention-sample")
    single = len(page.graph.outputs) == 1
    general = names.general_neuron(len(page.graph.layers), found.neuron, found.source)
    symbols: dict[str, str | Written] = {
        "weight": at.weight,
        "bias": at.bias,
        "pre": at.pre_activation,
        "post": at.activation,
        "neuron": found.neuron,
        "source": found.source,
        "output": Name(page.graph.outputs[0]) if single else general.activation,
        "target": Name(page.graph.targets[0]) if single else general.target,
        "sample": found.sample,
        "of_sample": names.of_sample(page.graph.inputs[0], found.sample),
        "input": Name(page.graph.inputs[0]),
        "layer": found.layer if counts_any_layer(page) else Number("1"),
    }
    yield Listing(tuple(page.phrases(phrase, **symbols) for phrase in phrases))


def grouped_forward(page: Page, scope: Scope) -> Iterator[Block]:
    """Yield the forward pass in symbols, a brace for each layer."""
    for layer in page.graph.layers:
        rows = tuple((row, WITHOUT_CONDITION) for row in _neurons(page, layer))
        yield Display((Product((Text(page.layer_name(layer.number)), Cases(rows)), juxtaposed=True),))


def _neurons(page: Page, layer: Layer) -> Iterator[Relation]:
    """Yield ``z = w x + b => h = f(z)`` for each neuron, and the function of a whole layer behind all of them."""
    if layer.activation.is_joint:
        for name in (*layer.pre_activations, *layer.activations):
            yield Relation(Name(name), (("=", shortened(page.derivation[name].forms["definition"])),))
        return
    for pre, post, row in zip(layer.pre_activations, layer.activations, layer.functions, strict=True):
        function = function_symbol(page, row)
        form = shortened(page.derivation[pre].forms["definition"])
        yield Relation(Name(pre), (("=", form), ("⇒", Name(post)), ("=", Call(function, (Name(pre),)))))


def loss_choice(page: Page, scope: Scope) -> Iterator[Block]:
    """Yield the losses that one could choose, the page's own last, and what it is made of."""
    found = letters(page)
    single = len(page.graph.outputs) == 1
    general = page.names.general_neuron(len(page.graph.layers), found.neuron, found.source)
    output = Name(page.graph.outputs[0]) if single else general.activation
    target = Name(page.graph.targets[0]) if single else general.target
    term = Name("loss") if single else general.loss
    own = page.graph.loss_row
    others = (LOSSES[name] for name in USUAL_FACTORS if name != own.name)
    for row in (*others, own):
        phrase = f"{'own' if row is own else 'other'}-{row.name}"
        phrase = phrase if phrase in page.phrases else "own-loss"
        yield Paragraph(page.phrases(phrase, output=output, loss_title=loss_title(page)))
        factor = page.spec.loss_factor if row is own else USUAL_FACTORS[row.name]
        form = value_forms(row, factor)["differentiated"]
        yield Display((Relation(term, (("=", substitute(form, {OUTPUT: output, TARGET: target})),)),))
    if not single:
        yield Paragraph(page.phrases("loss-of-outputs"))
        yield Display((Relation(Name("loss"), (("=", page.derivation["loss"].forms["definition"]),)),))


def general_gradients(page: Page, scope: Scope) -> Iterator[Block]:
    """Yield the gradients of every weight and every bias, with letters for their indices."""
    loss, neurons = page.names("loss"), general_neurons(page)
    for at, has_biases in zip(neurons, _with_biases(page), strict=True):
        yield Display((weight_gradient(loss, at), *([bias_gradient(loss, at)] if has_biases else [])))


def entering(page: Page, scope: Scope) -> Iterator[Block]:
    """Yield what the rules mean by the activations of the layer before the first, where they speak of any layer."""
    if counts_any_layer(page):
        found, (at,) = letters(page), general_neurons(page)
        inputs = page.names.general_neuron(1, found.neuron, found.source).source
        yield Paragraph(page.phrases("entering", source=at.source, input=inputs, layer=found.layer))


def general_delta(page: Page, scope: Scope) -> Iterator[Block]:
    """Yield how delta passes from one layer to the one before, where need be through all its activations."""
    running = running_letter(page)
    joint = [layer.activation.is_joint for layer in page.graph.layers[:-1]]
    is_joined = [any(joint)] if counts_any_layer(page) else [False, *joint]
    for at, other, joined in zip(general_neurons(page), general_neurons(page, running), is_joined, strict=True):
        rule = joined_delta_before(at, other, running) if joined else delta_before(at)
        if rule is not None:
            yield Display((rule,))


def general_updates(page: Page, scope: Scope) -> Iterator[Block]:
    """Yield the update of every weight and every bias, with letters for their indices."""
    learned = BATCH if page.graph.penalty_row is not None else "loss"
    loss, sign = page.names(learned), page.names.notation.update
    for at, has_biases in zip(general_neurons(page), _with_biases(page), strict=True):
        parameters = (at.weight, *([at.bias] if has_biases else []))
        yield Display(tuple(update(loss, parameter, sign) for parameter in parameters))


def _with_biases(page: Page) -> tuple[bool, ...]:
    """Say for each of the general neurons whether there are biases for it."""
    found = tuple(bool(layer.biases) for layer in page.graph.layers)
    return (any(found),) if counts_any_layer(page) else found


def listing(page: Page, scope: Scope, of: Sequence[str]) -> Iterator[Block]:
    """Yield phrases as the items of a list."""
    yield Listing(tuple(page.phrases(name, **arguments(page, scope)) for name in of))


def sized_values(page: Page, scope: Scope) -> Iterator[Block]:
    """Yield the weight matrices and bias vectors with their numbers, each with its size at its symbol."""
    for block in parameter_values(page, scope):
        assert isinstance(block, Display)
        yield Display(tuple(map(_sized, block.rows)))


def _sized(row: Written) -> Written:
    assert isinstance(row, Relation)
    numbers = row.links[-1][1]
    matrix = numbers.body if isinstance(numbers, Valued) else numbers
    if not isinstance(matrix, Matrix):  # one bias for a whole layer
        return row
    assert isinstance(row.first, Symbol)
    sizes = Number(str(len(matrix.rows))), Number(str(len(matrix.rows[0])))
    apart = (Text(","),) if row.first.subscript else ()
    size = (*row.first.subscript, *apart, Product(sizes, sign="times"))
    return replace(row, first=replace(row.first, subscript=size))
