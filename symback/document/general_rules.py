"""The rules of backpropagation with letters for indices, authored once for every neuron and weight of a layer.

Every derivative of an activation is written as a function of the pre-activation: ``dL/dw = dL/dz g'(p) g(p_source)``.
"""

from __future__ import annotations

from dataclasses import dataclass

from symback.document.page import Page
from symback.graph.build import averaged
from symback.graph.quantity import Layer
from symback.notation.letters import letters_of
from symback.notation.names import GeneralNeuron
from symback.rules.losses import OUTPUT, TARGET
from symback.written.nodes import Call, Derivative, IndexedSum, Number, Product, Symbol, Written
from symback.written.substitute import substitute

FUNCTION = Symbol("g")
"""The activation function of the neuron whose pre-activation it is applied to."""

_LETTERS = (("k", "t"), ("i", "j"), ("r", "s"))


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
    used = {base for quantity in page.graph.quantities for base in letters_of(names(quantity))}
    neuron, source = map(Symbol, next(pair for pair in _LETTERS if not used & set(pair)))
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


def output_error(page: Page, layer: Layer, neuron: Written, source: Written) -> Rule:
    """Return the rule for the gradient by an output."""
    to = page.names.general_neuron(layer.number, neuron, source)
    form = page.graph.loss_derivative["closed"]
    closed = substitute(form, {OUTPUT: applied(to.pre_activation), TARGET: to.target})
    if page.graph.averages_outputs:
        closed = averaged(closed, layer.size)
    return Rule(gradient(page, to.activation), closed)


def hidden_error(page: Page, layer: Layer, neuron: Written, source: Written) -> Rule:
    """Return the rule for the gradient by hidden neuron `source`: the sum over each `neuron` of the next layer."""
    to = page.names.general_neuron(layer.number + 1, neuron, source)
    path = Product((*_passed(page, to), to.weight))
    return Rule(gradient(page, to.source), path if isinstance(neuron, Number) else IndexedSum(path, neuron))


def weight_gradient(page: Page, layer: Layer, neuron: Written, source: Written) -> Rule:
    """Return the rule for the gradient by a weight."""
    to = page.names.general_neuron(layer.number, neuron, source)
    entering = to.source if to.source_pre_activation is None else applied(to.source_pre_activation)
    return Rule(gradient(page, to.weight), Product((*_passed(page, to), entering)))


def bias_gradient(page: Page, layer: Layer, neuron: Written, source: Written) -> Rule:
    """Return the rule for the gradient by a bias."""
    to = page.names.general_neuron(layer.number, neuron, source)
    return Rule(gradient(page, to.bias), Product(_passed(page, to)))


def gradient(page: Page, by: Written) -> Derivative:
    """Return the derivative of the loss by what a symbol stands for."""
    return Derivative(page.names("loss"), by)


def applied(pre_activation: Written, primes: int = 0) -> Call:
    """Return the activation function, or its derivative, at a pre-activation."""
    return Call(FUNCTION, (pre_activation,), primes)


def _passed(page: Page, to: GeneralNeuron) -> tuple[Written, Written]:
    """Return the factors that lead from the loss back to a pre-activation."""
    return gradient(page, to.activation), applied(to.pre_activation, primes=1)
