"""Networks that try what a notation can tell apart: single neurons, chains, wide layers, shared biases, constants."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from symback.notation.names import Names
from symback.written.nodes import Symbol


@dataclass(frozen=True, slots=True)
class Network:
    """What there is to be named: sizes, what enters each layer, and where the biases are."""

    sizes: tuple[int, ...]
    entering: tuple[tuple[int, ...], ...] = ()
    bias: str = "each"
    """``each``: one per neuron; ``shared``: one per layer; ``input``: weights of a constant; ``none``."""

    @property
    def sources(self) -> Sequence[Sequence[str]]:
        """By layer, the ids of what enters it."""
        layers = self.entering or tuple((layer,) for layer in range(len(self.sizes) - 1))
        return [
            [f"a.{layer}.{place}" if layer else f"x.{place}" for layer in froms for place in self.places(layer)]
            for froms in layers
        ]

    def places(self, layer: int) -> range:
        return range(0 if self.bias == "input" else 1, self.sizes[layer] + 1)

    def weights(self, layer: int) -> list[list[str]]:
        """Return the ids of a layer's weights, a row for each neuron."""
        first = 0 if self.bias == "input" else 1
        places = range(first, first + len(self.sources[layer - 1]))
        return [[f"w.{layer}.{neuron}.{place}" for place in places] for neuron in range(1, self.sizes[layer] + 1)]

    def biases(self, layer: int) -> list[str]:
        each = [f"b.{layer}.{neuron}" for neuron in range(1, self.sizes[layer] + 1)]
        return {"each": each, "shared": [f"b.{layer}"], "input": [], "none": []}[self.bias]

    @property
    def parameters(self) -> list[str]:
        layers = range(1, len(self.sizes))
        return [name for layer in layers for name in (*chain(*self.weights(layer)), *self.biases(layer))]

    def values(self, layer: int, kind: str) -> list[str]:
        """Return the ids of what a layer has one of for each neuron; a constant 1 is left out."""
        return [f"{kind}.{layer}.{neuron}" for neuron in range(1, self.sizes[layer] + 1)]


NETWORKS: Mapping[str, Network] = {
    "one neuron": Network((1, 1)),
    "one neuron of two inputs": Network((2, 1)),
    "chain": Network((1, 1, 1)),
    "long chain": Network((1, 1, 1, 1, 1)),
    "two, two, two": Network((2, 2, 2)),
    "three, two, one": Network((3, 2, 1)),
    "one, three, one": Network((1, 3, 1)),
    "wide": Network((11, 12, 11, 2)),
    "shared biases": Network((2, 2, 2), bias="shared"),
    "shared biases of single neurons": Network((1, 1, 1), bias="shared"),
    "biases as weights": Network((2, 2, 2, 1), bias="input"),
    "biases as weights of single neurons": Network((1, 1, 1, 1), bias="input"),
    "without biases": Network((2, 3, 1), bias="none"),
    "skip": Network((2, 2, 1), ((0,), (0, 1))),
    "skip of single neurons": Network((1, 1, 1), ((0,), (0, 1))),
    "eight layers": Network((2, 2, 1, 2, 1, 2, 2, 2, 2)),
}


def quantities(network: Network) -> Iterator[str]:
    """Yield the ids of all that has a symbol of its own."""
    last = len(network.sizes) - 1
    with_constant = network.bias == "input"
    yield from (f"x.{place}" for place in range(1 - with_constant, network.sizes[0] + 1))
    yield from (f"t.{place}" for place in range(1, network.sizes[-1] + 1))
    yield from network.parameters
    for layer in range(1, last + 1):
        for kind in ("z", "a", "delta"):
            yield from network.values(layer, kind)
        if with_constant and layer < last:
            yield f"a.{layer}.0"
    yield from ("loss", "batch", "learning_rate")
    if network.sizes[-1] > 1:
        yield from (f"loss.{place}" for place in range(1, network.sizes[-1] + 1))


def arrays(network: Network, names: Names) -> Iterator[tuple[Symbol, tuple[str, ...]]]:
    """Yield the symbol of each vector and matrix, with the ids that stand in it."""
    yield names.vector("activation", 0), tuple(f"x.{place}" for place in range(1, network.sizes[0] + 1))
    yield names.target_vector(), tuple(f"t.{place}" for place in range(1, network.sizes[-1] + 1))
    for layer in range(1, len(network.sizes)):
        yield names.weight_matrix(layer), tuple(chain(*network.weights(layer)))
        if network.biases(layer):
            yield names.bias_vector(layer), tuple(network.biases(layer))
        for kind, letter in (("pre_activation", "z"), ("activation", "a"), ("delta", "delta")):
            yield names.vector(kind, layer), tuple(network.values(layer, letter))
