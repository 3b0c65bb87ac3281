"""The symbols that a notation gives to the quantities of one network."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from symback.notation.notation import Notation
from symback.notation.pattern import pattern
from symback.written.nodes import Number, Symbol, Text, Written

NEW = "+"
"""Ends the id of a quantity's new value."""

Indices = dict[str, tuple[Written, ...]]


class Names:
    """Symbols by id, for a network whose layers have `sizes` neurons (``sizes[0]`` counts the inputs).

    Calling it with an id returns the symbol; an id that ends with ``+`` is the quantity's new value.
    """

    def __init__(self, notation: Notation, sizes: Sequence[int]) -> None:
        self.notation = notation
        self.sizes = tuple(sizes)
        hidden = notation.hidden_letters[: max(len(sizes) - 2, 0)]
        self._letters = (notation.input_letter, *hidden, notation.output_letter)
        self._known: dict[str, Symbol] = {}

    def __call__(self, name: str) -> Symbol:
        """Return the symbol of the quantity called `name`."""
        symbol = self._known.get(name)
        if symbol is None:
            symbol = self._known[name] = self._symbol(name)
        return symbol

    def weight_matrix(self, layer: int, mark: str = "") -> Symbol:
        """Return the symbol of a layer's weight matrix."""
        return pattern(self.notation.weight_matrix).fill(self._layer_indices(layer), mark)

    def vector(self, kind: str, layer: int) -> Symbol:
        """Return the symbol of a layer's vector: ``pre_activation``, ``activation`` or ``delta``.

        Layer 0 is the input: its activation is the input vector.
        """
        notation = self.notation
        if kind == "activation" and layer == 0:
            return pattern(notation.input_vector).fill({})
        texts = {
            "pre_activation": notation.pre_activation_vector,
            "activation": notation.output_activation_vector if self._is_last(layer) else notation.activation_vector,
            "delta": notation.delta_vector,
        }
        return pattern(texts[kind]).fill(self._layer_indices(layer))

    def target_vector(self) -> Symbol:
        """Return the symbol of the vector of targets."""
        return pattern(self.notation.target_vector).fill({})

    def bias_vector(self, layer: int, mark: str = "") -> Symbol:
        """Return the symbol of a layer's bias vector."""
        text = self.notation.output_bias_vector if self._is_last(layer) else self.notation.bias_vector
        return pattern(text).fill(self._layer_indices(layer), mark)

    def output_neuron(self, neuron: Symbol, source: Symbol) -> OutputNeuron:
        """Return the symbols around an output neuron, with letters in place of its number and of what enters it."""
        notation, last = self.notation, len(self.sizes) - 1
        before = last - 1
        to = self._layer_indices(last) | {"index": (neuron,), "neuron": (neuron,)}
        of = self._layer_indices(max(before, 1)) | {"index": (source,), "neuron": (source,)}
        labels = {
            "source": (source,),
            "number": (neuron, source),
            "to": (pattern(notation.neuron).fill(to),),
            "from": (pattern(notation.neuron).fill(of | {"letter": (Symbol(self._letters[before]),)}),),
        }
        return OutputNeuron(
            index=neuron,
            loss=pattern(notation.loss_term if self.sizes[last] > 1 else notation.single_loss).fill(to),
            activation=pattern(notation.output_activation).fill(to),
            pre_activation=pattern(notation.output_pre_activation).fill(to),
            weight=pattern(notation.weight).fill(to | labels),
            source=pattern(notation.activation if before else notation.input).fill(of),
        )

    def _is_last(self, layer: int) -> bool:
        return layer == len(self.sizes) - 1

    def _symbol(self, name: str) -> Symbol:
        notation = self.notation
        name, at, sample = name.partition("@")
        if at:
            extra = pattern(f"x{notation.sample}").fill({"sample": (Number(sample),)})
            symbol = self(name)
            return replace(
                symbol,
                subscript=symbol.subscript + extra.subscript,
                superscript=symbol.superscript + extra.superscript,
            )
        mark = notation.new if name.endswith(NEW) and notation.new != "none" else ""
        kind, *places = name.removesuffix(NEW).split(".")
        numbers = [int(place) for place in places]
        if kind == "learning_rate":
            return pattern(notation.learning_rate).fill({}, mark)
        if kind == "batch":
            return pattern(notation.batch_loss).fill({})
        if kind == "loss":
            single = notation.single_loss if self.sizes[-1] == 1 else notation.loss
            return pattern(notation.loss_term if numbers else single).fill(self._index(numbers), mark)
        if kind == "x":
            text = notation.single_input if self.sizes[0] == 1 else notation.input
            return pattern(text).fill(self._index(numbers), mark)
        if kind == "t":
            text = notation.single_target if self.sizes[-1] == 1 else notation.target
            return pattern(text).fill(self._index(numbers), mark)
        return pattern(self._layer_pattern(kind, numbers[0])).fill(self._neuron_indices(*numbers), mark)

    def _layer_pattern(self, kind: str, layer: int) -> str:
        """Return the pattern for a quantity of a layer; the output layer may have its own."""
        notation, last = self.notation, self._is_last(layer)
        return {
            "w": notation.weight,
            "b": notation.output_bias if last else notation.bias,
            "z": notation.output_pre_activation if last else notation.pre_activation,
            "a": notation.output_activation if last else notation.activation,
            "delta": notation.delta,
        }[kind]

    def _index(self, numbers: Sequence[int]) -> Indices:
        return {"index": tuple(Number(str(number)) for number in numbers)}

    def _layer_indices(self, layer: int) -> Indices:
        return {
            "layer": (Number(str(layer)),),
            "previous": (Number(str(layer - 1)),),
            "letter": (Symbol(self._letters[layer]),),
            "from_letter": (Symbol(self._letters[layer - 1]),),
            "tag": (self._tag(layer),),
        }

    def _tag(self, layer: int) -> Text:
        """Return a short word for a layer: in, hid, hid2, out."""
        if layer == 0 or self._is_last(layer):
            return Text("out" if layer else "in")
        return Text("hid" if len(self.sizes) == 3 else f"hid{layer}")

    def _neuron_indices(self, layer: int, neuron: int, source: int = 1) -> Indices:
        before, size = self.sizes[layer - 1], self.sizes[layer]
        return self._layer_indices(layer) | {
            "index": (Number(str(neuron)),),
            "from_index": (Number(str(source)),),
            "neuron": _unless_single(neuron, size),
            "source": _unless_single(source, before),
            "number": (Number(str((neuron - 1) * before + source)),),
            "to": (self._label(layer, neuron),),
            "from": (self._label(layer - 1, source),),
        }

    def _label(self, layer: int, neuron: int) -> Symbol:
        """Return what stands for a neuron inside the indices of a weight."""
        indices: Indices = {
            "letter": (Symbol(self._letters[layer]),),
            "neuron": _unless_single(neuron, self.sizes[layer]),
            "tag": (self._tag(layer),),
        }
        return pattern(self.notation.neuron).fill(indices | {"index": (Number(str(neuron)),)})


@dataclass(frozen=True, slots=True)
class OutputNeuron:
    """The symbols around one neuron of the output layer, with letters for its indices."""

    index: Symbol
    loss: Symbol
    activation: Symbol
    pre_activation: Symbol
    weight: Symbol
    source: Symbol


def general(names: Names, neuron: str, source: str) -> OutputNeuron:
    """Return the symbols around output neuron number `neuron`, whose weight comes from neuron number `source`."""
    return names.output_neuron(Symbol(neuron), Symbol(source))


def _unless_single(place: int, size: int) -> tuple[Written, ...]:
    return () if size == 1 else (Number(str(place)),)
