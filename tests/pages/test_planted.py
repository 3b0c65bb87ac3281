"""The link checker notices a single changed digit, wherever it stands on a real page."""

from __future__ import annotations

import random
from collections import Counter

import pytest

import symback
from tests.checker import check_page
from tests.checker.planting import Planted, plant

MOST = 12
"""How many changed pages are checked per page in the tests; `tests/benchmarks/planting.py` checks them all."""

PAGES = [("slides", "slides"), ("scalar-check", "scalar-check"), ("slides", "scalar-check"), ("scalar-check", "slides")]


def found_and_missed(example: str, style: str, most: int | None = None) -> tuple[Counter[str], list[Planted]]:
    """Plant faults on one page, and return how many are noticed by kind of display, and those that are not."""
    spec = symback.load(example)
    carry, rounding = spec.numbers.carry, spec.numbers.rounding
    variants = list(plant(symback.render(spec, style=style), 1, rounding=rounding, carry=carry))
    if most is not None:
        variants = random.Random(1).sample(variants, min(most, len(variants)))
    found: Counter[str] = Counter()
    missed = []
    for variant in variants:
        if check_page(variant.markdown, rounding=rounding, carry=carry).failed:
            found[variant.kind] += 1
        else:
            missed.append(variant)
    return found, missed


@pytest.mark.parametrize(("example", "style"), PAGES)
def test_a_changed_digit_is_noticed(example: str, style: str):
    found, missed = found_and_missed(example, style, MOST)
    assert sum(found.values()) > 0
    assert [(variant.line, variant.kind, variant.old, variant.new) for variant in missed] == []
