"""Every link of every chain on a page holds, says a checker that reads the page and nothing else."""

from __future__ import annotations

import pytest

import symback
from symback import resources
from tests.checker import check_page
from tests.oracles.examples import IN_PIECES
from tests.pages.following import CARRIES, random_pages

LEAST_JUDGED = 0.99
"""The share of relations with a number that the checker must judge, over all pages together."""


@pytest.mark.parametrize("carry", CARRIES)
@pytest.mark.parametrize("style", resources.styles())
@pytest.mark.parametrize("example", [name for name in resources.examples() if name not in IN_PIECES])
def test_every_link_holds(example: str, style: str, carry: str):
    spec = symback.load(example)
    numbers = spec.numbers.model_copy(update={"carry": carry})
    page = symback.render(spec.model_copy(update={"numbers": numbers}), style=style)
    assert check_page(page, rounding=numbers.rounding, carry=carry).failed == []


ONCE_WRONG = (15, 78, 1513, 1657, 2021, 2041, 2049, 2387, 2398, 3359, 3763)
"""A number that ended early hid that its line gave another one, a softmax was worked out anew behind its digits, a
joint gradient came from another form than that of its page; the checker itself had to learn how pages name parameters.
"""


def test_random_pages_hold_and_are_judged():
    pages = list(random_pages((*ONCE_WRONG, *range(300, 309))))
    assert [(page.case, page.report.failed) for page in pages if page.report.failed] == []
    judged = sum(page.report.judged for page in pages)
    unjudged = sum(len(page.report.with_number_unjudged) for page in pages)
    assert judged >= LEAST_JUDGED * (judged + unjudged)
