"""The blocks of a page: a closed list that every format can write."""

from __future__ import annotations

from dataclasses import dataclass

from symback.notation.names import Names
from symback.written.nodes import Written

Inline = tuple[str | Written, ...]
"""Words and mathematics on one line."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; level 1 is the title of the page."""

    level: int
    text: Inline


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; a `strong` one is a remark that should not be missed."""

    text: Inline
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Listing:
    """Items of a list with bullets."""

    items: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a header row."""

    header: tuple[Inline, ...]
    rows: tuple[tuple[Inline, ...], ...]


@dataclass(frozen=True, slots=True)
class Display:
    """Displayed mathematics: one row, or several aligned at their relation signs.

    With ``stacked`` every link of a chain stands on a row of its own; with ``beside`` the rows stand side by side
    where there is room. ``tag`` is the number by which the page refers to it.
    """

    rows: tuple[Written, ...]
    stacked: bool = False
    beside: bool = False
    tag: str = ""


@dataclass(frozen=True, slots=True)
class Space:
    """Room for a handwritten answer."""

    lines: int


Block = Heading | Paragraph | Listing | Table | Display | Space


@dataclass(frozen=True, slots=True)
class Document:
    """A finished page, ready for any format.

    ``parts`` follow behind its own blocks, each with the symbols that it is written with.
    """

    title: str
    language: str
    blocks: tuple[Block, ...]
    parts: tuple[tuple[Document, Names], ...] = ()
