"""What enters each layer, and the ids of the places at which its parameters stand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

ABSENT = "absent"
"""Stands among weights where there is no connection."""

SHARED, INPUT = "shared", "input"
"""The biases of a layer that are one for all its neurons, or weights of a constant input."""

Bias = bool | str


@dataclass(frozen=True, slots=True)
class Wiring:
    """One layer.

    Parameters
    ----------
    layer, size : int
        Its number and that of its neurons.
    sources : tuple of str
        Ids of what enters it, in the order of its matrix; a constant 1 has a 0 behind its point.
    bias : bool or str
        The kind of its biases.
    """

    layer: int
    size: int
    sources: tuple[str, ...]
    bias: Bias

    @property
    def first(self) -> int:
        """The number of what enters first: 0 if that is the constant."""
        return 0 if self.bias == INPUT else 1

    @property
    def is_plain(self) -> bool:
        """Whether exactly the layer before enters it."""
        return self.bias != INPUT and all(_layer_of(source) == self.layer - 1 for source in self.sources)

    @property
    def weights(self) -> tuple[tuple[str, ...], ...]:
        """Ids of the places of its weights, ``[to][from]``."""
        places = range(self.first, self.first + len(self.sources))
        return tuple(tuple(f"w.{self.layer}.{to}.{place}" for place in places) for to in range(1, self.size + 1))

    @property
    def biases(self) -> tuple[str, ...]:
        """Ids of the places of its biases, each once."""
        if self.bias == SHARED:
            return (f"b.{self.layer}",)
        return tuple(f"b.{self.layer}.{neuron}" for neuron in range(1, self.size + 1)) if self.bias is True else ()

    @property
    def parameter_count(self) -> int:
        """Number of places for weights and biases."""
        return self.size * len(self.sources) + len(self.biases)


def wirings(sizes: Sequence[int], biases: Sequence[Bias], entering: Sequence[Sequence[int]]) -> tuple[Wiring, ...]:
    """Return the wiring of every layer.

    Parameters
    ----------
    sizes
        Number of inputs, then of the neurons of each layer.
    biases
        The kind of biases, by layer.
    entering
        By layer, the numbers of the layers whose values enter it.
    """
    return tuple(
        Wiring(layer, sizes[layer], tuple(_sources(sizes, bias, froms)), bias)
        for layer, (bias, froms) in enumerate(zip(biases, entering, strict=True), 1)
    )


def _sources(sizes: Sequence[int], bias: Bias, froms: Sequence[int]) -> Iterator[str]:
    if bias == INPUT:
        yield value_id(froms[0], 0)
    for layer in froms:
        yield from (value_id(layer, neuron) for neuron in range(1, sizes[layer] + 1))


def _layer_of(source: str) -> int:
    return 0 if source.startswith("x.") else int(source.split(".")[1])


def value_id(layer: int, neuron: int) -> str:
    """Return the id of what leaves a neuron of a layer, or of an input, which layer 0 is."""
    return f"a.{layer}.{neuron}" if layer else f"x.{neuron}"
