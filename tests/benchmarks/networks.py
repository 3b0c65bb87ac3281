"""Specs of networks of any size, with weights of three decimals: the same for the same sizes, everywhere and always."""

from __future__ import annotations

import itertools
import random
from collections.abc import Sequence

SMALL = (1, 4, 2, 1)
MIDDLE = (4, 8, 8, 3)
LARGE = (64, 32, 10)


def spec_text(sizes: Sequence[int], activations: Sequence[str], carry: str = "exact", style: str = "slides") -> str:
    """Return the text of a spec: ``sizes[0]`` inputs, then a layer of each further size with its activation."""
    source = random.Random(len(sizes) * sum(sizes))
    layers = [
        f"    - {{size: {size}, activation: {activation}}}"
        for size, activation in zip(sizes[1:], activations, strict=True)
    ]
    weights = [
        f"    - [{', '.join(_numbers(source, before) for _ in range(size))}]"
        for before, size in itertools.pairwise(sizes)
    ]
    return "\n".join(
        [
            "schema: 1",
            "title: A Network of Any Size",
            "network:",
            f"  inputs: {sizes[0]}",
            "  layers:",
            *layers,
            "parameters:",
            "  weights:",
            *weights,
            "  biases:",
            *(f"    - {_numbers(source, size)}" for size in sizes[1:]),
            "data:",
            f"  - {{inputs: {_numbers(source, sizes[0])}, targets: {_numbers(source, sizes[-1])}}}",
            "loss: {kind: squared-error, factor: 1/2}",
            "update: {learning_rate: 0.25}",
            f"numbers: {{decimals: 4, carry: {carry}}}",
            f"style: {style}",
            "",
        ]
    )


def _numbers(source: random.Random, count: int) -> str:
    """Return a list of decimals between -1 and 1, without 0."""
    return f"[{', '.join(f'{source.choice((-1, 1)) * source.randint(1, 999) / 1000:.3f}' for _ in range(count))}]"
