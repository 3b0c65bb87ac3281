"""The symbols that a notation gives to the quantities of one network."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from symback.notation.notation import Notation
from symback.notation.pattern import pattern
from symback.notation.places import Indices, Place, Places
from symback.written.nodes import NEW, Number, Symbol, Written


class Names:
    """Symbols by id, for a network whose layers have `sizes` neurons (``sizes[0]`` counts the inputs).

    Calling it with an id returns the symbol; an id that ends with ``+`` is the quantity's new value.

    Parameters
    ----------
    notation
        The patterns of the symbols.
    sizes
        How many inputs there are, then how many neurons each layer has.
    entering
        By layer, the ids of what enters it; left out, that is what leaves the layer before.
    parameters
        Ids of all weights and biases in their order; left out, each layer has all weights and no biases are counted.
    own
        Symbols that single quantities have whatever the notation says, by id.
    """

    def __init__(
        self,
        notation: Notation,
        sizes: Sequence[int],
        entering: Sequence[Sequence[str]] = (),
        parameters: Sequence[str] = (),
        own: Mapping[str, str] | None = None,
    ) -> None:
        self.notation = notation
        self.sizes = tuple(sizes)
        self.own = {name: pattern(text).fill({}) for name, text in (own or {}).items()}
        self._places = Places(notation, sizes, entering, parameters or _fully_connected(sizes))
        self._known: dict[str, Symbol] = {}

    def __call__(self, name: str) -> Symbol:
        """Return the symbol of the quantity called `name`."""
        symbol = self._known.get(name)
        if symbol is None:
            symbol = self._known[name] = self._symbol_of(name)
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
        return pattern(self.notation.weight_matrix).fill(self._places.layer(layer), mark)

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
        return pattern(texts[kind]).fill(self._places.layer(layer))

    def target_vector(self) -> Symbol:
        """Return the symbol of the vector of targets."""
        return pattern(self.notation.target_vector).fill({})

    def bias_vector(self, layer: int, mark: str = "") -> Symbol:
        """Return the symbol of a layer's bias vector."""
        text = self.notation.output_bias_vector if self._is_last(layer) else self.notation.bias_vector
        return pattern(text).fill(self._places.layer(layer), mark)

    def label(self, layer: int, neuron: int) -> Symbol:
        """Return what stands for neuron number `neuron` of a layer: as a name of its own, or inside indices."""
        return self._places.label(layer, neuron)

    def by_notation(self, name: str) -> Symbol:
        """Return the symbol that the notation gives to the quantity called `name`, also if it has one of its own."""
        kind, *places = name.split(".")
        return self._symbol(kind, [int(place) for place in places])

    def general_neuron(self, layer: int, neuron: Written, source: Written) -> GeneralNeuron:
        """Return the symbols around a neuron of a layer, with letters in place of its number and of what enters it.

        The only neuron of a layer may have the number 1 instead; it is left out where the notation leaves it out.
        """
        notation, last = self.notation, self._is_last(layer)
        place, entering = _place(neuron), _place(source)
        before = layer - 1
        to, of = self._places.neuron(layer, place), self._places.neuron(before, entering)
        weight, bias = self._places.weight(layer, place, entering), self._places.bias(layer, place)
        own_bias = notation.output_bias if last else notation.bias
        return GeneralNeuron(
            index=neuron,
            loss=pattern(notation.loss_term if self.sizes[-1] > 1 else notation.single_loss).fill(to),
            target=pattern(self._target(isinstance(place, int))).fill(to),
            activation=pattern(notation.output_activation if last else notation.activation).fill(to),
            pre_activation=pattern(notation.output_pre_activation if last else notation.pre_activation).fill(to),
            delta=pattern(notation.delta).fill(to),
            weight=pattern(notation.general_weight or notation.weight).fill(weight),
            bias=pattern(notation.general_bias or own_bias).fill(bias),
            source=pattern(notation.activation if before else self._input(entering)).fill(of),
            source_pre_activation=pattern(notation.pre_activation).fill(of) if before else None,
            source_delta=pattern(notation.delta).fill(of) if before else None,
        )

    def _is_last(self, layer: int) -> bool:
        return layer == len(self.sizes) - 1

    def _symbol_of(self, name: str) -> Symbol:
        name, at, sample = name.partition("@")
        if at:
            return self.of_sample(name, Number(sample))
        if name.endswith(NEW):
            return _marked(self(name.removesuffix(NEW)), self.mark)
        return self.own.get(name) or self.by_notation(name)

    def _symbol(self, kind: str, numbers: Sequence[int]) -> Symbol:
        notation, places, last = self.notation, self._places, len(self.sizes) - 1
        indices: Indices = {}
        match kind, numbers:
            case "learning_rate", _:
                text = notation.learning_rate
            case "batch", _:
                text = notation.batch_loss
            case "penalty", _:
                text = notation.penalty
            case "penalty_factor", _:
                text = notation.penalty_factor
            case "loss", []:
                text = notation.single_loss if self.sizes[-1] == 1 else notation.loss
            case "loss", [output]:
                text, indices = notation.loss_term, places.neuron(last, output)
            case "x", [neuron]:
                text, indices = self._input(neuron), places.neuron(0, neuron)
            case "t", [output]:
                text, indices = self._target(True), places.neuron(last, output)
            case "w", [layer, neuron, source]:
                text = notation.weight
                indices = places.weight(layer, neuron, source, by_end="<from>" in text or "<from_letter>" in text)
            case "b", [layer, *neurons]:
                text = notation.output_bias if layer == last else notation.bias
                indices = places.bias(layer, neurons[0] if neurons else None)
            case "z", [layer, neuron]:
                text = notation.output_pre_activation if layer == last else notation.pre_activation
                indices = places.neuron(layer, neuron)
            case "a", [layer, neuron]:
                text = notation.output_activation if layer == last else notation.activation
                indices = places.neuron(layer, neuron)
            case "delta", [layer, neuron]:
                text, indices = notation.delta, places.neuron(layer, neuron)
            case _:
                raise KeyError(f"no quantity is called {kind}")
        return pattern(text).fill(indices)

    def _input(self, place: Place) -> str:
        """Return the pattern of an input."""
        return self.notation.single_input if self.sizes[0] == place == 1 else self.notation.input

    def _target(self, is_known: bool) -> str:
        """Return the pattern of a target, of an output whose number is known or a letter."""
        return self.notation.single_target if self.sizes[-1] == 1 and is_known else self.notation.target


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


def _fully_connected(sizes: Sequence[int]) -> list[str]:
    """Return the ids of the weights of a network in which each layer enters the next, neuron by neuron."""
    return [
        f"w.{layer}.{neuron}.{source}"
        for layer, (before, size) in enumerate(pairwise(sizes), 1)
        for neuron in range(1, size + 1)
        for source in range(1, before + 1)
    ]


def _marked(symbol: Symbol, mark: str) -> Symbol:
    return Symbol(symbol.base, symbol.subscript, symbol.superscript, mark, symbol.accent, symbol.bold)


def _place(index: Written) -> Place:
    """Return the number of a neuron, or the letter for it."""
    if isinstance(index, Number):
        return int(index.text)
    return index if isinstance(index, Symbol) else None
