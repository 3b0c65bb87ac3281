"""Labels on the ways between two columns: where they cover neither each other nor texts, and few other ways."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter

from symback.document.figures.boxes import Way
from symback.document.figures.drawing import Point

Lines = Mapping[Way, tuple[Point, Point]]
"""The straight line on which the label of a way may stand: its last one."""

TRIES = tuple(round(0.5 + sign * step * 0.03, 2) for step in range(14) for sign in (1, -1))
"""Where on its way a label may stand, in the order in which the places are preferred."""

ORDERS = 24
"""In how many orders labels are placed one after the other, before a gap counts as too narrow for them."""

AIR = 0.1
"""How far a label stays away from the boxes at the ends of its way."""

AWAY_FROM_MIDDLE = 1.5
"""How much a place at the end of a way costs, where a way that is crossed costs 1."""


@dataclass(frozen=True, slots=True)
class Frame:
    """A rectangle around a point."""

    at: Point
    width: float
    height: float

    def overlaps(self, other: Frame) -> bool:
        """Say whether two frames have a point in common."""
        across = abs(self.at[0] - other.at[0]) < (self.width + other.width) / 2
        return across and abs(self.at[1] - other.at[1]) < (self.height + other.height) / 2

    def is_crossed(self, start: Point, end: Point) -> bool:
        """Say whether a straight line goes through the frame."""
        low, high = 0.0, 1.0
        for centre, size, first, last in zip(self.at, (self.width, self.height), start, end, strict=True):
            length = last - first
            bounds = centre - size / 2 - first, centre + size / 2 - first
            if length == 0:
                if not bounds[0] <= 0 <= bounds[1]:
                    return False
                continue
            near, far = sorted(bound / length for bound in bounds)
            low, high = max(low, near), min(high, far)
        return low <= high


Labels = tuple[float, dict[Way, Point]]
"""What places for labels cost, and these places."""

Costly = tuple[float, Frame]
"""A place for a label, behind what it costs to stand there."""


def placed_labels(lines: Lines, wanted: Mapping[Way, tuple[float, float]], texts: Sequence[Frame]) -> Labels:
    """Return what it costs to place all labels, or as many as there is room for, and the best places that are found."""
    frames = {way: _frames(way, size, lines, texts) for way, size in wanted.items()}
    best: tuple[int, float] = (0, 0.0)
    found: dict[Way, Point] = {}
    order = list(wanted)
    chance = random.Random(ORDERS)
    for _ in range(ORDERS):
        placed = _labels_in_turn({way: frames[way] for way in order})
        worth = len(placed), -sum(cost for cost, _ in placed.values())
        if worth > best:
            best, found = worth, {way: frame.at for way, (_, frame) in placed.items()}
        chance.shuffle(order)
    return -best[1], found


def _labels_in_turn(frames: Mapping[Way, Sequence[Costly]]) -> dict[Way, Costly]:
    """Return for each label the first of its places where it covers no other one, if there is any."""
    taken: dict[Way, Costly] = {}
    for way, places in frames.items():
        for cost, frame in places:
            if not any(frame.overlaps(other) for _, other in taken.values()):
                taken[way] = cost, frame
                break
    return taken


def _frames(way: Way, size: tuple[float, float], lines: Lines, texts: Sequence[Frame]) -> list[Costly]:
    """Return where the label of a way may stand, beside all `texts`, and what that costs: it should cover few ways."""
    (left, top), (right, bottom) = lines[way]
    found = []
    for part in TRIES:
        if abs(part - 0.5) * (right - left) <= (right - left - size[0]) / 2 - AIR:
            frame = Frame((left + part * (right - left), top + part * (bottom - top)), *size)
            if any(map(frame.overlaps, texts)):
                continue
            middle = Frame(frame.at, size[0] / 2, size[1] / 2)
            others = [line for other, line in lines.items() if other != way]
            crossed = sum(frame.is_crossed(*line) + middle.is_crossed(*line) for line in others)
            found.append((crossed + AWAY_FROM_MIDDLE * abs(part - 0.5), frame))
    return sorted(found, key=itemgetter(0))
