"""Formats: how each one prints mathematics, escapes words, and which skeleton it fills."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from symback.formats.latex import LatexWriter
from symback.formats.writer import Writer
from symback.notation.names import Names
from symback.spec.problems import check_choice
from symback.written.latex import TEXT_ESCAPES

_MARKDOWN = re.compile(r"([\\`*_{}\[\]<>#|$~])")
_MARKDOWN_START = re.compile(r"^(\s*)([-+]|\d+(?=[.)]))")


@dataclass(frozen=True, slots=True)
class Format:
    """One output format; adding one is a row in `FORMATS` and a skeleton in ``templates/formats``.

    ``escape`` makes words show as they are. ``line_width`` is how wide a chain may get before each of its links has a
    line of its own, in ems. ``writer`` is made from the symbols of the page and these two.
    """

    name: str
    extension: str
    escape: Callable[[str], str]
    line_width: float
    writer: Callable[[Names, Callable[[str], str], float], Writer]


def escape_markdown(text: str) -> str:
    """Return `text` such that Markdown shows it as it is."""
    escaped = _MARKDOWN.sub(r"\\\1", text)
    return _MARKDOWN_START.sub(r"\1\\\2", escaped)


def escape_latex(text: str) -> str:
    """Return `text` such that LaTeX shows it as it is."""
    return text.translate(TEXT_ESCAPES).replace("→", r"$\rightarrow$")


FORMATS: Mapping[str, Format] = {
    "md": Format("markdown", "md", escape_markdown, line_width=48, writer=LatexWriter),
    "tex": Format("latex", "tex", escape_latex, line_width=40, writer=LatexWriter),
}
"""Every format by its extension."""


def format_named(extension: str) -> Format:
    """Return the format with this extension.

    Raises
    ------
    symback.spec.problems.SpecError
        If there is none.
    """
    check_choice("format", extension, FORMATS)
    return FORMATS[extension]
