"""Pages that symback writes are read back by its own verifier, which shares nothing with the writer but the network.

A fixed slice; ``python -m tests.benchmarks --only own_pages`` goes through all of them.
"""

from __future__ import annotations

import pytest

from symback.resources import examples, notations, styles
from tests.benchmarks.own_pages import POLICIES, Page
from tests.slices import FOUNDING

FURTHER = tuple(name for name in examples() if name not in FOUNDING)
LONG = "softmax"
"""An example that fills dozens of pages in the style in which its turn would be."""

IN_TURN = [
    Page(name, styles()[place % len(styles())] if name != LONG else "notes") for place, name in enumerate(FURTHER)
]
"""Every further example in one style, which are all met."""

IN_OTHER_WAYS = [
    *(Page(name, to="tex") for name in FOUNDING),
    *(Page("slides", style) for style in styles()),
    *(Page("matrix", notation=notation) for notation in notations()),
    *(Page("slides", policy=policy) for policy in POLICIES),
    Page("matrix", "notes", language="de"),
    Page("logistic-regression", language="de"),
    Page("logistic-regression", "formula-sheet"),
    Page("online", "formula-sheet", language="de"),
    Page("scalar-check", kind="solution"),
    Page("recurrence", kind="solution"),
    Page("parts", kind="solution", language="de"),
]


@pytest.mark.parametrize("page", [*IN_TURN, *IN_OTHER_WAYS], ids=str)
def test_every_line_of_a_page_is_right(page: Page):
    count, bad = page.not_right()
    assert bad == []
    assert count > 15
