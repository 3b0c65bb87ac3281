"""Spec expressions read a second time: by Python's own `ast`, straight into SymPy, with kinks as pieces.

Nothing is evaluated as Python; the tree of the text is walked.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Mapping
from fractions import Fraction
from functools import reduce
from itertools import pairwise
from typing import Any

import sympy

from tests.oracles.symbolic import Positive

JUXTAPOSED = re.compile(r"(?<![A-Za-z_0-9.])([0-9.]+)\s*(?=[A-Za-z(])")
"""A number directly before a name or a bracket, which Python would need a sign between."""


def expression(text: str, **symbols: sympy.Expr) -> sympy.Expr:
    """Return what `text` says over the given symbols; ``e`` and ``pi`` are the constants."""
    python = JUXTAPOSED.sub(r"\1 * ", text.replace("^", "**").replace("~", "*"))
    python = re.sub(r"(?<![<>=!])=(?!=)", "==", python)
    tree = ast.parse(python.strip(), mode="eval").body

    def read(node: ast.AST) -> Any:
        match node:
            case ast.Constant():
                fraction = Fraction(str(ast.get_source_segment(python.strip(), node)))
                return sympy.Rational(fraction.numerator, fraction.denominator)
            case ast.Name(id=name):
                return {"e": sympy.E, "pi": sympy.pi, **symbols}[name]
            case ast.UnaryOp(op=ast.USub(), operand=operand):
                return -read(operand)
            case ast.BinOp(left=left, op=sign, right=right):
                return SIGNS[type(sign)](read(left), read(right))
            case ast.Call(func=ast.Name(id="cases"), args=arguments):
                parts = [read(argument) for argument in arguments]
                return sympy.Piecewise(*zip(parts[::2], parts[1::2], strict=True))
            case ast.Call(func=ast.Name(id=name), args=arguments):
                return CALLS[name](*(read(argument) for argument in arguments))
            case ast.Compare(left=left, ops=signs, comparators=others):
                sides = list(pairwise([read(left), *map(read, others)]))
                return sympy.And(*(SIGNS[type(sign)](*pair) for sign, pair in zip(signs, sides, strict=True)))
        raise ValueError(f"{ast.dump(node)} in {text!r}")

    return read(tree)


def maximum(*arguments: sympy.Expr) -> sympy.Expr:
    return reduce(lambda left, right: left + Positive(right - left), arguments)


def minimum(*arguments: sympy.Expr) -> sympy.Expr:
    return reduce(lambda left, right: left - Positive(left - right), arguments)


SIGNS: Mapping[type, Callable[[Any, Any], Any]] = {
    ast.Add: lambda left, right: left + right,
    ast.Sub: lambda left, right: left - right,
    ast.Mult: lambda left, right: left * right,
    ast.Div: lambda left, right: left / right,
    ast.Pow: lambda left, right: left**right,
    ast.Lt: sympy.Lt,
    ast.Gt: sympy.Gt,
    ast.LtE: sympy.Le,
    ast.GtE: sympy.Ge,
    ast.Eq: sympy.Eq,
    ast.NotEq: sympy.Ne,
}
CALLS: Mapping[str, Callable[..., sympy.Expr]] = {
    "abs": lambda x: Positive(x) + Positive(-x),
    "max": maximum,
    "min": minimum,
    "ln": sympy.log,
    "sgn": lambda x: sympy.Piecewise((1, x > 0), (-1, x < 0), (0, True)),
    **{name: getattr(sympy, name) for name in ("cos", "exp", "log", "sin", "sqrt", "tanh")},
}
