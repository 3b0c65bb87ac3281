"""The drawing of a network or of equations: names, values, gradients, and the paths from one quantity to the loss."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from symback.document.figures.boxes import Box, Scheme, Way, scheme_of
from symback.document.figures.drawing import Cell, Drawing, Label, Line, Shape, Tone
from symback.document.figures.placing import Places, Size, place
from symback.document.page import Page
from symback.graph.quantity import Role
from symback.written.measure import Measure
from symback.written.nodes import Name, Partial, Valued, Written

CELL_HEIGHT, LINE_HEIGHT, PADDING, AIR = 2.1, 1.15, 0.9, 0.15
MOST_LABELS, MOST_WAYS, MOST_IN_A_COLUMN = 40, 400, 24

NOT_DIFFERENTIATED = (Role.INPUT, Role.TARGET)
"""Roles of quantities by which no derivative of the loss is shown."""


@dataclass(frozen=True, slots=True)
class Show:
    """Which texts a drawing has: on the ways and above the boxes, and beneath each cell."""

    edges: tuple[Tone, ...]
    beneath: tuple[Tone, ...]


BESIDE_LABELS, BESIDE_TEXT = 0.7, 0.6
"""Room that a label on a way has to its sides, in all."""

NAME_HEIGHT = 1.65
"""How high a line is that has a name in it, with its indices."""

SHOWS: Mapping[str, Show] = {
    "names": Show((Tone.PLAIN,), ()),
    "values": Show((Tone.VALUE,), (Tone.VALUE,)),
    "gradients": Show((Tone.VALUE, Tone.GRADIENT), (Tone.VALUE, Tone.GRADIENT)),
}
"""What a drawing can show."""


def is_drawn(page: Page) -> bool:
    """Say whether a network is small enough to be drawn."""
    scheme = scheme_of(page.graph)
    columns = (len(scheme.column(number)) for number in range(scheme.columns))
    return len(scheme.ways) <= MOST_WAYS and max(columns) <= MOST_IN_A_COLUMN


def draw(page: Page, show: str = "names", lit: Collection[str] = ()) -> Drawing:
    """Return the drawing of a page's network.

    Parameters
    ----------
    page : Page
        The network with its symbols and numbers.
    show : str
        ``names``, ``values`` or ``gradients``; gradients come with the values.
    lit : Collection of str
        Ids of the quantities that are to stand out.
    """
    return _Drawer(page, SHOWS[show], frozenset(lit)).drawing()


class _Drawer:
    def __init__(self, page: Page, show: Show, lit: frozenset[str]) -> None:
        self.page = page
        self.show = show
        self.lit = lit
        self.measure = Measure(page.names, page.names.notation.product)
        self.scheme: Scheme = scheme_of(page.graph)
        self.has_labels = sum(bool(way.of) for way in self.scheme.ways) <= MOST_LABELS

    def drawing(self) -> Drawing:
        for count in range(len(self.show.edges), 0, -1):  # where there is no room for all texts, the last ones go
            self.show = replace(self.show, edges=self.show.edges[:count])
            places = place(self.scheme, self.size, self.label_size)
            if not self.has_labels or len(places.labels) == sum(bool(way.of) for way in self.scheme.ways):
                break
        shapes = (*self.ways(places), *self.boxes(places))
        return Drawing(places.width, places.height, shapes)

    def text(self, of: str, tone: Tone) -> Written | None:
        """Return what is written for a quantity in a tone: its name, its value, or the gradient by it."""
        if tone is Tone.PLAIN:
            return Name(of)
        graph = self.page.graph
        if tone is Tone.GRADIENT and (of == graph.root or graph.quantities[of].role in NOT_DIFFERENTIATED):
            return None
        leaf = Name(of) if tone is Tone.VALUE else Partial(graph.root, of)
        spelled = self.page.values.known((leaf.key,))
        return Valued(leaf, {leaf.key: spelled[leaf.key].number}) if spelled else None

    def texts(self, of: str, tones: Sequence[Tone]) -> list[tuple[Written, Tone]]:
        found = ((self.text(of, tone), tone) for tone in tones)
        return [(text, tone) for text, tone in found if text is not None]

    def width(self, text: Written, tone: Tone) -> float:
        """Return the width of a text; in front of a gradient stands the sign of a derivative."""
        return self.measure(text) + (1.0 if tone is Tone.GRADIENT else 0.0)

    def widest(self, texts: Sequence[tuple[Written, Tone]]) -> float:
        return max((self.width(*text) for text in texts), default=0.0)

    def cell_width(self, box: Box, place: int) -> float:
        """Return how wide a cell is: as wide as the widest of its column."""
        column = (other.cells[place] for other in self.scheme.column(box.column) if place < len(other.cells))
        texts = ((Name(of), Tone.PLAIN) for of in column)
        beneath = (
            text
            for other in self.scheme.column(box.column)
            for text in self.texts(other.cells[min(place, len(other.cells) - 1)], self.show.beneath)
        )
        return max(CELL_HEIGHT, PADDING + self.widest([*texts]), 0.5 + self.widest([*beneath]))

    def size(self, box: Box) -> Size:
        """Return the size of a box; above and beneath all have the same room, so that columns stand level."""
        boxes = self.scheme.boxes
        beneath = max(len(self.texts(of, self.show.beneath)) for other in boxes for of in other.cells)
        above = max(len(other.above) for other in boxes)
        return Size(
            cells=tuple(self.cell_width(box, place) for place in range(len(box.cells))),
            height=CELL_HEIGHT,
            above=_height(self.show.edges[0]) * above,
            beneath=LINE_HEIGHT * beneath + AIR,
            text=sum(width for *_, width in self.texts_above(box)),
        )

    def label_size(self, way: Way) -> tuple[float, float] | None:
        texts = self.texts(way.of, self.show.edges) if way.of and self.has_labels else []
        return (self.widest(texts) + BESIDE_LABELS, sum(_height(tone) for _, tone in texts)) if texts else None

    def tone(self, *ids: str) -> Tone:
        return Tone.PATH if ids and self.lit.issuperset(ids) else Tone.PLAIN

    def ways(self, places: Places) -> Iterator[Shape]:
        for way, points in places.ways.items():
            on_path = self.lit.issuperset((way.start, way.end)) or (bool(way.of) and way.of in self.lit)
            tone = Tone.PATH if on_path else Tone.PLAIN
            yield Line(points, (way.start, way.end), way.of, tone, arrow=self.page.graph.system is not None)
        for way, at in places.labels.items():
            yield from self.stacked(way.of, self.show.edges, at, backed=True)

    def stacked(self, of: str, tones: Sequence[Tone], at: tuple[float, float], backed: bool) -> Iterator[Label]:
        """Yield the texts of a quantity beneath each other, around a point."""
        texts = self.texts(of, tones)
        top = at[1] - LINE_HEIGHT * (len(texts) - 1) / 2
        for number, (text, tone) in enumerate(texts):
            where = at[0], top + LINE_HEIGHT * number
            yield Label(text, where, self.width(text, tone), of, tone, backed)

    def boxes(self, places: Places) -> Iterator[Shape]:
        for box, (left, y) in places.boxes.items():
            size = self.size(box)
            ends = list(accumulate(size.cells, initial=left))
            for number, (of, start, end) in enumerate(zip(box.cells, ends, ends[1:], strict=False)):
                sides = ("both",) if len(box.cells) == 1 else ("left", "right")
                middle = (start + end) / 2
                yield Cell(start, end, y, CELL_HEIGHT, sides[number], of, self.tone(of))
                yield Label(Name(of), (middle, y), self.width(Name(of), Tone.PLAIN), of)
                for line, (text, tone) in enumerate(self.texts(of, self.show.beneath)):
                    at = middle, y + CELL_HEIGHT / 2 + LINE_HEIGHT * (line + 0.5) + AIR
                    yield Label(text, at, self.width(text, tone), of, tone)
            yield from self.above(box, left + size.width / 2, y - (CELL_HEIGHT + _height(self.show.edges[0])) / 2)

    def above(self, box: Box, middle: float, y: float) -> Iterator[Shape]:
        """Yield what stands above a box: the texts of its biases side by side."""
        texts = list(self.texts_above(box))
        left = middle - sum(width for *_, width in texts) / 2
        for of, text, tone, width in texts:
            yield Label(text, (left + width / 2, y), width - BESIDE_TEXT, of, tone)
            left += width

    def texts_above(self, box: Box) -> Iterator[tuple[str, Written, Tone, float]]:
        """Yield the texts of the biases of a box, with how wide each is together with the room beside it."""
        for of in box.above:
            for text, tone in self.texts(of, self.show.edges):
                yield of, text, tone, self.width(text, tone) + BESIDE_TEXT


def _height(tone: Tone) -> float:
    return NAME_HEIGHT if tone is Tone.PLAIN else LINE_HEIGHT
