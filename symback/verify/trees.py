"""Formulas as trees: their parts, the names and the numbers in them, and the same formula with other parts."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from itertools import islice
from operator import is_
from typing import Any

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

Parts = tuple[Written, ...]


def parts_directly_in(node: Written) -> tuple[Written, ...]:
    """Return what a node is made of, in the order of the page; indices belong to the name that has them."""
    row = _INSIDE.get(type(node))
    return () if row is None else row[0](node)


def rebuilt(node: Written, change: Callable[[Written], Written]) -> Written:
    """Return a node whose parts are changed; the same node if none of them is."""
    row = _INSIDE.get(type(node))
    if row is None:
        return node
    taken_apart, put_together = row
    before = taken_apart(node)
    after = tuple(map(change, before))
    return node if all(map(is_, before, after)) else put_together(node, after)


def fused(node: Written, fuse: Callable[[Symbol, Written], Symbol | None]) -> Written:
    """Return a tree in which factors are parts of the name right before them where `fuse` makes one name of both."""
    node = rebuilt(node, lambda part: fused(part, fuse))
    if not isinstance(node, Product) or not node.juxtaposed:
        return node
    factors: list[Written] = []
    for factor in node.factors:
        before = factors[-1] if factors else None
        name = fuse(before, factor) if isinstance(before, Symbol) else None
        if name is None:
            factors.append(factor)
        else:
            factors[-1] = name
    return factors[0] if len(factors) == 1 else replace(node, factors=tuple(factors))


def _cases(node: Cases, inside: Parts) -> Cases:
    return Cases(tuple(zip(inside[::2], inside[1::2], strict=True)))


def _relation(node: Relation, inside: Parts) -> Relation:
    first, *sides = inside
    return Relation(first, tuple((sign, side) for (sign, _), side in zip(node.links, sides, strict=True)))


def _matrix(node: Matrix, inside: Parts) -> Matrix:
    entries = iter(inside)
    return Matrix(tuple(tuple(islice(entries, len(row))) for row in node.rows))


_INSIDE: Mapping[type[Written], tuple[Callable[[Any], Parts], Callable[[Any, Parts], Written]]] = {
    Sum: (lambda node: node.terms, lambda node, inside: Sum(inside)),
    Negative: (lambda node: (node.operand,), lambda node, inside: Negative(*inside)),
    Product: (lambda node: node.factors, lambda node, inside: Product(inside, node.sign, node.juxtaposed)),
    Quotient: (lambda node: (node.numerator, node.denominator), lambda node, inside: Quotient(*inside)),
    Power: (lambda node: (node.base, node.exponent), lambda node, inside: Power(*inside)),
    Transpose: (lambda node: (node.operand,), lambda node, inside: Transpose(*inside)),
    Norm: (lambda node: (node.operand,), lambda node, inside: Norm(*inside)),
    Call: (lambda node: node.arguments, lambda node, inside: Call(node.function, inside, node.primes)),
    Derivative: (lambda node: (node.of, node.by), lambda node, inside: Derivative(inside[0], inside[1], node.total)),
    IndexedSum: (
        lambda node: (node.body,),
        lambda node, inside: IndexedSum(inside[0], node.index, node.lower, node.upper),
    ),
    Cases: (lambda node: tuple(part for branch in node.branches for part in branch), _cases),
    Relation: (lambda node: (node.first, *(side for _, side in node.links)), _relation),
    Matrix: (lambda node: tuple(entry for row in node.rows for entry in row), _matrix),
    Group: (lambda node: (node.body,), lambda node, inside: Group(*inside)),
}
"""For each kind of node how it is taken apart, and how it is put together again from other parts."""


def parts(node: Written) -> Iterator[Written]:
    """Yield a node and everything in it."""
    yield node
    for part in parts_directly_in(node):
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
