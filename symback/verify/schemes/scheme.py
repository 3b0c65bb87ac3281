"""Schemes: each is a table from indices to the quantities that they name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

Target = str | tuple[tuple[str, ...], ...]
"""The id of a quantity, or the rows of ids of a vector or matrix."""

Indices = tuple[str, str]
"""What stands below and above the base, joined."""


@dataclass(frozen=True, slots=True)
class Scheme:
    """One way to read the indices of a family of names.

    ``prior`` is how usual it is, between 0 and 1; ``says`` describes it for a person.
    """

    role: str
    says: str
    table: Mapping[Indices, Target]
    prior: float

    @property
    def is_vector(self) -> bool:
        """Whether it names whole vectors and matrices."""
        return any(not isinstance(target, str) for target in self.table.values())
