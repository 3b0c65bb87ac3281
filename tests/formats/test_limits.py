"""Pages that are too large for what shows them are refused: early where that can be told, and in the end at the latest."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

import symback
from symback.formats.table import FORMATS
from symback.spec.problems import LimitationError

SPEC = symback.load("matrix")


@pytest.mark.parametrize("target", ["html", "pdf", "md", "beamer"])
def test_a_page_is_refused_before_all_of_it_is_worked_out(target: str, monkeypatch: pytest.MonkeyPatch):
    source = "typst" if target == "pdf" else target
    monkeypatch.setitem(FORMATS, source, replace(FORMATS[source], most=4_000))
    with pytest.raises(LimitationError) as refused:
        symback.render(SPEC, target, style="scalar-check")
    found = re.match(
        rf"to: got more than .* in {target} with (\d+) of (\d+) gradients worked out; ", str(refused.value)
    )
    assert found
    assert int(found[1]) < int(found[2])
    assert "--as full" in str(refused.value)


@pytest.mark.parametrize("target", ["md", "html"])
def test_a_finished_page_has_no_character_too_many(target: str, monkeypatch: pytest.MonkeyPatch):
    page = symback.render(SPEC, target)
    monkeypatch.setitem(FORMATS, target, replace(FORMATS[target], most=len(page)))
    assert symback.render(SPEC, target) == page
    monkeypatch.setitem(FORMATS, target, replace(FORMATS[target], most=len(page) - 1))
    with pytest.raises(LimitationError):
        symback.render(SPEC, target)
