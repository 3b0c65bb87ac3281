"""Formats: how each one prints mathematics, escapes words, and which skeleton it fills."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from symback.written.latex import TEXT_ESCAPES

_MARKDOWN = re.compile(r"([\\`*_{}\[\]<>#|$~])")
_MARKDOWN_START = re.compile(r"^(\s*)([-+]|\d+(?=[.)]))")


@dataclass(frozen=True, slots=True)
class Format:
    """One output format; adding one is a row in `FORMATS` and a skeleton in ``templates/formats``."""

    name: str
    extension: str
    escape: Callable[[str], str]


def escape_markdown(text: str) -> str:
    """Return `text` such that Markdown shows it as it is."""
    escaped = _MARKDOWN.sub(r"\\\1", text)
    return _MARKDOWN_START.sub(r"\1\\\2", escaped)


def escape_latex(text: str) -> str:
    """Return `text` such that LaTeX shows it as it is."""
    return text.translate(TEXT_ESCAPES).replace("→", r"$\rightarrow$")


FORMATS: Mapping[str, Format] = {
    "md": Format("markdown", "md", escape_markdown),
    "tex": Format("latex", "tex", escape_latex),
}
"""Every format by its extension."""
