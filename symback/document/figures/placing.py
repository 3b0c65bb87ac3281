"""Places: boxes in columns, with so much room between them that the labels of their ways can be told apart."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from symback.document.figures.boxes import Box, Scheme, Way
from symback.document.figures.drawing import Point
from symback.document.figures.labels import Frame, placed_labels

MARGIN, BETWEEN_BOXES, NARROWEST_GAP, WIDEST_GAP = 0.6, 0.9, 5.0, 19.0
WIDER, FARTHER = 1.5, 3.0
"""What an em between two columns costs, and how much farther away a column is tried than the best that was found."""


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


@dataclass(frozen=True, slots=True)
class Placed:
    """A column that begins somewhere: whether all labels have their places, and what it costs to have them there."""

    left: float
    is_complete: bool
    cost: float
    boxes: Mapping[Box, Point]
    points: Mapping[Way, tuple[Point, ...]]
    labels: Mapping[Way, Point]


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
        tops = _tops(column, sizes, height)
        tries = (
            _placed(left + gap, boxes | {box: (left + gap, tops[box]) for box in column}, entering, wanted, sizes)
            for gap in (_gaps(bool(wanted)) if column is not columns[0] else (0.0,))
        )
        best = _best(tries)
        boxes |= best.boxes
        ways |= best.points
        labels |= best.labels if best.is_complete else {}
        width = max(sizes[box].width for box in column)
        sizes |= {box: replace(LANE, cells=(width,)) for box in column if is_lane(box)}
        left = best.left + width
    shown = {box: at for box, at in boxes.items() if not is_lane(box)}
    return Places(left + MARGIN, height + 2 * MARGIN, shown, ways, labels)


def _placed(
    left: float,
    boxes: Mapping[Box, Point],
    entering: Sequence[Way],
    wanted: Mapping[Way, tuple[float, float]],
    sizes: Mapping[Box, Size],
) -> Placed:
    """Return where everything stands that enters a column which begins at `left`, with all `boxes` up to it."""
    points = {way: _points(way, boxes, sizes) for way in entering}
    lines = {way: (found[-2], found[-1]) for way, found in points.items()}
    cost, labels = placed_labels(lines, wanted, [_text_above(boxes[box], sizes[box]) for box in boxes])
    return Placed(left, len(labels) == len(wanted), cost + WIDER * left, boxes, points, labels)


def _best(tries: Iterator[Placed]) -> Placed:
    """Return the column with places for all labels that cost least, of those that are not much farther to the right."""
    best = next(tries)
    for tried in tries:
        if (tried.is_complete, -tried.cost) > (best.is_complete, -best.cost):
            best = tried
        elif best.is_complete and tried.left >= best.left + FARTHER:
            break
    return best


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
