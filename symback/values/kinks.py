"""Where formulas go over from one piece to another: across such a place a difference quotient says nothing."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, pairwise

from symback.written.nodes import Call, Cases, Negative, Number, Relation, Sum, Written
from symback.written.substitute import leaves, rewrite


def switches(formula: Written, moving: frozenset[str]) -> Iterator[Written]:
    """Yield what changes its sign where a formula goes over to another piece, if it has one of the `moving` names."""
    found: list[tuple[Written, Written]] = []

    def remember(node: Written) -> None:
        match node:
            case Call("max" | "min", arguments):
                found.extend(combinations(arguments, 2))
            case Call("abs", (argument,)):
                found.append((argument, Number("0")))
            case Cases(branches):
                for _, condition in branches:
                    if isinstance(condition, Relation):
                        sides = [condition.first, *(side for _, side in condition.links)]
                        found.extend(pairwise(sides))

    rewrite(formula, remember)
    for left, right in dict.fromkeys(found):
        if not moving.isdisjoint(leaves(left) + leaves(right)):
            yield Sum((left, Negative(right)))
