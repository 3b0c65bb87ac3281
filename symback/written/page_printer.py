"""What a format adds to a printer so that its mathematics can stand on a page: in running text and in displays."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping, Sequence
from typing import ClassVar

from symback.written.nodes import Written
from symback.written.stacked import StackedPrinter


class PagePrinter(StackedPrinter):
    """Prints trees of written mathematics and puts them in their places on a page."""

    CONTINUATION: ClassVar[str]
    """Takes the room of a relation sign where a long side goes on in a further line."""

    @property
    def definitions(self) -> Mapping[str, str]:
        """What was printed so far and the page has to define, and the ink of each."""
        return {}

    @abstractmethod
    def inline(self, node: Written) -> str:
        """Return mathematics for running text."""

    @abstractmethod
    def beside(self, rows: Sequence[Written]) -> str:
        """Return rows side by side, for a display."""

    @abstractmethod
    def aligned(self, lines: Sequence[tuple[str, str]]) -> str:
        """Return lines, each in two parts that meet at one edge, for a display."""
