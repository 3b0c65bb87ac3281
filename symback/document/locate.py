"""From what shows to be wrong while a page is made to its place in the author's templates."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from symback import resources
from symback.document.faults import PhraseError, PlanError
from symback.document.phrases import phrase_file
from symback.resources import Templates
from symback.spec.problems import Path as Place
from symback.spec.problems import Problem, TemplateError, show
from symback.spec.template_files import template_problems


def located(error: PlanError, plan: str, style: str, language: str, templates: Templates) -> TemplateError | None:
    """Return the error that says where the fault is: in a phrase, or else in the row of the file `plan`.

    Where neither is the author's own, symback itself is at fault, and there is none.
    """
    if isinstance(error, PhraseError):
        path = phrase_file(error.phrase, style, language, templates)
        if not resources.is_built_in(path):
            return _error(path, (error.phrase,), error)
    path = templates.file(plan)
    if resources.is_built_in(path):
        return None
    if error.row is None:
        return _error(path, (), error)
    place = next(_places(resources.data(path), error.row), ())
    keys = [key for key, value in error.row.items() if show(value) == error.came]
    return _error(path, (*place, *keys[:1]), error)


def _error(path: Path, place: Place, error: PlanError) -> TemplateError:
    problem = Problem(place, error.came, error.expected, error.nearest)
    return TemplateError(template_problems(path, lambda tree: iter((problem,))))


def _places(tree: Any, row: Mapping[str, Any], place: Place = ()) -> Iterator[Place]:
    """Yield where in a plan this very row stands: another that says the same is another one."""
    if tree is row:
        yield place
    items = tree.items() if isinstance(tree, Mapping) else enumerate(tree) if isinstance(tree, list) else ()
    for step, inner in items:
        yield from _places(inner, row, (*place, step))
