"""The symbols that a notation gives to the quantities of one network."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from symback.notation.notation import Notation
from symback.notation.pattern import pattern
from symback.written.nodes import Number, Symbol, Text, Written

NEW = "+"
"""Ends the id of a quantity's new value."""

Indices = dict[str, tuple[Written, ...]]


class Names:
    """Symbols by id, for a network whose layers have `sizes` neurons (``sizes[0]`` counts the inputs).

    `entering` has the ids of what enters each layer; left out, that is what leaves the layer before.

    Calling it with an id returns the symbol; an id that ends with ``+`` is the quantity's new value.
    """

    def __init__(self, notation: Notation, sizes: Sequence[int], entering: Sequence[Sequence[str]] = ()) -> None:
        self.notation = notation
        self.sizes = tuple(sizes)
        self._entering = tuple(map(tuple, entering)) or tuple(map(_leaving, range(len(sizes)), sizes[:-1]))
        hidden = notation.hidden_letters[: max(len(sizes) - 2, 0)]
        self._letters = (notation.input_letter, *hidden, notation.output_letter)
        self._known: dict[str, Symbol] = {}
        self._labels: dict[tuple[int, int], Symbol] = {}
        self._layers: dict[int, Indices] = {}

    def __call__(self, name: str) -> Symbol:
        """Return the symbol of the quantity called `name`."""
        symbol = self._known.get(name)
        if symbol is None:
            symbol = self._known[name] = self._symbol(name)
        return symbol

    @property
    def mark(self) -> str:
        """What marks a new value; empty where it has the symbol of the old one."""
        return "" if self.notation.new == "none" else self.notation.new

    def of_sample(self, name: str, sample: Written) -> Symbol:
        """Return the symbol that the quantity called `name` has in one sample, whose number may be a letter."""
        return self.in_sample(self(name), sample)

    def in_sample(self, symbol: Symbol, sample: Written) -> Symbol:
        """Return what a symbol becomes in one sample."""
        extra = pattern(f"x{self.notation.sample}").fill({"sample": (sample,)})
        return replace(
            symbol, subscript=symbol.subscript + extra.subscript, superscript=symbol.superscript + extra.superscript
        )

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

    def label(self, layer: int, neuron: int) -> Symbol:
        """Return what stands for neuron number `neuron` of a layer: as a name of its own, or inside indices."""
        found = self._labels.get((layer, neuron))
        if found is None:
            single = _unless_single(neuron, self.sizes[layer])
            found = self._labels[layer, neuron] = self._label(layer, (_number(neuron),), single)
        return found

    def general_neuron(self, layer: int, neuron: Written, source: Written) -> GeneralNeuron:
        """Return the symbols around a neuron of a layer, with letters in place of its number and of what enters it.

        The only neuron of a layer may have the number 1 instead; it is left out where the notation leaves it out.
        """
        notation, before, last = self.notation, layer - 1, self._is_last(layer)
        to = self._layer_indices(layer) | {"index": (neuron,), "neuron": _unless_only(neuron, self.sizes[layer])}
        to["to"] = (self._label(layer, to["index"], to["neuron"]),)
        of = self._layer_indices(max(before, 1)) | {
            "index": (source,),
            "neuron": _unless_only(source, self.sizes[before]),
        }
        of["to"] = (self._label(before, of["index"], of["neuron"]),)
        letters = tuple(index for index in (neuron, source) if not isinstance(index, Number))
        weight = {"source": of["neuron"], "from_index": (source,), "number": letters or (neuron,), "from": of["to"]}
        has_one_output = self.sizes[-1] == 1 and isinstance(neuron, Number)
        return GeneralNeuron(
            index=neuron,
            loss=pattern(notation.loss_term if self.sizes[-1] > 1 else notation.single_loss).fill(to),
            target=pattern(notation.single_target if has_one_output else notation.target).fill(to),
            activation=pattern(notation.output_activation if last else notation.activation).fill(to),
            pre_activation=pattern(notation.output_pre_activation if last else notation.pre_activation).fill(to),
            delta=pattern(notation.delta).fill(to),
            weight=pattern(notation.weight).fill(to | weight),
            bias=pattern(notation.output_bias if last else notation.bias).fill(to | weight),
            source=pattern(notation.activation if before else notation.input).fill(of),
            source_pre_activation=pattern(notation.pre_activation).fill(of) if before else None,
            source_delta=pattern(notation.delta).fill(of) if before else None,
        )

    def _is_last(self, layer: int) -> bool:
        return layer == len(self.sizes) - 1

    def _symbol(self, name: str) -> Symbol:
        notation = self.notation
        name, at, sample = name.partition("@")
        if at:
            return self.of_sample(name, Number(sample))
        if name.endswith(NEW):
            return _marked(self(name.removesuffix(NEW)), self.mark)
        kind, *places = name.split(".")
        numbers = [int(place) for place in places]
        if kind == "learning_rate":
            return pattern(notation.learning_rate).fill({})
        if kind == "batch":
            return pattern(notation.batch_loss).fill({})
        if kind == "loss":
            single = notation.single_loss if self.sizes[-1] == 1 else notation.loss
            return pattern(notation.loss_term if numbers else single).fill(self._index(numbers))
        if kind == "x":
            text = notation.single_input if self.sizes[0] == 1 and numbers != [0] else notation.input
            return pattern(text).fill(self._index(numbers))
        if kind == "t":
            text = notation.single_target if self.sizes[-1] == 1 else notation.target
            return pattern(text).fill(self._index(numbers))
        text = self._layer_pattern(kind, numbers[0])
        if kind == "w":
            return pattern(text).fill(self._weight_indices(text, *numbers))
        return pattern(text).fill(self._neuron_indices(*numbers))

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
        return {"index": tuple(map(_number, numbers))}

    def _layer_indices(self, layer: int) -> Indices:
        if layer not in self._layers:
            self._layers[layer] = {
                "layer": (_number(layer),),
                "previous": (_number(layer - 1),),
                "letter": (Symbol(self._letters[layer]),),
                "from_letter": (Symbol(self._letters[layer - 1]),),
                "tag": (self._tag(layer),),
            }
        return self._layers[layer]

    def _tag(self, layer: int) -> Text:
        """Return a short word for a layer: in, hid, hid2, out."""
        if layer == 0 or self._is_last(layer):
            return Text("out" if layer else "in")
        return Text("hid" if len(self.sizes) == 3 else f"hid{layer}")

    def _neuron_indices(self, layer: int, neuron: int | None = None) -> Indices:
        """Return the indices of a neuron; what belongs to a whole layer has none but those of the layer."""
        if neuron is None:
            return self._layer_indices(layer) | {"index": (), "neuron": (), "to": (self._label(layer, (), ()),)}
        return self._layer_indices(layer) | {
            "index": (_number(neuron),),
            "neuron": _unless_single(neuron, self.sizes[layer]),
            "to": (self.label(layer, neuron),),
        }

    def _weight_indices(self, text: str, layer: int, neuron: int, place: int) -> Indices:
        """Return the indices of a weight.

        A pattern that names the end from which a weight comes gets the number of that end, any other the place of
        the weight in its row, so that weights from several layers stay apart.
        """
        sources = self._entering[layer - 1]
        first = 0 if sources[0].endswith(".0") else 1
        before, source = _end(sources[place - first])
        width = len(sources)
        ends = {"from_letter": (Symbol(self._letters[before]),), "from": (self.label(before, source),)}
        if "<from>" in text or "<from_letter>" in text:
            shown, single = source, self.sizes[before]
        else:
            shown, single = place, width
        return (
            self._neuron_indices(layer, neuron)
            | ends
            | {
                "from_index": (_number(shown),),
                "source": _unless_single(shown, single),
                "number": (_number((neuron - 1) * width + place),),
            }
        )

    def _label(self, layer: int, index: tuple[Written, ...], neuron: tuple[Written, ...]) -> Symbol:
        """Return what stands for a neuron inside the indices of a weight; layer 0 holds the inputs."""
        indices: Indices = {
            "layer": (_number(layer),),
            "letter": (Symbol(self._letters[layer]),),
            "tag": (self._tag(layer),),
            "index": index,
            "neuron": neuron,
        }
        return pattern(self.notation.neuron).fill(indices)


