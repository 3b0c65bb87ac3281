"""What names stand for, turned: the opposite, the gradient by it, and the value after the update."""

from __future__ import annotations

from collections.abc import Callable

from symback.graph.build import LEARNING_RATE
from symback.graph.quantity import BATCH, PENALTY, PENALTY_FACTOR
from symback.verify.schemes.scheme import Target
from symback.written.nodes import NEW

OF_ALL_SAMPLES = (LEARNING_RATE, BATCH, PENALTY, PENALTY_FACTOR)
"""Ids of what has one value for all samples, besides the parameters."""


def changed(target: Target, change: Callable[[str], str]) -> Target:
    """Return a target with every id in it changed."""
    if isinstance(target, str):
        return change(target)
    return tuple(tuple(change(name) for name in row) for row in target)


def opposite(target: Target) -> Target:
    """Return the target with a minus."""
    return changed(target, lambda name: f"-{name}")


def gradient(target: Target) -> Target:
    """Return the derivatives of the loss by a target."""
    return changed(target, lambda name: f"loss:{name}")


def new(target: Target) -> Target:
    """Return the target after the update."""
    if isinstance(target, str) and target.endswith(NEW):
        return target
    return changed(target, lambda name: name + NEW)


def is_vector(target: Target | None) -> bool:
    """Whether it is a vector or matrix."""
    return target is not None and not isinstance(target, str)


def is_joined(target: Target | None) -> bool:
    """Whether it is a matrix that joins what belongs to several samples."""
    if target is None or isinstance(target, str) or "@" not in target[0][0]:
        return False
    marks = {name.partition(":")[0].partition("@")[2] for row in target for name in row}
    return len(marks) > 1 and "" not in marks


def turned(target: Target) -> Target:
    """Return a column as a row; anything else stays: weights and what joins samples lie in ways of their own."""
    if isinstance(target, str) or len(target[0]) > 1 or is_joined(target):
        return target
    if any(name.startswith("w.") for row in target for name in row):  # the first weight may be absent
        return target
    return tuple(zip(*target, strict=True))


def at_sample(key: str, sample: int) -> str:
    """Return the key of a quantity or gradient at a sample; parameters and constants have one value for all."""
    if key.startswith("-"):
        return "-" + at_sample(key[1:], sample)
    of, colon, by = key.partition(":")
    if of.startswith(("w.", "b.", "c.")) or of in OF_ALL_SAMPLES:
        return key
    return f"{of}@{sample}{colon}{by}"
