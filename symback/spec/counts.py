"""Counts in words: how many of something came, how many are expected, and whose they are."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from symback.spec.problems import Path, Problem


def owner(layer: int) -> str:
    """Return in words what has one number, row or column each; layer 0 is the input."""
    return f"each neuron of layer {layer}" if layer else "each input"


def count_problems(path: Path, values: Any, expected: int, noun: str, about: str) -> Iterator[Problem]:
    """Yield that there are more or fewer `values` than expected."""
    if len(values) != expected:
        yield Problem(path, counted(len(values), noun), f"{counted(expected, noun)} ({about})")


def counted(count: int, noun: str) -> str:
    """Return a count with its noun."""
    plural = {"matrix": "matrices"}.get(noun, f"{noun}s")
    return f"{count or 'no'} {noun if count == 1 else plural}"
