"""MathML for written mathematics, in the elements and attributes of MathML Core, which browsers draw by themselves.

What is printed is the inside of a ``math`` element. Cases carry the class ``cases``, so that a page can set their
columns to the left, and primes the class ``prime``, so that it can enlarge them; nothing else needs a style.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import ClassVar

from symback.written import brackets, nodes
from symback.written.alphabets import SYMBOLS, UPRIGHT, in_alphabet
from symback.written.brackets import Piece
from symback.written.latex import SCRIPT_MARKS, WITHOUT_CONDITION, WORD, run_together
from symback.written.markup import element, escaped, leaf, row
from symback.written.nodes import Written
from symback.written.printer import Numbers
from symback.written.stacked import StackedPrinter

ALPHABET_COMMAND = re.compile(r"\\math(cal|bb|bf|rm|it|sf|frak)\{([A-Za-z]+)\}")
ALPHABETS: Mapping[str, str] = {"bf": "bold", "it": "italic", "rm": "upright"}
"""Alphabets whose command has another name."""

INVISIBLE_TIMES, APPLY = "<mo>\u2062</mo>", "<mo>\u2061</mo>"
"""Signs that are not seen: a screen reader speaks them."""

CLOSING = '<mo stretchy="false">)</mo>'
CLOSED = f"{CLOSING}</mrow>"
"""The end of what stands between brackets that are no higher than a line."""

THIN_SPACE = '<mspace width="0.17em"></mspace>'
DIRECTIONS = {"horizontal": "⋯", "vertical": "⋮", "diagonal": "⋱"}


class MathMLPrinter(StackedPrinter):
    """Prints written mathematics as MathML."""

    TRANSPOSITION: ClassVar[str] = leaf("mi", "T")

    NEGATION: ClassVar[str] = '<mo form="prefix">−</mo>'
    PLUS: ClassVar[str] = "<mo>+</mo>"
    MINUS: ClassVar[str] = "<mo>−</mo>"
    PRODUCT_SIGNS: ClassVar[Mapping[str, str]] = {
        "times": "<mo>×</mo>",
        "dot": "<mo>⋅</mo>",
        "star": "<mo>∗</mo>",
        "hadamard": "<mo>∘</mo>",
    }
    SEPARATORS: ClassVar[Mapping[str, str]] = {"point": "<mo>,</mo>", "comma": "<mo>;</mo>"}
    RELATION_SIGNS: ClassVar[Mapping[str, str]] = {sign: leaf("mo", sign) for sign in nodes.RELATION_SIGNS}

    def __init__(
        self, names: Callable[[str], Written], product: str = "times", juxtapose: bool = True, mark: str = "point"
    ) -> None:
        super().__init__(names, product, juxtapose, mark)
        self._scripts = self._script_printer()

    def _script_printer(self) -> MathMLPrinter:
        return _ScriptPrinter(self._named, self._product_sign)

    # Leaves.

    def _digits(self, text: str) -> str:
        return f"<mn>{super()._digits(text)}</mn>"

    def _symbol_piece(self, node: nodes.Symbol) -> Piece:
        return self._scripted(node, _base(node, "italic"))

    def _scripted(self, node: nodes.Symbol, base: str, primes: int = 0) -> Piece:
        """Return `base` with the scripts and marks of `node`."""
        if node.mark not in ("", "prime", "plus"):
            raise ValueError(f"unknown mark {node.mark!r} of the symbol {node.base!r}")
        quotes = primes + (node.mark == "prime")
        above = leaf("mo", "′" * quotes, class_="prime") if quotes else ""
        above += self._script(node.superscript) + (self.PLUS if node.mark == "plus" else "")
        below = self._script(node.subscript)
        word = brackets.WORD if WORD.fullmatch(node.base) and len(node.base) > 1 else brackets.NOTHING
        return _with_scripts(base, below, above), (brackets.SCRIPTED if above else brackets.NOTHING) | word

    def _script(self, items: tuple[Written, ...]) -> str:
        """Return the items set side by side, with a comma only where they would run into each other.

        Numbers in brackets, such as ``(1)`` for a layer, are one text, and indices without a comma are one number, as
        everybody writes them.
        """
        texts = [item.text for item in items if isinstance(item, nodes.Number | nodes.Text)]
        if len(texts) == len(items) > 1 and texts[0] in SCRIPT_MARKS:
            return leaf("mtext", "".join(texts))
        parts: list[str] = []
        for before, item in zip((None, *items), items, strict=False):
            if before is not None and run_together(before, item):
                parts.append("<mo>,</mo>")
            parts.append(self._scripts.print(item))
        return "".join(parts).replace("</mn><mn>", "")

    def _constant(self, node: nodes.Constant, numbers: Numbers) -> Piece:
        if node.name not in ("e", "pi"):
            raise ValueError(f"unknown constant {node.name!r}; known are e and pi")
        return leaf("mi", "e" if node.name == "e" else "π"), brackets.NOTHING

    def _text(self, node: nodes.Text, numbers: Numbers) -> Piece:
        """Return words; spaces at their ends are such that no browser drops them."""
        words = node.text.strip(" ")
        before = len(node.text) - len(node.text.lstrip(" "))
        spaces = "&#160;" * before, "&#160;" * (len(node.text) - before - len(words))
        return element("mtext", escaped(words).join(spaces)), brackets.WORD

    def _ellipsis(self, node: nodes.Ellipsis, numbers: Numbers) -> Piece:
        return leaf("mi", DIRECTIONS[node.direction]), brackets.NOTHING

    # Operations.

    def _brackets(self, text: str, traits: int) -> str:
        return _fenced("(", text, ")", traits)

    def _gap(self, left: int, right: int, sign: str) -> str:
        if right & brackets.NUMERIC:
            return sign
        apart = (left | right) & brackets.WORD or left & right & brackets.TALL
        return INVISIBLE_TIMES + THIN_SPACE if apart else INVISIBLE_TIMES

    def fraction(self, above: str, below: str) -> str:
        """Return a fraction with a bar."""
        return element("mfrac", row(above) + row(below))

    def raised(self, base: str, exponent: str) -> str:
        """Return what stands above the line behind its base: behind its bracket, if that is no higher than a line."""
        inside = base.removesuffix(CLOSED)
        return (
            _with_scripts(base, "", exponent)
            if inside == base
            else f"{inside}{_with_scripts(CLOSING, '', exponent)}</mrow>"
        )

    def _norm(self, node: nodes.Norm, numbers: Numbers) -> Piece:
        text, traits = self._piece(node.operand, numbers)
        return _fenced("‖", text, "‖", traits), traits & brackets.TALL

    def _call(self, node: nodes.Call, numbers: Numbers) -> Piece:
        if node.function == "sqrt" and len(node.arguments) == 1 and not node.primes:
            root = element("msqrt", row(self._piece(node.arguments[0], numbers)[0]))
            return root, brackets.TALL | brackets.SCRIPTED
        if node.function == "abs" and len(node.arguments) == 1 and not node.primes:
            text, traits = self._piece(node.arguments[0], numbers)
            return _fenced("|", text, "|", traits), traits & brackets.TALL
        arguments, traits = self._arguments(node.arguments, numbers)
        function = nodes.Symbol(node.function) if isinstance(node.function, str) else node.function
        name, word = self._scripted(function, _base(function, "upright"), node.primes)
        return name + APPLY + arguments, traits & brackets.TALL | word & brackets.WORD

    def _arguments(self, arguments: tuple[Written, ...], numbers: Numbers) -> Piece:
        if len(arguments) == 1:
            return super()._arguments(arguments, numbers)
        text, tall = self._separated(arguments, numbers)
        return self._enclosed((text, tall))

    def _separated(self, items: Sequence[Written], numbers: Numbers) -> Piece:
        """Return items with what separates them."""
        pieces = [self._piece(item, numbers) for item in items]
        tall = brackets.TALL if any(traits & brackets.TALL for _, traits in pieces) else brackets.NOTHING
        return self.separator.join(text for text, _ in pieces), tall

    def _differential(self, of: Piece, by: Piece, total: bool = False) -> Piece:
        sign = "<mi>d</mi>" if total else "<mi>∂</mi>"
        above, below = (self._enclosed(piece) if piece[1] & brackets.DIFFERENTIATED else piece for piece in (of, by))
        return element("mfrac", row(sign + above[0]) + row(sign + below[0])), brackets.FRACTION | brackets.TALL

    def _indexed_sum(self, node: nodes.IndexedSum, numbers: Numbers) -> Piece:
        below = self._piece(node.index, None)[0]
        if node.lower is not None:
            below += "<mo>=</mo>" + self._piece(node.lower, None)[0]
        sign = "<mo>∑</mo>" + row(below)
        if node.upper is None:
            sign = element("munder", sign)
        else:
            sign = element("munderover", sign + row(self._piece(node.upper, None)[0]))
        body, traits = self._fitted(node.body, numbers, brackets.SUMMED)
        return sign + body, brackets.OPEN | brackets.TALL | traits & brackets.BRANCHED

    # Arrays and annotations.

    def _cases(self, node: nodes.Cases, numbers: Numbers) -> Piece:
        rows = [
            [self._piece(part, numbers)[0] for part in branch if part != WITHOUT_CONDITION] for branch in node.branches
        ]
        return element("mrow", "<mo>{</mo>" + _table(rows, "cases")), brackets.BRANCHED | brackets.TALL

    def _matrix(self, node: nodes.Matrix, numbers: Numbers) -> Piece:
        rows = [[self._piece(entry, numbers)[0] for entry in row] for row in node.rows]
        return _fenced("[", _table(rows), "]", brackets.TALL), brackets.TALL

    def _sequence(self, node: nodes.Sequence, numbers: Numbers) -> Piece:
        text, tall = self._separated(node.items, numbers)
        return _fenced("[", text, "]", tall), tall

    def _annotation(self, node: nodes.Annotation, numbers: Numbers) -> Piece:
        """Return the brace around its body; no bracket grows with it."""
        body, traits = self._piece(node.body, numbers)
        label, _ = self._piece(node.label, numbers)
        braced = element("munder", element("mrow", body) + "<mo>⏟</mo>")
        whole = traits & ~(brackets.OPPOSITE | brackets.BRACKETED) | brackets.SCRIPTED
        return element("munder", braced + row(label)), whole


class _ScriptPrinter(MathMLPrinter):
    """Prints what stands in a subscript or superscript, where words are upright and brackets are signs."""

    def _script_printer(self) -> MathMLPrinter:
        return self

    def _text(self, node: nodes.Text, numbers: Numbers) -> Piece:
        if WORD.fullmatch(node.text):
            return _identifier(node.text, "upright"), brackets.WORD
        if node.text in SCRIPT_MARKS:
            return leaf("mo", node.text, stretchy=None if node.text == "," else "false"), brackets.NOTHING
        return super()._text(node, numbers)


def _with_scripts(base: str, below: str, above: str) -> str:
    parts = [row(part) for part in (base, below, above) if part]
    if len(parts) == 1:
        return base
    return element("msubsup" if below and above else "msub" if below else "msup", "".join(parts))


def _fenced(left: str, text: str, right: str, traits: int) -> str:
    """Return what stands between two fences, which grow only with what is higher than a line."""
    stretchy = None if traits & brackets.TALL else "false"
    return element("mrow", text.join(leaf("mo", sign, stretchy=stretchy) for sign in (left, right)))


def _table(rows: Sequence[Sequence[str]], kind: str | None = None) -> str:
    lines = ("".join(element("mtd", cell) for cell in cells) for cells in rows)
    return element("mtable", "".join(element("mtr", line) for line in lines), class_=kind)


def _base(symbol: nodes.Symbol, words: str) -> str:
    """Return the base of a symbol with its accent; a word of several letters is set in the alphabet `words`."""
    base = symbol.base
    alphabet = ALPHABET_COMMAND.fullmatch(base)
    if alphabet:
        text = _identifier(alphabet[2], ALPHABETS.get(alphabet[1], alphabet[1]))
    elif base in SYMBOLS:
        character = SYMBOLS[base]
        text = _identifier(character, "bold" if symbol.bold else "upright" if character in UPRIGHT else "")
    elif WORD.fullmatch(base):
        text = _identifier(base, "bold" if symbol.bold else "" if len(base) == 1 else words)
    else:
        raise ValueError(f"{base!r} is neither a word of letters and digits nor a known command for a symbol")
    if symbol.accent not in ("", "hat"):
        raise ValueError(f"unknown accent {symbol.accent!r} of the symbol {base!r}")
    return element("mover", text + '<mo stretchy="false">^</mo>', accent="true") if symbol.accent else text


def _identifier(text: str, alphabet: str) -> str:
    """Return letters in an alphabet; without one a single letter is italic, as MathML has it."""
    if alphabet == "upright":
        return leaf("mi", text, mathvariant="normal" if len(text) == 1 else None)
    return leaf("mi", in_alphabet(text, alphabet) if alphabet else text)
