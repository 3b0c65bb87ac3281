"""The checker of pages is itself checked: what it reads, what it accepts, and that it finds every planted fault."""

from __future__ import annotations

import ast
import os
from fractions import Fraction
from itertools import islice
from pathlib import Path
from random import Random

import pytest
import yaml
from mpmath import mp

from tests.checker import Report, check_page
from tests.checker.arithmetic import Array, Evaluator, Interval, Slope, Unknown, nothing, real
from tests.checker.composing import scalars, slides
from tests.checker.latex import read
from tests.checker.planting import Planted, plant, sites, skipped
from tests.checker.reading import read_page
from tests.checker.rounding import Known, agree, rounded
from tests.checker.tokens import Unreadable, tokens
from tests.checker.tree import Digits, is_printed, literal
from tests.oracles.examples import IN_PIECES
from tests.slices import FOUNDING

HERE = Path(__file__).parent
PAGES = HERE / "checker" / "pages"
GALLERY = HERE.parent / "output"
EXAMPLES = HERE.parent / "symback" / "examples"

EVERY = int(os.environ.get("SYMBACK_PLANT_EVERY", "29"))
"""Of how many plantable numbers one gets a fault; 1 is the whole page, which takes minutes."""

HAND_MADE = [("notes", "exact"), ("formulas", "exact"), ("matrices", "printed"), ("samples", "printed")]
COMPOSED = [
    pytest.param(compose, mode, printed, id=f"{compose.__name__}-{mode}-{'printed' if printed else 'exact'}")
    for compose in (slides, scalars)
    for mode, printed in [("half-up", True), ("half-up", False), ("half-even", True), ("truncate", True)]
]


def spec_of(page: Path) -> Path:
    """Return the spec of a page of the gallery: ``notes.yaml`` for ``notes.md`` and for ``notes.slides.md``."""
    return EXAMPLES / f"{page.name.partition('.')[0]}.yaml"


GALLERY_PAGES = sorted(
    path for path in GALLERY.glob("*.md") if spec_of(path).exists() and spec_of(path).stem not in IN_PIECES
)


def numbers_of(page: Path) -> tuple[str, str]:
    """Return how a page of the gallery rounds and what it carries, as its spec says."""
    content = yaml.safe_load(spec_of(page).read_text(encoding="utf-8"))
    numbers = content.get("numbers") or {}
    return numbers.get("rounding", "half-up"), numbers.get("carry", "exact")


def check(*displays: str, carry: str = "exact", rounding: str = "half-up") -> Report:
    """Check a page of displays."""
    return check_page("\n\n".join(f"$$\n{display}\n$$" for display in displays), rounding, carry)


def kinds(report: Report) -> list[str]:
    return [verdict.kind for verdict in report.verdicts]


# Reading.


@pytest.mark.parametrize(
    ("latex", "text"),
    [
        (r"w_{j_1 k_1} j_{1\mathrm{out}} + b_o", "((w_j1k1*j_1out)+b_o)"),
        (r"\frac{\partial \mathit{Loss}}{\partial w_{k_1 o}}", "∂Loss/∂w_k1o"),
        (r"\frac{d f(x)}{d x}", "∂f(x)/∂x"),
        (r"\frac{\partial (w x + b)}{\partial w}", "derivative<((w*x)+b);w>"),
        (r"-1 \times 2 \times \frac{1}{2}(o - t)", "(-1*2*(1/2)*(o+-t))"),
        (r"0.25(-0.50474)", "(1/4*-25237/50000)"),
        (r"w'_{21} + w_{21}' + w^{\prime}_{21}", "(w_21'+w_21'+w_21')"),
        (r"w_{11}^{(2)} + W^{(2)T} \delta^{(2)}", r"(w_11^(2)+(W^(2)^T*\delta^(2)))"),
        (r"\hat{y} (1 - \hat{y})", "(hat(y)*(1+-hat(y)))"),
        (r"e^{-6.0} + e_1^{2}", "(exp(-6)+e_1**2)"),
        (r"\sigma'(z) \circ \max(0, z)", "(sigmoid'(z)*max(0,z))"),
        (r"[1.5 \quad 2 \quad 2.5]", "[3/2,2,5/2]"),
        (r"[0.5 -0.3]", "[1/2,-3/10]"),
        (r"\left[ \frac{1}{2} \right]", "(1/2)"),
        (r"\underbrace{2(0.3 - 0.4)}_{= -0.2}", "(2*(3/10+-2/5))"),
        (r"\mathrm{ReLU}\left( \begin{bmatrix} 1 & -2 \\ 3 & 4 \end{bmatrix} \right)", "relu([1,-2;3,4])"),
        (r"\begin{cases} 1 & x > 0 \\ 0 & x \leq 0 \end{cases}", "{1;x > 0;0;x ≤ 0}"),
        (r"\frac{1}{2} \lVert \hat{y} - y \rVert^{2}", "((1/2)*norm((hat(y)+-y))**2)"),
    ],
)
def test_latex_is_read_by_precedence(latex: str, text: str):
    assert read(tokens(latex)).text.replace("; ", ";") == text


