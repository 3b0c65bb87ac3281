"""The drawings of networks and of equations: what stands beneath each quantity is true of it."""

from __future__ import annotations

from itertools import combinations, pairwise
from math import dist

import pytest

import symback
from symback import resources
from symback.document.compose import page_of
from symback.document.figures.drawing import Cell, Label, Line, Point, Tone
from symback.document.figures.network import draw, is_drawn
from symback.document.page import Page
from symback.resources import BUILT_IN
from symback.written.nodes import Partial, Valued
from tests.oracles.examples import IN_PIECES

HIGH = 1.0
"""Height of a text, in ems."""

PASSED = 0.15
"""How near a way comes, in ems, to what it seems to be the way of."""


def page(name: str) -> Page:
    return page_of(symback.load(name), "", "", BUILT_IN)


@pytest.mark.parametrize("name", [name for name in resources.examples() if name not in IN_PIECES])
def test_gradients_stand_at_what_they_are_by_and_none_at_the_end(name: str):
    found = page(name)
    assert is_drawn(found)
    labels = [label for label in draw(found, "gradients").shapes if isinstance(label, Label)]
    gradients = [label for label in labels if label.tone is Tone.GRADIENT]
    assert gradients
    assert found.graph.root in {label.of for label in labels}
    for label in gradients:
        assert label.of != found.graph.root, "how fast something changes with itself says nothing"
        assert isinstance(label.text, Valued)
        assert label.text.body == Partial(found.graph.root, label.of)


@pytest.mark.parametrize("name", [name for name in resources.examples() if name not in IN_PIECES])
def test_a_way_leads_on_from_every_box(name: str):
    found = page(name)
    shapes = draw(found, "names").shapes
    starts = {line.ends[0] for line in shapes if isinstance(line, Line)}
    alone = {shape.of for shape in shapes if isinstance(shape, Cell) and shape.rounded == "both"}
    assert alone - starts == {found.graph.root} & alone


@pytest.mark.parametrize("name", [name for name in resources.examples() if name not in IN_PIECES])
def test_no_text_stands_on_another_one_or_on_a_box(name: str):
    shapes = draw(page(name), "gradients").shapes
    labels = [shape for shape in shapes if isinstance(shape, Label)]
    texts = [(label, *label.at, label.width, HIGH) for label in labels]
    boxes = [
        (cell, (cell.left + cell.right) / 2, cell.y, cell.right - cell.left, cell.height)
        for cell in shapes
        if isinstance(cell, Cell)
    ]
    on_each_other = [
        (one.of, other.of)
        for (one, x, y, width, height), (other, u, v, wide, high) in [
            *combinations(texts, 2),
            *((text, box) for text in texts for box in boxes if text[0].of != box[0].of),
        ]
        if 2 * abs(x - u) < width + wide and 2 * abs(y - v) < height + high
    ]
    assert on_each_other == []


@pytest.mark.parametrize("show", ["names", "gradients"])
@pytest.mark.parametrize("name", [name for name in resources.examples() if name not in IN_PIECES])
def test_no_other_way_passes_the_middle_of_a_label(name: str, show: str):
    shapes = draw(page(name), show).shapes
    lines = [shape for shape in shapes if isinstance(shape, Line)]
    heights: dict[str, list[Point]] = {}
    for label in shapes:
        if isinstance(label, Label) and label.backed:
            heights.setdefault(label.of, []).append(label.at)
    passed = [
        (of, line.ends)
        for of, places in heights.items()
        for line in lines
        if line.of != of
        for start, end in pairwise(line.points)
        if distance((places[0][0], sum(y for _, y in places) / len(places)), start, end) < PASSED
    ]
    assert passed == []


def distance(at: Point, start: Point, end: Point) -> float:
    """Return how far a point is from a straight line between two others."""
    along = [b - a for a, b in zip(start, end, strict=True)]
    part = sum((p - a) * d for p, a, d in zip(at, start, along, strict=True)) / sum(d * d for d in along)
    return dist(at, [a + min(1.0, max(0.0, part)) * d for a, d in zip(start, along, strict=True)])
