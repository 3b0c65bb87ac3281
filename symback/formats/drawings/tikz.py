"""Drawings as TikZ; the skeleton defines how each tone looks."""

from __future__ import annotations

from collections.abc import Callable

from symback.document.figures.drawing import Cell, Drawing, Label, Line, Point, Shape, Tone
from symback.written.nodes import Written

GRADIENT_SIGN = r"$\partial\,$"
"""Stands in front of a gradient, which so differs from a value also where there are no colours."""


def tikz(drawing: Drawing, maths: Callable[[Written], str]) -> str:
    """Return the lines of a picture that is no wider than the page."""
    shapes = "\n".join(_shape(shape, maths) for shape in drawing.shapes)
    return (
        "\\begin{tikzpicture}[x=1em,y=-1em,font=\\small]\n"
        f"\\useasboundingbox (0,0) rectangle {_point((drawing.width, drawing.height))};\n"
        f"{shapes}\n\\end{{tikzpicture}}"
    )


def _shape(shape: Shape, maths: Callable[[Written], str]) -> str:
    if isinstance(shape, Cell):
        return rf"\draw[cell {shape.tone}] {_outline(shape)};"
    if isinstance(shape, Line):
        arrow = ",->" if shape.arrow else ""
        return rf"\draw[line {shape.tone}{arrow}] {' -- '.join(map(_point, shape.points))};"
    return _label(shape, maths)


def _label(label: Label, maths: Callable[[Written], str]) -> str:
    sign = GRADIENT_SIGN if label.tone is Tone.GRADIENT else ""
    backed = ",fill=white" if label.backed else ""
    return rf"\node[label {label.tone}{backed}] at {_point(label.at)} {{{sign}{maths(label.text)}}};"


def _outline(cell: Cell) -> str:
    half = cell.height / 2
    top, bottom = cell.y - half, cell.y + half
    turns_left, turns_right = cell.rounded in ("left", "both"), cell.rounded in ("right", "both")
    left = cell.left + half if turns_left else cell.left
    right = cell.right - half if turns_right else cell.right
    down = f"arc[start angle=-90,end angle=90,radius={half:.2f}]" if turns_right else f"-- {_point((right, bottom))}"
    up = f"arc[start angle=90,end angle=270,radius={half:.2f}]" if turns_left else ""
    corners = f"{_point((left, top))} -- {_point((right, top))} {down} -- {_point((left, bottom))}"
    return f"{corners} {up} -- cycle"


def _point(point: Point) -> str:
    x, y = point
    return f"({x:.2f},{y:.2f})"