@pytest.mark.parametrize(
    "latex", [r"(0.5", r"\frac{1}", r"0.5 0.25", r"\mystery{x}", r"0.5 +", r"\begin{odd}1\end{odd}"]
)
def test_what_cannot_be_read_is_refused(latex: str):
    with pytest.raises(Unreadable):
        read(tokens(latex))


def test_rows_chains_and_scopes_are_joined():
    page = read_page(
        "$$\n\\begin{aligned}\na &= 1 + 2 \\\\\n&= 3 \\\\\na &= 3\n\\end{aligned}\n$$\n\n$$\na = 3\n$$\n\n## Next\n\n$$\na = 3\n$$\n"
    )
    assert [len(chain.sides) for chain in page.chains] == [5, 2]


def test_commas_and_arrows_separate_statements():
    page = read_page("$$\nx = 1, \\quad z = 2 x \\Rightarrow a = z \\text{ with } y = 3\n$$\n")
    assert [chain.sides[0].text for chain in page.chains] == ["x", "z", "a", "y"]


def test_numbers_know_where_they_stand():
    source = "Text\n\n$$\na = -0.25 \\times 4\n$$\n\n| $a$ | 1.50 |\n|---|---|\n| $a$ | 1.50 |\n"
    page = read_page(source)
    found = [source[site.number.start : site.number.end] for site in sites(page)]
    assert found == ["0.25", "4", "1.50"]


# Arithmetic.


def value(latex: str) -> object:
    return Evaluator(nothing, {}).value(read(tokens(latex)))


def test_fractions_stay_exact():
    assert value(r"\frac{(2.0 - 1.200006)^{2} - (2.0 - 1.2)^{2}}{0.000001}") == Fraction("-9.599964")
    assert value(r"\max(0, -1.5) + 0.1 + 0.2") == Fraction("0.3")


def test_matrices_multiply_by_their_signs():
    product = value(r"[1 \quad 2] \times \begin{bmatrix} 0.5 & 1 \\ 3 & 0 \end{bmatrix} + [0.5 \quad 0.5]")
    assert product == Array(((Fraction(7), Fraction("1.5")),))
    entrywise = value(
        r"\begin{bmatrix} 1 & 2 \\ 3 & 4 \end{bmatrix} \circ \begin{bmatrix} 2 & 0 \\ 1 & 1 \end{bmatrix}"
    )
    assert entrywise == Array(((Fraction(2), Fraction(0)), (Fraction(3), Fraction(4))))


CURVES = {
    r"\sin(x)": mp.sin,
    r"\cos(x)": mp.cos,
    r"2^{x}": lambda x: mp.power(2, x),
    r"2^{-x} x": lambda x: mp.power(2, -x) * x,
    r"\sin(x) + \frac{x}{2}": lambda x: mp.sin(x) + x / 2,
}


