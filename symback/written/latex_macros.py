r"""LaTeX as people write it for their own pages, with short commands for what comes back again and again.

The page defines ``\pd{L}{w}``, the fraction of a partial derivative, and a command for each word, such as ``\Loss``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import ClassVar

from symback.written import brackets
from symback.written.brackets import Piece
from symback.written.latex import LatexPrinter
from symback.written.nodes import Written

PARTIAL = {r"{\pd}[2]": r"\frac{\partial #1}{\partial #2}"}

_TAKEN = """
Alph Arrowvert Bbb Bbbk Big Bigg Biggl Biggm Biggr Bigl Bigm Bigr Box Bumpeq Cap Cup Delta Diamond Doteq
Downarrow Finv Gamma Game Huge Join LARGE LaTeX LaTeXe Lambda Large Leftarrow Leftrightarrow Lleftarrow Longleftarrow
Longleftrightarrow Longrightarrow Lsh Omega Phi Psi Relbar Rightarrow Roman Rrightarrow Rsh Sigma Subset Supset TeX
Theta Uparrow Updownarrow Upsilon Vdash Vert Vvdash
"""
TAKEN = frozenset(_TAKEN.split())
"""Commands with a capital that LaTeX and amsmath have already; nearly all that have none are taken too."""


class LatexMacroPrinter(LatexPrinter):
    """Prints written mathematics as LaTeX for a page that defines its commands."""

    THIN: ClassVar[str] = r" \, "

    def __init__(
        self, names: Callable[[str], Written], product: str = "times", juxtapose: bool = True, mark: str = "point"
    ) -> None:
        self._words: dict[str, str] = {}
        self._differentiates = False
        super().__init__(names, product, juxtapose, mark)

    @property
    def definitions(self) -> Mapping[str, str]:
        """What was printed so far and the page has to define: a command with its arguments, and its ink."""
        words = {f"{{\\{word}}}": ink for word, ink in sorted(self._words.items())}
        return PARTIAL | words if self._differentiates else words

    def _word(self, word: str, alphabet: str) -> str:
        """Return the command for a word, unless it is or may be one of LaTeX, or stands for another ink already."""
        ink = super()._word(word, alphabet)
        if len(word) < 3 or not (word.isalpha() and word[0].isupper()) or word in TAKEN:
            return ink
        return f"\\{word}" if self._words.setdefault(word, ink) == ink else ink

    def _differential(self, of: Piece, by: Piece, total: bool = False) -> Piece:
        if total:
            return super()._differential(of, by, total)
        self._differentiates = True
        above, below = (self._enclosed(piece) if piece[1] & brackets.DIFFERENTIATED else piece for piece in (of, by))
        return rf"\pd{{{above[0]}}}{{{below[0]}}}", brackets.FRACTION | brackets.TALL
