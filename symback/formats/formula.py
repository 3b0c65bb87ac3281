"""Exact formulas as text: LaTeX in a page's notation, SymPy, or Python code that needs `math` and nothing else."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

import sympy
from sympy.printing.pycode import pycode

from symback.derive.formulas import python_name
from symback.formats.printers import printer_of
from symback.notation.names import Names
from symback.spec.problems import LimitationError, Problem
from symback.written.authored import from_sympy
from symback.written.latex import LatexPrinter
from symback.written.nodes import Name, Partial, Written

Writer = Callable[[sympy.Expr], str]

PIECE = "~"
"""Begins the symbol that stands for a piecewise part while the rest is written; it is sorted behind all others."""


def writer_for(to: str, names: Names, quantities: Iterable[str]) -> Writer:
    """Return what writes formulas over `quantities` in one of `FORMATS`."""
    return FORMATS[to](names, {python_name(name): name for name in quantities})


def _latex(names: Names, ids: Mapping[str, str]) -> Writer:
    printer = printer_of(LatexPrinter, names)

    def write(expression: sympy.Expr) -> str:
        try:
            return printer.print(written(expression, ids)).replace("\n", " ")
        except ValueError as error:
            came = f"a formula that LaTeX has no form for ({error})"
            raise LimitationError([Problem(("format",), came, "sympy or python", limitation=True)]) from None

    return write


def written(expression: sympy.Expr, ids: Mapping[str, str]) -> Written:
    """Return an expression as written mathematics; each piecewise part is written whole, where it stands."""
    pieces: dict[str, Written] = {}

    def symbol_for(piece: sympy.Piecewise) -> sympy.Symbol:
        written = from_sympy(_without_pieces(piece, symbol_for), named)
        name = next((name for name, known in pieces.items() if known == written), f"{PIECE}{len(pieces) + 1:03}")
        pieces[name] = written
        return sympy.Symbol(name, real=True)

    def named(symbol: sympy.Symbol) -> Written:
        if symbol.name in pieces:
            return pieces[symbol.name]
        key = ids[symbol.name]
        return Partial(*key.split(":")) if ":" in key else Name(key)

    if isinstance(expression, sympy.Piecewise):
        return from_sympy(_without_pieces(expression, symbol_for), named)
    return from_sympy(_replaced(expression, symbol_for), named)


def _without_pieces(piece: sympy.Piecewise, symbol_for: Callable[[sympy.Piecewise], sympy.Symbol]) -> sympy.Expr:
    """Return a piecewise expression with symbols for those within it."""
    pairs = [(_replaced(value, symbol_for), _replaced(condition, symbol_for)) for value, condition in piece.args]
    return sympy.Piecewise(*pairs)


def _replaced(expression: sympy.Basic, symbol_for: Callable[[sympy.Piecewise], sympy.Symbol]) -> sympy.Basic:
    """Return an expression with symbols for its outermost piecewise parts."""
    if isinstance(expression, sympy.Piecewise):
        return symbol_for(expression)
    if not expression.has(sympy.Piecewise):
        return expression
    return expression.func(*(_replaced(part, symbol_for) for part in expression.args))


def _sympy(names: Names, ids: Mapping[str, str]) -> Writer:
    return str


def _python(names: Names, ids: Mapping[str, str]) -> Writer:
    return lambda expression: str(pycode(expression, fully_qualified_modules=True))


FORMATS: Mapping[str, Callable[[Names, Mapping[str, str]], Writer]] = {
    "latex": _latex,
    "sympy": _sympy,
    "python": _python,
}
"""Every form that a formula can be written in."""
