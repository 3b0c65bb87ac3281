"""The reader on the corpus of formulas: what people write is read as what they mean, or not at all."""

from __future__ import annotations

from collections import Counter

import pytest

from tests.reading.corpus import Formula, load
from tests.reading.understanding import Outcome, understood

FORMULAS = load()
MEANT = [formula for formula in FORMULAS if not formula.refused]
REFUSED = [formula for formula in FORMULAS if formula.refused]
AT_LEAST = 0.97

NOT_READ = {
    "softmax(z)_1 = exp(z_1)/(exp(z_1) + exp(z_2))": "an entry of the value of a function",
}
"""Formulas of the corpus that the reader refuses, and what of them it does not know."""


def test_nearly_every_formula_is_read_rightly():
    outcomes = Counter(understood(formula).outcome for formula in MEANT)
    assert outcomes[Outcome.WRONG] == 0
    assert outcomes[Outcome.RIGHT] >= AT_LEAST * len(MEANT)


@pytest.mark.parametrize("formula", MEANT, ids=lambda formula: formula.text)
def test_each_formula_is_read_as_it_is_meant(formula: Formula):
    found = understood(formula)
    expected = Outcome.REFUSED if formula.text in NOT_READ else Outcome.RIGHT
    assert found.outcome is expected, found.why


@pytest.mark.parametrize("formula", REFUSED, ids=lambda formula: formula.text)
def test_what_has_no_meaning_is_refused(formula: Formula):
    assert understood(formula).outcome is Outcome.REFUSED
