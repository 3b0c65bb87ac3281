"""The five founding documents are audited: every mistake found, nothing right blamed, what follows called so."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from symback.spec.load import load_file
from symback.verify.verify import audit
from tests.verify.founding.score import Score, score

HERE = Path(__file__).parent
NAMES = ("slides", "scalar-check", "formula-sheet", "notes", "matrix")


@cache
def audited(name: str) -> Score:
    folder = HERE / name
    document = folder / "document.md"
    claims, _ = audit(load_file(str(folder / "spec.yaml")), document.read_text(encoding="utf-8"))
    reported = [
        {"line": claim.line, "quantity": claim.quantity, "written": claim.written, "verdict": claim.verdict.value}
        for claim in claims
    ]
    return score(folder / "claims.csv", document, reported)


@pytest.mark.parametrize("name", NAMES)
def test_every_mistake_is_found_and_nothing_right_is_blamed(name: str):
    found = audited(name)
    assert found.missed == []
    assert found.own_found == found.own_total
    assert found.false_alarms == []
    assert found.follows_blamed == 0


def test_the_numbers_are_read_and_what_follows_is_called_so():
    scores = [audited(name) for name in NAMES]
    assert sum(one.right_read for one in scores) >= 0.98 * sum(one.right_total for one in scores)
    assert sum(one.follows_named for one in scores) >= 0.95 * sum(one.follows_total for one in scores)
    assert sum(one.text_found for one in scores) >= 2
