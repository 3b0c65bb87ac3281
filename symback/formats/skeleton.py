"""Skeletons: the Jinja templates of the formats, an author's own over those of symback."""

from __future__ import annotations

import traceback
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Any

from jinja2 import (
    ChoiceLoader,
    Environment,
    FileSystemLoader,
    PrefixLoader,
    StrictUndefined,
    TemplateNotFound,
    TemplateSyntaxError,
)

from symback import resources
from symback.formats.table import Format
from symback.formats.writer import Printed
from symback.resources import BUILT_IN, Templates
from symback.spec.problems import Problem, TemplateError, nearest, show

FOLDER = "formats"

PREFIX = "built-in"
"""In front of the name of a skeleton: that of symback, even where the author's own has the same name."""


class _Environment(Environment):
    """Jinja, for which what a block or macro has written is printed already."""

    @staticmethod
    def concat(parts: Iterable[str]) -> Printed:
        return Printed("".join(parts))


def fill(chosen: Format, templates: Templates, **values: Any) -> str:
    """Return the text that the skeleton of a format makes of these values.

    Raises
    ------
    TemplateError
        If a skeleton of the author's own is wrong, with its line.
    """
    environment = (_kept_environment if templates == BUILT_IN else _environment)(chosen, templates)
    try:
        return str(environment.get_template(f"{chosen.name}.jinja").render(values))
    except Exception as error:  # an author's skeleton is a program, and may fail in every way that programs do
        problem = _problem(error, templates)
        if problem is None:
            raise
        raise TemplateError([problem]) from error


def _environment(chosen: Format, templates: Templates) -> Environment:
    def finalize(value: object) -> str:
        return value if isinstance(value, Printed) else chosen.escape(str(value))

    own = FileSystemLoader(resources.TEMPLATES / FOLDER)
    return _Environment(
        loader=ChoiceLoader(
            [FileSystemLoader([root / FOLDER for root in templates.roots]), PrefixLoader({PREFIX: own})]
        ),
        undefined=StrictUndefined,
        finalize=finalize,
        block_start_string="<%",
        block_end_string="%>",
        variable_start_string="<%=",
        variable_end_string="%>",
        comment_start_string="<#",
        comment_end_string="#>",
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=False,  # finalize escapes for the format; HTML's rules would be wrong here
    )


_kept_environment = lru_cache(maxsize=8)(_environment)
"""Keeps what was compiled: for symback's own skeletons, while an author's may have changed since the last page."""


def _problem(error: Exception, templates: Templates) -> Problem | None:
    """Return what is wrong with a skeleton, or None if none of the author's own is to blame."""
    if isinstance(error, TemplateSyntaxError):
        frames = [(error.filename, error.lineno)]
    else:
        frames = [(frame.filename, frame.lineno or 1) for frame in traceback.extract_tb(error.__traceback__)]
    own = [root / FOLDER for root in templates.roots if root != resources.TEMPLATES]
    for name, line in reversed(frames):
        if name and any(Path(name).is_relative_to(folder) for folder in own):
            came, expected, near = _reason(error, own)
            return Problem((), came, expected, near, name, line, 1)
    return None


def _reason(error: Exception, own: list[Path]) -> tuple[str, str, str]:
    if isinstance(error, RecursionError):
        expected = f"the built-in one by the name of {show(f'{PREFIX}/…')}, or another"
        return "a skeleton that extends or includes itself", expected, ""
    if isinstance(error, TemplateNotFound):
        known = [path.name for folder in own for path in folder.glob("*.jinja")]
        known += [f"{PREFIX}/{path.name}" for path in (resources.TEMPLATES / FOLDER).glob("*.jinja")]
        known.sort()
        name = str(error.name)
        return f"the skeleton {show(name)}, which is not there", f"one of {', '.join(known)}", nearest(name, known)
    said = " ".join(str(error).split()) or type(error).__name__
    return f"a skeleton that cannot be filled ({said})", "Jinja with <% … %>, <%= … %> and <# … #>", ""