@pytest.mark.parametrize("latex", CURVES)
def test_curves_have_values_slopes_and_ranges(latex: str):
    curve, tree = CURVES[latex], read(tokens(latex))

    def at(x: object) -> object:
        return Evaluator(lambda key: x if key == "x" else nothing(key), {}).value(tree)

    for point in (Fraction(-13, 5), Fraction(0), Fraction(1, 3), Fraction(9, 2)):
        x = real(point)
        assert abs(real(at(point)) - curve(x)) < 1e-40
        assert abs(real(at(Slope(point, Fraction(1))).slope) - mp.diff(curve, x)) < 1e-15
        for width in (Fraction(1, 100), Fraction(2), Fraction(9)):
            wide = at(Interval(point, point + width))
            inside = [curve(x + real(width) * share / 20) for share in range(21)]
            assert all(real(wide.low) - 1e-40 <= value <= real(wide.high) + 1e-40 for value in inside)
    narrow = at(Interval(Fraction(1, 2), Fraction(51, 100)))
    assert real(narrow.high) - real(narrow.low) < 0.03


def test_shapes_that_do_not_fit_have_no_value():
    with pytest.raises(Unknown):
        value(r"[1, 2, 3]^{T} + [1, 2]^{T}")


@pytest.mark.parametrize(
    ("mode", "text", "decimals", "expected"),
    [
        ("half-up", "0.125", 2, "0.13"),
        ("half-up", "-0.125", 2, "-0.13"),
        ("half-even", "0.125", 2, "0.12"),
        ("half-even", "0.135", 2, "0.14"),
        ("truncate", "-0.129", 2, "-0.12"),
    ],
)
def test_rounding_modes(mode: str, text: str, decimals: int, expected: str):
    assert rounded(Fraction(text), decimals, mode) == Fraction(expected)


def known(text: str, exact: bool = False) -> Known:
    digits = literal(read(tokens(text)))
    assert digits is not None
    return Known(digits.value, Digits(digits.value, digits.decimals), exact, -1)


def test_exact_values_may_show_more_digits_and_printed_ones_may_not():
    assert agree(known("0.9975"), known("0.99753"), "exact", "half-up")
    assert not agree(known("0.9975"), known("0.99753"), "printed", "half-up")
    assert not agree(known("0.9975"), known("0.9985"), "exact", "half-up")
    assert not agree(known("1.5", exact=True), known("1.53"), "exact", "half-up")


# Judging.


@pytest.mark.parametrize(
    "display",
    [
        r"z = 0.5 \times 3.0 + 0.25 = 1.75",
        r"a = \frac{1}{1 + e^{-6.0}} = 0.9975",
        r"a = \frac{1}{1 + e^{-6.0}} \approx 0.99752738",
        r"[o] = [0.9975 \quad 0.9933] \times \begin{bmatrix} 1.0 \\ 0.5 \end{bmatrix} + [1.0] = [1.494] + [1.0] = [2.494]",
        r"L = \frac{1}{2}(2.494 - 3.0)^{2} = \frac{1}{2}(-0.506)^{2} = \frac{1}{2}(0.256) = 0.128",
        r"z = \mathrm{ReLU}(\begin{bmatrix} 1.5 & -2.0 \end{bmatrix}) = \begin{bmatrix} 1.5 & 0 \end{bmatrix}",
        r"g = \begin{cases} 1 & 1.5 > 0 \\ 0 & 1.5 \leq 0 \end{cases} = 1",
        r"w \leftarrow w - \eta g = 1.0 - 0.25(-0.50474) = 1.126185",
        r"z = 1.5 > 0",
        r"-9.599964 \approx -9.6",
        r"s = 1.2 \times 10^{-4} \cdot 2 = 2.4 \times 10^{-4}",
        r"d = \underbrace{0.6 - 1.0}_{-0.4} \cdot 2 = -0.8",
        r"o = 2^{-1.998} - 1 = 2^{-1.998} - 1 \approx -0.7497",
        r"o = -0.5 \cdot \cos(-0.5) + \sin(1.25) \approx 0.5102",
    ],
)
def test_links_that_hold(display: str):
    report = check(display)
    assert not report.failed, report
    assert not report.with_number_unjudged, report
    assert report.judged


