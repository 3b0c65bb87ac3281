"""Formats: how each one prints mathematics, escapes words, and which skeleton it fills."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from symback.spec.problems import check_choice
from symback.written.latex import TEXT_ESCAPES, LatexPrinter
from symback.written.latex_macros import LatexMacroPrinter
from symback.written.nodes import Written
from symback.written.page_printer import PagePrinter
from symback.written.typst import TypstPrinter

_MARKDOWN = re.compile(r"([\\`*_{}\[\]<>#|$~])")
_TYPST = re.compile(r"[\\`*_#$@<>\[\]~\"/]|-(?=-)|\.(?=\.)")
_TYPST_START = re.compile(r"^(\s*)([-+=]|\d+(?=\.))")
_MARKDOWN_START = re.compile(r"^(\s*)([-+]|\d+(?=[.)]))")


@dataclass(frozen=True, slots=True)
class Format:
    """One output format; adding one is a row in `FORMATS` and a skeleton in ``templates/formats``.

    ``line_width`` is how wide a chain may get before each of its links has a line of its own, in ems.
    ``slide_height`` is how much a slide holds, in lines, where the format has slides.
    """

    name: str
    extension: str
    escape: Callable[[str], str]
    printer: Callable[[Callable[[str], Written], str, bool], PagePrinter]
    line_width: float
    slide_height: float = 0.0


def escape_markdown(text: str) -> str:
    """Return `text` such that Markdown shows it as it is."""
    escaped = _MARKDOWN.sub(r"\\\1", text)
    return _MARKDOWN_START.sub(r"\1\\\2", escaped)


def escape_latex(text: str) -> str:
    """Return `text` such that LaTeX shows it as it is."""
    return text.translate(TEXT_ESCAPES).replace("→", r"$\rightarrow$")


def escape_typst(text: str) -> str:
    """Return `text` such that Typst shows it as it is."""
    return _TYPST_START.sub(r"\1\\\2", _TYPST.sub(r"\\\g<0>", text))


FORMATS: Mapping[str, Format] = {
    "md": Format("markdown", "md", escape_markdown, LatexPrinter, line_width=48),
    "tex": Format("latex", "tex", escape_latex, LatexMacroPrinter, line_width=40),
    "tex-body": Format("latex-body", "body.tex", escape_latex, LatexMacroPrinter, line_width=40),
    "beamer": Format("beamer", "beamer.tex", escape_latex, LatexMacroPrinter, line_width=37, slide_height=15.5),
    "typst": Format("typst", "typ", escape_typst, TypstPrinter, line_width=40),
}
"""Every format by the name that it is asked for."""


def format_named(name: str) -> Format:
    """Return the format that is asked for by this name.

    Raises
    ------
    symback.spec.problems.SpecError
        If there is none.
    """
    check_choice("format", name, FORMATS)
    return FORMATS[name]
