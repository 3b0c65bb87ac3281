"""Parts of a line worked out one kind after the other: right for the line before, and right for the first line."""

from __future__ import annotations

import random
import re
from fractions import Fraction

import pytest

import symback
from tests.checker.rounding import MODES, rounded

CARRIES = ("exact", "printed")
SEEDS = 12


def loss_lines(seed: int, rounding: str, carry: str) -> list[list[str]]:
    """Return the numbers on the lines that work out a loss ``(y_1 - t_1)^2 + (y_2 - t_2)^2``."""
    draw = random.Random(seed)
    numbers = [f"{draw.uniform(-2, 2):.{draw.randint(2, 4)}f}" for _ in range(5)]
    digits = draw.choice([{"decimals": draw.randint(1, 4)}, {"significant": draw.randint(2, 6)}])
    page = symback.render(
        symback.load(
            {
                "schema": 1,
                "network": {"inputs": 1, "layers": [{"size": 2, "activation": "x / (1 + x^2)", "bias": False}]},
                "parameters": {"weights": [[[numbers[0]], [numbers[1]]]]},
                "data": [{"inputs": [numbers[2]], "targets": numbers[3:]}],
                "loss": {"kind": "squared-error", "factor": "1"},
                "numbers": {**digits, "rounding": rounding, "carry": carry},
                "style": "slides",
            }
        )
    )
    lines = re.findall(r"\\mathit\{Loss\} &(?:=|\\approx) ([-+(){}^. 0-9]*)(?: \\\\)?\n", page)
    return [re.findall(r"-?\d+(?:\.\d+)?", line.replace("^{2}", "")) for line in lines]


def is_rounded(value: Fraction, digits: str, rounding: str) -> bool:
    return rounded(value, len(digits.partition(".")[2]), rounding) == Fraction(digits)


@pytest.mark.parametrize("carry", CARRIES)
@pytest.mark.parametrize("rounding", MODES)
def test_sums_and_powers_follow_from_the_line_before_and_from_the_first(rounding: str, carry: str):
    seen = 0
    for seed in range(SEEDS):
        lines = loss_lines(seed, rounding, carry)
        if [len(line) for line in lines] != [4, 2, 2, 1]:
            continue
        (y, t, v, u), sums, powers, (loss,) = lines
        gaps = [Fraction(y) - Fraction(t), Fraction(v) - Fraction(u)]
        for gap, part, power in zip(gaps, sums, powers, strict=True):
            assert is_rounded(gap, part, rounding), (seed, lines)
            assert is_rounded(Fraction(part) ** 2, power, rounding), (seed, lines)
            assert is_rounded(gap**2, power, rounding), (seed, lines)
        for terms in ([gap**2 for gap in gaps], [Fraction(part) ** 2 for part in sums], map(Fraction, powers)):
            assert is_rounded(sum(terms, Fraction(0)), loss, rounding), (seed, lines)
        seen += 1
    assert seen > SEEDS / 2