@dataclass(frozen=True, slots=True)
class GeneralNeuron:
    """The symbols around one neuron, with letters for its indices.

    ``loss`` and ``target`` are those of an output; an input has no ``source_pre_activation`` or ``source_delta``.
    """

    index: Written
    loss: Symbol
    target: Symbol
    activation: Symbol
    pre_activation: Symbol
    delta: Symbol
    weight: Symbol
    bias: Symbol
    source: Symbol
    source_pre_activation: Symbol | None
    source_delta: Symbol | None


def general(names: Names, neuron: str, source: str, layer: int = 0) -> GeneralNeuron:
    """Return the symbols around neuron number `neuron` of a layer, whose weight comes from neuron number `source`.

    Without a layer it is the one of the outputs.
    """
    return names.general_neuron(layer or len(names.sizes) - 1, Symbol(neuron), Symbol(source))


def _marked(symbol: Symbol, mark: str) -> Symbol:
    return Symbol(symbol.base, symbol.subscript, symbol.superscript, mark, symbol.accent, symbol.bold)


def _unless_only(index: Written, size: int) -> tuple[Written, ...]:
    return () if size == 1 and isinstance(index, Number) else (index,)


def _unless_single(place: int, size: int) -> tuple[Written, ...]:
    return () if size == 1 and place == 1 else (_number(place),)


def _leaving(layer: int, size: int) -> tuple[str, ...]:
    """Return the ids of what leaves a layer; 0 is the input."""
    return tuple(f"a.{layer}.{neuron}" if layer else f"x.{neuron}" for neuron in range(1, size + 1))


def _end(name: str) -> tuple[int, int]:
    """Return the layer and the number of what enters another layer."""
    kind, *numbers = name.split(".")
    layer, neuron = numbers if kind == "a" else ("0", *numbers)
    return int(layer), int(neuron)


@lru_cache(maxsize=8192)
def _number(place: int) -> Number:
    return Number(str(place))
