"""Mathematics for the screen: each formula is an element with a text beside it, and a chain breaks between them."""

from __future__ import annotations

from collections.abc import Iterator

from symback.formats.printers import printer_of
from symback.formats.room import is_sum
from symback.formats.writer import Printed
from symback.notation.names import Names
from symback.written.markup import element
from symback.written.mathml import MathMLPrinter
from symback.written.measure import Measure
from symback.written.nodes import Relation, Written
from symback.written.text import TextPrinter

WIDEST = 18.0
"""From which width on, in ems, a sum may be broken at its signs: that of a phone."""

INFIX = '<mo form="infix">'
TERM_SIGNS = (MathMLPrinter.PLUS, MathMLPrinter.MINUS)


class Mathematics:
    """Prints formulas in the notation of a page."""

    def __init__(self, names: Names) -> None:
        notation = names.notation
        self.printer = printer_of(MathMLPrinter, names)
        self.plain = TextPrinter(names, mark=notation.decimal_mark)
        self.times = Printed(self.printer.PRODUCT_SIGNS[notation.product])
        """What stands between two factors."""
        self.measure = Measure(names, notation.product)

    def formula(self, tree: Written, kind: str | None = None) -> Printed:
        """Return a formula, of a class."""
        return _math(self.printer.print(tree), self.plain.print(tree), kind)

    def silent(self, tree: Written) -> Printed:
        """Return a formula in what has a text of its own, as links and drawings have."""
        return Printed(element("math", self.printer.print(tree)))

    def first(self, row: Written) -> Printed:
        """Return the first side of a chain, or what is no chain."""
        return self.formula(row.first if isinstance(row, Relation) else row)

    def links(self, row: Written, kind: str | None = None) -> Iterator[Printed]:
        """Yield the links of a chain, each an element of a class; between the formulas in it a line may break."""
        if not isinstance(row, Relation):
            return
        _, links = self.printer.links(row)
        for (sign, side), link in zip(row.links, links, strict=True):
            spoken = self.plain.RELATION_SIGNS[sign].strip() + " "
            if is_sum(side) and self.measure.up_to(WIDEST, side) > WIDEST:
                yield Printed(element("x-l", "".join(self._terms(link, side, spoken)), class_=kind))
            else:
                yield _math(_infix(link), spoken + self.plain.print(side), kind)

    def _terms(self, link: str, side: Written, spoken: str) -> list[Printed]:
        terms, words = self.printer.terms(side), self.plain.terms(side)
        first = link.removesuffix("".join(terms)) + terms[0]
        parts = [(first, spoken + words[0]), *zip(terms[1:], words[1:], strict=True)]
        return [_math(_infix(ink), said.strip()) for ink, said in parts]


def _math(ink: str, spoken: str, kind: str | None = None) -> Printed:
    return Printed(element("math", ink, class_=kind, alttext=spoken))


def _infix(ink: str) -> str:
    """Return a formula that begins with a sign between two terms, and has to keep the space in front of it.

    Signs between two sides keep it by themselves: they stand nowhere else.
    """
    return INFIX + ink.removeprefix("<mo>") if ink.startswith(TERM_SIGNS) else ink
