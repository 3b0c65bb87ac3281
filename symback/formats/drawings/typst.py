"""Drawings in Typst, with nothing but what is built into it; the skeleton defines how each tone looks."""

from __future__ import annotations

import math
from collections.abc import Callable

from symback.document.figures.drawing import Cell, Drawing, Label, Line, Point, Shape, Tone
from symback.written.nodes import Written

GRADIENT_SIGN = "$partial thin$"
LONG, BROAD = 0.5, 0.17
"""Length and half the breadth of the head of an arrow, in ems."""

ROOM = 2.0
"""What a label gets more than its estimated width, in ems, so that it is never broken."""


def typst(drawing: Drawing, maths: Callable[[Written], str]) -> str:
    """Return a box of the size of the drawing; every shape stands at its place in it."""
    shapes = "\n".join(_shape(shape, maths) for shape in drawing.shapes)
    return f"#std.box(width: {drawing.width:.2f}em, height: {drawing.height:.2f}em)[\n{shapes}\n]"


def _shape(shape: Shape, maths: Callable[[Written], str]) -> str:
    if isinstance(shape, Cell):
        half = shape.height / 2
        sides = ("left", "right") if shape.rounded == "both" else (shape.rounded,)
        radius = ", ".join(f"{side}: {half:.2f}em" for side in sides)
        size = f"width: {shape.right - shape.left:.2f}em, height: {shape.height:.2f}em"
        drawn = f"std.rect({size}, radius: ({radius}), ..cell-{shape.tone})"
        return f"#std.place(dx: {shape.left:.2f}em, dy: {shape.y - half:.2f}em, {drawn})"
    if isinstance(shape, Line):
        return _line(shape)
    return _label(shape, maths)


def _line(line: Line) -> str:
    first, *rest = map(_point, line.points)
    steps = "".join(f", std.curve.line({point})" for point in rest)
    drawn = f"#std.place(std.curve(stroke: line-{line.tone}, std.curve.move({first}){steps}))"
    return f"{drawn}\n{_head(*line.points[-2:])}" if line.arrow else drawn


def _head(start: Point, end: Point) -> str:
    """Return the head of an arrow."""
    (left, top), (x, y) = start, end
    length = math.hypot(x - left, y - top)
    along, across = (x - left) / length, (y - top) / length
    corners = [(x - LONG * along - side * across, y - LONG * across + side * along) for side in (BROAD, -BROAD)]
    points = ", ".join(map(_point, (end, *corners)))
    return f"#std.place(std.polygon(fill: std.luma(45%), {points}))"


def _point(point: Point) -> str:
    x, y = point
    return f"({x:.2f}em, {y:.2f}em)"


def _label(label: Label, maths: Callable[[Written], str]) -> str:
    width, height = label.width + ROOM, 1.5
    sign = GRADIENT_SIGN if label.tone is Tone.GRADIENT else ""
    fill = "std.white" if label.backed else "none"
    text = f"#label-{label.tone}({fill})[{sign}{maths(label.text)}]"
    place = f"dx: {label.at[0] - width / 2:.2f}em, dy: {label.at[1] - height / 2:.2f}em"
    size = f"width: {width:.2f}em, height: {height:.2f}em"
    return f"#std.place({place}, std.box({size}, std.align(std.center + std.horizon)[{text}]))"
