"""Notebooks: valid, the same bytes each time, and each runs from top to bottom and finds every number of its page."""

from __future__ import annotations

import contextlib
import html
import io
import json
import re
from typing import Any

import nbformat
import pytest

import symback
from symback import resources
from symback.document.compose import KINDS


def notebook(example: str, style: str, kind: str = "handout", **changes: Any) -> dict[str, Any]:
    spec = symback.load(example).model_copy(update=changes)
    found: dict[str, Any] = json.loads(symback.render(spec, to="ipynb", style=style, kind=kind))
    return found


def cells(content: dict[str, Any], kind: str) -> list[str]:
    return [cell["source"] for cell in content["cells"] if cell["cell_type"] == kind]


def run(code: list[str]) -> str:
    """Run cells one after the other, as a notebook does, and return what they print."""
    printed, space = io.StringIO(), {}
    with contextlib.redirect_stdout(printed):
        for source in code:
            exec(compile(source, "<cell>", "exec"), space)
    return printed.getvalue()


FEW_NUMBERS = (("tied-weights", "notes"), ("upstream", "formula-sheet"))
"""Pages that have hardly a number that follows from others: these leave them to a table of samples, or to symbols."""


@pytest.mark.parametrize("style", resources.styles())
@pytest.mark.parametrize("example", resources.examples())
def test_a_notebook_is_valid_and_runs_from_top_to_bottom(example: str, style: str):
    content = notebook(example, style)
    nbformat.validate(nbformat.from_dict(content))
    printed = run(cells(content, "code"))
    checks = sum(source.count("= check(") for source in cells(content, "code"))
    assert printed.count("\n") == checks
    assert checks > 3 or (example, style) in FEW_NUMBERS


def test_a_wrong_number_is_noticed():
    code = cells(notebook("slides", "slides"), "code")
    first = next(source for source in code if "= check(" in source and "def check" not in source)
    spoilt = re.sub(r'(\d)"\)', lambda found: f'{(int(found[1]) + 5) % 10}")', first, count=1)
    assert spoilt != first
    with pytest.raises(AssertionError, match="but the page says"):
        run([spoilt if source == first else source for source in code])


@pytest.mark.parametrize("kind", KINDS)
def test_a_worksheet_computes_nothing(kind: str):
    content = notebook("notes", "slides", kind)
    assert bool(cells(content, "code")) == (kind != "worksheet")


def test_the_text_of_a_notebook_is_that_of_the_page():
    content = notebook("slides", "slides")
    page = symback.render(symback.load("slides"), to="md", style="slides")
    assert "\n\n".join(cells(content, "markdown")) == page.strip("\n")


def test_titles_do_no_harm():
    title = 'A "title" \\ with <script> & $x$ \u2028'.strip()
    content = notebook("slides", "slides", title=title.replace("\u2028", ""))
    assert content["metadata"]["title"].startswith('A "title"')
    nbformat.validate(nbformat.from_dict(content))


@pytest.mark.parametrize(
    ("to", "kind", "start"), [("md", "text/markdown", "# Backpropagation"), ("html", "text/html", "<iframe ")]
)
def test_a_page_shows_itself_in_a_notebook(to: str, kind: str, start: str):
    page = symback.render(symback.load("slides"), to=to)
    shown = page._repr_mimebundle_()
    assert shown[kind].startswith(start)
    assert shown["text/plain"] == page
    if to == "html":
        assert html.unescape(shown[kind].split('srcdoc="')[1].split('"')[0]) == page


def test_a_page_that_is_no_page_for_a_notebook_is_its_text():
    page = symback.render(symback.load("slides"), to="tex")
    assert page._repr_mimebundle_() == {"text/plain": page}
