"""How high written mathematics gets on a page, roughly, in lines of running text."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from symback.written import nodes
from symback.written.nodes import Written
from symback.written.printer import nested

FRACTION = 2.0
"""Height of a fraction of two plain sides, in a display."""

ENTRY = 1.2
"""Height of a row of a matrix or of cases; fractions are set smaller there."""

BRACKETS = 0.3
"""How much higher than their rows the brackets of a matrix are."""

SMALL = 0.72
LABEL = 1.0


def height(node: Written, numbers: Mapping[str, Written] | None = None) -> float:
    """Return the height of `node`, with `numbers` in place of the leaves that have one."""
    find = _HEIGHTS.get(type(node))
    return find(node, numbers) if find else 1.0


def _highest(*parts: Written, numbers: Mapping[str, Written] | None) -> float:
    return max((height(part, numbers) for part in parts), default=1.0)


def _partial(node: nodes.Partial, numbers: Mapping[str, Written] | None) -> float:
    return 1.0 if numbers is not None and node.key in numbers else FRACTION


def _quotient(node: nodes.Quotient, numbers: Mapping[str, Written] | None) -> float:
    return height(node.numerator, numbers) + height(node.denominator, numbers)


def _derivative(node: nodes.Derivative, numbers: Mapping[str, Written] | None) -> float:
    return height(node.of) + height(node.by)


def _rows(rows: tuple[tuple[Written, ...], ...], numbers: Mapping[str, Written] | None) -> float:
    return BRACKETS + sum(max(ENTRY, ENTRY * SMALL * _highest(*row, numbers=numbers)) for row in rows)


_HEIGHTS: Mapping[type[Written], Callable[[Any, Mapping[str, Written] | None], float]] = {
    nodes.Partial: _partial,
    nodes.Quotient: _quotient,
    nodes.Derivative: _derivative,
    nodes.Sum: lambda node, numbers: _highest(*node.terms, numbers=numbers),
    nodes.Product: lambda node, numbers: _highest(*node.factors, numbers=numbers),
    nodes.Sequence: lambda node, numbers: _highest(*node.items, numbers=numbers),
    nodes.Call: lambda node, numbers: _highest(*node.arguments, numbers=numbers),
    nodes.Negative: lambda node, numbers: height(node.operand, numbers),
    nodes.Transpose: lambda node, numbers: height(node.operand, numbers),
    nodes.Norm: lambda node, numbers: height(node.operand, numbers),
    nodes.Power: lambda node, numbers: height(node.base, numbers),
    nodes.Group: lambda node, numbers: height(node.body, numbers),
    nodes.IndexedSum: lambda node, numbers: max(2.5, height(node.body, numbers)),
    nodes.Annotation: lambda node, numbers: height(node.body, numbers) + LABEL,
    nodes.Matrix: lambda node, numbers: _rows(node.rows, numbers),
    nodes.Cases: lambda node, numbers: _rows(node.branches, numbers),
    nodes.Relation: lambda node, numbers: _highest(node.first, *(side for _, side in node.links), numbers=numbers),
    nodes.Valued: lambda node, numbers: height(
        node.body, node.numbers if numbers is None else nested(node.numbers, numbers)
    ),
}
"""How high the nodes are that can be higher than a line."""
