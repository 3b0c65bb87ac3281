"""The blocks of a page: a closed list that every format can write."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property

from symback.document.figures.drawing import Drawing
from symback.notation.names import Names
from symback.values.program import Program
from symback.written.nodes import Written

Inline = tuple[str | Written, ...]
"""Words and mathematics on one line."""

Link = tuple[str, Written]
"""A relation sign and what stands behind it."""


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


@dataclass(frozen=True)
class Figure:
    """A drawing, made where a format shows it, what is said beneath it, and what it shows, in words."""

    draw: Callable[[], Drawing]
    caption: Inline
    description: str

    @cached_property
    def drawing(self) -> Drawing:
        """The lines and labels of the drawing."""
        return self.draw()


Block = Heading | Paragraph | Listing | Table | Display | Space | Figure


@dataclass(frozen=True, slots=True)
class Amount:
    """What a quantity or a derivative is: its symbol, its number as the page rounds it, and with all its digits."""

    of: Written
    rounded: Written
    exact: Written


@dataclass(frozen=True, slots=True)
class Worked:
    """A chain: what is found, what it is in symbols, then in numbers, or with all digits where that says more."""

    first: Written
    symbols: tuple[Link, ...] = ()
    rounded: tuple[Link, ...] = ()
    exact: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class Way:
    """One path from a quantity to the loss: the ids on it, and what it contributes to the gradient."""

    ids: tuple[str, ...]
    worked: Worked


@dataclass(frozen=True, slots=True)
class Entry:
    """Everything about one quantity that a reader can ask for.

    ``value`` and ``gradient`` are missing where numbers are not known, ``formula`` for what is given. ``made_of`` and
    ``used_in`` are the quantities before and behind it. ``back`` is the gradient over what uses the quantity, ``total``
    the sum over its paths; where there are too many paths to list, ``ways`` is empty and ``count`` still says how many
    there are.
    """

    id: str
    role: str
    value: Amount | None
    gradient: Amount | None
    formula: Worked | None
    made_of: tuple[str, ...]
    used_in: tuple[str, ...]
    back: Worked | None
    ways: tuple[Way, ...]
    total: Worked | None
    count: int


@dataclass(frozen=True, slots=True)
class Local:
    """The derivative of one quantity by another that it is computed from, as it stands on paths."""

    of: str
    by: str
    worked: Worked


@dataclass(frozen=True, slots=True)
class Exploration:
    """What a page on the screen can be asked: the drawing of the network, every quantity and every local derivative."""

    drawing: Drawing
    entries: tuple[Entry, ...]
    locals: tuple[Local, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """A finished page, ready for any format.

    On the screen a page has controls, which `words` name, and `explore` works out what it can be asked, if anything.
    `program` begins the program that computes the page's numbers, where the page gives them. ``parts`` follow behind
    its own blocks, each with the symbols that it is written with; such a part knows its ``number``, counted from 1. A
    `whole` page leaves nothing out that a reader could scroll to.
    """

    title: str
    language: str
    blocks: tuple[Block, ...]
    words: Mapping[str, str]
    explore: Callable[[], Exploration | None]
    program: Callable[[], Program | None]
    parts: tuple[tuple[Document, Names], ...] = ()
    whole: bool = False
    number: int = 0
