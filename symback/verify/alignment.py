"""Which number of a substituted line stands for which name of the line in symbols before it."""

from __future__ import annotations

from collections.abc import Iterator

from symback.verify.trees import bare, transposed
from symback.written.nodes import (
    Call,
    Derivative,
    Matrix,
    Negative,
    Power,
    Product,
    Quotient,
    Sum,
    Symbol,
    Transpose,
    Written,
)


def aligned(symbols: Written, numbers: Written) -> Iterator[tuple[Symbol | Derivative, Written]]:
    """Yield pairs of a name and what stands in its place, as far as two lines are built alike."""
    left, right = bare(symbols), bare(numbers)
    if isinstance(left, (Symbol, Derivative)):
        yield left, right
    elif isinstance(left, Negative):
        if isinstance(right, Negative):
            yield from aligned(left.operand, right.operand)
    elif isinstance(left, Sum):
        if isinstance(right, Sum) and len(left.terms) == len(right.terms):
            yield from _each(left.terms, right.terms)
    elif isinstance(left, Product):
        factors, others = tuple(_factors(left)), tuple(_factors(right))
        if len(factors) == len(others):
            yield from _each(factors, others)
    elif isinstance(left, Quotient):
        if isinstance(right, Quotient):
            yield from _each((left.numerator, left.denominator), (right.numerator, right.denominator))
    elif isinstance(left, Power):
        if isinstance(right, Power):
            yield from _each((left.base, left.exponent), (right.base, right.exponent))
    elif isinstance(left, Transpose):
        if isinstance(right, Transpose):
            yield from aligned(left.operand, right.operand)
        elif isinstance(right, Matrix):
            yield from aligned(left.operand, transposed(right))
    elif isinstance(left, Call):
        if isinstance(right, Call) and (left.function, left.primes) == (right.function, right.primes):
            yield from _each(left.arguments, right.arguments)
    elif isinstance(left, Matrix) and isinstance(right, Matrix) and len(left.rows) == len(right.rows):
        for row, other in zip(left.rows, right.rows, strict=True):
            yield from _each(row, other)


def _each(left: tuple[Written, ...], right: tuple[Written, ...]) -> Iterator[tuple[Symbol | Derivative, Written]]:
    if len(left) == len(right):
        for one, other in zip(left, right, strict=True):
            yield from aligned(one, other)


def _factors(node: Written) -> Iterator[Written]:
    if isinstance(node, Product):
        for factor in node.factors:
            yield from _factors(factor)
    else:
        yield node
