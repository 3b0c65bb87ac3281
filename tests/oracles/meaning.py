"""What a written tree says, as a SymPy expression: a second reading of the nodes, used to judge every form."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import sympy

from symback.written import nodes
from tests.oracles.plain_text import CALLS

RELATIONS = {"<": sympy.Lt, ">": sympy.Gt, "≤": sympy.Le, "≥": sympy.Ge, "=": sympy.Eq, "≠": sympy.Ne}


def real(name: str) -> sympy.Symbol:
    return sympy.Symbol(name, real=True)


def meaning(node: nodes.Written, find: Callable[[str], Any] = real) -> Any:
    """Return what `node` says; `find` gives the expression for the key of a leaf.

    A derivative that is only written down is taken by SymPy; its variable must be a symbol.
    """

    def read(part: nodes.Written) -> Any:
        match part:
            case nodes.Name() | nodes.Partial():
                return find(part.key)
            case nodes.Number(text):
                return sympy.Rational(text)
            case nodes.Constant(name):
                return {"e": sympy.E, "pi": sympy.pi}[name]
            case nodes.Sum(terms):
                return sympy.Add(*map(read, terms))
            case nodes.Negative(operand):
                return -read(operand)
            case nodes.Product(factors):
                return sympy.Mul(*map(read, factors))
            case nodes.Quotient(above, below):
                return read(above) / read(below)
            case nodes.Power(base, exponent):
                return read(base) ** read(exponent)
            case nodes.Call(str(name), arguments, 0):
                return CALLS[name](*map(read, arguments))
            case nodes.Group(body):
                return read(body)
            case nodes.Derivative(of, by):
                return sympy.diff(read(of), read(by))
            case nodes.Cases(branches):
                return sympy.Piecewise(*((read(value), condition(where)) for value, where in branches))
        raise ValueError(f"{part} has no meaning here")

    def condition(part: nodes.Written) -> Any:
        if part == nodes.Text("otherwise"):
            return sympy.true
        assert isinstance(part, nodes.Relation), part
        sides = [part.first, *(side for _, side in part.links)]
        return sympy.And(
            *(RELATIONS[sign](read(left), read(right)) for left, (sign, right) in zip(sides, part.links, strict=False))
        )

    return read(node)
