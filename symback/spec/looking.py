"""Looking into a spec that need not be valid: what cannot be read is None, or 0 where a number was asked for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from symback.spec.problems import RefusedError
from symback.spec.words import read_whole


def look(holder: Any, key: str) -> Any:
    """Return what stands under a key of a mapping, or as an attribute of a section."""
    return holder.get(key) if isinstance(holder, Mapping) else getattr(holder, key, None)


def as_list(value: Any) -> Sequence[Any] | None:
    """Return a list as it is, and None for anything else."""
    return value if isinstance(value, (list, tuple)) else None


def as_mapping(value: Any) -> Mapping[Any, Any]:
    """Return a mapping as it is, and an empty one for anything else."""
    return value if isinstance(value, Mapping) else {}


def as_whole(value: Any, least: int, most: int) -> int | None:
    """Return a whole number within bounds, and None for anything else."""
    try:
        number = read_whole(value)
    except RefusedError:
        return None
    return number if least <= number <= most else None
