"""Drawings as SVG; colours and line widths are the page's, by the tone of each shape."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from itertools import groupby

from symback.document.figures.drawing import Cell, Drawing, Label, Line, Shape
from symback.written.markup import element
from symback.written.nodes import Written

EM = 16.0
"""Units of the drawing to an em."""

ROOM = 1.5
"""What a label gets more than its estimated width, in ems: nothing is cut off where the estimate is too small."""

LABEL_HEIGHT = 1.5

REACH = 8
"""How far above a map what can be chosen reaches, in units."""

Maths = Callable[[Written], str]
Spoken = Mapping[str, str]


def picture(drawing: Drawing, maths: Maths, description: str) -> str:
    """Return a drawing to look at."""
    content = "".join(_shape(shape, maths) for shape in drawing.shapes)
    return _svg(drawing, content, role="img", aria_label=description)


def map_of_links(drawing: Drawing, maths: Maths, description: str, spoken: Spoken, prefix: str = "") -> str:
    """Return a drawing in which every quantity is a link to the part of the page about it, whose id has the `prefix`.

    Lines come first, so that no label lies under one; a line with a label is a link only for the pointer.
    """
    lines = [shape for shape in drawing.shapes if isinstance(shape, Line)]
    rest = [shape for shape in drawing.shapes if not isinstance(shape, Line)]
    labelled = {shape.of for shape in rest}
    content = [
        _linked(line.of, [line], maths, spoken, prefix, hidden=line.of in labelled) if line.of else _shape(line, maths)
        for line in lines
    ]
    in_order = sorted(rest, key=lambda shape: list(spoken).index(shape.of))
    content += [_linked(of, group, maths, spoken, prefix) for of, group in groupby(in_order, lambda shape: shape.of)]
    return _svg(drawing, "".join(content), role="group", aria_label=description, above=REACH)


def _svg(drawing: Drawing, content: str, role: str, aria_label: str, above: float = 0.0) -> str:
    width, height = drawing.width * EM, drawing.height * EM + above
    return element(
        "svg",
        content,
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 {0 - above:.0f} {width:.0f} {height:.0f}",
        width=round(width),
        height=round(height),
        style=f"--width: {width:.0f}px",
        role=role,
        aria_label=aria_label,
    )


def _linked(of: str, shapes: Iterable[Shape], maths: Maths, spoken: Spoken, prefix: str, hidden: bool = False) -> str:
    content = "".join(_shape(shape, maths) for shape in shapes)
    away = {"tabindex": "-1", "aria_hidden": "true"} if hidden else {"aria_label": spoken[of]}
    return element("a", content, href=f"#{prefix}{of}", data_of=of, **away)


def _shape(shape: Shape, maths: Maths) -> str:
    if isinstance(shape, Cell):
        return element("path", d=_outline(shape), class_=f"cell {shape.tone}", data_cell=shape.of or None)
    if isinstance(shape, Line):
        return _line(shape)
    return _label(shape, maths)


def _line(line: Line) -> str:
    points = " ".join(f"{x * EM:.1f},{y * EM:.1f}" for x, y in line.points)
    visible = element(
        "polyline",
        points=points,
        class_=f"line {line.tone}",
        data_start=line.ends[0] or None,
        data_end=line.ends[1] or None,
        marker_end="url(#arrow)" if line.arrow else None,
    )
    return (element("polyline", points=points, class_="reach") if line.of else "") + visible


def _label(label: Label, maths: Maths) -> str:
    width, height = label.width + ROOM, LABEL_HEIGHT
    box = element("span", maths(label.text), class_=f"label {label.tone}{' backed' if label.backed else ''}")
    return element(
        "foreignObject",
        element("div", box),
        x=(label.at[0] - width / 2) * EM,
        y=(label.at[1] - height / 2) * EM,
        width=width * EM,
        height=height * EM,
    )


def _outline(cell: Cell) -> str:
    """Return the outline of a cell as a path, with half circles on its rounded sides."""
    left, right, half = cell.left * EM, cell.right * EM, cell.height * EM / 2
    top, bottom = cell.y * EM - half, cell.y * EM + half
    turns_left, turns_right = cell.rounded in ("left", "both"), cell.rounded in ("right", "both")
    inner_left = left + half if turns_left else left
    inner_right = right - half if turns_right else right
    arc = f"A{half:.1f} {half:.1f} 0 0 1"
    down = f"{arc} {inner_right:.1f} {bottom:.1f}" if turns_right else f"L{right:.1f} {bottom:.1f}"
    up = f"{arc} {inner_left:.1f} {top:.1f}" if turns_left else f"L{left:.1f} {top:.1f}"
    return f"M{inner_left:.1f} {top:.1f}L{inner_right:.1f} {top:.1f}{down}L{inner_left:.1f} {bottom:.1f}{up}Z"
