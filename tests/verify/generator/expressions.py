"""Formulas as small trees, which are computed, enclosed or written, and never simplified."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import reduce
from typing import Any


@dataclass(frozen=True, slots=True)
class Number:
    """A number as somebody writes it."""

    text: str


@dataclass(frozen=True, slots=True)
class Table:
    """A vector or matrix of written numbers."""

    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Ref:
    """A quantity by its id: a scalar such as ``z.1.2``, or a matrix such as ``W.1``."""

    id: str


@dataclass(frozen=True, slots=True)
class Sum:
    """Terms; a subtraction is a `Negative` term."""

    terms: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Product:
    """Factors, scalars among them; a scalar scales a matrix."""

    factors: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Negative:
    of: Node


@dataclass(frozen=True, slots=True)
class Quotient:
    over: Node
    under: Node


@dataclass(frozen=True, slots=True)
class Square:
    of: Node


@dataclass(frozen=True, slots=True)
class Call:
    """A function, entry by entry; a prime behind its name is its derivative."""

    name: str
    of: Node


@dataclass(frozen=True, slots=True)
class Dot:
    """A product of matrices."""

    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class Hadamard:
    """A product entry by entry."""

    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class Transpose:
    of: Node


Node = Number | Table | Ref | Sum | Product | Negative | Quotient | Square | Call | Dot | Hadamard | Transpose
ONE = Number("1")


class Grid:
    """A matrix of any numbers that can be added and multiplied."""

    def __init__(self, rows: Any) -> None:
        self.rows = tuple(tuple(row) for row in rows)

    def map(self, function: Callable[[Any], Any]) -> Grid:
        return Grid([[function(entry) for entry in row] for row in self.rows])

    def __neg__(self) -> Grid:
        return self.map(lambda entry: -entry)

    def __add__(self, other: Any) -> Grid:
        return self._with(other, lambda one, two: one + two)

    def __mul__(self, other: Any) -> Grid:
        return self._with(other, lambda one, two: one * two)

    __radd__ = __add__
    __rmul__ = __mul__

    def _with(self, other: Any, function: Callable[[Any, Any], Any]) -> Grid:
        if not isinstance(other, Grid):
            return self.map(lambda entry: function(entry, other))
        pairs = zip(self.rows, other.rows, strict=True)
        return Grid([[function(one, two) for one, two in zip(*pair, strict=True)] for pair in pairs])

    def dot(self, other: Grid) -> Grid:
        columns = other.transposed().rows
        return Grid([[_sum(one * two for one, two in zip(row, c, strict=True)) for c in columns] for row in self.rows])

    def transposed(self) -> Grid:
        return Grid(zip(*self.rows, strict=True))


def compute(node: Node, look: Callable[[str], Any], kind: Any) -> Any:
    """Return the value of a formula; `look` knows the quantities, `kind` reads numbers and applies functions."""

    def applied(name: str, found: Any) -> Any:
        return found.map(lambda entry: kind.apply(name, entry)) if isinstance(found, Grid) else kind.apply(name, found)

    def value(node: Node) -> Any:
        match node:
            case Number(text):
                return kind.number(text)
            case Table(rows):
                return Grid([[kind.number(text) for text in row] for row in rows])
            case Ref(id):
                return look(id)
            case Sum(terms):
                return _sum(value(term) for term in terms)
            case Product(factors):
                return reduce(lambda one, two: one * two, map(value, factors))
            case Negative(of):
                return -value(of)
            case Quotient(over, under):
                return value(over) * kind.apply("reciprocal", value(under))
            case Square(of):
                return applied("square", value(of))
            case Call(name, of):
                return applied(name, value(of))
            case Dot(left, right):
                return value(left).dot(value(right))
            case Hadamard(left, right):
                return value(left) * value(right)
            case Transpose(of):
                return value(of).transposed()

    return value(node)


def references(node: Node) -> Iterator[str]:
    """Yield the ids in a formula, in the order in which they are written."""
    match node:
        case Ref(id):
            yield id
        case Sum(nodes) | Product(nodes):
            for inner in nodes:
                yield from references(inner)
        case Negative(of) | Square(of) | Call(_, of) | Transpose(of):
            yield from references(of)
        case Quotient(left, right) | Dot(left, right) | Hadamard(left, right):
            yield from references(left)
            yield from references(right)


def product(*factors: Node) -> Node:
    """Return a product without products inside, or the only factor."""
    flat = [inner for factor in factors for inner in (factor.factors if isinstance(factor, Product) else (factor,))]
    return flat[0] if len(flat) == 1 else Product(tuple(flat))


def total(*terms: Node) -> Node:
    """Return a sum, or the only term."""
    return terms[0] if len(terms) == 1 else Sum(terms)


def difference(one: Node, two: Node) -> Node:
    """Return one minus the other."""
    return Sum((one, Negative(two)))


def _sum(values: Iterator[Any]) -> Any:
    return reduce(lambda one, two: one + two, values)


def children(node: Node) -> tuple[Node, ...]:
    """Return the parts of a sum, product, quotient or square; other formulas are of one piece."""
    match node:
        case Sum(nodes) | Product(nodes):
            return nodes
        case Quotient(one, two) | Hadamard(one, two) | Dot(one, two):
            return (one, two)
        case Square(of):
            return (of,)
    return ()


def with_children(node: Node, nodes: tuple[Node, ...]) -> Node:
    """Return the same operation on other parts."""
    return type(node)(nodes) if isinstance(node, Sum | Product) else type(node)(*nodes)


def is_simple(node: Node) -> bool:
    """Say whether there is nothing to work out but a sign."""
    return isinstance(node, Ref | Number | Table) or (isinstance(node, Negative | Transpose) and is_simple(node.of))
