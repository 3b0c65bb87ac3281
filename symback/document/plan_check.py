"""Checking a plan that an author wrote: every row and word of it at once, with its place, before a page is begun."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Collection, Iterator, Mapping
from pathlib import Path
from typing import Any

from symback import resources
from symback.derive.step import FORMS, Rule
from symback.document.builders.registry import BUILDERS
from symback.document.conditions import CONDITIONS
from symback.document.phrases import Phrases
from symback.document.plan import PAGES, SCOPES
from symback.document.word_checks import (
    Problems,
    key_problems,
    list_problems,
    number_problems,
    text_problems,
    truth_problems,
    word_problems,
)
from symback.document.working import IN_NUMBERS, KINDS
from symback.graph.quantity import Role
from symback.resources import Templates
from symback.spec.problems import Path as Place
from symback.spec.problems import Problem, TemplateError, nearest, show
from symback.spec.template_files import template_problems

HEAD = ("title", "notation", "anchors", "by_terms", "forms", "sections")
OPTIONAL = ("options", "equations")

ROWS: Mapping[str, tuple[str, ...]] = {
    "heading": ("do", "level", "numbered"),
    "each": ("do",),
    "text": (),
    "remark": (),
    "build": (),
}
"""Every kind of row by the key that makes it one, with the other keys that it may have besides ``when``."""

SHOWN = (*FORMS, *IN_NUMBERS, *KINDS, "carrying", "function")
"""Every form that a row may ask for."""

ANCHORS = (Role.PRE_ACTIVATION, Role.ACTIVATION, Role.RESULT)


def check_style(path: Path, phrases: Phrases, templates: Templates) -> None:
    """Accept the plan of a style.

    Raises
    ------
    TemplateError
        If anything in it is wrong, with every problem and its place.
    """
    _refuse(path, lambda tree: _style(tree, phrases, resources.notations(templates)))


def check_sheet(path: Path, phrases: Phrases) -> None:
    """Accept the plan of worksheets and solutions. Raises as `check_style` does."""
    _refuse(path, lambda tree: _sheet(tree, phrases))


def check_equations(path: Path, phrases: Phrases) -> None:
    """Accept the plan of plain equations, for pages and sheets. Raises as `check_style` does."""
    _refuse(path, lambda tree: _equations(tree, phrases))


def _refuse(path: Path, check: Callable[[Any], Problems]) -> None:
    if problems := tuple(template_problems(path, check)):
        raise TemplateError(problems)


def _style(tree: Mapping[str, Any], phrases: Phrases, notations: Collection[str]) -> Problems:
    yield from key_problems(tree, (), HEAD, OPTIONAL)
    if "title" in tree:
        yield from text_problems(tree["title"], ("title",))
    if "notation" in tree:
        yield from word_problems(tree["notation"], ("notation",), notations)
    if "anchors" in tree:
        yield from list_problems(tree["anchors"], ("anchors",), ANCHORS)
    if "by_terms" in tree:
        yield from truth_problems(tree["by_terms"], ("by_terms",))
    for rule, form in _items(tree.get("forms", {})):
        yield from word_problems(rule, ("forms", rule), list(Rule), at_key=True)
        yield from word_problems(form, ("forms", rule), FORMS)
    for key, kind in (("forms", Mapping), ("options", Mapping)):
        if not isinstance(tree.get(key, {}), kind):
            yield Problem((key,), show(tree[key]), "a mapping")
    for option, default in _items(tree.get("options", {})):
        yield from number_problems(default, ("options", option))
    if "sections" in tree:
        yield from _rows(tree["sections"], ("sections",), phrases)
    if "equations" in tree:
        yield from _rows(tree["equations"], ("equations",), phrases)


def _sheet(tree: Mapping[str, Any], phrases: Phrases) -> Problems:
    yield from key_problems(tree, (), ("problem", "questions"))
    yield from _problem_and_questions(tree, phrases)


def _equations(tree: Mapping[str, Any], phrases: Phrases) -> Problems:
    yield from key_problems(tree, (), ("sections", "problem", "questions"))
    yield from _rows(tree.get("sections", []), ("sections",), phrases)
    yield from _problem_and_questions(tree, phrases)


def _problem_and_questions(tree: Mapping[str, Any], phrases: Phrases) -> Problems:
    yield from _rows(tree.get("problem", []), ("problem",), phrases)
    for name, question in _items(tree.get("questions", {})):
        place = ("questions", name)
        if not isinstance(question, Mapping):
            yield Problem(place, show(question), "a mapping with ask, points, lines and answer")
            continue
        yield from key_problems(question, place, ("ask", "points", "lines", "answer"), ("when",))
        if "ask" in question:
            yield from _phrase(question["ask"], (*place, "ask"), phrases)
        for key in ("points", "lines"):
            if key in question and not (isinstance(question[key], str) and question[key].isdecimal()):
                yield Problem((*place, key), show(question[key]), "a whole number")
        yield from _conditions(question.get("when", []), (*place, "when"))
        if "answer" in question:
            yield from _rows(question["answer"], (*place, "answer"), phrases)


def _rows(rows: Any, place: Place, phrases: Phrases) -> Problems:
    if not isinstance(rows, list) or not rows:
        yield Problem(place, show(rows), "a list of rows")
        return
    for number, row in enumerate(rows):
        kinds = [kind for kind in ROWS if isinstance(row, Mapping) and kind in row]
        if len(kinds) != 1:
            came = f"a row with {' and '.join(kinds)}" if kinds else _nothing_known(row)
            yield Problem((*place, number), came, f"a row with one of the keys {', '.join(ROWS)}", _meant(row, kinds))
        else:
            yield from _row(row, kinds[0], (*place, number), phrases)


def _nothing_known(row: Any) -> str:
    return f"a row with {', '.join(map(show, row))}" if isinstance(row, Mapping) and row else show(row)


def _meant(row: Any, kinds: list[str]) -> str:
    words = row if isinstance(row, Mapping) and not kinds else ()
    return next(filter(None, (nearest(word, ROWS) for word in words)), "")


def _row(row: Mapping[str, Any], kind: str, place: Place, phrases: Phrases) -> Problems:
    name = row[kind]
    yield from _conditions(row.get("when", []), (*place, "when"))
    if kind == "build":
        found = [*word_problems(name, (*place, kind), BUILDERS)]
        yield from found or _options(row, name, place)
        return
    needed = tuple(key for key in ROWS[kind] if key == "do")
    yield from key_problems(row, place, (kind, *needed), ("when", *ROWS[kind]))
    if kind == "each":
        yield from word_problems(name, (*place, kind), (*SCOPES, *PAGES))
    else:
        yield from _phrase(name, (*place, kind), phrases)
    if "level" in row and row["level"] not in ("1", "2", "3"):
        yield Problem((*place, "level"), show(row["level"]), "1, 2 or 3")
    if "numbered" in row:
        yield from truth_problems(row["numbered"], (*place, "numbered"))
    if "do" in row:
        yield from _rows(row["do"], (*place, "do"), phrases)


def _options(row: Mapping[str, Any], builder: str, place: Place) -> Problems:
    """Yield what is wrong with the options of a builder, which are its arguments behind the scope."""
    taken = list(inspect.signature(BUILDERS[builder]).parameters.values())[2:]
    needed = [option.name for option in taken if option.default is option.empty]
    yield from key_problems(row, place, ("build", *needed), ("when", *(option.name for option in taken)))
    for option in taken:
        if option.name in row:
            known = SHOWN if option.name in ("forms", "define") else None
            yield from TYPES[option.annotation](row[option.name], (*place, option.name), known)


def _conditions(value: Any, place: Place) -> Problems:
    if not isinstance(value, list):
        yield Problem(place, show(value), "a list of conditions")
        return
    for number, name in enumerate(value):
        plain = name.removeprefix("not ") if isinstance(name, str) else name
        yield from word_problems(plain, (*place, number), CONDITIONS)


def _phrase(value: Any, place: Place, phrases: Phrases) -> Problems:
    if not isinstance(value, str):
        yield Problem(place, show(value), "the name of a phrase")
    elif value not in phrases:
        yield Problem(place, f"the phrase {show(value)}, which is not there", *phrases.offered(value))


def _items(value: Any) -> Iterator[tuple[str, Any]]:
    return iter(value.items() if isinstance(value, Mapping) else ())


def _lists_by_rule(value: Any, place: Place, known: Collection[str] | None) -> Problems:
    if not isinstance(value, Mapping):
        yield Problem(place, show(value), "a list of forms for each rule")
    for rule, words in _items(value):
        yield from word_problems(rule, (*place, rule), list(Rule), at_key=True)
        yield from list_problems(words, (*place, rule), known)


TYPES: Mapping[str, Callable[[Any, Place, Collection[str] | None], Problems]] = {
    "str": text_problems,
    "bool": truth_problems,
    "Sequence[str]": list_problems,
    "Mapping[str, Sequence[str]]": _lists_by_rule,
}
"""What checks an option of a builder, by the type of its argument."""
