"""PDF by the Typst that is installed with symback: offline, with the fonts that it brings along."""

from __future__ import annotations

from symback.spec.problems import Problem, SpecError

CHARACTERS = 1_800
"""How many characters of a page in Typst or LaTeX fill a printed one, nearly."""


def typst_pdf(source: str) -> bytes:
    """Return the PDF of a page in Typst; the same page gives the same bytes on every machine.

    Raises
    ------
    symback.spec.problems.SpecError
        If Typst refuses the page, as it may that of an author's own skeleton.
    """
    import typst

    try:
        return bytes(typst.compile(source.encode(), format="pdf", ignore_system_fonts=True))
    except typst.TypstError as error:
        came = f"a page that Typst refuses ({' '.join(str(error).split())})"
        raise SpecError([Problem(("engine",), came, "a page that Typst can set")]) from None


def about_pages(source: str) -> int:
    """Return how many printed pages a page in Typst or LaTeX comes to, as far as its length tells."""
    count = max(1, round(len(source) / CHARACTERS))
    return round(count, 2 - len(str(count)))
