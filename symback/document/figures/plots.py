"""Plots of activations and their derivatives, side by side."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import pairwise

from symback.document.figures.drawing import Drawing, Label, Line, Point, Shape, Tone
from symback.rules.activations import INPUT, Activation, derivative_form, function_form
from symback.values.interpret import interpret
from symback.values.real import Real
from symback.written.nodes import Number, Written

WIDTH, HEIGHT, BETWEEN, TITLE, FOOT = 13.0, 8.0, 2.5, 1.6, 1.3
REACH, STEPS = 4, 10
"""A plot goes from ``-REACH`` to ``REACH``, with so many points to the unit."""

LOWEST, HIGHEST = -1.5, 4.0
JUMP = 0.3
"""By how much neighbouring points of a derivative differ where it jumps."""


def plots(functions: Sequence[Activation], titles: Sequence[Written]) -> Drawing:
    """Return a panel for each activation: the function as a line, its derivative as a dashed one."""
    shapes: list[Shape] = []
    for place, (function, title) in enumerate(zip(functions, titles, strict=True)):
        left = place * (WIDTH + BETWEEN)
        shapes += _panel(function, title, left)
    return Drawing(len(functions) * (WIDTH + BETWEEN) - BETWEEN, TITLE + HEIGHT + FOOT, tuple(shapes))


def _panel(function: Activation, title: Written, left: float) -> Iterator[Shape]:
    curves = (
        (function_form(function), Tone.VALUE, math.inf),
        (derivative_form(function), Tone.GRADIENT, JUMP),
    )
    points = [(_points(form), tone, jump) for form, tone, jump in curves]
    heights = [y for found, _, _ in points for _, y in found]
    low, high = min(0.0, *heights), max(1.0, *heights)
    low, high = max(low, LOWEST) - 0.15, min(high, HIGHEST) + 0.15

    def at(x: float, y: float) -> Point:
        return left + (x + REACH) / (2 * REACH) * WIDTH, TITLE + (high - y) / (high - low) * HEIGHT

    yield Label(title, (left + WIDTH / 2, TITLE / 2 - 0.1), WIDTH)
    yield Line((at(-REACH, 0), at(REACH, 0)), tone=Tone.PLAIN, arrow=True)
    yield Line((at(0, low), at(0, high)), tone=Tone.PLAIN, arrow=True)
    for number in (-REACH // 2, REACH // 2):
        yield Line((at(number, 0), (at(number, 0)[0], at(number, 0)[1] - 0.25)), tone=Tone.PLAIN)
        yield Label(Number(str(number)), (at(number, 0)[0], at(number, 0)[1] + 0.75), 1.0, tone=Tone.MUTED)
    yield Line((at(0, 1), (at(0, 1)[0] + 0.25, at(0, 1)[1])), tone=Tone.PLAIN)
    yield Label(Number("1"), (at(0, 1)[0] - 0.7, at(0, 1)[1]), 0.6, tone=Tone.MUTED)
    for found, tone, jump in points:
        for run in _runs([(x, y) for x, y in found if low <= y <= high], jump):
            yield Line(tuple(at(x, y) for x, y in run), tone=tone)


def _points(form: Written) -> list[Point]:
    """Return points of a function, a little beside the whole numbers, where kinks are."""
    found = []
    for place in range(-REACH * STEPS, REACH * STEPS + 1):
        x = Real.of(str(place / STEPS))
        value = interpret(form, {INPUT: x})
        assert isinstance(value, Real)
        found.append((place / STEPS, float(value)))
    return found


def _runs(points: Sequence[Point], jump: float) -> Iterator[list[Point]]:
    """Yield the points without a jump between them."""
    run = list(points[:1])
    for before, point in pairwise(points):
        if abs(point[1] - before[1]) > jump:
            yield run
            run = []
        run.append(point)
    yield run
