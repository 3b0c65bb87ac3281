"""Worksheets ask and tell nothing; solutions answer the same questions under the same numbers."""

from __future__ import annotations

import re
from typing import Any

import pytest

import symback
from symback import resources
from symback.formats.table import FORMATS

NUMBER = re.compile(r"(?<![\d.])-?\d+(?:\.\d+)?(?![\d.])")
EXAMPLES = resources.examples()


def given_numbers(spec: symback.Spec) -> set[str]:
    """Every number that the author wrote, with and without its sign."""
    texts: set[str] = set()

    def collect(value: Any) -> None:
        if isinstance(value, dict):
            for item in (*value.keys(), *value.values()):
                collect(item)
        elif isinstance(value, (list, tuple)):
            for item in value:
                collect(item)
        elif value is not None:
            texts.update(NUMBER.findall(str(value)))

    collect(spec.model_dump())
    return texts | {text.lstrip("-") for text in texts}


def leaked(page: str, spec: symback.Spec) -> list[str]:
    """Numbers of three or more significant digits on a page that the author did not write."""
    known = given_numbers(spec)
    return [
        text
        for text in NUMBER.findall(page)
        if len(text.replace(".", "").strip("-0")) >= 3 and text not in known and text.lstrip("-") not in known
    ]


def body(page: str) -> str:
    """The page without a format's own preamble."""
    return page.partition(r"\begin{document}")[2] or page


def gives_gradients(spec) -> bool:
    return any(":" in name for name in spec.given)


@pytest.mark.parametrize("style", resources.styles())
@pytest.mark.parametrize("extension", FORMATS)
@pytest.mark.parametrize("example", EXAMPLES)
def test_a_worksheet_gives_no_answer_away(example: str, extension: str, style: str):
    spec = symback.load(example)
    page = body(symback.render(spec, to=extension, style=style, kind="worksheet"))
    assert leaked(page, spec) == []
    for formula in (r"\frac{d ", r"\delta", r"\nabla", *([] if gives_gradients(spec) else [r"\partial"])):
        assert formula not in page


@pytest.mark.parametrize("example", EXAMPLES)
def test_the_search_sees_the_answers_of_a_solution(example: str):
    spec = symback.load(example)
    page = symback.render(spec, kind="solution")
    assert r"\partial" in page
    if example != "scalar-check":  # its answers are as short as its numbers
        assert leaked(page, spec)


@pytest.mark.parametrize("example", EXAMPLES)
def test_both_sheets_ask_the_same(example: str):
    spec = symback.load(example)
    sheets = [symback.render(spec, kind=kind) for kind in ("worksheet", "solution")]
    questions = [re.findall(r"^##+ Question .*$", sheet, re.MULTILINE) for sheet in sheets]
    totals = [re.findall(r"^\*\*Total: (\d+) points\*\*$", sheet, re.MULTILINE) for sheet in sheets]
    assert questions[0] == questions[1] != []
    assert totals[0] == totals[1]
    points = re.findall(r"\((\d+) point", " ".join(questions[0]))
    assert sum(map(int, totals[0])) == sum(map(int, points)) > 0


def test_the_author_chooses_questions_and_points():
    spec = symback.load("slides").model_copy(
        update={
            "questions": symback.Spec.model_validate(
                {
                    **symback.load("slides").model_dump(by_alias=True, mode="json"),
                    "questions": [{"ask": "loss", "points": 5}, {"ask": "gradients", "of": ["w.1.3.1"], "points": 1}],
                }
            ).questions
        }
    )
    page = symback.render(spec, kind="worksheet")
    assert re.findall(r"^## (.*)$", page, re.MULTILINE)[1:] == ["Question 1 (5 points)", "Question 2 (1 point)"]
    assert "$w_{i j_3}$" in page
    assert page.endswith("**Total: 6 points**\n")


def test_a_question_for_a_missing_parameter_is_refused():
    content = symback.load("slides").model_dump(by_alias=True, mode="json")
    with pytest.raises(symback.SpecError, match=r"w\.9\.1\.1.*expected the id of a weight"):
        symback.load({**content, "questions": [{"ask": "gradients", "of": ["w.9.1.1"]}]})


def test_the_room_for_an_answer_is_kept_at_the_end_of_a_page():
    page = symback.render(symback.load("notes"), to="tex", kind="worksheet")
    assert len(re.findall(r"\\vspace\*\{\d+\\baselineskip\}", page)) == page.count(r"\section*{Question")
