"""The templates of the reports: every value that is filled in is escaped."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from symback import resources

FOLDER = "verify"


def fill(name: str, escape: Callable[[str], str] | None = None, **values: Any) -> str:
    """Return the text of a template with these values: as HTML, or escaped by a function of the format's own."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(resources.TEMPLATES / FOLDER),
        undefined=StrictUndefined,
        finalize=None if escape is None else lambda value: escape(str(value)),
        block_start_string="<%",
        block_end_string="%>",
        variable_start_string="<%=",
        variable_end_string="%>",
        comment_start_string="<#",
        comment_end_string="#>",
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=escape is None,
    )
    return environment.get_template(name).render(values)
