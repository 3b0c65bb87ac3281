r"""Typst for written mathematics, as it stands between dollar signs.

Typst grows every pair of brackets and takes brackets away that only hold a script together. Here the printer alone
decides: the page makes brackets keep their size unless they stand in ``tall(…)``, and scripts always have a pair of
their own to lose. The page also defines ``pd(of, by)``, the fraction of a partial derivative.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import ClassVar

from symback.written import brackets, nodes
from symback.written.brackets import Piece
from symback.written.latex import (
    ALPHABET_COMMAND,
    FUNCTION_COMMANDS,
    GREEK,
    SCRIPT_MARKS,
    WITHOUT_CONDITION,
    WORD,
    is_word,
)
from symback.written.nodes import Written
from symback.written.page_printer import PagePrinter
from symback.written.printable import printable
from symback.written.printer import Numbers

VARIANTS = {
    "epsilon": "epsilon.alt",
    "varepsilon": "epsilon",
    "vartheta": "theta.alt",
    "varpi": "pi.alt",
    "varrho": "rho.alt",
    "varsigma": "sigma.alt",
    "phi": "phi.alt",
    "varphi": "phi",
    "infty": "infinity",
}
"""Letters that LaTeX and Typst call by different names."""

LETTERS = {"\\" + word: VARIANTS.get(word, word) for word in (*GREEK.split(), "ell", "nabla", "infty")}
ALPHABETS = {"cal": "cal({})", "bb": "bb({})", "bf": "bold(upright({}))", "rm": "upright({})", "it": "italic({})"}
ALPHABETS |= {"sf": "sans({})", "frak": "frak({})"}
DIRECTIONS = {"horizontal": "dots.c", "vertical": "dots.v", "diagonal": "dots.down"}

PARTIAL = {"pd(of, by)": "$frac(partial#of, partial#by)$"}

_VOCABULARY = """
std math tall pd lead long numbered frac partial mat cases display abs norm sqrt sum underbrace quad bold upright italic
sans frak cal bb hat op dots times dot compose approx
"""
VOCABULARY = frozenset(_VOCABULARY.split()).union(
    FUNCTION_COMMANDS, (name.partition(".")[0] for name in LETTERS.values())
)
"""What the printer itself says; a word of the page that is spelled alike gets no definition."""


class TypstPrinter(PagePrinter):
    """Prints written mathematics as Typst, words of several letters by definitions that the page has to begin with."""

    PRODUCT_SIGNS: ClassVar[Mapping[str, str]] = {
        "times": " times ",
        "dot": " dot ",
        "star": " * ",
        "hadamard": " compose ",
    }
    RELATION_SIGNS: ClassVar[Mapping[str, str]] = {
        "=": " = ",
        "≈": " approx ",
        ":=": " := ",
        "←": " <- ",
        "⟵": " <-- ",
        "→": " -> ",
        "⇒": " => ",
        "<": " < ",
        ">": " > ",
        "≤": " <= ",
        "≥": " >= ",
        "≠": " != ",
    }
    MARKS: ClassVar[Mapping[str, str]] = {"point": ".", "comma": '","'}
    SEPARATORS: ClassVar[Mapping[str, str]] = {"point": ", ", "comma": "\\; "}
    CONTINUATION: ClassVar[str] = "#hide[$=$]"

    def __init__(
        self, names: Callable[[str], Written], product: str = "times", juxtapose: bool = True, mark: str = "point"
    ) -> None:
        super().__init__(names, product, juxtapose, mark)
        self._words: dict[str, str] = {}
        self._differentiates = False

    @property
    def definitions(self) -> Mapping[str, str]:
        """What was printed so far and the page has to define: a word or a function, and its ink."""
        words = {word: f"math.{ink}" for word, ink in sorted(self._words.items())}
        return PARTIAL | words if self._differentiates else words

    def inline(self, node: Written) -> str:
        """Return mathematics for running text."""
        return f"${self.print(node)}$"

    def beside(self, rows: Sequence[Written]) -> str:
        """Return rows side by side, for a display."""
        return f"{self.separator}quad ".join(map(self.print, rows))

    def aligned(self, lines: Sequence[tuple[str, str]]) -> str:
        """Return lines, each in two parts that meet at one edge, for a display."""
        return " \\\n".join(f"{left} &{right}".lstrip() for left, right in lines)

    # Leaves.

    def _symbol_piece(self, node: nodes.Symbol) -> Piece:
        return self._scripted(node, self._base(node, "italic"))

    def _base(self, symbol: nodes.Symbol, words: str) -> str:
        """Return the base of a symbol with its accent; a word of several letters is set by the function `words`."""
        base = symbol.base
        alphabet = ALPHABET_COMMAND.fullmatch(base)
        if alphabet:
            command, _, letters = base.removeprefix(r"\math").removesuffix("}").partition("{")
            text = ALPHABETS[command].format(letters if len(letters) == 1 else f'"{letters}"')
        elif base in LETTERS:
            text = LETTERS[base]
        elif not WORD.fullmatch(base):
            raise ValueError(f"{base!r} is neither a word of letters and digits nor a known command for a symbol")
        elif len(base) == 1:
            text = f"upright({base})" if symbol.bold else base
        else:
            text = f'upright("{base}")' if symbol.bold else self._word(base, f'{words}("{base}")')
        if symbol.accent not in ("", "hat"):
            raise ValueError(f"unknown accent {symbol.accent!r} of the symbol {base!r}")
        text = f"bold({text})" if symbol.bold else text
        return f"hat({text})" if symbol.accent else text

    def _word(self, word: str, ink: str) -> str:
        """Return the name of a word that is written as `ink`, or `ink` itself where that name has another meaning."""
        if word not in VOCABULARY and self._words.setdefault(word, ink) == ink:
            return word
        return ink

    def _scripted(self, node: nodes.Symbol, base: str, primes: int = 0) -> Piece:
        if node.mark not in ("", "prime", "plus"):
            raise ValueError(f"unknown mark {node.mark!r} of the symbol {node.base!r}")
        quotes = "'" * (primes + (node.mark == "prime"))
        above = self._script(node.superscript) + ("+" if node.mark == "plus" else "")
        below = self._script(node.subscript)
        subscript = f"_{below}" if below.isdecimal() else f"_({below})" if below else ""
        text = base + quotes + subscript + (f"^({above})" if above else "")
        traits = brackets.SCRIPTED if quotes or above else brackets.NOTHING
        return text, traits | (brackets.WORD if is_word(node.base) else brackets.NOTHING)

    def _script(self, items: tuple[Written, ...]) -> str:
        """Return the items set side by side, apart only where they would run into each other."""
        text = ""
        before: Written | None = None
        for item in items:
            text += _between_scripts(before, item) if before is not None else ""
            text += item.text if isinstance(item, nodes.Text) and item.text == "," else self._script_item(item)
            before = item
        return text

    def _script_item(self, item: Written) -> str:
        if isinstance(item, nodes.Text) and item.text in SCRIPT_MARKS:
            return "\\" + item.text
        return self.print(item)

    def _constant(self, node: nodes.Constant, numbers: Numbers) -> Piece:
        if node.name not in ("e", "pi"):
            raise ValueError(f"unknown constant {node.name!r}; known are e and pi")
        return node.name, brackets.NOTHING

    def _text(self, node: nodes.Text, numbers: Numbers) -> Piece:
        return quoted(node.text), brackets.WORD

    def _ellipsis(self, node: nodes.Ellipsis, numbers: Numbers) -> Piece:
        return DIRECTIONS[node.direction], brackets.NOTHING

    # Operations.

    def _brackets(self, text: str, traits: int) -> str:
        return f"tall(({text}))" if traits & brackets.TALL else f"({text})"

    def _gap(self, left: int, right: int, sign: str) -> str:
        return sign if right & brackets.NUMERIC else " "

    def fraction(self, above: str, below: str) -> str:
        """Return a fraction with a bar."""
        return f"frac({above}, {below})"

    def raised(self, base: str, exponent: str) -> str:
        """Return what stands above the line behind its base: behind its bracket, if that is no higher than a line."""
        flat = rf"\({base[1:-1]}\)" if base.startswith("(") else base
        return f"{flat}^({exponent})"

    def _norm(self, node: nodes.Norm, numbers: Numbers) -> Piece:
        return self._between("norm", node.operand, numbers)

    def _between(self, function: str, node: Written, numbers: Numbers) -> Piece:
        text, traits = self._piece(node, numbers)
        tall = traits & brackets.TALL
        return f"{function}({'size: #100%, ' if tall else ''}{text})", tall

    def _call(self, node: nodes.Call, numbers: Numbers) -> Piece:
        if node.function == "sqrt" and len(node.arguments) == 1 and not node.primes:
            return f"sqrt({self._piece(node.arguments[0], numbers)[0]})", brackets.TALL | brackets.SCRIPTED
        if node.function == "abs" and len(node.arguments) == 1 and not node.primes:
            return self._between("abs", node.arguments[0], numbers)
        arguments, traits = self._arguments(node.arguments, numbers)
        function = nodes.Symbol(node.function) if isinstance(node.function, str) else node.function
        if function.base in FUNCTION_COMMANDS:
            base, word = function.base, brackets.NOTHING
        else:
            base = self._base(function, "op")
            word = brackets.WORD if is_word(function.base) else brackets.NOTHING
        name, _ = self._scripted(function, base, node.primes)
        return name + (" " if arguments.startswith("tall") else "") + arguments, traits & brackets.TALL | word

    def _differential(self, of: Piece, by: Piece, total: bool = False) -> Piece:
        above, below = (self._enclosed(piece) if piece[1] & brackets.DIFFERENTIATED else piece for piece in (of, by))
        traits = brackets.FRACTION | brackets.TALL
        if total:
            return f"frac(d {above[0]}, d {below[0]})", traits
        self._differentiates = True
        return f"pd({above[0]}, {below[0]})", traits

    def _indexed_sum(self, node: nodes.IndexedSum, numbers: Numbers) -> Piece:
        below = self._piece(node.index, None)[0]
        if node.lower is not None:
            below += " = " + self._piece(node.lower, None)[0]
        above = "" if node.upper is None else f"^({self._piece(node.upper, None)[0]})"
        body, traits = self._fitted(node.body, numbers, brackets.SUMMED)
        carried = traits & brackets.BRANCHED
        return f"sum_({below}){above} {body}", brackets.OPEN | brackets.TALL | carried

    # Arrays and annotations.

    def _cases(self, node: nodes.Cases, numbers: Numbers) -> Piece:
        rows = ", ".join(
            " & quad ".join(self._displayed(part, numbers) for part in branch if part != WITHOUT_CONDITION)
            for branch in node.branches
        )
        return f"cases({rows})", brackets.BRANCHED | brackets.TALL

    def _displayed(self, part: Written, numbers: Numbers) -> str:
        """Return a part of cases as large as it is in a display: exponents in a small fraction cannot be read."""
        text, traits = self._piece(part, numbers)
        return f"display({text})" if traits & brackets.TALL else text

    def _matrix(self, node: nodes.Matrix, numbers: Numbers) -> Piece:
        writers = self._writers
        rows = [", ".join([writers[type(entry)](entry, numbers)[0] for entry in row]) for row in node.rows]
        return f"mat({'; '.join(rows)})", brackets.TALL

    def _sequence(self, node: nodes.Sequence, numbers: Numbers) -> Piece:
        pieces = [self._piece(item, numbers) for item in node.items]
        tall = any(traits & brackets.TALL for _, traits in pieces)
        text = self.separator.join(text for text, _ in pieces)
        return (f"tall([{text}])", brackets.TALL) if tall else (f"[{text}]", brackets.NOTHING)

    def _annotation(self, node: nodes.Annotation, numbers: Numbers) -> Piece:
        body, traits = self._piece(node.body, numbers)
        label, _ = self._piece(node.label, numbers)
        whole = traits & ~(brackets.OPPOSITE | brackets.BRACKETED) | brackets.SCRIPTED
        return f"underbrace({body}, {label})", whole


def quoted(text: str) -> str:
    """Return running text as a string of Typst.

    Raises
    ------
    ValueError
        If the text holds control, format or surrogate characters (Unicode categories C*).
    """
    return '"' + printable(text).replace("\\", r"\\").replace('"', r"\"") + '"'


def _between_scripts(before: Written, item: Written) -> str:
    """Return what keeps two neighbours in a script apart: of two long numbers nobody could tell where one ends."""
    if isinstance(before, nodes.Number) and isinstance(item, nodes.Number):
        return "," if len(before.text) > 1 or len(item.text) > 1 else ""
    return "" if isinstance(before, nodes.Text) or isinstance(item, nodes.Text) else " "
