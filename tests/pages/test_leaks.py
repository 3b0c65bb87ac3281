"""No worksheet gives an answer away, in no format and nowhere in its bytes; and the search finds what is planted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from itertools import islice

import mpmath
import pytest

from symback import resources
from symback.formats.table import FORMATS
from tests.oracles.answers import answers, spelled, spellings
from tests.pages.leaking import Leak, Sheets, gradient_formulas, leaks, sheets, sheets_in_parts
from tests.vary.authors import VARIED

ROUND = len(resources.styles()) * len(VARIED)
SEED = 101
SLIDES = next(each for each in sheets(ROUND, SEED) if each.name == f"slides, seed {SEED}, slides")

STEEP = """\
schema: 1
network: {inputs: 1, layers: [{size: 1, activation: sigmoid}]}
parameters: {weights: [[[0.5]]], biases: [[0.25]]}
data: [{inputs: [1.5], targets: [1]}]
loss: squared-error
"""


def planted(text: str) -> list[Leak]:
    """Return what is found when `text` is written at the end of the worksheet, in every format."""
    worksheets = {extension: f"{page}\n{text}\n" for extension, page in SLIDES.worksheets.items()}
    return list(leaks(replace(SLIDES, worksheets=worksheets)))


def swapped(found: Sheets) -> Mapping[str, set[str]]:
    """Return the kinds of leaks that are found if the solution is taken for the worksheet, by format."""
    kinds: dict[str, set[str]] = {extension: set() for extension in FORMATS}
    for leak in leaks(replace(found, worksheets=found.solutions)):
        kinds[leak.format].add(leak.kind)
    return kinds


def test_no_worksheet_gives_an_answer_away():
    assert [leak for each in (*sheets(ROUND), *sheets_in_parts()) for leak in leaks(each)] == []


def test_solutions_are_full_of_answers():
    for each in (*islice(sheets(ROUND, SEED), 0, None, 3), *sheets_in_parts()):
        for extension, kinds in swapped(each).items():
            assert "formula" in kinds, (each.name, extension)
            if not each.name.startswith(("scalar-check", "formula-sheet")):  # numbers as short as the given ones
                assert "answer" in kinds, (each.name, extension)


def by_hand() -> dict[str, mpmath.mpf]:
    """The answers of `STEEP`, worked out here: z = 0.5 × 1.5 + 0.25 = 1."""
    with mpmath.workdps(50):
        y = 1 / (1 + mpmath.exp(-1))
        slope = y * (1 - y)
        delta = 2 * (y - 1) * slope
        return {"y": y, "slope": slope, "loss": (y - 1) ** 2, "w": delta * mpmath.mpf(3) / 2, "b": delta}


@pytest.mark.parametrize("name", by_hand())
def test_answers_are_those_worked_out_by_hand(name: str):
    size = mpmath.nstr(abs(by_hand()[name]), 40)
    assert any(abs(found - Fraction(size)) < Fraction(1, 10**38) for found in answers(STEEP))


SIZE = Fraction("12.3456789")


@pytest.mark.parametrize("written", ["12.3", "12.34", "12.35", "12.345679", "12.3456789", "0.123456789E2", "12,3457"])
def test_a_spelling_of_a_number(written: str):
    assert spelled(written) in set(spellings(SIZE))


@pytest.mark.parametrize("written", ["12", "12.4", "12.36", "1.23", "123", "12.3456788"])
def test_no_spelling_of_a_number(written: str):
    assert spelled(written) not in set(spellings(SIZE))


def test_a_carry_makes_a_digit_more():
    assert {("1", 1), ("999", 0), ("99999", 0)} <= set(spellings(Fraction("9.9999")))


RATIONAL = next(size for size in answers(SLIDES.spec) if 100 <= size.numerator < 10**6)
IRRATIONAL = next(size for size in answers(SLIDES.spec) if size.denominator > 10**30)


@pytest.mark.parametrize("size", [RATIONAL, IRRATIONAL], ids=["rational", "irrational"])
@pytest.mark.parametrize("form", ["{:.3g}", "{:.6g}", "-{:.17g}", "<!-- {:.4e} -->", '{{"loss": "{:.5g}"}}'])
def test_a_planted_number_is_found(size: Fraction, form: str):
    assert {leak.format for leak in planted(form.format(float(size)))} == set(FORMATS)


def test_planted_numbers_of_other_kinds_are_found():
    decimal = f"{float(RATIONAL):.5g}"
    comma = decimal.replace(".", ",")
    power = f"{float(RATIONAL):.4e}".replace("e", r" \times 10^{") + "}"
    quotient = f"{RATIONAL.numerator}/{RATIONAL.denominator}"
    for text in (comma, comma.replace(",", "{,}"), power, quotient):
        assert {leak.format for leak in planted(text)} == set(FORMATS), text


def test_a_number_that_the_author_gives_is_no_leak():
    assert planted("0.75 and 2.0, and 100 points") == []


@pytest.mark.parametrize("extension", FORMATS)
def test_every_planted_formula_is_found(extension: str):
    solution = SLIDES.solutions[extension].partition("Question 1")[2]
    formulas = gradient_formulas(solution)
    assert len(formulas) > 20
    for formula in formulas:
        assert formula in {leak.text for leak in planted(f"% {formula}")}
