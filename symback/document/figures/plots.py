"""Plots of activations and their derivatives, side by side."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from symback.document.figures.drawing import Drawing, Label, Line, Point, Shape, Tone
from symback.rules.activations import INPUT, Activation, derivative_form, function_form
from symback.values.interpret import interpret
from symback.values.real import Real
from symback.written.nodes import Number, Written

WIDTH, HEIGHT, BETWEEN, TITLE, FOOT = 12.0, 7.5, 2.0, 1.6, 1.3
IN_A_ROW, ROW = 3, TITLE + HEIGHT + FOOT
"""How many panels stand beside each other, and how high a row of them is."""

REACH, STEPS = 4, 10
"""A plot goes from ``-REACH`` to ``REACH``, with so many points to the unit."""

LOWEST, HIGHEST = -1.5, 4.0
STEEP, HALVINGS = 0.05, 12
"""Between points whose heights differ by more there may be a jump: halved so often, it does not get smaller."""


def plots(functions: Sequence[Activation], titles: Sequence[Written]) -> Drawing:
    """Return a panel for each activation: the function as a line, its derivative as a dashed one."""
    shapes: list[Shape] = []
    for place, (function, title) in enumerate(zip(functions, titles, strict=True)):
        row, column = divmod(place, IN_A_ROW)
        shapes += _panel(function, title, (column * (WIDTH + BETWEEN), row * ROW))
    columns, rows = min(len(functions), IN_A_ROW), -(-len(functions) // IN_A_ROW)
    return Drawing(columns * (WIDTH + BETWEEN) - BETWEEN, rows * ROW, tuple(shapes))


def _panel(function: Activation, title: Written, corner: Point) -> Iterator[Shape]:
    left, top = corner
    curves = [
        (_Curve(function_form(function)), Tone.VALUE),
        (_Curve(derivative_form(function)), Tone.GRADIENT),
    ]
    heights = [y for curve, _ in curves for _, y in curve.points()]
    low, high = min(0.0, *heights), max(1.0, *heights)
    low, high = max(low, LOWEST) - 0.15, min(high, HIGHEST) + 0.15

    def at(x: float, y: float) -> Point:
        return left + (x + REACH) / (2 * REACH) * WIDTH, top + TITLE + (high - y) / (high - low) * HEIGHT

    yield Label(title, (left + WIDTH / 2, top + TITLE / 2 - 0.1), WIDTH)
    yield Line((at(-REACH, 0), at(REACH, 0)), tone=Tone.PLAIN, arrow=True)
    yield Line((at(0, low), at(0, high)), tone=Tone.PLAIN, arrow=True)
    for number in (-REACH // 2, REACH // 2):
        yield Line((at(number, 0), (at(number, 0)[0], at(number, 0)[1] - 0.25)), tone=Tone.PLAIN)
        yield Label(Number(str(number)), (at(number, 0)[0], at(number, 0)[1] + 0.75), 1.0, tone=Tone.MUTED)
    yield Line((at(0, 1), (at(0, 1)[0] + 0.25, at(0, 1)[1])), tone=Tone.PLAIN)
    yield Label(Number("1"), (at(0, 1)[0] - 0.7, at(0, 1)[1]), 0.6, tone=Tone.MUTED)
    for curve, tone in curves:
        for run in curve.runs(low, high):
            yield Line(tuple(at(x, y) for x, y in run), tone=tone)


@dataclass(frozen=True, slots=True)
class _Curve:
    """A function of which points are drawn wherever it is defined."""

    form: Written

    def point(self, x: float) -> Point | None:
        """Return a point of the curve, or None where there is none."""
        try:
            value = interpret(self.form, {INPUT: Real.of(str(x))})
        except (ValueError, ZeroDivisionError, OverflowError):
            return None
        assert isinstance(value, Real)
        return x, float(value)

    def points(self) -> list[Point]:
        """Return points at the same distance from each other."""
        places = (place / STEPS for place in range(-REACH * STEPS, REACH * STEPS + 1))
        return [point for x in places if (point := self.point(x))]

    def runs(self, low: float, high: float) -> Iterator[list[Point]]:
        """Yield the parts of the curve between two heights that hang together."""
        run: list[Point] = []
        for piece in pairwise(self.points()):
            for start, end in self._unbroken(*piece):
                inside = _clipped(start, end, low, high)
                if run and (inside is None or inside[0] != run[-1]):
                    yield run
                    run = []
                if inside is not None:
                    run = [*(run or inside[:1]), inside[1]]
        if run:
            yield run

    def _unbroken(self, start: Point, end: Point) -> list[tuple[Point, Point]]:
        """Return the way from one point to the next, or the two parts of it where the curve jumps in between."""
        if end[0] - start[0] > 1.5 / STEPS:
            return []
        if abs(end[1] - start[1]) < STEEP:
            return [(start, end)]
        left, right = start, end
        for _ in range(HALVINGS):
            middle = self.point((left[0] + right[0]) / 2)
            if middle is None:
                return []
            left, right = max(((left, middle), (middle, right)), key=lambda half: abs(half[1][1] - half[0][1]))
        if abs(right[1] - left[1]) < abs(end[1] - start[1]) / 2:
            return [(start, end)]
        return [(start, left), (right, end)]


def _clipped(start: Point, end: Point, low: float, high: float) -> tuple[Point, Point] | None:
    """Return the part of a straight line between two heights, if there is any."""
    if max(start[1], end[1]) < low or min(start[1], end[1]) > high:
        return None
    rise = end[1] - start[1]

    def inside(point: Point) -> Point:
        height = min(max(point[1], low), high)
        return point if height == point[1] else (start[0] + (height - start[1]) / rise * (end[0] - start[0]), height)

    return inside(start), inside(end)
