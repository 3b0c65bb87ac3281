"""The lengths that a network asks for, read from data that need not be valid."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from symback.spec.looking import as_list, as_whole, look
from symback.spec.wiring import INPUT, SHARED, Bias, Wiring, wirings

MOST_NEURONS = 64


@dataclass(frozen=True, slots=True)
class Lengths:
    """Sizes of the inputs and of every layer (0: cannot be read), and the wiring of every layer.

    Of a layer that is not `readable`, it is not known what enters.
    """

    sizes: tuple[int, ...]
    wirings: tuple[Wiring, ...]
    readable: tuple[bool, ...]

    @property
    def are_known(self) -> bool:
        """Whether all could be read."""
        return all(self.sizes) and all(self.readable)

    @property
    def known(self) -> tuple[Wiring, ...]:
        """The wirings of the layers that are readable."""
        return tuple(wiring for wiring, readable in zip(self.wirings, self.readable, strict=True) if readable)

    @property
    def places(self) -> Iterator[str]:
        """Ids of all places for weights and biases."""
        for wiring in self.known:
            yield from (name for row in wiring.weights for name in row)
            yield from wiring.biases


def lengths_of(network: Any) -> Lengths | None:
    """Return the lengths of a network, or None where it has no layers."""
    layers = as_list(look(network, "layers"))
    if not layers:
        return None
    inputs, *own = (
        as_whole(value, 1, MOST_NEURONS) or 0 for value in (look(network, "inputs"), *_each(layers, "size"))
    )
    sizes = (inputs, *own)
    biases: list[Bias] = [kind if kind in (False, SHARED, INPUT) else True for kind in _each(layers, "bias")]
    entering = [entering_of(layer, place) for place, layer in enumerate(layers, 1)]
    readable = tuple(bool(froms) and all(sizes[source] for source in froms or ()) for froms in entering)
    found = wirings(sizes, biases, [froms or (0,) for froms in entering])
    return Lengths(sizes, found, tuple(size > 0 and one for size, one in zip(sizes[1:], readable, strict=True)))


def entering_of(layer: Any, number: int) -> tuple[int, ...] | None:
    """Return the numbers of the layers whose values enter a layer; None where they cannot be read."""
    value = look(layer, "from") if look(layer, "from") is not None else look(layer, "entering")
    if value is None:
        return (number - 1,)
    numbers = [as_whole(item, 0, number - 1) for item in as_list(value) or ()]
    found = tuple(item for item in numbers if item is not None)
    return found if found and len(found) == len(numbers) == len(set(found)) else None


def _each(layers: Any, key: str) -> list[Any]:
    return [look(layer, key) for layer in layers]
