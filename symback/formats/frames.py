"""Slides: a page cut at its headings, and again wherever more follows than a slide can hold."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from math import ceil

from symback.document.blocks import Block, Display, Heading, Inline, Listing, Paragraph, Space, Table
from symback.written.nodes import Relation

Height = Callable[[Block], float]
"""Gives the height of a block, in lines of running text."""


@dataclass(frozen=True, slots=True)
class Frame:
    """One slide; the first, with what stands before the first heading of a section, has no title of its own."""

    title: Inline
    subtitle: Inline
    blocks: tuple[Block, ...]


def frames(blocks: Iterable[Block], height: Height, room: float) -> Iterator[Frame]:
    """Yield slides whose blocks take no more than `room`, as far as they can be cut."""
    title: Inline = ()
    subtitle: Inline = ()
    kept: list[Block] = []
    for block in blocks:
        if isinstance(block, Heading) and block.level > 1:
            yield from _cut(Frame(title, subtitle, tuple(kept)), height, room)
            kept = []
            title, subtitle = (block.text, ()) if block.level == 2 else (title, block.text)
        else:
            kept.append(block)
    yield from _cut(Frame(title, subtitle, tuple(kept)), height, room)


def _cut(frame: Frame, height: Height, room: float) -> Iterator[Frame]:
    """Yield a slide as one or several; words that lead up to a display are not left behind alone."""
    kept: list[Block] = []
    for block in frame.blocks:
        left = room - sum(map(height, kept))
        if isinstance(block, Space):
            kept.append(Space(min(block.lines, max(1, int(left)))))
            continue
        if kept and height(block) > left:
            spare = room if _cutting(block) else room - height(block)
            led = _leading(kept, height, spare)
            if led:
                yield replace(frame, blocks=tuple(kept[:led]))
            kept = kept[led:]
        first, *others = _parts(block, height, room - sum(map(height, kept)))
        kept.append(first)
        for part in others:
            yield replace(frame, blocks=tuple(kept))
            kept = [part]
    if kept:
        yield replace(frame, blocks=tuple(kept))


def _leading(kept: list[Block], height: Height, spare: float) -> int:
    """Return how many blocks stand before the paragraphs, at the end of what a slide has, that lead up to the next.

    No more of them go with it than there is room for.
    """
    led = len(kept)
    while led and isinstance(kept[led - 1], Paragraph) and height(kept[led - 1]) <= spare:
        led -= 1
        spare -= height(kept[led])
    return led


def _parts(block: Block, height: Height, room: float) -> list[Block]:
    """Return a block as it is if there is room, or in parts of about the same height, if it can be cut."""
    whole = height(block)
    cut = _cutting(block)
    if whole <= room or cut is None:
        return [block]
    overhead = min(height(cut.part(place, place + 1)) for place in range(cut.pieces))
    share = min(room, whole / ceil(whole / max(room, 1.0)) + overhead)
    ends = [0]
    for place in range(1, cut.pieces):
        if height(cut.part(ends[-1], place + 1)) > share:
            ends.append(place)
    parts = [cut.part(start, end) for start, end in pairwise((*ends, cut.pieces))]
    return [block] if len(parts) == 1 else [smaller for part in parts for smaller in _parts(part, height, room)]


@dataclass(frozen=True, slots=True)
class _Cutting:
    """How a block can be cut: into how many pieces, and what the part from one of them to another is."""

    pieces: int
    part: Callable[[int, int], Block]


def _cutting(block: Block) -> _Cutting | None:
    """Return how a block can be cut, or None if it cannot; the last part of a display bears its number."""
    match block:
        case Display(lines, tag=tag) if len(lines) > 1:
            most = len(lines)
            return _Cutting(most, lambda a, b: replace(block, rows=lines[a:b], tag=tag if b == most else ""))
        case Display((Relation(first, links),), tag=tag) if len(links) > 1:
            most = len(links)
            return _Cutting(
                most,
                lambda a, b: replace(
                    block, rows=(Relation(first, links[a:b]),), stacked=True, tag=tag if b == most else ""
                ),
            )
        case Listing(items) if len(items) > 1:
            return _Cutting(len(items), lambda a, b: Listing(items[a:b]))
        case Table(header, rows) if len(rows) > 1:
            return _Cutting(len(rows), lambda a, b: Table(header, rows[a:b]))
    return None
