"""The rules of backpropagation in terms of delta, with letters for indices, authored once for every layer."""

from __future__ import annotations

from dataclasses import dataclass

from symback.document.page import Page
from symback.graph.build import LEARNING_RATE
from symback.notation.any_layer import any_layer, counts_layers
from symback.notation.letters import letters_of, unused
from symback.notation.names import GeneralNeuron
from symback.written.nodes import Derivative, IndexedSum, Name, Negative, Product, Relation, Sum, Symbol, Written

_WANTED = (("ij", "pq", "gh"), ("l", "m"), ("s", "u"), ("n", "N"))
"""Letters for a neuron and the one before it, for the layer, for a sample and for the number of samples."""


@dataclass(frozen=True, slots=True)
class Letters:
    """Letters for indices: a neuron, the neuron before it, the layer, a sample, and the number of samples."""

    neuron: Symbol
    source: Symbol
    layer: Symbol
    sample: Symbol
    count: Symbol


def letters(page: Page) -> Letters:
    """Return letters that mean nothing else on the page; a sample never shares its letter with a neuron."""
    used, found = _used(page), list[str]()
    for wanted in _WANTED:
        found += unused(wanted, used.union(found))
    return Letters(*map(Symbol, found))


def _used(page: Page) -> set[str]:
    """Return the letters that mean something else on the page."""
    return {letter for quantity in page.graph.quantities for letter in letters_of(page.names(quantity))}


def general_neurons(page: Page, source: Symbol | None = None) -> tuple[GeneralNeuron, ...]:
    """Return the symbols that the rules are written in: for any layer at once, or else for each layer on its own.

    The neuron before has the letter for it, or the one that is given.
    """
    found, names = letters(page), page.names
    source = source or found.source
    if counts_any_layer(page):
        return (any_layer(names, found.neuron, source, found.layer),)
    return tuple(names.general_neuron(number, found.neuron, source) for number in range(1, len(names.sizes)))


def running_letter(page: Page) -> Symbol:
    """Return a letter that runs over the neurons of a layer beside those for a neuron and for another."""
    found = letters(page)
    taken = {found.neuron.base, found.source.base, found.layer.base, found.sample.base}
    return Symbol(unused(("k", "m", "r", "v"), _used(page) | taken))


def counts_any_layer(page: Page) -> bool:
    """Say whether the rules are written once for any layer: whether there are several, and symbols count them."""
    return len(page.graph.layers) > 1 and counts_layers(page.names.notation)


def weight_gradient(loss: Written, at: GeneralNeuron) -> Relation:
    """Return ``dL/dw = delta x``."""
    return Relation(Derivative(loss, at.weight), (("=", Product((at.delta, at.source), juxtaposed=True)),))


def bias_gradient(loss: Written, at: GeneralNeuron) -> Relation:
    """Return ``dL/db = delta``."""
    return Relation(Derivative(loss, at.bias), (("=", at.delta),))


def delta_before(at: GeneralNeuron) -> Relation | None:
    """Return the rule for the delta of the neuron before: what all neurons of the layer pass back, times the slope."""
    return _before(at, _passed_through(at, at))


def joined_delta_before(at: GeneralNeuron, other: GeneralNeuron, running: Symbol) -> Relation | None:
    """Return the same for a neuron on which all activations of its layer depend: each `other` of them passes it on."""
    return _before(at, IndexedSum(_passed_through(at, other), running))


def _before(at: GeneralNeuron, rule: Written) -> Relation | None:
    return None if at.source_delta is None else Relation(at.source_delta, (("=", rule),))


def _passed_through(at: GeneralNeuron, other: GeneralNeuron) -> Written:
    """Return what reaches a neuron before through the activation of one in its layer; an input has no slope."""
    passed = IndexedSum(Product((at.delta, other.weight), juxtaposed=True), at.index)
    if at.source_pre_activation is None:
        return passed
    return Product((Derivative(other.source, at.source_pre_activation), passed), juxtaposed=True)


def update(loss: Written, parameter: Written, sign: str) -> Relation:
    """Return ``w <- w - eta dL/dw``."""
    change = Product((Name(LEARNING_RATE), Derivative(loss, parameter)), juxtaposed=True)
    return Relation(parameter, ((sign, Sum((parameter, Negative(change)))),))
