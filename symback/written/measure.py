"""How wide written mathematics gets on a page, roughly: enough to decide where a chain needs more than one line."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from symback.written import nodes
from symback.written.nodes import Name, Partial, Symbol, Written

SCRIPT = 0.72
"""Size of indices and exponents beside that of what they stand at."""

SMALL = 0.72
"""Size of a fraction inside a matrix or an exponent."""

RELATION, OPERATION, DOT, BRACKETS, BAR, COMMA = 1.6, 1.4, 0.75, 0.8, 0.3, 0.5


class Measure:
    """Widths in ems of the running text, for the symbols that `names` gives."""

    def __init__(self, names: Callable[[str], Written], product: str = "times") -> None:
        self._names = names
        self._product = product
        self._known: dict[str, float] = {}

    def __call__(self, node: Written, numbers: Mapping[str, Written] | None = None) -> float:
        """Return the width of `node`, with `numbers` in place of the leaves that have one."""
        return _WIDTHS[type(node)](self, node, numbers)

    def terms(self, node: Written) -> list[float]:
        """Return the widths of the terms of a sum, each with its sign; what is not a sum is one term."""
        numbers: Mapping[str, Written] | None = None
        while isinstance(node, nodes.Valued):
            numbers = {**(numbers or {}), **node.numbers}
            node = node.body
        terms = node.terms if isinstance(node, nodes.Sum) else (node,)
        return [self(term, numbers) + OPERATION for term in terms]

    def _leaf(self, node: Name | Partial, numbers: Mapping[str, Written] | None) -> float:
        key = node.key
        if numbers is not None and key in numbers:
            return self(numbers[key])
        if key not in self._known:
            if isinstance(node, Name):
                self._known[key] = self(self._names(node.id))
            else:
                self._known[key] = max(self(self._names(node.of)), self(self._names(node.by))) + 0.6 + BAR
        return self._known[key]

    def _text(self, node: nodes.Number | nodes.Text | nodes.Constant, numbers: Any) -> float:
        return 0.5 * len(node.name if isinstance(node, nodes.Constant) else node.text)

    def _symbol(self, node: Symbol, numbers: Any) -> float:
        base = 0.6 if node.base.startswith("\\") else 0.55 * len(node.base)
        scripts = (sum(self(item) for item in items) for items in (node.subscript, node.superscript))
        return base + SCRIPT * max(scripts) + (0.3 if node.mark else 0.0)

    def _sum(self, node: nodes.Sum, numbers: Any) -> float:
        return sum(self(term, numbers) for term in node.terms) + OPERATION * (len(node.terms) - 1)

    def _product(self, node: nodes.Product, numbers: Any) -> float:
        sign = DOT if (node.sign or self._product) == "dot" else OPERATION
        gap = 0.4 if node.juxtaposed and numbers is None else sign
        return sum(self(factor, numbers) for factor in node.factors) + gap * (len(node.factors) - 1)

    def _quotient(self, node: nodes.Quotient, numbers: Any) -> float:
        return max(self(node.numerator, numbers), self(node.denominator, numbers)) + BAR

    def _derivative(self, node: nodes.Derivative, numbers: Any) -> float:
        return max(self(node.of, numbers) + BRACKETS, self(node.by, numbers)) + 0.6 + BAR

    def _power(self, node: nodes.Power, numbers: Any) -> float:
        return self(node.base, numbers) + SCRIPT * self(node.exponent, numbers)

    def _bracketed(self, node: Any, numbers: Any) -> float:
        return self(node.operand if hasattr(node, "operand") else node.body, numbers) + BRACKETS

    def _call(self, node: nodes.Call, numbers: Any) -> float:
        name = self(node.function) if isinstance(node.function, Symbol) else 0.5 * len(node.function)
        arguments = sum(self(argument, numbers) for argument in node.arguments)
        return name + BRACKETS + arguments + COMMA * (len(node.arguments) - 1)

    def _indexed_sum(self, node: nodes.IndexedSum, numbers: Any) -> float:
        return 1.6 + self(node.body, numbers)

    def _cases(self, node: nodes.Cases, numbers: Any) -> float:
        return 1.5 + max(self(value, numbers) + 1.0 + self(condition, numbers) for value, condition in node.branches)

    def _matrix(self, node: nodes.Matrix, numbers: Any) -> float:
        columns = zip(*node.rows, strict=True)
        return BRACKETS + sum(1.0 + max(self._entry(entry, numbers) for entry in column) for column in columns)

    def _entry(self, entry: Written, numbers: Any) -> float:
        width = self(entry, numbers)
        return SMALL * width if isinstance(entry, Partial | nodes.Quotient) else width

    def _sequence(self, node: nodes.Sequence, numbers: Any) -> float:
        return BRACKETS + sum(self(item, numbers) + 0.5 for item in node.items)

    def _relation(self, node: nodes.Relation, numbers: Any) -> float:
        return self(node.first, numbers) + sum(RELATION + self(side, numbers) for _, side in node.links)

    def _valued(self, node: nodes.Valued, numbers: Mapping[str, Written] | None) -> float:
        return self(node.body, node.numbers if numbers is None else {**numbers, **node.numbers})

    def _ellipsis(self, node: nodes.Ellipsis, numbers: Any) -> float:
        return 1.0


_WIDTHS: Mapping[type[Written], Callable[[Measure, Any, Any], float]] = {
    nodes.Name: Measure._leaf,
    nodes.Partial: Measure._leaf,
    nodes.Number: Measure._text,
    nodes.Text: Measure._text,
    nodes.Constant: Measure._text,
    nodes.Symbol: Measure._symbol,
    nodes.Sum: Measure._sum,
    nodes.Product: Measure._product,
    nodes.Quotient: Measure._quotient,
    nodes.Derivative: Measure._derivative,
    nodes.Power: Measure._power,
    nodes.Negative: Measure._bracketed,
    nodes.Transpose: Measure._bracketed,
    nodes.Norm: Measure._bracketed,
    nodes.Group: Measure._bracketed,
    nodes.Annotation: Measure._bracketed,
    nodes.Call: Measure._call,
    nodes.IndexedSum: Measure._indexed_sum,
    nodes.Cases: Measure._cases,
    nodes.Matrix: Measure._matrix,
    nodes.Sequence: Measure._sequence,
    nodes.Relation: Measure._relation,
    nodes.Valued: Measure._valued,
    nodes.Ellipsis: Measure._ellipsis,
}
