"""The first entry of a chain of matrices, worked as a chain of its own, for all the entries that are left out."""

from __future__ import annotations

from symback.written.nodes import (
    Call,
    Constant,
    Group,
    Matrix,
    Name,
    Negative,
    Number,
    Partial,
    Product,
    Relation,
    Sum,
    Transpose,
    Valued,
    Written,
)

SCALARS = (Name, Number, Constant, Partial)
"""Leaves that are no matrices; a symbol may be one."""


def worked_entry(row: Written) -> Relation | None:
    """Return the first entry of each side of a chain as a chain, or None where fewer than two sides have one."""
    if not isinstance(row, Relation):
        return None
    first = entry(row.first, 0, 0)
    links = [(sign, found) for sign, side in row.links if (found := entry(side, 0, 0)) is not None]
    if first is None and links:
        first, links = links[0][1], links[1:]
    return Relation(first, tuple(links)) if first is not None and links else None


def entry(node: Written, row: int, column: int) -> Written | None:
    """Return an entry of a matrix, however it is put together, or None where it cannot be told."""
    match node:
        case Matrix(rows):
            return rows[row][column] if row < len(rows) and column < len(rows[row]) else None
        case Valued(body, numbers):
            found = entry(body, row, column)
            return None if found is None else Valued(found, numbers)
        case Group(body):
            found = entry(body, row, column)
            return None if found is None else Group(found)
        case Negative(operand):
            found = entry(operand, row, column)
            return None if found is None else Negative(found)
        case Transpose(operand):
            return entry(operand, column, row)
        case Call(function, (argument,), primes):
            found = entry(argument, row, column)
            return None if found is None else Call(function, (found,), primes)
        case Sum(terms):
            parts = [entry(term, row, column) for term in terms]
            return (
                None
                if None in parts
                else Sum(tuple(term for part in parts if part is not None for term in _terms(part)))
            )
        case Product():
            return _entry_of_product(node, row, column)
    return None


def _terms(part: Written) -> tuple[Written, ...]:
    return part.terms if isinstance(part, Sum) else (part,)


def _entry_of_product(product: Product, row: int, column: int) -> Written | None:
    """Return an entry of a product of two matrices, of one with numbers, or of several entry by entry."""
    scalars = tuple(factor for factor in product.factors if isinstance(factor, SCALARS))
    others = [factor for factor in product.factors if not isinstance(factor, SCALARS)]
    if product.sign == "hadamard" or len(others) == 1:
        found = [entry(factor, row, column) for factor in others]
        if None in found or (product.sign == "hadamard" and scalars):
            return None
        factors = (*scalars, *(factor for factor in found if factor is not None))
        return Product(factors, "" if product.sign == "hadamard" else product.sign, product.juxtaposed)
    if scalars or len(others) != 2 or not all(isinstance(factor, Matrix) for factor in others):
        return None
    left, right = others
    assert isinstance(left, Matrix)
    assert isinstance(right, Matrix)
    if len(left.rows[0]) != len(right.rows) or row >= len(left.rows) or column >= len(right.rows[0]):
        return None
    terms = tuple(
        Product((factor, line[column]), product.sign, product.juxtaposed)
        for factor, line in zip(left.rows[row], right.rows, strict=True)
    )
    return Sum(terms) if len(terms) > 1 else terms[0]
