"""The rules of backpropagation with letters for indices, authored once for every neuron and weight of a layer.

Every derivative of an activation is written as a function of the pre-activation: ``dL/dw = dL/dz g'(p) g(p_source)``.
"""

from __future__ import annotations

from dataclasses import dataclass

from symback.document.page import Page
from symback.graph.build import averaged
from symback.graph.quantity import Layer
from symback.notation.letters import letters_of, unused
from symback.notation.names import GeneralNeuron
from symback.rules.losses import OUTPUT, TARGET
from symback.written.nodes import Call, Derivative, IndexedSum, Number, Product, Symbol, Written
from symback.written.substitute import substitute

FUNCTION = Symbol("g")
"""The activation function of the neuron whose pre-activation it is applied to."""

_LETTERS = ("kt", "ij", "rs")
_RUNNING = ("m", "l", "q")


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule: what it finds, and what that is."""

    target: Written
    tree: Written


def indices(page: Page, layer: int) -> tuple[Written, Written]:
    """Return letters for a neuron of a layer and for one of what enters it; they mean nothing else on the page.

    Where the notation leaves out the index of an only neuron, it has the number 1.
    """
    names = page.names
    neuron, source = map(Symbol, unused(_LETTERS, _used(page)))
    to, only = names.general_neuron(layer, neuron, source), Number("1")
    single = names.general_neuron(layer, only, only)
    is_indexed = [
        _size(general) == _size(symbol)
        for general, symbol in ((to.activation, single.activation), (to.source, single.source))
    ]
    return neuron if is_indexed[0] else only, source if is_indexed[1] else only


def _size(symbol: Written) -> int:
    """Return how many letters and numbers a symbol is made of."""
    items = (*symbol.subscript, *symbol.superscript) if isinstance(symbol, Symbol) else ()
    return 1 + sum(map(_size, items))


def _used(page: Page) -> set[str]:
    """Return the letters that mean something else on the page."""
    return {base for quantity in page.graph.quantities for base in letters_of(page.names(quantity))}


def output_error(page: Page, layer: Layer, neuron: Written, source: Written) -> Rule:
    """Return the rule for the gradient by an output."""
    to = page.names.general_neuron(layer.number, neuron, source)
    form = page.graph.loss_derivative["closed"]
    output = to.activation if layer.activation.is_joint else applied(to.pre_activation)
    closed = substitute(form, {OUTPUT: output, TARGET: to.target})
    if page.graph.averages_outputs:
        closed = averaged(closed, layer.size)
    return Rule(gradient(page, to.activation), closed)


def hidden_error(page: Page, layer: Layer, neuron: Written, source: Written) -> Rule:
    """Return the rule for the gradient by hidden neuron `source`: the sum over each `neuron` of the next layer."""
    to = page.names.general_neuron(layer.number + 1, neuron, source)
    path = Product((*_passed(page, to, layer.number + 1), to.weight))
    return Rule(gradient(page, to.source), path if isinstance(neuron, Number) else IndexedSum(path, neuron))


def weight_gradient(page: Page, layer: Layer, neuron: Written, source: Written) -> Rule:
    """Return the rule for the gradient by a weight."""
    to = page.names.general_neuron(layer.number, neuron, source)
    entering: Written = to.source
    if to.source_pre_activation is not None and not is_joint(page, layer.number - 1):
        entering = applied(to.source_pre_activation)
    return Rule(gradient(page, to.weight), Product((*_passed(page, to, layer.number), entering)))


def bias_gradient(page: Page, layer: Layer, neuron: Written, source: Written) -> Rule:
    """Return the rule for the gradient by a bias."""
    to = page.names.general_neuron(layer.number, neuron, source)
    factors = _passed(page, to, layer.number)
    return Rule(gradient(page, to.bias), factors[0] if len(factors) == 1 else Product(factors))


def gradient(page: Page, by: Written) -> Derivative:
    """Return the derivative of the loss by what a symbol stands for."""
    return Derivative(page.names("loss"), by)


def applied(pre_activation: Written, primes: int = 0) -> Call:
    """Return the activation function, or its derivative, at a pre-activation."""
    return Call(FUNCTION, (pre_activation,), primes)


def is_joint(page: Page, layer: int) -> bool:
    """Say whether the activations of a layer depend on all its pre-activations; the inputs are layer 0."""
    return layer > 0 and page.graph.layers[layer - 1].activation.is_joint


def joined_error(page: Page, layer: Layer, neuron: Written, source: Written) -> Rule:
    """Return the rule for the gradient by a pre-activation on which all activations of its layer depend."""
    to = page.names.general_neuron(layer.number, neuron, source)
    running = Symbol(unused(_RUNNING, _used(page)))
    every = page.names.general_neuron(layer.number, running, source)
    path = Product((gradient(page, every.activation), Derivative(every.activation, to.pre_activation)))
    return Rule(gradient(page, to.pre_activation), IndexedSum(path, running))


def combined_error(page: Page, layer: Layer, neuron: Written, source: Written) -> Written | None:
    """Return what that is at the outputs, where loss and activation are simpler together."""
    to = page.names.general_neuron(layer.number, neuron, source)
    form = page.graph.loss_combined.get(layer.pre_activations[0], {}).get("combined")
    if form is None:
        return None
    closed = substitute(form, {OUTPUT: to.activation, TARGET: to.target})
    return averaged(closed, layer.size) if page.graph.averages_outputs else closed


def _passed(page: Page, to: GeneralNeuron, layer: int) -> tuple[Written, ...]:
    """Return the factors that lead from the loss back to a pre-activation."""
    if is_joint(page, layer):
        return (gradient(page, to.pre_activation),)
    return gradient(page, to.activation), applied(to.pre_activation, primes=1)