@pytest.mark.parametrize(
    "display",
    [
        r"z = 0.5 \times 3.0 + 0.25 = 1.76",
        r"a = \frac{1}{1 + e^{-6.0}} = 0.9976",
        r"[o] = [0.9975 \quad 0.9933] \times \begin{bmatrix} 1.0 \\ 0.5 \end{bmatrix} + [1.0] = [1.495] + [1.0] = [2.494]",
        r"L = \frac{1}{2}(2.494 - 3.0)^{2} = \frac{1}{2}(-0.506)^{2} = \frac{1}{2}(0.257) = 0.128",
        r"z = \mathrm{ReLU}(\begin{bmatrix} 1.5 & -2.0 \end{bmatrix}) = \begin{bmatrix} 1.5 & 2.0 \end{bmatrix}",
        r"z = \begin{bmatrix} 1.5 & -2.0 \end{bmatrix} + \begin{bmatrix} 1 \\ 1 \\ 1 \end{bmatrix} = \begin{bmatrix} 2.5 & -1 \end{bmatrix}",
        r"g = \begin{cases} 1 & 1.5 > 0 \\ 0 & 1.5 \leq 0 \end{cases} = 0",
        r"w \leftarrow w - \eta g = 1.0 - 0.25(-0.50474) = 1.127185",
        r"z = -1.5 > 0",
        r"-9.599964 \approx -9.7",
        r"1.5 = 1.6",
        r"d = \underbrace{0.6 - 1.0}_{-0.5} \cdot 2 = -0.8",
        r"o = 2^{-1.998} - 1 \approx -0.7496",
        r"o = -0.5 \cdot \cos(-0.5) + \sin(1.25) \approx 0.5103",
        r"d = 0.5 \times (3.0 = 1.5",
    ],
)
def test_links_that_fail(display: str):
    report = check(display, r"x = 1")
    assert report.failed or report.with_number_unjudged, report
    assert report.failed, report


def test_rounding_is_that_of_the_page():
    display = r"a = 0.5 \times 0.25 = 0.12"
    assert check(display).failed
    assert not check(display, rounding="half-even").failed
    assert not check(display, rounding="truncate").failed


def test_a_chain_goes_on_in_the_next_display_with_the_same_left_side():
    first = r"[o] = [0.5 \quad 2.0] \times \begin{bmatrix} 3.0 \\ 0.5 \end{bmatrix} + [1.0]"
    assert not check(first, r"[o] = [2.5] + [1.0]", r"[o] = [3.5]").failed
    assert check(first, r"[o] = [2.4] + [1.0]", r"[o] = [3.5]").failed


def test_numbers_stand_for_the_names_of_the_formula():
    given = r"w = 0.5, \quad x = 3.0, \quad b = 0"
    assert not check(given, r"z = w x + b = 0.5 \times 3.0 + 0 = 1.5").failed
    assert not check(given, r"z = w x + b = 3.0 \times 0.5 + 0 = 1.5").failed  # the same factors in another order
    report = check(given, r"z = w x + b = 0.6 \times 2.5 + 0 = 1.5")
    assert any("w is 0.6 here, but 0.5 elsewhere" in verdict.reason for verdict in report.failed)


def test_factors_may_be_written_out_in_the_place_of_a_name():
    displays = [
        r"\frac{\partial e}{\partial o} = 2.0 * 0.8 * (-1)",
        r"\frac{\partial o}{\partial a} = 2.0",
        r"\frac{\partial e}{\partial a} = \frac{\partial e}{\partial o} * \frac{\partial o}{\partial a} = 2.0 * 0.8 * (-1) * 2.0 = -3.2",
    ]
    assert not check(*displays).failed
    assert check(*displays[:2], displays[2].replace("0.8", "0.4").replace("2.0 = ", "4.0 = ")).failed


def test_two_values_of_one_name_contradict_each_other():
    report = check(r"w = 0.5", r"v = 1", r"w = 0.6")
    assert [verdict.line for verdict in report.contradictions] == [10]


def test_new_values_are_other_quantities():
    assert not check(r"w = 0.5", r"w' = 0.6", r"w^{+} = 0.7", r"w \leftarrow 0.8").failed


def test_entries_of_a_matrix_are_the_quantities_that_name_them():
    matrix = r"W = \begin{bmatrix} w_1 & w_2 \end{bmatrix} = \begin{bmatrix} 0.5 & 0.25 \end{bmatrix}"
    assert not check(matrix, r"v = 1", r"w_2 = 0.25").failed
    assert check(matrix, r"v = 1", r"w_2 = 0.35").contradictions
    assert check(matrix, r"v = 1", r"W = \begin{bmatrix} 0.5 & 0.35 \end{bmatrix}").contradictions


