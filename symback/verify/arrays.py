"""Vectors and matrices: products as people mean them, and functions entry by entry."""

from __future__ import annotations

from collections.abc import Callable

from symback.verify.duals import Dual, Rows, Unknown, Value


def multiplied(left: Value, right: Value, sign: str = "") -> Value:
    """Return a product as people mean it: by entries where shapes are equal and it says so, else of matrices.

    Two columns (or two rows) of the same length side by side are multiplied entry by entry.
    """
    if isinstance(left, Dual) or isinstance(right, Dual):
        return entrywise(Dual.__mul__, left, right)
    left, right = unwrapped(left), unwrapped(right)
    if isinstance(left, Dual) or isinstance(right, Dual):
        return entrywise(Dual.__mul__, left, right)
    if sign == "hadamard":
        return entrywise(Dual.__mul__, left, right)
    if sign == "star" and _shape(left) == _shape(right) and 1 not in _shape(left):
        return entrywise(Dual.__mul__, left, right)
    if len(left[0]) == len(right):
        return tuple(
            tuple(
                _dot([row[k] for k in range(len(right))], [other[column] for other in right])
                for column in range(len(right[0]))
            )
            for row in left
        )
    if _shape(left) == _shape(right) and 1 in _shape(left):
        return entrywise(Dual.__mul__, left, right)
    raise Unknown(f"shapes {_said(left)} and {_said(right)} do not fit")


def _dot(left: list[Dual], right: list[Dual]) -> Dual:
    total = left[0] * right[0]
    for one, other in zip(left[1:], right[1:], strict=True):
        total = total + one * other
    return total


def unwrapped(value: Value) -> Value:
    """Return the number in brackets for a matrix of one entry: square brackets may be no more than brackets."""
    return value if isinstance(value, Dual) or _shape(value) != (1, 1) else value[0][0]


def _shape(value: Rows) -> tuple[int, int]:
    return len(value), len(value[0])


def _said(value: Rows) -> str:
    return "{} × {}".format(*_shape(value))


def mapped(function: Callable[[Dual], Dual], value: Value) -> Value:
    """Return a value with a function applied to each entry."""
    if isinstance(value, Dual):
        return function(value)
    return tuple(tuple(function(entry) for entry in row) for row in value)


def added(left: Value, right: Value) -> Value:
    """Return a sum; a vector goes with every row, or column, of a matrix that joins several samples.

    Raises
    ------
    Unknown
        If their shapes do not fit.
    """
    if not isinstance(left, Dual) and not isinstance(right, Dual):
        left, right = _spread(left, right), _spread(right, left)
    return entrywise(Dual.__add__, left, right)


def _spread(value: Rows, other: Rows) -> Rows:
    """Return a vector as often as a matrix beside it has rows or columns; anything else stays."""
    (height, width), shape = _shape(other), _shape(value)
    if 1 not in shape or 1 in (height, width):
        return value
    if shape == (1, width) or (shape == (width, 1) and height != width):
        return tuple(tuple(entry for row in value for entry in row) for _ in range(height))
    if shape == (height, 1) or (shape == (1, height) and height != width):
        return tuple((entry,) * width for row in value for entry in row)
    return value


def entrywise(function: Callable[[Dual, Dual], Dual], left: Value, right: Value) -> Value:
    """Return two values combined entry by entry; a number goes with every entry, a row with a column.

    Raises
    ------
    Unknown
        If their shapes do not fit.
    """
    if isinstance(left, Dual):
        if isinstance(right, Dual):
            return function(left, right)
        scalar = left
        return mapped(lambda entry: function(scalar, entry), right)
    if isinstance(right, Dual):
        other = right
        return mapped(lambda entry: function(entry, other), left)
    if _shape(left) != _shape(right):
        if _shape(left) == _shape(right)[::-1] and 1 in _shape(left):
            right = tuple(zip(*right, strict=True))
        else:
            raise Unknown(f"shapes {_said(left)} and {_said(right)} do not fit")
    return tuple(
        tuple(function(one, other) for one, other in zip(row, across, strict=True))
        for row, across in zip(left, right, strict=True)
    )
