"""Printed numbers as they stand: lone ones, and those of vectors and matrices."""

from __future__ import annotations

from fractions import Fraction

from symback.reading.statements import Side
from symback.verify.balls import decimal
from symback.verify.trees import transposed
from symback.written.nodes import Matrix, Transpose, Written

Printed = tuple[Fraction, Fraction]
"""A printed number: its value and the unit of its last digit."""

PrintedRows = tuple[tuple[Printed, ...], ...]
"""The printed numbers of a vector or matrix; a lone number is one row of one, and no rows stand for what is neither."""


def printed_rows(side: Side) -> PrintedRows:
    """Return the printed numbers of a side that is a number, or a vector or matrix of numbers; else nothing."""
    return () if side.node is None else numbers_of(side.node)


def numbers_of(node: Written) -> PrintedRows:
    """Return the printed numbers of a formula that is a number, or a vector or matrix of numbers; else nothing."""
    lone = decimal(node)
    if lone is not None:
        return ((lone,),)
    if isinstance(node, Transpose) and isinstance(node.operand, Matrix):
        node = transposed(node.operand)
    if not isinstance(node, Matrix):
        return ()
    rows = []
    for row in node.rows:
        numbers = [number for number in map(decimal, row) if number is not None]
        if len(numbers) < len(row):
            return ()
        rows.append(tuple(numbers))
    return tuple(rows)


def shape_of(rows: PrintedRows) -> tuple[int, int]:
    """Return how many rows and columns there are."""
    return len(rows), len(rows[0]) if rows else 0


def is_vector(rows: PrintedRows) -> bool:
    """Whether these are the numbers of a vector or matrix rather than a lone number, or none."""
    height, width = shape_of(rows)
    return height * width > 1