SHIFT = [
    r"a = w * h = 0.2 * 3.0 = 0.6",
    r"o = 2.0 * a = 2.0 * 0.6 = 1.2",
    r"\frac{\partial e}{\partial w} = -9.6",
    r"a = (w + 0.000001) * h = (0.2 + 0.000001) * 3.0 = 0.600003",
    r"o = 2.0 * a = 2.0 * 0.600003 = 1.200006",
    r"\frac{(2.0 - 1.200006)^{2} - (2.0 - 1.2)^{2}}{0.000001} = -9.599964 \approx -9.6",
]


def test_a_difference_check_has_values_of_its_own_until_its_quotient():
    assert not check(*SHIFT).failed
    assert check(*SHIFT, r"b = 1", r"o = 1.200006").contradictions
    assert not check(*SHIFT, r"b = 1", r"o = 1.2").failed


@pytest.mark.parametrize(
    ("old", "new"),
    [("0.600003$", "0.600004"), ("2.0 * 0.600003", "2.0 * 0.600004"), ("-9.6$", "-9.7"), ("}{0.000001", "}{0.000002")],
)
def test_a_difference_check_with_another_digit_fails(old: str, new: str):
    displays = [display + "$" for display in SHIFT]
    changed = [display.replace(old, new).removesuffix("$") for display in displays]
    assert changed != SHIFT
    assert check(*changed).failed


STEEP = [
    r"w = 0.2, \quad t = 0.19999",
    r"o = w * 1 = 0.2 * 1 = 0.2",
    r"e = 500 * (o - t)^{2} = 500 * (0.2 - 0.19999)^{2} = 0.00000005",
    r"\frac{\partial e}{\partial w} = 1000 * (o - t) = 1000 * (0.2 - 0.19999) = 0.01",
    r"o = (w + 0.000001) * 1 = (0.2 + 0.000001) * 1 = 0.200001",
    r"\frac{500 * (0.200001 - 0.19999)^{2} - 500 * (0.2 - 0.19999)^{2}}{0.000001} = 0.0105 \approx 0.01",
]
"""A small gradient where the curve is steep: within the step the slope goes from 0.01 to 0.011."""


def test_a_quotient_lies_among_the_slopes_within_its_step():
    assert not check(*STEEP).failed


@pytest.mark.parametrize(
    ("operand", "quotient", "derivative"),
    [
        ("0.200001", "0.0106", "0.01"),  # does not follow from the operands
        ("0.2000015", "0.016125", "0.01"),  # follows, but from another step
        ("0.200001", "0.0105", "0.02"),  # another derivative than that of the page
        ("0.200001", "0.0105", "0.011"),  # the slope at the end of the step
    ],
)
def test_a_quotient_elsewhere_fails(operand: str, quotient: str, derivative: str):
    above = STEEP[-1].replace("(0.200001", f"({operand}")
    changed = above.replace("0.0105", quotient).replace(r"\approx 0.01", rf"\approx {derivative}")
    assert changed != STEEP[-1]
    assert check(*STEEP[:-1], changed).failed


def test_functions_by_letter_have_the_slopes_that_stand_below_them():
    first = [r"y = x", r"\frac{\partial y}{\partial x} = 1"]
    second = [r"y = 2.5 x - \cos(x)", r"\frac{\partial y}{\partial x} = 2.5 + \sin(x)"]
    third = [r"y = \frac{1}{1 + e^{-x}}", r"\frac{\partial y}{\partial x} = y (1 - y)"]
    report = check(*first, *second, *third)
    assert not report.failed
    assert report.held == 3
    assert check(*first, second[0], r"\frac{\partial y}{\partial x} = 2.4 + \sin(x)", *third).failed
    assert check(*first, r"y = 2.4 x - \cos(x)", second[1], *third).failed
    assert check(r"y = x", r"\frac{\partial y}{\partial x} = 2", *second, *third).failed


