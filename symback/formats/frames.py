"""Slides: a page cut at its headings, and again wherever more follows than a slide can hold."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from symback.document.blocks import Block, Heading, Inline
from symback.formats.breaks import slides
from symback.formats.cutting import Height


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
            yield from (Frame(title, subtitle, found) for found in slides(kept, height, room) if found)
            kept = []
            title, subtitle = (block.text, ()) if block.level == 2 else (title, block.text)
        else:
            kept.append(block)
    yield from (Frame(title, subtitle, found) for found in slides(kept, height, room) if found)
