"""Values laid out as they are printed: rows of balls, with a vector turned where a row stands for a column."""

from __future__ import annotations

from flint import arb

from symback.verify.duals import Dual, Rows, Value

Balls = list[list[arb | None]]
"""Rows of balls; None stands for what is not known."""


def rows_of(value: Value) -> Rows:
    """Return a value as rows; a lone number is one row of one."""
    return ((value,),) if isinstance(value, Dual) else value


def laid_out(value: Value, shape: tuple[int, int]) -> Balls | None:
    """Return balls in the shape in which numbers are printed, a vector turned if need be; None if they do not fit."""
    rows = rows_of(value)
    if (len(rows), len(rows[0])) != shape:
        if (len(rows[0]), len(rows)) != shape or 1 not in shape:
            return None
        rows = tuple(zip(*rows, strict=True))
    return [[None if one.value.is_nan() else one.value for one in row] for row in rows]


def agree(first: Value, second: Value) -> bool | None:
    """Say whether two values may be equal, entry by entry; None where their shapes do not fit.

    An entry that is not known may be equal to anything.
    """
    left = rows_of(first)
    right = laid_out(second, (len(left), len(left[0])))
    if right is None:
        return None
    return all(
        other is None or one.value.is_nan() or one.value.overlaps(other)
        for row, others in zip(left, right, strict=True)
        for one, other in zip(row, others, strict=True)
    )
