"""The paths from a quantity of a fully connected network to its loss, from the sizes of the layers alone."""

from __future__ import annotations

from collections.abc import Collection, Iterator


def paths_by_hand(sizes: list[int], start: str, joint: Collection[int] = ()) -> Iterator[tuple[str, ...]]:
    """Yield the paths from a quantity to the loss, from the sizes of the layers; in `joint` ones each acts on each."""
    kind, *places = start.split(".")
    if kind == "loss":
        yield ("loss",)
        return
    layer, neuron = int(places[0]), int(places[1])
    last = len(sizes) - 1
    if kind in ("w", "b"):
        following = [f"z.{layer}.{neuron}"]
    elif kind == "z":
        reached = range(1, sizes[layer] + 1) if layer in joint else [neuron]
        following = [f"a.{layer}.{to}" for to in reached]
    elif layer == last:
        following = ["loss"]
    else:
        following = [f"z.{layer + 1}.{to}" for to in range(1, sizes[layer + 1] + 1)]
    for name in following:
        yield from ((start, *rest) for rest in paths_by_hand(sizes, name, joint))
