"""Scalars, vectors and matrices of mpmath numbers, with the few operations that hand-worked networks use.

A scalar is an `mpf`, a matrix a list of rows, a vector a flat list. A vector has no orientation of its own, as on paper:
it stands for the row or the column that fits, and equals both.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from mpmath import mp, mpf

Value = Any
"""A scalar, a list of scalars (a vector), or a list of such lists (a matrix)."""


class Misfit(ValueError):
    """The shapes of two operands do not go together."""


def is_scalar(value: Value) -> bool:
    return not isinstance(value, list)


def is_matrix(value: Value) -> bool:
    return isinstance(value, list) and isinstance(value[0], list)


def as_vector(value: Value) -> list[mpf] | None:
    """Return the entries of a vector, a row or a column, and None for anything else."""
    if is_scalar(value):
        return None
    if not is_matrix(value):
        return value
    if len(value) == 1:
        return value[0]
    return [row[0] for row in value] if len(value[0]) == 1 else None


def shape(value: Value) -> tuple[int, ...]:
    if is_scalar(value):
        return ()
    return (len(value), len(value[0])) if is_matrix(value) else (len(value),)


def each(function: Callable[[mpf], mpf], value: Value) -> Value:
    return function(value) if is_scalar(value) else [each(function, entry) for entry in value]


def entrywise(function: Callable[[mpf, mpf], mpf], left: Value, right: Value) -> Value:
    """Combine two values of one shape; a scalar goes with every shape, a vector with the row or column of its length."""
    if is_scalar(left):
        return each(lambda entry: function(left, entry), right)
    if is_scalar(right):
        return each(lambda entry: function(entry, right), left)
    if shape(left) != shape(right):
        left, right = as_vector(left), as_vector(right)
        if left is None or right is None or len(left) != len(right):
            raise Misfit("entry by entry, but of different shape")
    return [entrywise(function, one, other) for one, other in zip(left, right, strict=True)]


def times(left: Value, right: Value) -> Value:
    """Multiply where at least one operand is a scalar; products of matrices have names of their own."""
    if not (is_scalar(left) or is_scalar(right)):
        raise Misfit("say which product: matmul, hadamard or outer")
    return entrywise(lambda a, b: a * b, left, right)


def hadamard(left: Value, right: Value) -> Value:
    if is_scalar(left) or is_scalar(right):
        raise Misfit("an entrywise product of a scalar")
    return entrywise(lambda a, b: a * b, left, right)


def transpose(value: Value) -> Value:
    return [list(column) for column in zip(*value, strict=True)] if is_matrix(value) else [list(value)]


def outer(left: Value, right: Value) -> Value:
    rows, columns = as_vector(left), as_vector(right)
    if rows is None or columns is None:
        raise Misfit("an outer product takes two vectors")
    return [[a * b for b in columns] for a in rows]


def matmul(left: Value, right: Value) -> Value:
    """Multiply matrices; a vector stands for the column on the right, the row on the left, whichever fits."""
    if not is_matrix(left) and not is_matrix(right):
        raise Misfit("two vectors: transpose one")
    if not is_matrix(left):
        left = [left] if len(left) == len(right) else [[entry] for entry in left]
    flat = not is_matrix(right)
    columns = [[entry] for entry in right] if flat else right
    if len(left[0]) != len(columns):
        raise Misfit("inner sizes differ")
    product = [[mp.fdot(zip(row, column, strict=True)) for column in zip(*columns, strict=True)] for row in left]
    if shape(product) == (1, 1):
        return product[0][0]
    return [row[0] for row in product] if flat else product


def norm(value: Value) -> mpf:
    entries = as_vector(value)
    if entries is None:
        raise Misfit("the norm of something that is no vector")
    return mp.sqrt(mp.fsum(entry**2 for entry in entries))


def same(left: Value, right: Value, tolerance: mpf) -> bool:
    """Tell whether two values agree within `tolerance`; of vectors, orientation does not count."""
    try:
        apart = entrywise(lambda a, b: abs(a - b), left, right)
    except Misfit:
        return False
    if is_scalar(left) != is_scalar(right):
        return False
    return bool(largest(apart) <= tolerance)


def largest(value: Value) -> mpf:
    return abs(value) if is_scalar(value) else max(largest(entry) for entry in value)
