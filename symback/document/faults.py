"""What can be wrong with a plan or a phrase that shows only where it is used."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


class PlanError(ValueError):
    """A row of a plan that says nothing the page understands.

    Attributes
    ----------
    came, expected, nearest : str
        What it said, what would have been right, and the known word most like what came.
    row : Mapping or None
        The innermost row that says it; the walk adds it.
    """

    def __init__(self, came: str, expected: str, nearest: str = "") -> None:
        self.came, self.expected, self.nearest = came, expected, nearest
        self.row: Mapping[str, Any] | None = None
        super().__init__(f"got {came}; expected {expected}")


class PhraseError(PlanError):
    """A phrase with a place for something that is not there where the phrase is used; `phrase` is its name."""

    def __init__(self, phrase: str, came: str, expected: str, nearest: str = "") -> None:
        super().__init__(came, expected, nearest)
        self.phrase = phrase
