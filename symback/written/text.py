"""Plain ASCII text for written mathematics, in the spelling of spec expressions wherever that spelling has the node."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import ClassVar

from symback.written import brackets, nodes
from symback.written.brackets import Piece
from symback.written.nodes import Name, Written
from symback.written.printer import Numbers, Printer

MARKS = {"": "", "prime": "'", "plus": "^+"}
NOT_IN_WORDS = re.compile(r"[^A-Za-z0-9]+")
LATEX_COMMAND = re.compile(r"\\[a-z]+\{([A-Za-z]+)\}|\\([A-Za-z]+)")


class TextPrinter(Printer):
    """Prints written mathematics on one line of plain text, quantities by their ids unless `names` says otherwise.

    Every product has its sign, and a symbol is one word: ``w_j_1_k_1`` has a subscript, ``a__1`` a superscript.
    """

    PRODUCT_SIGNS: ClassVar[Mapping[str, str]] = dict.fromkeys(nodes.PRODUCT_SIGNS[1:], "*")
    RELATION_SIGNS: ClassVar[Mapping[str, str]] = {
        "=": " = ",
        "≈": " ~= ",
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

    def __init__(self, names: Callable[[str], Written] = Name, product: str = "star", mark: str = "point") -> None:
        super().__init__(names, product, mark=mark)

    # Leaves.

    def _name_piece(self, key: str) -> Piece:
        written = self._named(key)
        return (_ascii(written.id), brackets.NOTHING) if isinstance(written, Name) else self._piece(written, None)

    def _symbol_piece(self, node: nodes.Symbol) -> Piece:
        base = LATEX_COMMAND.sub(lambda match: match[1] or match[2], node.base)
        if not base.isalnum():
            raise ValueError(f"{node.base!r} is neither a word of letters and digits nor a command for a symbol")
        accent = f"_{node.accent}" if node.accent else ""
        scripts = (("_", node.subscript), ("__", node.superscript))
        indices = "".join(mark + self._index(items) for mark, items in scripts if items)
        mark = MARKS[node.mark]
        return _ascii(base) + accent + indices + mark, brackets.SCRIPTED if mark else brackets.NOTHING

    def _index(self, items: tuple[Written, ...]) -> str:
        return NOT_IN_WORDS.sub("_", "_".join(self.print(item) for item in items)).strip("_")

    def _constant(self, node: nodes.Constant, numbers: Numbers) -> Piece:
        return _ascii(node.name), brackets.NOTHING

    def _text(self, node: nodes.Text, numbers: Numbers) -> Piece:
        return _ascii(node.text), brackets.NOTHING

    def _ellipsis(self, node: nodes.Ellipsis, numbers: Numbers) -> Piece:
        return "...", brackets.NOTHING

    # Operations.

    def _brackets(self, text: str, traits: int) -> str:
        return f"({text})"

    def _quotient(self, node: nodes.Quotient, numbers: Numbers) -> Piece:
        above, over = self._fitted(node.numerator, numbers, brackets.SLASH_LEFT)
        below, _ = self._fitted(node.denominator, numbers, brackets.SLASH_RIGHT)
        return f"{above}/{below}", brackets.SLASH | over & brackets.LEADING

    def _power(self, node: nodes.Power, numbers: Numbers) -> Piece:
        base, traits = self._fitted(node.base, numbers, brackets.BASE)
        exponent, _ = self._fitted(node.exponent, numbers, brackets.EXPONENT)
        return f"{base}^{exponent}", brackets.POWER | traits & brackets.NUMERIC

    def _transpose(self, node: nodes.Transpose, numbers: Numbers) -> Piece:
        return self._called("transpose", (node.operand,), numbers)

    def _norm(self, node: nodes.Norm, numbers: Numbers) -> Piece:
        return self._called("norm", (node.operand,), numbers)

    def _call(self, node: nodes.Call, numbers: Numbers) -> Piece:
        function = node.function
        name = _ascii(function) if isinstance(function, str) else self.print(function)
        return self._called(name + "'" * node.primes, node.arguments, numbers)

    def _called(self, name: str, arguments: tuple[Written, ...], numbers: Numbers) -> Piece:
        return name + self._arguments(arguments, numbers)[0], brackets.NOTHING

    def _differential(self, of: Piece, by: Piece, total: bool = False) -> Piece:
        above, below = (piece if piece[1] & brackets.BRACKETED else self._enclosed(piece) for piece in (of, by))
        return f"d{above[0]}/d{below[0]}", brackets.SLASH

    def _indexed_sum(self, node: nodes.IndexedSum, numbers: Numbers) -> Piece:
        """Print ``sum(body, index, lower, upper)``, which has brackets of its own."""
        bounds = [self.print(each) for each in (node.index, node.lower, node.upper) if each is not None]
        return f"sum({', '.join([self.print(node.body, numbers), *bounds])})", brackets.NOTHING

    # Arrays and annotations.

    def _cases(self, node: nodes.Cases, numbers: Numbers) -> Piece:
        return self._called("cases", tuple(side for branch in node.branches for side in branch), numbers)

    def _matrix(self, node: nodes.Matrix, numbers: Numbers) -> Piece:
        return self._listed([self._listed([self.print(entry, numbers) for entry in row])[0] for row in node.rows])

    def _sequence(self, node: nodes.Sequence, numbers: Numbers) -> Piece:
        return self._listed([self.print(item, numbers) for item in node.items])

    def _listed(self, items: list[str]) -> Piece:
        return f"[{', '.join(items)}]", brackets.NOTHING

    def _annotation(self, node: nodes.Annotation, numbers: Numbers) -> Piece:
        """Print the body alone: one line has no room beneath it for the label."""
        return self._piece(node.body, numbers)


def _ascii(text: str) -> str:
    """Return the text with every character outside printable ASCII as its Python escape."""
    return text.encode("unicode_escape").decode("ascii") if not (text.isascii() and text.isprintable()) else text
