"""Worksheets and solutions: one problem and one list of questions, with room for answers or with the answers.

A worksheet is built from the problem and the questions alone; no answer is worked out for it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from symback import resources
from symback.document.blocks import Block, Heading, Paragraph, Space
from symback.document.page import Page, Scope
from symback.document.phrases import Phrases
from symback.document.plan import holds, walk
from symback.document.plan_check import check_sheet
from symback.document.wiring import owned
from symback.document.wording import arguments
from symback.resources import Templates
from symback.spec.problems import check_choice
from symback.spec.questions import Question

Plan = Mapping[str, Any]

DEFAULT_QUESTIONS = tuple(Question(ask=name) for name in ("forward", "loss", "gradients", "update", "steps"))


@dataclass(frozen=True, slots=True)
class Asked:
    """One question of a sheet: its row in the plan, its points, its room, and the parameters it asks for."""

    row: Mapping[str, Any]
    points: int
    lines: int
    parameters: tuple[str, ...]


def load_sheet(phrases: Phrases, templates: Templates) -> Plan:
    """Return the plan of worksheets and solutions.

    Raises
    ------
    TemplateError
        If it is the author's own and wrong.
    """
    path = templates.file(resources.SHEET)
    if not resources.is_built_in(path):
        check_sheet(path, phrases)
    plan: Plan = resources.data(path)
    return plan


def worksheet(page: Page, plan: Plan) -> Iterator[Block]:
    """Yield the problem and the numbered questions, each with room for its answer."""
    return _sheet(page, plan, lambda asked: iter((Space(asked.lines),)))


def solution(page: Page, plan: Plan) -> Iterator[Block]:
    """Yield the problem and the numbered questions, each with its answer."""
    return _sheet(page, plan, lambda asked: walk(page, asked.row["answer"], _scope(page, asked)))


def _sheet(page: Page, plan: Plan, beneath: Callable[[Asked], Iterator[Block]]) -> Iterator[Block]:
    """Yield the problem, the numbered questions with what stands beneath each, and the total of the points."""
    yield from walk(page, plan["problem"], Scope(root=page.graph.root))
    questions = tuple(_questions(page, plan))
    for number, asked in enumerate(questions, 1):
        yield from _question(page, number, asked)
        yield from beneath(asked)
    yield _total(page, questions)


def _questions(page: Page, plan: Plan) -> Iterator[Asked]:
    known = plan["questions"]
    for question in page.spec.questions or [question for question in DEFAULT_QUESTIONS if question.ask in known]:
        check_choice("ask", question.ask, known)
        row = known[question.ask]
        if not all(holds(page, Scope(root=page.graph.root), name) for name in row.get("when", ())):
            continue
        parameters = question.of or tuple(_default_parameters(page, question.ask))
        each = len(parameters) if question.ask in ("gradients", "update") else 1
        yield Asked(
            row,
            row["points"] * each if question.points is None else question.points,
            row["lines"] * each if question.lines is None else question.lines,
            parameters,
        )


def _default_parameters(page: Page, ask: str) -> Iterator[str]:
    """Yield the first weight and the first bias of each layer, from the last layer back; of equations what is wanted.

    `ask` is the kind of the question: one for an update is about what learns.
    """
    if page.graph.system is not None:
        yield from page.system.learned if ask == "update" else page.system.wanted
    for layer in reversed(page.graph.layers):
        for kind in ("w.", "b."):
            yield from [name for name in owned(page.graph, layer) if name.startswith(kind)][:1]


def _question(page: Page, number: int, asked: Asked) -> Iterator[Block]:
    points = _points(page, asked.points)
    name = "sheet-question" if asked.points else "sheet-question-without-points"
    yield Heading(2, page.phrases(name, number=str(number), points=points))
    yield Paragraph(page.phrases(asked.row["ask"], **arguments(page, _scope(page, asked))))


def _scope(page: Page, asked: Asked) -> Scope:
    return Scope(root=page.graph.root, asked=asked.parameters)


def _total(page: Page, questions: tuple[Asked, ...]) -> Paragraph:
    total = sum(asked.points for asked in questions)
    return Paragraph(page.phrases("sheet-total", points=_points(page, total)), strong=True)


def _points(page: Page, count: int) -> str:
    return page.phrases.words("sheet-points" if count == 1 else "sheet-points-plural", count=str(count))
