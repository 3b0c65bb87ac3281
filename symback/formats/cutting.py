"""Cutting: the pieces that a block can be cut into, and what several of them in a row are."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from symback.document.blocks import Block, Display, Listing, Table
from symback.written.nodes import Relation

Height = Callable[[Block], float]
"""Gives the height of a block, in lines of running text."""


@dataclass(frozen=True, slots=True)
class Cutting:
    """A block, how many pieces it can be cut into, and what the part from one of them to another is."""

    block: Block
    pieces: int
    part: Callable[[int, int], Block]


def cuttings(block: Block, height: Height, room: float) -> Iterator[Cutting]:
    """Yield how a block can be cut: as several blocks if one of its pieces is higher than the `room` and can be cut."""
    whole = _cutting(block)
    start = 0
    for place in range(whole.pieces if whole.pieces > 1 else 0):
        piece = whole.part(place, place + 1)
        if height(piece) > room and _cutting(piece).pieces > 1:
            if start < place:
                yield _cutting(whole.part(start, place))
            yield from cuttings(piece, height, room)
            start = place + 1
    if start < whole.pieces:
        yield _cutting(whole.part(start, whole.pieces)) if start else whole


def _cutting(block: Block) -> Cutting:
    """Return how a block can be cut; the last part of a display bears its number."""
    match block:
        case Display(lines, tag=tag) if len(lines) > 1:
            most = len(lines)
            return Cutting(block, most, lambda a, b: replace(block, rows=lines[a:b], tag=tag if b == most else ""))
        case Display((Relation(first, links),), tag=tag) if len(links) > 1:
            most = len(links)
            return Cutting(
                block,
                most,
                lambda a, b: replace(
                    block, rows=(Relation(first, links[a:b]),), stacked=True, tag=tag if b == most else ""
                ),
            )
        case Listing(items) if len(items) > 1:
            return Cutting(block, len(items), lambda a, b: Listing(items[a:b]))
        case Table(header, rows) if len(rows) > 1:
            return Cutting(block, len(rows), lambda a, b: Table(header, rows[a:b]))
    return Cutting(block, 1, lambda a, b: block)
