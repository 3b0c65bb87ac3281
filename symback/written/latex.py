r"""LaTeX for written mathematics, in the subset of commands that LaTeX, KaTeX and MathJax (also on GitHub) all know.

Text never reaches the page as it came: words are checked against a list or a pattern, running text is escaped.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import ClassVar

from symback.written import brackets, nodes
from symback.written.brackets import Piece
from symback.written.nodes import Written
from symback.written.page_printer import PagePrinter
from symback.written.printable import printable
from symback.written.printer import Numbers

GREEK = (
    "alpha beta gamma delta epsilon varepsilon zeta eta theta vartheta iota kappa lambda mu nu xi pi varpi rho varrho "
    "sigma varsigma tau upsilon phi varphi chi psi omega Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega"
)
SYMBOL_COMMANDS = frozenset("\\" + word for word in (*GREEK.split(), "ell", "nabla", "infty"))
ALPHABET_COMMAND = re.compile(r"\\math(?:cal|bb|bf|rm|it|sf|frak)\{[A-Za-z]+\}")
WORD = re.compile(r"[A-Za-z][A-Za-z0-9]*")
ROW_END = " \\\\\n"
"""Ends a row of a matrix: GitHub keeps two backslashes only at the end of a line."""

FUNCTION_COMMANDS = frozenset(
    ("max", "min", "exp", "log", "ln", "sin", "cos", "tan", "sinh", "cosh", "tanh", "arg", "det")
)
DIRECTIONS = {"horizontal": r"\cdots", "vertical": r"\vdots", "diagonal": r"\ddots"}
TEXT_ESCAPES = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        **{character: "\\" + character for character in "{}$&#%_"},
    }
)
WITHOUT_CONDITION = nodes.Text("")
"""The condition of a branch that has none: then the brace just holds lines together."""

SCRIPT_MARKS = ("(", ")", "[", "]", ",")
"""What stands around and between indices without being words."""

SCRIPT_ENDS_IN_COMMAND = re.compile(r"\\[A-Za-z]+\Z")


class LatexPrinter(PagePrinter):
    """Prints written mathematics as LaTeX for math mode; needs amsmath and nothing else."""

    PRODUCT_SIGNS: ClassVar[Mapping[str, str]] = {
        "times": r" \times ",
        "dot": r" \cdot ",
        "star": " * ",
        "hadamard": r" \circ ",
    }
    RELATION_SIGNS: ClassVar[Mapping[str, str]] = {
        "=": " = ",
        "≈": r" \approx ",
        ":=": " := ",
        "←": r" \leftarrow ",
        "⟵": r" \longleftarrow ",
        "→": r" \rightarrow ",
        "⇒": r" \Rightarrow ",
        "<": " < ",
        ">": " > ",
        "≤": r" \leq ",
        "≥": r" \geq ",
        "≠": r" \neq ",
    }
    CONTINUATION: ClassVar[str] = r"\phantom{=}"
    THIN: ClassVar[str] = " \\ "
    """Sets words apart from what they multiply: Markdown would read ``\\,``, and pandoc knows no name for it."""

    MARKS: ClassVar[Mapping[str, str]] = {"point": ".", "comma": "{,}"}

    def __init__(
        self, names: Callable[[str], Written], product: str = "times", juxtapose: bool = True, mark: str = "point"
    ) -> None:
        super().__init__(names, product, juxtapose, mark)
        self._scripts = self._script_printer()

    def _script_printer(self) -> LatexPrinter:
        return _ScriptPrinter(self._named, self._product_sign)

    def inline(self, node: Written) -> str:
        """Return mathematics for running text, on one line: in Markdown the row of a table ends where its line ends."""
        return f"${self.print(node)}$".replace("\n", " ")

    def beside(self, rows: Sequence[Written]) -> str:
        """Return rows side by side, for a display."""
        return rf"{self.separator}\quad ".join(map(self.print, rows))

    def aligned(self, lines: Sequence[tuple[str, str]]) -> str:
        """Return lines, each in two parts that meet at one edge, for a display."""
        return ROW_END.join(f"{left} &{right}".lstrip() for left, right in lines)

    # Leaves.

    def _symbol_piece(self, node: nodes.Symbol) -> Piece:
        return self._scripted(node, self._base(node, r"\mathit"))

    def _base(self, symbol: nodes.Symbol, words: str) -> str:
        """Return the base of a symbol with its accent; a word of several letters is set in the alphabet `words`."""
        base = symbol.base
        if base in SYMBOL_COMMANDS or ALPHABET_COMMAND.fullmatch(base):
            text = rf"\boldsymbol{{{base}}}" if symbol.bold else base
        elif not WORD.fullmatch(base):
            raise ValueError(f"{base!r} is neither a word of letters and digits nor a known command for a symbol")
        elif symbol.bold:
            text = rf"\mathbf{{{base}}}"
        else:
            text = base if len(base) == 1 else self._word(base, words)
        if symbol.accent not in ("", "hat"):
            raise ValueError(f"unknown accent {symbol.accent!r} of the symbol {base!r}")
        return rf"\hat{{{text}}}" if symbol.accent else text

    def _word(self, word: str, alphabet: str) -> str:
        return f"{alphabet}{{{word}}}"

    def _scripted(self, node: nodes.Symbol, base: str, primes: int = 0) -> Piece:
        """Return `base` with the scripts and marks of `node`.

        A superscript of a primed base has to follow the prime at once, or TeX sees two superscripts.
        """
        if node.mark not in ("", "prime", "plus"):
            raise ValueError(f"unknown mark {node.mark!r} of the symbol {node.base!r}")
        quotes = "'" * (primes + (node.mark == "prime"))
        above = self._script(node.superscript) + ("+" if node.mark == "plus" else "")
        below = self._script(node.subscript)
        superscript = f"^{{{above}}}" if above else ""
        subscript = f"_{{{below}}}" if len(below) > 1 else f"_{below}" if below else ""
        text = base + quotes + superscript + subscript if quotes else base + subscript + superscript
        traits = brackets.SCRIPTED if quotes or superscript else brackets.NOTHING
        return text, traits | (brackets.WORD if is_word(node.base) else brackets.NOTHING)

    def _script(self, items: tuple[Written, ...]) -> str:
        """Return the items set side by side, apart only where they would run into each other."""
        text = ""
        before: Written | None = None
        for item in items:
            ink = self._scripts.print(item)
            if before is not None:
                text += _between_scripts(before, text, item, ink)
            text += ink
            before = item
        return text

    def _constant(self, node: nodes.Constant, numbers: Numbers) -> Piece:
        if node.name not in ("e", "pi"):
            raise ValueError(f"unknown constant {node.name!r}; known are e and pi")
        return ("e" if node.name == "e" else r"\pi"), brackets.NOTHING

    def _text(self, node: nodes.Text, numbers: Numbers) -> Piece:
        return rf"\text{{{escaped(node.text)}}}", brackets.WORD

    def _ellipsis(self, node: nodes.Ellipsis, numbers: Numbers) -> Piece:
        return DIRECTIONS[node.direction], brackets.NOTHING

    # Operations.

    def _brackets(self, text: str, traits: int) -> str:
        return rf"\left( {text} \right)" if traits & brackets.TALL else f"({text})"

    def _gap(self, left: int, right: int, sign: str) -> str:
        if right & brackets.NUMERIC:
            return sign
        if left & brackets.NUMBER or left & right & brackets.BRACKETED:
            return ""
        return self.THIN if (left | right) & brackets.WORD else " "

    def fraction(self, above: str, below: str) -> str:
        """Return a fraction with a bar."""
        return rf"\frac{{{above}}}{{{below}}}"

    def raised(self, base: str, exponent: str) -> str:
        """Return what stands above the line behind its base."""
        return f"{base}^{{{exponent}}}"

    def _norm(self, node: nodes.Norm, numbers: Numbers) -> Piece:
        return self._between(r"\lVert", node.operand, r"\rVert", numbers)

    def _between(self, left: str, node: Written, right: str, numbers: Numbers) -> Piece:
        text, traits = self._piece(node, numbers)
        tall = traits & brackets.TALL
        return (rf"\left{left} {text} \right{right}" if tall else f"{left} {text} {right}"), tall

    def _call(self, node: nodes.Call, numbers: Numbers) -> Piece:
        if node.function == "sqrt" and len(node.arguments) == 1 and not node.primes:
            return rf"\sqrt{{{self._piece(node.arguments[0], numbers)[0]}}}", brackets.TALL | brackets.SCRIPTED
        if node.function == "abs" and len(node.arguments) == 1 and not node.primes:
            return self._between(r"\lvert", node.arguments[0], r"\rvert", numbers)
        arguments, traits = self._arguments(node.arguments, numbers)
        function = nodes.Symbol(node.function) if isinstance(node.function, str) else node.function
        if function.base in FUNCTION_COMMANDS:
            base, word = "\\" + function.base, brackets.NOTHING
        else:
            base = self._base(function, r"\mathrm")
            word = brackets.WORD if is_word(function.base) else brackets.NOTHING
        name, _ = self._scripted(function, base, node.primes)
        return name + arguments, traits & brackets.TALL | word

    def _differential(self, of: Piece, by: Piece, total: bool = False) -> Piece:
        sign = "d" if total else r"\partial"
        above, below = (self._enclosed(piece) if piece[1] & brackets.DIFFERENTIATED else piece for piece in (of, by))
        return rf"\frac{{{sign} {above[0]}}}{{{sign} {below[0]}}}", brackets.FRACTION | brackets.TALL

    def _indexed_sum(self, node: nodes.IndexedSum, numbers: Numbers) -> Piece:
        below = self._piece(node.index, None)[0]
        if node.lower is not None:
            below += "=" + self._piece(node.lower, None)[0]
        above = "" if node.upper is None else f"^{{{self._piece(node.upper, None)[0]}}}"
        body, traits = self._fitted(node.body, numbers, brackets.SUMMED)
        carried = traits & brackets.BRANCHED
        return rf"\sum_{{{below}}}{above} {body}", brackets.OPEN | brackets.TALL | carried

    # Arrays and annotations.

    def _cases(self, node: nodes.Cases, numbers: Numbers) -> Piece:
        rows = ROW_END.join(
            " & ".join(self._piece(part, numbers)[0] for part in branch if part != WITHOUT_CONDITION)
            for branch in node.branches
        )
        return rf"\begin{{cases}} {rows} \end{{cases}}", brackets.BRANCHED | brackets.TALL

    def _matrix(self, node: nodes.Matrix, numbers: Numbers) -> Piece:
        writers = self._writers
        rows = [" & ".join([writers[type(entry)](entry, numbers)[0] for entry in row]) for row in node.rows]
        return r"\begin{bmatrix} " + ROW_END.join(rows) + r" \end{bmatrix}", brackets.TALL

    def _sequence(self, node: nodes.Sequence, numbers: Numbers) -> Piece:
        pieces = [self._piece(item, numbers) for item in node.items]
        tall = any(traits & brackets.TALL for _, traits in pieces)
        text = self.separator.join(text for text, _ in pieces)
        return (rf"\left[ {text} \right]", brackets.TALL) if tall else (f"[{text}]", brackets.NOTHING)

    def _annotation(self, node: nodes.Annotation, numbers: Numbers) -> Piece:
        """Return the brace in a group, or signs beside it would lose their space; no bracket grows with it."""
        body, traits = self._piece(node.body, numbers)
        label, _ = self._piece(node.label, numbers)
        whole = traits & ~(brackets.OPPOSITE | brackets.BRACKETED) | brackets.SCRIPTED
        return rf"{{\underbrace{{{body}}}_{{{label}}}}}", whole


class _ScriptPrinter(LatexPrinter):
    """Prints what stands in a subscript or superscript, where words are set upright without the spacing of text."""

    def _script_printer(self) -> LatexPrinter:
        return self

    def _text(self, node: nodes.Text, numbers: Numbers) -> Piece:
        if WORD.fullmatch(node.text):
            return rf"\mathrm{{{node.text}}}", brackets.WORD
        return (node.text, brackets.NOTHING) if node.text in SCRIPT_MARKS else super()._text(node, numbers)


def escaped(text: str) -> str:
    r"""Return running text for the argument of ``\text``.

    Raises
    ------
    ValueError
        If the text holds control, format or surrogate characters (Unicode categories C*).
    """
    return printable(text).translate(TEXT_ESCAPES)


def is_word(base: str) -> bool:
    """Say whether the base of a symbol is a word of several letters."""
    return len(base) > 1 and base.isalnum()


def _between_scripts(before: Written, text: str, item: Written, ink: str) -> str:
    """Return what keeps two neighbours in a script apart; ``j_1 k_1`` and commands need a space."""
    if isinstance(before, nodes.Number) and isinstance(item, nodes.Number):
        return "," if run_together(before, item) else ""
    if any(isinstance(each, nodes.Symbol) and (each.subscript or each.superscript) for each in (before, item)):
        return " "
    return " " if SCRIPT_ENDS_IN_COMMAND.search(text) and ink[:1].isalpha() else ""


def run_together(before: Written, item: Written) -> bool:
    """Say whether two neighbours in a script are numbers of which nobody could tell where the first ends: ``1 12``."""
    numbers = isinstance(before, nodes.Number) and isinstance(item, nodes.Number)
    return numbers and any(len(each.text) > 1 for each in (before, item) if isinstance(each, nodes.Number))
