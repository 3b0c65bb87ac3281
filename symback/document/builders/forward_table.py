"""What a sheet of rules starts from: data, loss, the functions in use, and the forward pass as a table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from symback.document import joint
from symback.document.blocks import Block, Display, Inline, Paragraph, Table
from symback.document.general_rules import FUNCTION, applied, indices
from symback.document.page import Page, Scope
from symback.document.working import value
from symback.graph.build import averaged
from symback.graph.quantity import Layer
from symback.notation.pattern import pattern
from symback.rules.activations import (
    ACTIVATIONS,
    INPUT,
    Activation,
    derivative_form,
    explained_form,
    function_form,
    output_form,
)
from symback.rules.activations import OUTPUT as ACTIVATION_OUTPUT
from symback.rules.losses import OUTPUT, TARGET
from symback.written.nodes import IndexedSum, Name, Relation, Symbol, Text, Transpose, Written
from symback.written.nodes import Sequence as Items
from symback.written.substitute import substitute


def setting(page: Page, scope: Scope) -> Iterator[Block]:
    """Yield inputs and targets on one line."""
    names, graph = page.names, page.graph
    inputs = _stated(page, names.vector("activation", 0), graph.inputs)
    phrase = "setting" if page.spec.loss else "setting-upstream"
    yield Paragraph(page.phrases(phrase, inputs=inputs, targets=_stated(page, names.target_vector(), graph.targets)))


def _stated(page: Page, vector: Symbol, ids: Sequence[str]) -> Relation:
    """Return a vector with its numbers; a single number goes by its own name."""
    numbers = tuple(page.graph.given[name] for name in ids)
    if len(ids) == 1:
        return Relation(Name(ids[0]), ((":=", numbers[0]),))
    return Relation(vector, ((":=", Items(numbers) if page.is_row else Transpose(Items(numbers))),))


def loss_as_a_rule(page: Page, scope: Scope) -> Iterator[Block]:
    """Yield the loss on one line, with a letter for the outputs where there are several."""
    form = page.derivation["loss"].forms["stated"]
    if len(page.graph.outputs) > 1:
        last = len(page.graph.layers)
        neuron, source = indices(page, last)
        to = page.names.general_neuron(last, neuron, source)
        term = substitute(page.graph.loss_values["stated"], {OUTPUT: to.activation, TARGET: to.target})
        form = IndexedSum(term, neuron)
        if page.graph.averages_outputs:
            form = averaged(form, len(page.graph.outputs))
    yield Paragraph(page.phrases("loss-as-a-rule", loss=Relation(Name("loss"), ((":=", form),))))


def functions(page: Page, scope: Scope) -> Iterator[Block]:
    """Yield every activation function in use with its derivative, as functions of the pre-activation."""
    yield Paragraph(page.phrases("functions", function=FUNCTION))
    for row in dict.fromkeys(row for layer in page.graph.layers for row in layer.functions):
        yield Display(tuple(_function(page, row)))


def _function(page: Page, row: Activation) -> Iterator[Relation]:
    x = _letter(page) or Symbol("x")
    if row.is_joint:
        yield joint.function_of(page, row, x)
        yield joint.slopes_of(page, row, x)
        return
    links: tuple[tuple[str, Written], ...] = (("=", substitute(explained_form(row), {INPUT: x})),)
    title = _title(page, row)
    yield Relation(Text(title), (("⇒", applied(x)), *links)) if title else Relation(applied(x), links)
    form = output_form(row)
    if form is None:
        derivative = substitute(derivative_form(row, page.derivation.kinks.get(row.name)), {INPUT: x})
    else:
        derivative = substitute(form, {ACTIVATION_OUTPUT: applied(x)})
    yield Relation(applied(x, primes=1), (("=", derivative),))


def _title(page: Page, row: Activation) -> str:
    """Return the name of a function; where it has none, the layers that have it, unless all do."""
    layers = [layer.number for layer in page.graph.layers if row in layer.functions]
    if row.name in ACTIVATIONS:
        return row.title
    return "" if len(layers) == len(page.graph.layers) else ", ".join(map(page.layer_name, layers))


def forward_table(page: Page, scope: Scope) -> Iterator[Block]:
    """Yield pre-activation, activation and function of every neuron."""
    letters = (None, _letter(page), _base(page.names.notation.activation), FUNCTION)
    words = ("table-neuron", "table-pre-activation", "table-activation", "table-function")
    header = tuple(
        page.phrases(word) if letter is None else (*page.phrases(word), " ", letter)
        for word, letter in zip(words, letters, strict=True)
    )
    yield Table(header, tuple(row for layer in page.graph.layers for row in _rows(page, layer)))


def _rows(page: Page, layer: Layer) -> Iterator[tuple[Inline, ...]]:
    for number, names in enumerate(zip(layer.pre_activations, layer.activations, strict=True), 1):
        row = layer.functions[number - 1]
        title: Inline = (row.title,)
        if row.name not in ACTIVATIONS:
            title = (substitute(function_form(row), {INPUT: _letter(page) or Symbol("x")}),)
        numbers = tuple(_cell(page, name) for name in names)
        yield ((page.names.label(layer.number, number),), *numbers, title)


def _cell(page: Page, name: str) -> Inline:
    return (value(page, Name(name)).tree,) if page.values.knows(name) else page.phrases("table-unknown")


def _letter(page: Page) -> Symbol | None:
    """Return the letter of all pre-activations, where the notation has one."""
    return _base(page.names.notation.pre_activation)


def _base(text: str) -> Symbol | None:
    base = pattern(text).base
    return None if base == "<letter>" else Symbol(base)
