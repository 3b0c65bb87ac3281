"""From what pydantic found to what an author can read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from symback.spec.problems import MOST_PROBLEMS, Path, Problem, RefusedError, nearest, show

NOTHING = "nothing"

EXPECTED = {
    "bool_type": "true or false",
    "dict_type": "a mapping",
    "mapping_type": "a mapping",
    "model_type": "a mapping",
    "string_type": "text",
    "tuple_type": "a list",
    "invalid_key": "a word as key",
    "greater_than_equal": "a whole number, at least {ge}",
    "less_than_equal": "a whole number, at most {le}",
    "too_short": "a list of at least {min_length}",
    "too_long": "a list of at most {max_length}",
    "string_too_long": "at most {max_length} characters",
}
"""What was expected, by pydantic's type of error."""


def model_problems(error: ValidationError, model: type[BaseModel], value: Any) -> list[Problem]:
    """Return what is wrong with `value`, which was to become a `model`."""
    found = [details for details in error.errors(include_url=False)[:MOST_PROBLEMS] if not _is_short_of_good(details)]
    problems = []
    for details in found:
        key = details["loc"][-1:] == ("[key]",)
        path = _written_path(details["loc"][:-1] if key else details["loc"], value)
        problems.append(_problem(details, path, key, model))
    misspelt = {(*problem.path[:-1], problem.nearest) for problem in problems if problem.at_key}
    return [problem for problem in problems if problem.path not in misspelt or problem.came != NOTHING]


def _is_short_of_good(details: ErrorDetails) -> bool:
    """Return whether a list is called too short only because some of its items are wrong, which is said anyway."""
    given = details["input"]
    return details["type"] == "too_short" and not (isinstance(given, (list, tuple)) and not given)


def _problem(details: ErrorDetails, path: Path, key: bool, model: type[BaseModel]) -> Problem:
    kind, came, context = details["type"], show(details["input"]), details.get("ctx", {})
    if isinstance(refused := context.get("error"), RefusedError):
        return Problem(path, refused.came, refused.expected, refused.nearest, offset=refused.offset, at_key=key)
    if kind == "missing":
        return Problem(path, NOTHING, f"the key {show(path[-1])}")
    if kind == "extra_forbidden":
        known = list(_fields(_section(model, path[:-1])))
        word = str(path[-1])
        came, expected = f"the unknown key {show(word)}", f"one of {', '.join(known)}"
        return Problem(path, came, expected, nearest(word, known), at_key=True)
    if kind == "literal_error":
        words = re.findall("'([^']*)'", context["expected"])
        return Problem(path, came, context["expected"].replace("'", ""), nearest(str(details["input"]), words))
    if kind == "string_too_long":
        came = f"{len(details['input'])} characters"
    expected = EXPECTED[kind].format(**context) if kind in EXPECTED else details["msg"]
    return Problem(path, came, expected, at_key=key)


def _written_path(location: Path, value: Any) -> Path:
    """Return the part of a location that the author wrote: a loss given by its name has no keys within."""
    for depth, step in enumerate(location):
        if isinstance(value, str):
            return location[:depth]
        if isinstance(value, Mapping):
            value = value.get(step)
        else:
            value = value[step] if isinstance(value, (list, tuple)) and isinstance(step, int) else None
    return location


def _fields(model: type[BaseModel]) -> Mapping[str, Any]:
    """Return the annotations of a section by the keys under which they are written."""
    return {field.alias or name: field.annotation for name, field in model.model_fields.items()}


def _section(model: type[BaseModel], path: Path) -> type[BaseModel]:
    """Return the section of `model` that stands at `path`."""
    for step in path:
        annotation = _fields(model).get(str(step))
        model = next(_sections_in(annotation), model)
    return model


def _sections_in(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for part in get_args(annotation):
        yield from _sections_in(part)
