"""Symbols around a neuron of any layer, with a letter for the number of the layer: ``w_ij^(l)``."""

from __future__ import annotations

from symback.notation.names import GeneralNeuron, Names
from symback.notation.notation import Notation
from symback.notation.pattern import pattern
from symback.notation.places import Indices
from symback.written.nodes import Negative, Number, Sum, Symbol

_NEURON = ("index", "neuron", "unit", "running")
_OF_ONE_LAYER = ("<letter>", "<from_letter>", "<tag>")


def counts_layers(notation: Notation) -> bool:
    """Say whether the symbols of a notation count the layers, so that a letter can stand for the number."""
    texts = (notation.neuron, notation.weight, notation.bias, notation.pre_activation, notation.activation)
    return "<layer>" in notation.weight and not any(
        place in text for place in _OF_ONE_LAYER for text in (*texts, notation.delta)
    )


def any_layer(names: Names, neuron: Symbol, source: Symbol, layer: Symbol) -> GeneralNeuron:
    """Return the symbols around neuron number `neuron` of layer number `layer`, all of them letters.

    The notation must be one that `counts_layers`. What enters is written as an activation of the layer before, also
    where that is the input.
    """
    notation = names.notation
    before = Sum((layer, Negative(Number("1"))))
    after = Sum((layer, Number("1")))
    of: Indices = {"layer": (before,), "next": (layer,), **dict.fromkeys(_NEURON, (source,))}
    to: Indices = {"layer": (layer,), "previous": (before,), "next": (after,), **dict.fromkeys(_NEURON, (neuron,))}
    to |= {"source": (source,), "from_index": (source,), "from_unit": (source,), "number": (neuron, source)}
    to |= {"from": (pattern(notation.neuron).fill(of),), "to": (pattern(notation.neuron).fill(to),)}
    several = names.sizes[-1] > 1
    return GeneralNeuron(
        index=neuron,
        loss=pattern(notation.loss_term if several else notation.single_loss).fill(to),
        target=pattern(notation.target if several else notation.single_target).fill(to),
        activation=pattern(notation.activation).fill(to),
        pre_activation=pattern(notation.pre_activation).fill(to),
        delta=pattern(notation.delta).fill(to),
        weight=pattern(notation.general_weight or notation.weight).fill(to),
        bias=pattern(notation.general_bias or notation.bias).fill(to),
        source=pattern(notation.activation).fill(of),
        source_pre_activation=pattern(notation.pre_activation).fill(of),
        source_delta=pattern(notation.delta).fill(of),
    )
