"""Pages that symback writes are read back by its own verifier, which shares nothing with the writer but the network."""

from __future__ import annotations

from itertools import product

import pytest

import symback
from symback.resources import notations
from symback.spec.model import Spec
from symback.verify.claims import BLAMED, Verdict
from symback.verify.verify import audit

EXAMPLES = ("slides", "scalar-check", "formula-sheet", "notes", "matrix")
"""Examples, each of which has a style of its own name."""

LONGEST = ("matrix", "scalar-check")
"""An example in a style in which it fills dozens of pages."""

TRANSPOSED = ("numerator-layout",)
"""Notations whose gradients of matrices lie the other way: their rules for matrices stay undecided."""

FINE = frozenset({Verdict.GIVEN, Verdict.CORRECT, Verdict.ROUNDED})

POLICIES = [*product(("half-up", "half-even", "truncate"), ("exact", "printed"))]


def assert_clean(spec: Spec, page: str) -> None:
    claims, _ = audit(spec, page)
    assert [claim for claim in claims if claim.verdict not in FINE] == []
    assert len(claims) > 30


@pytest.mark.parametrize("name", EXAMPLES)
def test_a_page_of_latex_in_its_own_style_is_right(name: str):
    spec = symback.load(name)
    assert_clean(spec, symback.render(spec, "tex"))


@pytest.mark.parametrize(("name", "style"), [pair for pair in product(EXAMPLES, EXAMPLES) if pair != LONGEST])
def test_a_page_in_any_style_is_right(name: str, style: str):
    spec = symback.load(name)
    assert_clean(spec, symback.render(spec, "md", style))


@pytest.mark.parametrize("notation", [name for name in notations() if name not in TRANSPOSED])
def test_a_page_in_any_notation_is_right(notation: str):
    spec = symback.load("matrix")
    assert_clean(spec, symback.render(spec, "md", notation=notation))


@pytest.mark.parametrize("notation", TRANSPOSED)
def test_gradients_that_lie_the_other_way_are_blamed_for_nothing(notation: str):
    spec = symback.load("matrix")
    claims, _ = audit(spec, symback.render(spec, "md", notation=notation))
    assert [claim for claim in claims if claim.verdict in (*BLAMED, Verdict.FOLLOWS)] == []


@pytest.mark.parametrize("name", ["single-neuron", "two-networks", "circuit", "softmax", "regression", "logistic"])
def test_networks_of_other_kinds_are_read_without_a_crash(name: str):
    """Their pages are not judged well enough yet (see "What it does not do" in the documentation)."""
    spec = symback.load(name)
    claims, _ = audit(spec, symback.render(spec, "md"))
    assert sum(claim.verdict in FINE for claim in claims) > 0.6 * len(claims)


@pytest.mark.parametrize(("rounding", "carry"), POLICIES)
def test_a_page_with_any_policy_for_its_numbers_is_right(rounding: str, carry: str):
    spec = symback.load("slides")
    policy = spec.numbers.model_copy(update={"rounding": rounding, "carry": carry})
    spec = spec.model_copy(update={"numbers": policy})
    assert_clean(spec, symback.render(spec, "md"))
