"""Whether a straight line can keep two classes of samples apart: a witness that it cannot."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import combinations

Point = Sequence[Fraction]


def crossing(points: Sequence[Point], classes: Sequence[bool]) -> tuple[int, int, int, int] | None:
    """Return the places of two points of the one class and two of the other that have the same middle, if there are.

    No line, plane or hyperplane separates the classes then: the middle would have to be on both of its sides. The
    opposite does not hold: classes without such points may be inseparable all the same.
    """
    middles: dict[tuple[Fraction, ...], tuple[int, int]] = {}
    for first, second in _pairs(classes, False):
        middles.setdefault(_sum(points[first], points[second]), (first, second))
    for third, fourth in _pairs(classes, True):
        found = middles.get(_sum(points[third], points[fourth]))
        if found is not None:
            return *found, third, fourth
    return None


def _pairs(classes: Sequence[bool], wanted: bool) -> combinations[tuple[int, int]]:
    return combinations([place for place, each in enumerate(classes) if each is wanted], 2)


def _sum(first: Point, second: Point) -> tuple[Fraction, ...]:
    return tuple(a + b for a, b in zip(first, second, strict=True))
