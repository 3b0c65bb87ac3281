"""Places: boxes in columns, and labels on the ways between them where they cover neither each other nor other ways."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from operator import itemgetter

from symback.document.figures.boxes import Box, Scheme, Way
from symback.document.figures.drawing import Point

Lines = Mapping[Way, tuple[Point, Point]]
"""The straight line on which the label of a way may stand: its last one."""

MARGIN, BETWEEN_BOXES, NARROWEST_GAP, WIDEST_GAP = 0.6, 0.9, 5.0, 19.0
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


Costly = tuple[float, Frame]
"""A place for a label, behind what it costs to stand there."""


@dataclass(frozen=True, slots=True)
class Size:
    """How wide the cells of a box are, how high what stands above and beneath them, and how wide the text above."""

    cells: tuple[float, ...]
    height: float
    above: float
    beneath: float
    text: float = 0.0

    @property
    def width(self) -> float:
        """Width of the whole box."""
        return sum(self.cells)

    @property
    def whole(self) -> float:
        """Height with what stands above and beneath."""
        return self.above + self.height + self.beneath


LANE = Size((), 0.5, 0.0, 0.0)
"""Room for a way that passes a column."""


@dataclass(frozen=True, slots=True)
class Places:
    """The left end and the middle of each box, the points of each way, and where its label stands."""

    width: float
    height: float
    boxes: Mapping[Box, Point]
    ways: Mapping[Way, tuple[Point, ...]]
    labels: Mapping[Way, Point]


def place(scheme: Scheme, size: Callable[[Box], Size], label: Callable[[Way], tuple[float, float] | None]) -> Places:
    """Return where everything stands.

    Parameters
    ----------
    scheme : Scheme
        Boxes and ways.
    size : Callable
        How large a box is.
    label : Callable
        Width and height of what stands on a way, if anything does.
    """
    sizes = {box: size(box) for box in scheme.boxes}
    columns = _with_lanes(scheme, sizes)
    height = max(_height(column, sizes) for column in columns)
    left = MARGIN
    boxes: dict[Box, Point] = {}
    ways: dict[Way, tuple[Point, ...]] = {}
    labels: dict[Way, Point] = {}
    for column in columns:
        entering = [way for way in scheme.ways if any(way.end in box.cells for box in column)]
        wanted = {way: found for way in entering if (found := label(way)) is not None}
        before = dict(boxes)
        for gap in _gaps(bool(wanted)) if column is not columns[0] else (0.0,):
            tops = _tops(column, sizes, height)
            boxes = before | {box: (left + gap, tops[box]) for box in column}
            points = {way: _points(way, boxes, sizes) for way in entering}
            lines = {way: (found[-2], found[-1]) for way, found in points.items()}
            found_places = _labels(lines, wanted, [_text_above(boxes[box], sizes[box]) for box in boxes])
            if len(found_places) == len(wanted):
                break
        ways |= points
        labels |= found_places if len(found_places) == len(wanted) else {}
        width = max(sizes[box].width for box in column)
        sizes |= {box: replace(LANE, cells=(width,)) for box in column if is_lane(box)}
        left += gap + width
    shown = {box: at for box, at in boxes.items() if not is_lane(box)}
    return Places(left + MARGIN, height + 2 * MARGIN, shown, ways, labels)


def is_lane(box: Box) -> bool:
    """Say whether a box only keeps room for a way that passes its column."""
    return not box.cells


def _with_lanes(scheme: Scheme, sizes: dict[Box, Size]) -> list[tuple[Box, ...]]:
    """Return the columns, with a lane in each that a way has to pass: above or beneath all boxes, as it comes."""
    columns = [scheme.column(number) for number in range(scheme.columns)]
    place_of = {cell: (box, number) for number, column in enumerate(columns) for box in column for cell in box.cells}
    for way in scheme.ways:
        (start, first), (_, last) = place_of[way.start], place_of[way.end]
        beginning = scheme.column(first)
        is_above = 2 * beginning.index(start) + 1 <= len(beginning)
        for number in range(first + 1, last):
            lane = Box((), number, (way.start, way.end))
            if lane in sizes:
                continue
            sizes[lane] = LANE
            column = columns[number]
            first_box = next(place for place, box in enumerate(column) if not is_lane(box))
            at = first_box if is_above else len(column)
            columns[number] = (*column[:at], lane, *column[at:])
    return columns


def _gaps(has_labels: bool) -> Iterable[float]:
    step, count = 1.0, int(WIDEST_GAP - NARROWEST_GAP) + 1 if has_labels else 1
    return (NARROWEST_GAP + step * number for number in range(count))


def _height(column: Sequence[Box], sizes: Mapping[Box, Size]) -> float:
    return sum(sizes[box].whole for box in column) + BETWEEN_BOXES * (len(column) - 1)


def _tops(column: Sequence[Box], sizes: Mapping[Box, Size], height: float) -> dict[Box, float]:
    """Return the middle of the cells of each box; what room a column has is shared out between its boxes."""
    spare = (height - _height(column, sizes)) / len(column)
    top = MARGIN + spare / 2
    middles = {}
    for box in column:
        size = sizes[box]
        middles[box] = top + size.above + size.height / 2
        top += size.whole + BETWEEN_BOXES + spare
    return middles


def _points(way: Way, boxes: Mapping[Box, Point], sizes: Mapping[Box, Size]) -> tuple[Point, ...]:
    """Return the points of a way: where it begins, where the lanes that it takes begin and end, and where it ends."""
    start = next(box for box in boxes if way.start in box.cells)
    end = next(box for box in boxes if way.end in box.cells)
    lanes = [box for box in boxes if is_lane(box) and box.above == (way.start, way.end)]
    passed = sorted((x, boxes[lane][1]) for lane in lanes for x in _sides(lane, boxes, sizes))
    return (_sides(start, boxes, sizes)[1], boxes[start][1]), *passed, boxes[end]


def _sides(box: Box, boxes: Mapping[Box, Point], sizes: Mapping[Box, Size]) -> tuple[float, float]:
    return boxes[box][0], boxes[box][0] + sizes[box].width


def _text_above(at: Point, size: Size) -> Frame:
    """Return the frame of what stands above a box whose cells begin there."""
    left, y = at
    return Frame((left + size.width / 2, y - (size.height + size.above) / 2), size.text, size.above)


def _labels(lines: Lines, wanted: Mapping[Way, tuple[float, float]], texts: Sequence[Frame]) -> dict[Way, Point]:
    """Return a place for each label, or for as many as there is room for: the best that some orders of placing give."""
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
    return found


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
            crossed = sum(frame.is_crossed(*line) for other, line in lines.items() if other != way)
            found.append((crossed + AWAY_FROM_MIDDLE * abs(part - 0.5), frame))
    return sorted(found, key=itemgetter(0))
