"""Written mathematics as Typst: exponents stand at their bracket, and fractions in cases are as large as in a display."""

from __future__ import annotations

import pytest

from symback.written.nodes import Cases, Name, Negative, Number, Power, Quotient, Relation, Sum, Symbol, Written
from symback.written.typst import TypstPrinter

A, B, TWO = Name("a"), Name("b"), Number("2")


def printer() -> TypstPrinter:
    return TypstPrinter(lambda name: Symbol(name))


@pytest.mark.parametrize(
    ("tree", "ink"),
    [
        (Power(Sum((A, Negative(B))), TWO), r"\(a - b\)^(2)"),
        (Power(A, TWO), "a^(2)"),
        (Power(Sum((A, Quotient(B, TWO))), TWO), "tall((a + frac(b, 2)))^(2)"),
        (Power(Sum((A, Power(Sum((A, B)), TWO))), TWO), r"\(a + \(a + b\)^(2)\)^(2)"),
        (
            Cases(((Quotient(A, B), Relation(A, ((">", B),))), (A, Relation(A, (("≤", B),))))),
            "cases(display(frac(a, b)) & quad a > b, a & quad a <= b)",
        ),
    ],
)
def test_what_stands_above_and_beside_what(tree: Written, ink: str):
    assert printer().print(tree) == ink
