"""Formulas as trees: their parts, the names and the numbers in them, and the same formula with other parts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from symback.written.nodes import (
    Call,
    Cases,
    Derivative,
    Group,
    IndexedSum,
    Matrix,
    Negative,
    Norm,
    Number,
    Power,
    Product,
    Quotient,
    Relation,
    Sum,
    Symbol,
    Transpose,
    Written,
)


def rebuilt(node: Written, change: Callable[[Written], Written]) -> Written:
    """Return a node whose parts are changed."""
    if isinstance(node, Sum):
        return Sum(tuple(change(term) for term in node.terms))
    if isinstance(node, Negative):
        return Negative(change(node.operand))
    if isinstance(node, Product):
        return replace(node, factors=tuple(change(factor) for factor in node.factors))
    if isinstance(node, Quotient):
        return Quotient(change(node.numerator), change(node.denominator))
    if isinstance(node, Power):
        return Power(change(node.base), change(node.exponent))
    if isinstance(node, (Transpose, Norm)):
        return type(node)(change(node.operand))
    if isinstance(node, Call):
        return replace(node, arguments=tuple(change(argument) for argument in node.arguments))
    if isinstance(node, Derivative):
        return replace(node, of=change(node.of), by=change(node.by))
    if isinstance(node, IndexedSum):
        return replace(node, body=change(node.body))
    if isinstance(node, Cases):
        return Cases(tuple((change(value), change(condition)) for value, condition in node.branches))
    if isinstance(node, Relation):
        return Relation(change(node.first), tuple((sign, change(side)) for sign, side in node.links))
    if isinstance(node, Matrix):
        return Matrix(tuple(tuple(change(entry) for entry in row) for row in node.rows))
    if isinstance(node, Group):
        return Group(change(node.body))
    return node


def parts(node: Written) -> Iterator[Written]:
    """Yield a node and everything in it."""
    yield node
    inner: list[Written] = []

    def kept(part: Written) -> Written:
        inner.append(part)
        return part

    rebuilt(node, kept)
    for part in inner:
        yield from parts(part)


def symbols(node: Written | None) -> Iterator[Symbol]:
    """Yield every name in a formula."""
    if node is not None:
        yield from (part for part in parts(node) if isinstance(part, Symbol))


def numbers(node: Written) -> Iterator[Number]:
    """Yield the printed numbers of a formula, outside indices."""
    yield from (part for part in parts(node) if isinstance(part, Number))


def terms(node: Written) -> Iterator[Written]:
    """Yield what a formula adds up, brackets undone."""
    if isinstance(node, Sum):
        for term in node.terms:
            yield from terms(term)
    elif isinstance(node, Group):
        yield from terms(node.body)
    else:
        yield node


def bare(node: Written) -> Written:
    """Return a formula without the brackets around it."""
    while isinstance(node, Group):
        node = node.body
    return node


def transposed(matrix: Matrix) -> Matrix:
    """Return a matrix with its rows as columns."""
    return Matrix(tuple(zip(*matrix.rows, strict=True)))


def is_function_of_name(node: Written) -> bool:
    """Whether it is a function of a name without indices, such as ``f(x)``: that name may stand for anything."""
    return isinstance(node, Call) and any(isinstance(one, Symbol) and not one.subscript for one in node.arguments)
