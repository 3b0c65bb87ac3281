"""Drawings: a closed list of shapes at fixed places, which every format can draw.

Lengths are in ems, x to the right and y down. A shape says of which quantity it is, so that a page on the screen can be
asked about it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from symback.written.nodes import Written

Point = tuple[float, float]


class Tone(StrEnum):
    """What a shape is to the reader; a format gives each its colour, and something that shows without colour too."""

    PLAIN = "plain"
    MUTED = "muted"
    VALUE = "value"
    GRADIENT = "gradient"
    PATH = "path"


@dataclass(frozen=True, slots=True)
class Cell:
    """A box for one quantity, rounded on the sides ``left``, ``right`` or ``both``."""

    left: float
    right: float
    y: float
    height: float
    rounded: str = "both"
    of: str = ""
    tone: Tone = Tone.PLAIN


@dataclass(frozen=True, slots=True)
class Line:
    """A line that leads from one quantity to another, and belongs to what it is multiplied by on its way."""

    points: tuple[Point, ...]
    ends: tuple[str, str] = ("", "")
    of: str = ""
    tone: Tone = Tone.PLAIN
    arrow: bool = False


@dataclass(frozen=True, slots=True)
class Label:
    """Mathematics around a point; a `backed` one covers what lies behind it."""

    text: Written
    at: Point
    width: float
    of: str = ""
    tone: Tone = Tone.PLAIN
    backed: bool = False


Shape = Cell | Line | Label


@dataclass(frozen=True, slots=True)
class Drawing:
    """Shapes in the order in which they are painted, in a frame of this size."""

    width: float
    height: float
    shapes: tuple[Shape, ...]
