"""Breaks: where the blocks under a heading go on on another slide, so that all of these are about equally full."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from symback.document.blocks import Block, Display, Paragraph, Space
from symback.formats.cutting import Cutting, Height, cuttings

SLIDE, CUT, ROWS, STRANDED, APART, WORDS, UNEVEN, TOO_FULL = 100.0, 180.0, 10.0, 200.0, 20.0, 40.0, 60.0, 1_000.0
"""What is to be avoided: a slide; a cut through what a slide has room for, and between its rows; words whose display is
on the next slide, or that are parted from other words; a slide of words alone; an empty slide; and one too full."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a block: the cutting of that block, its place there, and what a break in front of it costs."""

    of: Cutting
    place: int
    cost: float


def slides(blocks: Sequence[Block], height: Height, room: float) -> Iterator[tuple[Block, ...]]:
    """Yield the blocks of each slide; together they are `blocks`, cut where they have to be.

    Parameters
    ----------
    blocks : sequence
        What stands under a heading.
    height : Callable
        How high a block is.
    room : float
        How high the blocks of a slide may be together.
    """
    if sum(_least(block, height) for block in blocks) <= room:
        yield tuple(_filled(blocks, height, room))
        return
    pieces = list(_pieces(blocks, height, room))
    for start, end in pairwise(_ends(pieces, height, room)):
        yield tuple(_filled(_joined(pieces[start:end]), height, room))


def _pieces(blocks: Sequence[Block], height: Height, room: float) -> Iterator[Piece]:
    before: Block | None = None
    for block in blocks:
        within = _cost_within(block) if height(block) <= room else 0.0
        cost = _cost_between(before, block)
        for cutting in cuttings(block, height, room):
            for place in range(cutting.pieces):
                yield Piece(cutting, place, cost)
                cost = within
        before = block


def _cost_between(before: Block | None, block: Block) -> float:
    """Return what a break between two blocks costs: words lead up to what follows them, and room to what it is for."""
    if isinstance(block, Space):
        return STRANDED
    if isinstance(before, Paragraph):
        return APART if isinstance(block, Paragraph) else STRANDED
    return 0.0


def _cost_within(block: Block) -> float:
    """Return what a cut through a block costs that has room on a slide."""
    return ROWS if isinstance(block, Display) and len(block.rows) > 1 and not block.beside else CUT


def _ends(pieces: Sequence[Piece], height: Height, room: float) -> list[int]:
    """Return where slides begin and end, such that the costs of all breaks and slides are the least."""
    least = [0.0]
    starts = [0]
    for end in range(1, len(pieces) + 1):
        found: list[tuple[float, int]] = []
        for start in reversed(range(end)):
            blocks = list(_joined(pieces[start:end]))
            full = sum(_least(block, height) for block in blocks)
            if full > room and found:
                break
            found.append((least[start] + pieces[start].cost + _cost_of(blocks, full / room), start))
        cost, start = min(found)
        least.append(cost)
        starts.append(start)
    ends = [len(pieces)]
    while ends[-1]:
        ends.append(starts[ends[-1]])
    return ends[::-1]


def _cost_of(blocks: Sequence[Block], full: float) -> float:
    """Return what a slide with these blocks costs, which fill it to this part."""
    words = WORDS if all(isinstance(block, Paragraph) for block in blocks) else 0.0
    return SLIDE + words + UNEVEN * max(0.0, 1.0 - full) ** 2 + TOO_FULL * max(0.0, full - 1.0)


def _joined(pieces: Sequence[Piece]) -> Iterator[Block]:
    """Yield the blocks that pieces are of, those that are next to each other as one."""
    for _, group in groupby(pieces, key=lambda piece: id(piece.of)):
        first, *others = group
        yield first.of.part(first.place, first.place + len(others) + 1)


def _least(block: Block, height: Height) -> float:
    """Return the height that a block needs at least: room for an answer gives way."""
    return 1.0 if isinstance(block, Space) else height(block)


def _filled(blocks: Sequence[Block] | Iterator[Block], height: Height, room: float) -> Iterator[Block]:
    """Yield blocks with as much room for answers as they leave."""
    kept = 0.0
    for block in blocks:
        shown = Space(min(block.lines, max(1, int(room - kept)))) if isinstance(block, Space) else block
        kept += height(shown)
        yield shown
