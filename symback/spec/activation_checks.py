"""Whether the activations of a spec fit its layers: one for each neuron, or one for all."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from symback.rules.activations import ACTIVATIONS
from symback.spec.counts import count_problems, owner
from symback.spec.lengths import Lengths
from symback.spec.looking import as_list, look
from symback.spec.problems import Path, Problem, show


def activation_problems(layers: Any, lengths: Lengths) -> Iterator[Problem]:
    """Yield lists of activations that are not one for each neuron."""
    for place, layer in enumerate(layers):
        found, size = as_list(look(layer, "activation")), lengths.sizes[place + 1]
        if found is not None and len(found) != 1 and size:
            path: Path = ("network", "layers", place, "activation")
            about = f"one for {owner(place + 1)}, or one word for all"
            yield from count_problems(path, found, size, "activation", about)


def joint_problems(layers: Any, lengths: Lengths) -> Iterator[Problem]:
    """Yield the activations of a whole layer that stand beside others, or for a single neuron."""
    for place, (layer, size) in enumerate(zip(layers, lengths.sizes[1:], strict=False)):
        words = look(layer, "activation")
        listed = as_list(words)
        for number, word in enumerate([words] if listed is None else listed):
            if not (isinstance(word, str) and word in ACTIVATIONS and ACTIVATIONS[word].is_joint):
                continue
            path: Path = ("network", "layers", place, "activation")
            if listed is not None and len(listed) > 1:
                expected = f"an activation of one neuron: {word} is one of a whole layer"
                yield Problem((*path, number), show(word), expected)
            elif size == 1:
                expected = f"another activation: {word} of a single neuron is always 1"
                yield Problem(path, show(word), expected, "sigmoid")
