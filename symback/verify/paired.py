"""Names in two parts, the second of which says which unit is meant: ``δh1 = 0.02`` is about one quantity."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from symback.reading.statements import Statement
from symback.verify.trees import fused
from symback.written.nodes import Product, Symbol, Written

Pair = tuple[Symbol, Symbol]

FIRST = frozenset({Symbol("\\delta")})
"""What nobody multiplies with something else at the head of a chain."""


def pairs_in(statements: Iterable[Statement]) -> frozenset[Pair]:
    """Return the names in two parts about which chains of a document are."""
    heads = (statement.sides[0].node for statement in statements if len(statement.sides) > 1 and not statement.goes_on)
    return frozenset(pair for pair in map(_pair, heads) if pair is not None)


def paired(statement: Statement, pairs: frozenset[Pair]) -> Statement:
    """Return a statement in which such names are one, with the second part as the index of the first."""
    if not pairs:
        return statement
    return statement.rewritten(lambda node: fused(node, lambda name, unit: _one_name(name, unit, pairs)))


def _pair(node: Written | None) -> Pair | None:
    if not isinstance(node, Product) or not node.juxtaposed or len(node.factors) != 2:
        return None
    first, second = node.factors
    return (first, second) if first in FIRST and isinstance(first, Symbol) and isinstance(second, Symbol) else None


def _one_name(name: Symbol, unit: Written, pairs: frozenset[Pair]) -> Symbol | None:
    return replace(name, subscript=(unit,)) if (name, unit) in pairs else None
