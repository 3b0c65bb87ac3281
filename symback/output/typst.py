"""PDF by the Typst that is installed with symback: offline, with the fonts that it brings along."""

from __future__ import annotations

from symback.spec.problems import Problem, SpecError


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
