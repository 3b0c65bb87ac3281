"""The numbers that are drawn are of the author's kind: as long, as round and about as large."""

from __future__ import annotations

from random import Random

import pytest

from symback.spec.exact import ExactNumber
from symback.vary.grid import Grid


def drawn(*texts: str, fine: bool = False) -> set[str]:
    grid = Grid.of([ExactNumber(text) for text in texts])
    chance = Random(1)
    return {(grid.fine() if fine else grid).draw(chance).text for _ in range(2000)}


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (["0.25", "0.5", "0.75", "1.0"], {"0.25", "0.5", "0.75", "1.0", "1.25"}),
        (["2.0"], {"0.5", "1.0", "1.5", "2.0", "2.5"}),
        (["0.2", "-0.1"], {f"{sign}0.{digit}" for sign in ("", "-") for digit in range(1, 6)}),
        (["1", "-2"], {f"{sign}{digit}" for sign in ("", "-") for digit in range(1, 6)}),
        (["2000", "1500"], {"500", "1000", "1500", "2000", "2500"}),
        (["1", "0.5"], {"1", *(f"0.{digit}" for digit in range(1, 10))}),
        ([], {"1", "2", "3", "4", "5"}),
    ],
)
def test_grids(texts: list[str], expected: set[str]):
    assert drawn(*texts) == expected


def test_a_fine_grid_has_every_decimal():
    assert drawn("0.25", "0.50") == {f"0.{number:02d}" for number in range(5, 51, 5)}
    assert drawn("0.25", "0.50", fine=True) == {f"0.{number:02d}" for number in range(1, 51)}


def test_long_numbers_become_short():
    found = drawn("0.1234", "-0.9876")
    assert all(len(text.partition(".")[2]) == 2 for text in found)
    assert {text.startswith("-") for text in found} == {True, False}


def test_zero_is_never_drawn():
    assert not any(float(text) == 0 for text in drawn("0.01", "-0.01"))


def test_a_row_repeats_nothing_while_there_is_a_choice():
    grid = Grid.of([ExactNumber("0.1"), ExactNumber("-0.9")])
    for seed in range(50):
        row = [number.text for number in grid.row(Random(seed), 6)]
        assert len(set(row)) == 6
    assert len(grid.row(Random(1), 40)) == 40