def test_a_stated_value_stands_whatever_its_formula_gives():
    displays = [
        r"w = 0.5, \quad t = 1.0, \quad h = 2.0",
        r"z = w h + v u",
        r"z := -0.85",
        r"a = \frac{1}{1 + e^{-z}} = \frac{1}{1 + e^{-(-0.85)}} \approx 0.30",
        r"L = (a - t)^{2} \approx (0.30 - 1.0)^{2} \approx 0.49",
    ]
    gradient = r"\frac{\partial L}{\partial h} \approx "
    assert not check(*displays, gradient + "-0.1470").failed
    assert check(*displays, gradient + "-0.1471").failed


def test_the_cell_of_a_table_holds_its_mathematics():
    page = (
        "| Neuron | Pre-activation $p$ | Activation $z$ | Activation function $g$ |\n| --- | --- | --- | --- |\n"
        r"| $n_1$ | $2.5$ | $2.5$ | $\begin{cases} p & p > 0 \\ e^{p} - 1 & p \leq 0 \end{cases}$ |"
    )
    assert not check_page(page).failed
    assert check_page(page.replace("| $2.5$ | $2.5$ |", "| $2.5$ | $2.8$ |")).failed
    assert check_page(page.replace(r"\\ e", "\\\\\ne")).unreadable


def test_every_relation_gets_one_verdict():
    report = check(r"f(x) = 2 x", r"w = 0.5", r"z = w x", r"z = w x = 0.5 \cdot 4 = 2", r"i = 1, \dots, n")
    assert kinds(report) == ["definition", "definition", "symbolic", "symbolic", "holds", "holds", "definition"]


def test_nothing_unreadable_is_skipped():
    report = check_page("$$\na = (1 + 2\n$$\n\n$$\nb = 3\n$$\n\n$= 4$ and $c = 5$ and $ left\n")
    assert len(report.unreadable) == 3
    assert len(report.failed) == 3


def test_what_cannot_be_judged_is_listed():
    report = check(r"q = 1", r"v = 2", r"p + 0.5 = 3.5")
    assert [verdict.line for verdict in report.with_number_unjudged] == [10]
    assert report.share_judged < 1


def test_values_without_working_follow_from_the_formulas():
    displays = [
        r"w = 0.5, \quad x = 3.0, \quad t = 1.0",
        r"z = w x = 0.5 \cdot 3.0 = 1.5",
        r"L = \frac{1}{2}(z - t)^{2} = \frac{1}{2}(1.5 - 1.0)^{2} = 0.125",
        r"\frac{\partial L}{\partial z} = z - t = 1.5 - 1.0 = 0.5",
    ]
    for carry in ("exact", "printed"):
        assert not check(*displays, r"\frac{\partial L}{\partial w} = 1.5", carry=carry).failed
        assert check(*displays, r"\frac{\partial L}{\partial w} = 1.6", carry=carry).failed


def test_options_are_checked():
    with pytest.raises(ValueError, match="unknown"):
        check_page("", rounding="up")
    with pytest.raises(ValueError, match="unknown"):
        check_page("", carry="rounded")


# Pages.


@pytest.mark.parametrize(("compose", "mode", "printed"), COMPOSED)
def test_composed_pages_hold(compose, mode: str, printed: bool):
    report = check_page(compose(mode, printed), mode, "printed" if printed else "exact")
    assert not report.failed, report
    assert not report.unbound_cells, report
    assert report.share_judged >= 0.99, report
    assert report.judged > 70
    assert report.substitutions > 70


@pytest.mark.parametrize(("name", "carry"), HAND_MADE)
def test_hand_made_pages_hold(name: str, carry: str):
    report = check_page((PAGES / f"{name}.md").read_text(encoding="utf-8"), carry=carry)
    assert not report.failed, report
    assert report.share_judged >= 0.99, report


def test_the_wrong_page_is_wrong_on_every_line():
    source = (PAGES / "wrong.md").read_text(encoding="utf-8")
    report = check_page(source)
    lines = source.splitlines()
    wrong = {verdict.line for verdict in report.failed}
    starts = [number for number, line in enumerate(lines, 1) if line == "$$"]
    displays = list(zip(starts[::2], starts[1::2], strict=True))
    untouched = [(start, end) for start, end in displays if not any(start < line <= end for line in wrong)]
    assert [lines[start] for start, _ in untouched] == [lines[displays[0][0]]]


