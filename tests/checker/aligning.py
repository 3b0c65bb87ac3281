"""Two sides of a relation laid on each other: which part of the one stands where on the other.

The left side may have names, the right side has numbers in their places, or sub-results in place of whole parts.
Sums and products are aligned group by group, so that ``A * B`` lies on ``2.0 * 0.8 * (-1) * 3.0``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from tests.checker.tree import (
    Brace,
    Call,
    Cases,
    Comparison,
    Formal,
    Frac,
    Matrix,
    Name,
    Neg,
    Node,
    Num,
    Pow,
    Product,
    Sum,
    Transpose,
    is_closed,
    literal,
)


@dataclass(frozen=True, slots=True)
class Pair:
    """A part of the left side, the part of the right side in its place, and why they do not agree (empty: they do)."""

    left: Node
    right: Node
    fault: str = ""


@dataclass(frozen=True, slots=True)
class Alignment:
    """Pairs that together make up two sides."""

    pairs: tuple[Pair, ...]

    @property
    def faults(self) -> tuple[Pair, ...]:
        return tuple(pair for pair in self.pairs if pair.fault)


Check = Callable[[Node, Node], str | None]
"""Says why two parts do not agree: empty if they do, None if that cannot be said."""

LONGEST = 40
"""Sums and products with more parts than this are only laid on each other part by part."""


def align(left: Node, right: Node, check: Check) -> Alignment | None:
    """Return the alignment with the fewest faults, or None where the two sides differ in shape."""
    left, right = bare(left), bare(right)
    if isinstance(left, Num) and isinstance(right, Num) and left.value == right.value:
        return Alignment((Pair(left, right),))
    if left.text == right.text:
        return Alignment(())
    if isinstance(left, Formal | Comparison):
        return None
    if isinstance(left, Name) or literal(right) is not None:
        return single(left, right, check)
    children = laid(left, right, check)
    if children is not None:
        return children
    if is_closed(right) and check(left, right) == "":
        return Alignment((Pair(left, right),))
    return None


def single(left: Node, right: Node, check: Check) -> Alignment:
    return Alignment((Pair(left, right, check(left, right) or ""),))


def laid(left: Node, right: Node, check: Check) -> Alignment | None:
    match left, right:
        case (Sum(), _) | (_, Sum()):
            if isinstance(left, Sum) and isinstance(right, Sum):
                return grouped(left.terms, right.terms, lambda part: Sum(part), check)
            return None
        case (Product() | Neg(Product()), Product() | Neg(Product())):
            one, two = product(left), product(right)
            signs = "∘" if "∘" in one.signs else "*"
            return grouped(one.factors, two.factors, lambda part: Product(part, (signs,) * (len(part) - 1)), check)
        case (Neg(one), Neg(two)) | (Transpose(one), Transpose(two)):
            return align(one, two, check)
        case (Neg(Name()), _):
            return single(left, right, check)
        case (Matrix(), Matrix()):
            if [len(row) for row in left.rows] != [len(row) for row in right.rows]:
                return None
            return together(left.parts, right.parts, check)
        case (Frac(), Frac()) | (Pow(), Pow()):
            return together(left.parts, right.parts, check)
        case (Call(), Call()):
            if (left.function, left.primes, len(left.parts)) != (right.function, right.primes, len(right.parts)):
                return None
            return together(left.parts, right.parts, check)
        case (Cases(), Cases()) if len(left.parts) == len(right.parts):
            flat_left = [
                part for each in left.parts for part in (each.parts if isinstance(each, Comparison) else (each,))
            ]
            flat_right = [
                part for each in right.parts for part in (each.parts if isinstance(each, Comparison) else (each,))
            ]
            return together(tuple(flat_left), tuple(flat_right), check)
    return None


def together(left: tuple[Node, ...], right: tuple[Node, ...], check: Check) -> Alignment | None:
    if len(left) != len(right):
        return None
    pairs: list[Pair] = []
    for one, two in zip(left, right, strict=True):
        found = align(one, two, check)
        if found is None:
            return None
        pairs += found.pairs
    return Alignment(tuple(pairs))


def grouped(
    left: tuple[Node, ...], right: tuple[Node, ...], make: Callable[[tuple[Node, ...]], Node], check: Check
) -> Alignment | None:
    """Lay the parts of two sums or products on each other in order: one on one, one on several, several on a number."""
    plain = together(left, right, check)
    same_length = plain is not None and len(left) == len(right)
    if same_length or max(len(left), len(right)) > LONGEST:
        return plain

    @cache
    def best(i: int, j: int) -> Alignment | None:
        if i == len(left) or j == len(right):
            return Alignment(()) if i == len(left) and j == len(right) else None
        found: list[Alignment] = []
        for a, b in [
            (1, 1),
            *((1, b) for b in range(2, len(right) - j + 1)),
            *((a, 1) for a in range(2, len(left) - i + 1)),
        ]:
            rest = best(i + a, j + b)
            if rest is None:
                continue
            first = group(left[i : i + a], right[j : j + b])
            if first is not None:
                found.append(Alignment(first.pairs + rest.pairs))
                if not found[-1].faults:
                    return found[-1]
        return min(found, key=lambda each: len(each.faults), default=None)

    @cache
    def group(one: tuple[Node, ...], two: tuple[Node, ...]) -> Alignment | None:
        if len(one) == len(two) == 1:
            return align(one[0], two[0], check)
        a = one[0] if len(one) == 1 else make(one)
        b = two[0] if len(two) == 1 else make(two)
        if len(two) == 1 and literal(b) is None:
            return None
        if len(two) > 1 and (not is_closed(b) or isinstance(a, Num)):
            return None
        fault = check(a, b)
        return None if fault is None else Alignment((Pair(a, b, fault),))

    other = best(0, 0)
    if plain is None or (other is not None and len(other.faults) < len(plain.faults)):
        return other
    return plain


def bare(node: Node) -> Node:
    """Return what a brace or the brackets around a single entry enclose."""
    if isinstance(node, Brace):
        return bare(node.body)
    if isinstance(node, Matrix) and len(node.parts) == 1:
        return bare(node.parts[0])
    return node


def product(node: Node) -> Product:
    """Return a product with the sign of a negative one in its first factor."""
    if isinstance(node, Neg) and isinstance(node.operand, Product):
        inner = node.operand
        return Product((Neg(inner.factors[0]), *inner.factors[1:]), inner.signs)
    assert isinstance(node, Product)
    return node
