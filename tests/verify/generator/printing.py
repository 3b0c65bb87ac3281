"""Formulas as people write them: in LaTeX, in Unicode, or as in a program."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

from tests.verify.generator.expressions import (
    Call,
    Dot,
    Hadamard,
    Negative,
    Node,
    Number,
    Product,
    Quotient,
    Ref,
    Square,
    Sum,
    Table,
    Transpose,
)

SUM, PRODUCT, FACTOR, ATOM = range(4)
RAISED = str.maketrans("0123456789-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻")


@dataclass(frozen=True, slots=True)
class Printer:
    """Signs of one hand; `dialect` is latex, unicode or ascii."""

    dialect: str
    times: str  # between numbers
    juxtaposes: bool  # symbols stand side by side
    powers: bool  # small numbers have a power of ten
    leading_zero: bool
    relu_as_max: bool
    bare_signs: bool  # 1 - 0.2 rather than 1 + (-0.2), and -0.2 in front of a product
    log: str
    brackets: str  # bmatrix or pmatrix

    def number(self, text: str) -> str:
        """Return a number as it is written in this hand."""
        sign, digits = ("-", text[1:]) if text.startswith("-") else ("", text)
        if "/" in digits:
            over, under = digits.split("/")
            return rf"\frac{{{over}}}{{{under}}}" if self.dialect == "latex" else digits
        if self.powers and digits.startswith("0.00") and digits.strip("0."):
            digits = self.power(digits)
        elif not self.leading_zero and digits.startswith("0."):
            digits = digits[1:]
        return (("−" if self.dialect == "unicode" else "-") if sign else "") + digits

    def power(self, digits: str) -> str:
        tail = digits[2:].lstrip("0")
        exponent = str(-(len(digits) - 2 - len(tail) + 1))
        mantissa = tail if len(tail) == 1 else f"{tail[0]}.{tail[1:]}"
        match self.dialect:
            case "latex":
                return rf"{mantissa} \cdot 10^{{{exponent}}}"
            case "unicode":
                return f"{mantissa}·10{exponent.translate(RAISED)}"
        return f"{mantissa}e{exponent}"

    def print(self, node: Node, leaf: Callable[[str], Node | str]) -> str:
        """Return a formula; `leaf` gives the symbol of a quantity, or the number that is put in its place."""
        return self._at(node, leaf)[0]

    def _at(self, node: Node, leaf: Callable[[str], Node | str]) -> tuple[str, int]:
        match node:
            case Number(text):
                shown = self.number(text)
                tight = ATOM if not text.startswith("-") and "·10" not in shown and "cdot" not in shown else PRODUCT
                return shown, SUM if text.startswith("-") else tight
            case Table(rows):
                return self.table([[self.number(text) for text in row] for row in rows]), ATOM
            case Ref(id):
                found = leaf(id)
                return (found, ATOM) if isinstance(found, str) else self._at(found, leaf)
            case Negative(of):
                return self.minus + self._inside(of, leaf, PRODUCT), SUM
            case Sum(terms):
                return self._sum(terms, leaf), SUM
            case Product(factors):
                text = self._product(factors, leaf)
                return text, SUM if text.startswith(self.minus) else PRODUCT
            case Quotient(over, under):
                if self.dialect == "latex":
                    return rf"\frac{{{self.print(over, leaf)}}}{{{self.print(under, leaf)}}}", FACTOR
                return f"{self._inside(over, leaf, FACTOR)}/{self._inside(under, leaf, ATOM)}", PRODUCT
            case Square(of):
                inner = self._inside(of, leaf, ATOM)
                return inner + {"latex": "^2", "unicode": "²", "ascii": "^2"}[self.dialect], FACTOR
            case Call(name, of):
                return self._call(name, of, leaf), FACTOR
            case Dot(left, right):
                sign = " @ " if self.dialect == "ascii" else " "
                return self._inside(left, leaf, PRODUCT) + sign + self._inside(right, leaf, PRODUCT), PRODUCT
            case Hadamard(left, right):
                sign = r" \odot " if self.dialect == "latex" else " * "
                return self._inside(left, leaf, PRODUCT) + sign + self._inside(right, leaf, PRODUCT), PRODUCT
            case Transpose(of):
                mark = r"^{\top}" if self.dialect == "latex" else ".T"
                inner = self._inside(of, leaf, ATOM)
                bracket = self.dialect == "latex" and "^" in inner and not inner.endswith("matrix}")
                return (rf"\left({inner}\right)" if bracket else inner) + mark, ATOM
        raise TypeError(node)

    @property
    def minus(self) -> str:
        return "−" if self.dialect == "unicode" else "-"

    def _inside(self, node: Node, leaf: Callable[[str], Node | str], level: int) -> str:
        text, found = self._at(node, leaf)
        return text if found >= level else self._bracketed(text)

    def _bracketed(self, text: str) -> str:
        tall = self.dialect == "latex" and ("frac" in text or "matrix" in text)
        return rf"\left({text}\right)" if tall else f"({text})"

    def _sum(self, terms: tuple[Node, ...], leaf: Callable[[str], Node | str]) -> str:
        text = self._inside(terms[0], leaf, SUM)
        for term in terms[1:]:
            subtracted = isinstance(term, Negative)
            inner, level = self._at(term.of if isinstance(term, Negative) else term, leaf)
            if self.bare_signs and not subtracted and inner.startswith(self.minus) and not isinstance(term, Sum):
                subtracted, inner, level = True, inner.removeprefix(self.minus), PRODUCT
            sign = f" {self.minus} " if subtracted else " + "
            text += sign + (inner if level >= PRODUCT else self._bracketed(inner))
        return text

    def _product(self, factors: tuple[Node, ...], leaf: Callable[[str], Node | str]) -> str:
        parts = []
        for factor in factors:
            text, level = self._at(factor, leaf)
            named = isinstance(factor, Ref) and isinstance(leaf(factor.id), str)
            needs = level < PRODUCT or (level == PRODUCT and not named and isinstance(factor, Quotient | Ref | Number))
            if not parts and self.bare_signs and isinstance(factor, Ref | Number) and text.startswith(self.minus):
                needs = False
            symbolic = named or not (isinstance(factor, Ref | Number | Table) or text.isdigit())
            parts.append((self._bracketed(text) if needs else text, symbolic))
        text = parts[0][0]
        for before, (part, symbolic) in pairwise(parts):
            both = symbolic and (before[1] or before[0].isdigit() or before[0].startswith(r"\frac{1}"))
            text += (" " if both and self.juxtaposes else f" {self.times} ") + part
        return text

    def _call(self, name: str, of: Node, leaf: Callable[[str], Node | str]) -> str:
        inner, latex = self.print(of, leaf), self.dialect == "latex"
        numeric = isinstance(of, Ref) and isinstance(leaf(of.id), Number)
        if name == "exp":
            return f"e^{{{inner}}}" if latex else f"exp({inner})"
        if name == "ln":
            return (rf"\{self.log}" if latex else self.log) + self._bracketed(inner)
        if name == "relu" and self.relu_as_max:
            return (rf"\max(0, {inner})") if latex else f"max(0, {inner})"
        if name == "relu'" and numeric:
            assert isinstance(of, Ref)
            number = leaf(of.id)
            assert isinstance(number, Number)
            return "1" if float(number.text) > 0 else "0"
        stem, prime = name.rstrip("'"), "'" if name.endswith("'") else ""
        sign = {
            "latex": {"sigmoid": r"\sigma", "relu": r"\mathrm{ReLU}"},
            "unicode": {"sigmoid": "σ", "relu": "ReLU"},
            "ascii": {"sigmoid": "sigmoid", "relu": "relu"},
        }[self.dialect][stem]
        return sign + ("′" if prime and self.dialect == "unicode" else prime) + self._bracketed(inner)

    def table(self, rows: list[list[str]]) -> str:
        """Return a vector or matrix on one line."""
        if self.dialect == "latex":
            inner = r" \\ ".join(" & ".join(row) for row in rows)
            return rf"\begin{{{self.brackets}}} {inner} \end{{{self.brackets}}}"
        return "[" + ", ".join("[" + ", ".join(row) + "]" for row in rows) + "]"