@pytest.mark.parametrize("page", GALLERY_PAGES, ids=lambda page: page.stem)
def test_gallery_pages_hold(page: Path):
    rounding, carry = numbers_of(page)
    report = check_page(page.read_text(encoding="utf-8"), rounding, carry)
    assert not report.failed, report
    assert report.share_judged >= 0.99, report


# Planted faults.


def missed(source: str, rounding: str, carry: str, seed: int, every: int) -> list[Planted]:
    """Return the planted faults that the checker does not find, of a sample from all over the page."""
    variants = islice(plant(source, seed, rounding, carry), Random(seed).randrange(every), None, every)
    return [each for each in variants if not check_page(each.markdown, rounding, carry).failed]


@pytest.mark.parametrize(("compose", "mode", "printed"), COMPOSED)
def test_planted_faults_are_found_on_composed_pages(compose, mode: str, printed: bool):
    found = missed(compose(mode, printed), mode, "printed" if printed else "exact", seed=len(mode), every=EVERY)
    assert not found, [(each.line, each.kind, each.old, each.new) for each in found]


@pytest.mark.parametrize(("name", "carry"), HAND_MADE)
def test_planted_faults_are_found_on_hand_made_pages(name: str, carry: str):
    found = missed((PAGES / f"{name}.md").read_text(encoding="utf-8"), "half-up", carry, seed=1, every=min(EVERY, 3))
    assert not found, [(each.line, each.kind, each.old, each.new) for each in found]


@pytest.mark.parametrize("page", [each for each in GALLERY_PAGES if each.stem in FOUNDING], ids=lambda page: page.stem)
def test_planted_faults_are_found_in_the_gallery(page: Path):
    found = missed(page.read_text(encoding="utf-8"), *numbers_of(page), seed=len(page.stem), every=EVERY)
    assert not found, [(each.line, each.kind, each.old, each.new) for each in found]


def test_faults_are_planted_on_every_kind_of_line():
    kinds_found = {each.kind for compose in (slides, scalars) for each in plant(compose(), 0, carry="exact")}
    wanted = {"chain", "vector", "matrix", "update", "shifted line", "difference quotient", "table"}
    assert kinds_found >= wanted - {"vector", "matrix", "update", "table"}
    kinds_found |= {each.kind for each in plant(slides(), 0, carry="printed")}
    assert kinds_found >= wanted


def test_a_fault_changes_one_digit():
    source = slides()
    for each in islice(plant(source, 3, carry="printed"), 40):
        different = [place for place, (a, b) in enumerate(zip(source, each.markdown, strict=True)) if a != b]
        assert len(different) == 1
        assert source[different[0]].isdigit()
        assert each.markdown[different[0]].isdigit()


def test_planting_depends_on_its_seed_only():
    source = scalars()
    first, again, other = (list(islice(plant(source, seed), 20)) for seed in (1, 1, 2))
    assert first == again
    assert first != other


@pytest.mark.parametrize(("compose", "mode", "printed"), COMPOSED)
def test_hardly_a_number_is_left_out(compose, mode: str, printed: bool):
    source = compose(mode, printed)
    left_out = skipped(source, mode, "printed" if printed else "exact")
    assert len(left_out) <= 0.05 * len(list(sites(read_page(source))))
    assert {digits for _, digits in left_out} <= {"2.0"}  # the factor in the general formulas of the activation


def test_a_given_number_that_stands_alone_is_left_out():
    assert skipped("$$\nw = 0.5\n$$\n") == [(2, "0.5")]
    assert skipped("$$\nw = 0.5\n$$\n\n$$\nv = w + 1 = 0.5 + 1 = 1.5\n$$\n") == []


# Independence.


def test_the_checker_shares_no_code_with_the_package():
    for path in sorted((HERE / "checker").glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            assert not any(name.split(".")[0] in ("symback", "sympy", "flint", "numpy") for name in names), path


def test_numbers_of_a_table_are_read():
    page = read_page("| $w$ | a |\n|---|---|\n| $w$ | -0.50 |\n")
    (table,) = page.items
    assert is_printed(table.rows[0][1].node)
