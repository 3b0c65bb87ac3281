"""The drawings of networks and of equations: what stands beneath each quantity is true of it."""

from __future__ import annotations

import pytest

import symback
from symback import resources
from symback.document.compose import page_of
from symback.document.figures.drawing import Label, Tone
from symback.document.figures.network import draw, is_drawn
from symback.document.page import Page
from symback.resources import BUILT_IN
from symback.written.nodes import Partial, Valued
from tests.oracles.examples import IN_PIECES


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
