"""Plots show the functions that they say: read back from the drawing, their points are those of an independent table."""

from __future__ import annotations

from itertools import pairwise

import mpmath
import pytest

from symback.document.figures.drawing import Drawing, Line, Tone
from symback.document.figures.plots import plots
from symback.rules.activations import ACTIVATIONS, Activation
from symback.written.nodes import Symbol
from tests.oracles.functions import DECIMAL, NAMED, Function

Curve = list[tuple[float, float]]

CLOSE = 1e-6
BESIDE = 0.12
"""So far from a jump of the derivative nothing is compared."""

ALONE = [name for name, row in ACTIVATIONS.items() if not row.is_joint]
"""Activations of one number; one of several has no curve."""

OWN = {
    "ln(x)": Function(lambda x, m: m.log(x)),
    "sqrt(x)": Function(lambda x, m: m.sqrt(x)),
    "1/x": Function(lambda x, m: 1 / x),
    "x^3 - x": Function(lambda x, m: x**3 - x),
    "1000*x": Function(lambda x, m: 1000 * x),
    "ln(x^2)": Function(lambda x, m: m.log(x * x)),
}
"""Activations that are not defined everywhere, jump, or leave the plot."""


def drawn(function: str) -> Drawing:
    row = ACTIVATIONS.get(function) or Activation("own", "own", function)
    return plots([row], [Symbol("f")])


def curves(drawing: Drawing, tone: Tone) -> list[Curve]:
    """Return the curves of a plot in the units of its axes, which its own lines and marks give."""
    across, up = (line for line in drawing.shapes if isinstance(line, Line) and line.arrow)
    marks = [line for line in drawing.shapes if isinstance(line, Line) and line.tone is Tone.PLAIN and not line.arrow]
    one = next(line for line in marks if line.points[0][1] == line.points[1][1])
    left, right = (x for x, _ in across.points)
    zero, unit = across.points[0][1], across.points[0][1] - one.points[0][1]
    assert up.points[0][0] == pytest.approx((left + right) / 2)
    return [
        [((x - left) / (right - left) * 8 - 4, (zero - y) / unit) for x, y in line.points]
        for line in drawing.shapes
        if isinstance(line, Line) and line.tone is tone
    ]


@pytest.mark.parametrize("name", [*ALONE, *OWN])
def test_a_curve_is_that_of_its_function(name: str):
    function = OWN.get(name) or NAMED[name]
    found = [point for run in curves(drawn(name), Tone.VALUE) for point in run]
    inside = [(x, y) for x, y in found if -1.6 < y < 4.1]
    assert len(inside) > 15 or name == "1000*x"
    for x, y in inside:
        assert y == pytest.approx(float(function(mpmath.mpf(x), DECIMAL)), abs=CLOSE)


@pytest.mark.parametrize("name", ALONE)
def test_a_dashed_curve_is_that_of_the_derivative(name: str):
    function = NAMED[name]
    compared = 0
    for run in curves(drawn(name), Tone.GRADIENT):
        for x, y in run:
            if all(abs(x - float(kink)) > BESIDE for kink in function.kinks) and abs(x) < 3.95 and -1.6 < y < 4.1:
                slope = mpmath.diff(lambda at: function(at, DECIMAL), mpmath.mpf(x))
                assert y == pytest.approx(float(slope), abs=CLOSE)
                compared += 1
    assert compared > 60


@pytest.mark.parametrize("name", [*ALONE, *OWN])
def test_no_line_leads_across_a_jump_or_a_gap_or_out_of_the_plot(name: str):
    drawing = drawn(name)
    for tone in (Tone.VALUE, Tone.GRADIENT):
        for run in curves(drawing, tone):
            assert len(run) > 1
            for (x, y), (following, other) in pairwise(run):
                assert 0 <= following - x < 0.11
                assert abs(other - y) < 1.3 or name == "1000*x"
    for shape in drawing.shapes:
        if isinstance(shape, Line):
            assert all(-0.5 <= x <= drawing.width + 0.5 and 0 <= y <= drawing.height for x, y in shape.points)


def test_the_derivative_of_relu_jumps_where_its_kink_is():
    before, after = curves(drawn("relu"), Tone.GRADIENT)
    assert [y for _, y in before] == pytest.approx([0] * len(before), abs=CLOSE)
    assert [y for _, y in after] == pytest.approx([1] * len(after), abs=CLOSE)
    assert before[-1][0] == pytest.approx(0, abs=0.001)
    assert after[0][0] == pytest.approx(0, abs=0.001)
