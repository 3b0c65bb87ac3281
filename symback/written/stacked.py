"""What all printers that set things above each other share: fractions with a bar, exponents above the line."""

from __future__ import annotations

from abc import abstractmethod
from typing import ClassVar

from symback.written import brackets, nodes
from symback.written.brackets import Piece
from symback.written.printer import Numbers, Printer


class StackedPrinter(Printer):
    """Prints trees of written mathematics for a format that sets things above each other."""

    TRANSPOSITION: ClassVar[str] = "T"
    """Stands above the line behind a matrix that is transposed."""

    @abstractmethod
    def fraction(self, above: str, below: str) -> str:
        """Return a fraction with a bar."""

    @abstractmethod
    def raised(self, base: str, exponent: str) -> str:
        """Return what stands above the line behind its base."""

    def _quotient(self, node: nodes.Quotient, numbers: Numbers) -> Piece:
        above, over = self._fitted(node.numerator, numbers, brackets.BAR_SIDE)
        below, under = self._fitted(node.denominator, numbers, brackets.BAR_SIDE)
        traits = brackets.FRACTION | brackets.TALL
        if over & under & brackets.NUMBER and not (over | under) & brackets.MINUS:
            traits |= brackets.NUMERIC | brackets.NUMBER
        return self.fraction(above, below), traits

    def _power(self, node: nodes.Power, numbers: Numbers) -> Piece:
        base, traits = self._fitted(node.base, numbers, brackets.BASE)
        exponent, _ = self._fitted(node.exponent, numbers, brackets.SIDE)
        return self.raised(base, exponent), _raised(traits)

    def _transpose(self, node: nodes.Transpose, numbers: Numbers) -> Piece:
        operand, traits = self._fitted(node.operand, numbers, brackets.BASE)
        return self.raised(operand, self.TRANSPOSITION), _raised(traits)


def _raised(base: int) -> int:
    """Return the traits of a base with something above the line."""
    return brackets.POWER | brackets.SCRIPTED | base & (brackets.TALL | brackets.NUMERIC)
