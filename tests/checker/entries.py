"""The entries of a side, their printed digits, and how values are shown in a report."""

from __future__ import annotations

from typing import Any

from tests.checker.arithmetic import Array, Interval, real
from tests.checker.tree import Brace, Digits, Matrix, Node, Num, Transpose, literal


def flatten(value: Any) -> Array:
    return value if isinstance(value, Array) else Array(((value,),))


def matrix_entries(node: Node) -> tuple[tuple[Node, ...], ...] | None:
    """Return the entries of a side that is written as a matrix."""
    if isinstance(node, Brace):
        return matrix_entries(node.body)
    if isinstance(node, Transpose) and (inner := matrix_entries(node.operand)) is not None:
        return tuple(zip(*inner, strict=True))
    return node.rows if isinstance(node, Matrix) else None


def printed(side: Node, shape: Array) -> list[Digits | None] | None:
    """Return the digits of each entry of a side, where an entry is a printed number; None if none is."""
    entries = matrix_entries(side)
    if entries is None:
        digits = literal(side)
        return None if digits is None else [digits] * len(shape.entries)
    found = [literal(entry) for row in entries for entry in row]
    return found if len(found) == len(shape.entries) else None


def spelled(digits: Digits) -> Num:
    """Return digits as a number that stands nowhere."""
    places = max(digits.decimals, 0)
    whole, rest = divmod(abs(digits.value) * 10**places, 10**places)
    sign = "-" if digits.value < 0 else ""
    return Num(f"{sign}{whole}.{int(rest):0{places}}" if places else f"{sign}{whole}")


def shown(value: Any) -> str:
    if isinstance(value, Interval):
        return f"{shown(value.low)}…{shown(value.high)}"
    return str(float(real(value)))
