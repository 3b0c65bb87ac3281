"""Keys of neurons: which belong to the same layers, and what a key becomes when neurons change places."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

Swaps = dict[tuple[int, int], int]
"""Which neurons change places: (layer, neuron) → neuron; inputs are layer 0."""

_OF_NEURON = re.compile(r"\b([wbza])\.(\d+)\.(\d+)(?:\.(\d+))?")
_OF_INPUT = re.compile(r"\bx\.(\d+)")
_NUMBERS = re.compile(r"\b([wbzatx])\.(\d+)\.[\d.]+")


def stem(key: str) -> str:
    """Return a key without the numbers of neurons: keys with one stem belong to neurons of the same layers."""
    return _NUMBERS.sub(r"\1.\2", key)


def swaps(known: str, key: str) -> Swaps | None:
    """Return which neurons to exchange so that one key becomes another; None if no exchange does it."""
    if known == key:
        return {}
    if stem(known) != stem(key):
        return None
    found: Swaps = {}
    for one, other in zip(_neurons(known), _neurons(key), strict=True):
        if one != other:
            found[one] = other[1]
            found[other] = one[1]
    return found


def _neurons(key: str) -> Iterator[tuple[int, int]]:
    for match in _OF_NEURON.finditer(key):
        yield int(match[2]), int(match[3])
        if match[4]:
            yield int(match[2]) - 1, int(match[4])
    for match in _OF_INPUT.finditer(key):
        yield 0, int(match[1])


def swapper(exchanged: Swaps) -> Callable[[str], str]:
    """Return what gives the key that a key becomes when neurons change places."""

    def neuron(layer: int, number: int) -> int:
        return exchanged.get((layer, number), number)

    def of_neuron(match: re.Match[str]) -> str:
        layer = int(match[2])
        key = f"{match[1]}.{match[2]}.{neuron(layer, int(match[3]))}"
        return f"{key}.{neuron(layer - 1, int(match[4]))}" if match[4] else key

    def renamed(key: str) -> str:
        return _OF_INPUT.sub(lambda match: f"x.{neuron(0, int(match[1]))}", _OF_NEURON.sub(of_neuron, key))

    return renamed
