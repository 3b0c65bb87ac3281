"""Formats: how each one prints mathematics, escapes words, and which skeleton it fills."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from symback.formats.html.writer import HtmlWriter
from symback.formats.latex import LatexWriter, PageWriter, SlideWriter
from symback.formats.notebook import NotebookWriter
from symback.formats.typst import TypstWriter
from symback.formats.writer import Writer
from symback.notation.names import Names
from symback.spec.problems import check_choice
from symback.written.latex import TEXT_ESCAPES
from symback.written.markup import ESCAPES

_MARKDOWN = re.compile(r"([\\`*_{}\[\]<>#|$~])")
_TYPST = re.compile(r"[\\`*_#$@<>\[\]~\"/]|-(?=-)|\.(?=\.)")
_TYPST_START = re.compile(r"^(\s*)([-+=]|\d+(?=\.))")
_MARKDOWN_START = re.compile(r"^(\s*)([-+]|\d+(?=[.)]))")


@dataclass(frozen=True, slots=True)
class Format:
    """One output format; adding one is a row in `FORMATS` and a skeleton in ``templates/formats``.

    ``escape`` makes words show as they are. ``line_width`` is how wide a chain may get before each of its links has a
    line of its own, in ems. ``writer`` is made from the symbols of the page and these two. ``most`` is how many
    characters a page may have: what shows it takes no more in good time.
    """

    name: str
    extension: str
    escape: Callable[[str], str]
    line_width: float
    writer: Callable[[Names, Callable[[str], str], float], Writer]
    most: int

    def writer_with(self, names: Names) -> Writer:
        """Return what writes a page with these symbols."""
        return self.writer(names, self.escape, self.line_width)


def escape_markdown(text: str) -> str:
    """Return `text` such that Markdown shows it as it is."""
    escaped = _MARKDOWN.sub(r"\\\1", text)
    return _MARKDOWN_START.sub(r"\1\\\2", escaped)


def escape_latex(text: str) -> str:
    """Return `text` such that LaTeX shows it as it is."""
    return text.translate(TEXT_ESCAPES).replace("→", r"$\rightarrow$")


def escape_html(text: str) -> str:
    """Return `text` such that HTML shows it as it is."""
    return text.translate(ESCAPES)


def escape_typst(text: str) -> str:
    """Return `text` such that Typst shows it as it is."""
    return _TYPST_START.sub(r"\1\\\2", _TYPST.sub(r"\\\g<0>", text))


FORMATS: Mapping[str, Format] = {
    "md": Format("markdown", "md", escape_markdown, line_width=48, writer=LatexWriter, most=200_000_000),
    "html": Format("html", "html", escape_html, line_width=48, writer=HtmlWriter, most=20_000_000),
    "ipynb": Format("notebook", "ipynb", escape_markdown, line_width=48, writer=NotebookWriter, most=20_000_000),
    "tex": Format("latex", "tex", escape_latex, line_width=40, writer=PageWriter, most=10_000_000),
    "tex-body": Format("latex-body", "body.tex", escape_latex, line_width=40, writer=PageWriter, most=10_000_000),
    "beamer": Format("beamer", "beamer.tex", escape_latex, line_width=32.5, writer=SlideWriter, most=2_000_000),
    "typst": Format("typst", "typ", escape_typst, line_width=40, writer=TypstWriter, most=10_000_000),
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
