"""What fills the places of a pattern: the numbers, letters and labels of the layers and neurons of one network."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import accumulate

from symback.notation.notation import Notation
from symback.notation.pattern import pattern
from symback.written.nodes import Number, Symbol, Text, Written

Indices = dict[str, tuple[Written, ...]]
"""What stands at each place, side by side."""

Place = int | Symbol | None
"""A neuron of a layer: its number (0: the constant 1 that a bias is the weight of), a letter, None for all of them."""

COMMA = Text(",")


class Places:
    """The places of one network, in the letters and labels of a notation.

    Parameters
    ----------
    notation
        Gives a letter to each layer and a label to each neuron.
    sizes
        How many inputs there are, then how many neurons each layer has.
    entering
        By layer, the ids of what enters it; left out, that is what leaves the layer before.
    parameters
        Ids of all weights and biases, in the order in which they are counted through the network.
    """

    def __init__(
        self, notation: Notation, sizes: Sequence[int], entering: Sequence[Sequence[str]], parameters: Sequence[str]
    ) -> None:
        self._notation = notation
        self._sizes = tuple(sizes)
        self._entering = entering or tuple(map(_leaving, range(len(sizes)), sizes[:-1]))
        hidden = notation.hidden_letters[: max(len(sizes) - 2, 0)]
        self._letters = (notation.input_letter, *hidden, notation.output_letter)
        self._before = (0, *accumulate(sizes))
        self._running = _running(parameters)
        self._layers: dict[int, Indices] = {}
        self._labels: dict[tuple[int, int], Symbol] = {}
        self._neurons: dict[tuple[int, Place], Indices] = {}

    def layer(self, number: int) -> Indices:
        """Return what is known of a layer; 0 is that of the inputs."""
        if number not in self._layers:
            self._layers[number] = {
                "layer": (_number(number),),
                "previous": (_number(number - 1),),
                "next": (_number(number + 1),),
                "letter": (Symbol(self._letters[number]),),
                "from_letter": (Symbol(self._letters[max(number - 1, 0)]),),
                "tag": (self._tag(number),),
            }
        return self._layers[number]

    def neuron(self, layer: int, neuron: Place) -> Indices:
        """Return what is known of a neuron, an input (layer 0) or an output."""
        if (layer, neuron) not in self._neurons:
            self._neurons[layer, neuron] = self._neuron(layer, neuron)
        return self._neurons[layer, neuron]

    def _neuron(self, layer: int, neuron: Place) -> Indices:
        return self.layer(layer) | {
            "index": _written(neuron),
            "neuron": () if neuron == self._sizes[layer] == 1 else _written(neuron),
            "unit": self._counted_from(0, layer, neuron),
            "running": () if self._before[-1] - self._sizes[0] == 1 else self._counted_from(1, layer, neuron),
            "to": (self.label(layer, neuron),),
        }

    def bias(self, layer: int, neuron: Place) -> Indices:
        """Return what is known of a bias; one that a whole layer shares has no neuron."""
        name = f"b.{layer}" if neuron is None else f"b.{layer}.{neuron}"
        return self.neuron(layer, neuron) | {"running": self._number_of(name, neuron)}

    def weight(self, layer: int, neuron: Place, place: Place, by_end: bool = False) -> Indices:
        """Return what is known of a neuron's weight for what enters its layer at `place`; 0 is that of a constant.

        Where several layers enter, what a weight comes from is named by its own number `by_end`, or else by its place.
        """
        entering = self._entering[layer - 1]
        first = 0 if entering[0].endswith(".0") else 1
        before, source = _end(entering[place - first]) if isinstance(place, int) else (layer - 1, place)
        of = self.neuron(before, source)
        shown, count = (source, self._sizes[before]) if by_end else (place, len(entering))
        letters = tuple(each for each in (neuron, place) if isinstance(each, Symbol))
        if isinstance(neuron, int) and isinstance(place, int):
            number: tuple[Written, ...] = (_number((neuron - 1) * len(entering) + place),)
        else:
            number = letters or (_number(1),)
        return self.neuron(layer, neuron) | {
            "from_letter": of["letter"],
            "from_index": _written(shown),
            "source": () if shown == count == 1 else _written(shown),
            "number": number,
            "running": letters or self._number_of(f"w.{layer}.{neuron}.{place}", neuron),
            "from": of["to"],
            "from_unit": of["unit"],
        }

    def label(self, layer: int, neuron: Place) -> Symbol:
        """Return what stands for a neuron: as a name of its own, or inside indices."""
        if not isinstance(neuron, int):
            return self._label(layer, neuron)
        found = self._labels.get((layer, neuron))
        if found is None:
            found = self._labels[layer, neuron] = self._label(layer, neuron)
        return found

    def _label(self, layer: int, neuron: Place) -> Symbol:
        indices = self.layer(layer) | {
            "index": _written(neuron),
            "neuron": () if neuron == self._sizes[layer] == 1 else _written(neuron),
            "unit": self._counted_from(0, layer, neuron),
        }
        return pattern(self._notation.neuron).fill(indices)

    def _counted_from(self, first: int, layer: int, neuron: Place) -> tuple[Written, ...]:
        """Return the number of a neuron, counted through the network from the first neuron of layer `first`.

        A whole layer has the numbers of all its neurons. Inputs are always counted from 1; a constant has 0, and the
        number of its layer where that is not the first to have one.
        """
        before = self._before[layer] - self._before[first] if layer else 0
        if neuron is None:
            numbers = [_number(before + place) for place in range(1, self._sizes[layer] + 1)]
            return tuple(item for number in numbers for item in (number, COMMA))[:-1]
        if neuron == 0:
            return (_number(0), COMMA, _number(layer)) if layer > 1 else (_number(0),)
        return (_number(before + neuron),) if isinstance(neuron, int) else (neuron,)

    def _number_of(self, name: str, neuron: Place) -> tuple[Written, ...]:
        """Return the number of a parameter, counted through the network; nothing for the only one of its kind."""
        if isinstance(neuron, Symbol):
            return (neuron,)
        return (_number(self._running[name]),) if name in self._running else ()

    def _tag(self, layer: int) -> Text:
        """Return a short word for a layer: in, hid, hid2, out."""
        if layer in (0, len(self._sizes) - 1):
            return Text("out" if layer else "in")
        return Text("hid" if len(self._sizes) == 3 else f"hid{layer}")


def _running(parameters: Sequence[str]) -> dict[str, int]:
    """Return the numbers of the weights, and those of the biases; the only one of its kind has none."""
    kinds = [[name for name in dict.fromkeys(parameters) if name.startswith(kind)] for kind in ("w.", "b.")]
    return {name: number for kind in kinds if len(kind) > 1 for number, name in enumerate(kind, 1)}


def _leaving(layer: int, size: int) -> tuple[str, ...]:
    """Return the ids of what leaves a layer; 0 is the input."""
    return tuple(f"a.{layer}.{neuron}" if layer else f"x.{neuron}" for neuron in range(1, size + 1))


def _end(name: str) -> tuple[int, int]:
    """Return the layer and the number of what enters another layer."""
    kind, *numbers = name.split(".")
    layer, neuron = numbers if kind == "a" else ("0", *numbers)
    return int(layer), int(neuron)


def _written(place: Place) -> tuple[Written, ...]:
    if place is None:
        return ()
    return (_number(place),) if isinstance(place, int) else (place,)


@lru_cache(maxsize=8192)
def _number(place: int) -> Number:
    return Number(str(place))
