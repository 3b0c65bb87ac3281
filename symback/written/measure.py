"""How wide written mathematics gets on a page, roughly: enough to decide where a chain needs more than one line."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import accumulate, chain
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
        self._product_sign = product
        self._known: dict[str, float] = {}

    def __call__(self, node: Written, numbers: Mapping[str, Written] | None = None) -> float:
        """Return the width of `node`, with `numbers` in place of the leaves that have one."""
        return _WIDTHS[type(node)](self, node, numbers)

    def up_to(self, limit: float, node: Written, numbers: Mapping[str, Written] | None = None) -> float:
        """Return the width of `node`, or where it is wider than `limit` any number above that."""
        width = 0.0
        for part in self._parts(node, numbers):
            width += part
            if width > limit:
                break
        return width

    def terms(self, limit: float, node: Written) -> list[float]:
        """Return the widths of the terms of a sum up to `limit`, each with its sign; what is not a sum is one term."""
        numbers: Mapping[str, Written] | None = None
        while isinstance(node, nodes.Valued):
            numbers = {**(numbers or {}), **node.numbers}
            node = node.body
        terms = node.terms if isinstance(node, nodes.Sum) else (node,)
        return [self.up_to(limit, term, numbers) + OPERATION for term in terms]

    def exceed(self, row: Sequence[Written], width: float) -> bool:
        """Say whether a row is wider than `width`; the top rows of its matrices alone may be enough to tell."""
        looks = (1, None) if any(map(_is_tall, row)) else (None,)
        return any(
            _adds_up_to_more(chain.from_iterable(self._parts(node, None, rows) for node in row), width)
            for rows in looks
        )

    def _parts(self, node: Written, numbers: Mapping[str, Written] | None, top: int | None = None) -> Iterator[float]:
        """Yield the widths of what stands side by side in `node`: sides, terms, factors, the columns of a matrix.

        With `top` only so many rows of a matrix are looked at.
        """
        match node:
            case nodes.Relation(first, links):
                yield from self._parts(first, numbers, top)
                for _, side in links:
                    yield RELATION
                    yield from self._parts(side, numbers, top)
            case nodes.Valued(body, inner):
                yield from self._parts(body, inner if numbers is None else {**numbers, **inner}, top)
            case nodes.Sum(terms):
                yield OPERATION * (len(terms) - 1)
                for term in terms:
                    yield from self._parts(term, numbers, top)
            case nodes.Product(factors):
                yield self._gap(node, numbers) * (len(factors) - 1)
                for factor in factors:
                    yield from self._parts(factor, numbers, top)
            case nodes.Matrix(rows):
                yield BRACKETS
                for column in zip(*rows[:top], strict=True):
                    yield 1.0 + max(self._entry(entry, numbers) for entry in column)
            case _:
                yield self(node, numbers)

    def _in_parts(self, node: Written, numbers: Mapping[str, Written] | None) -> float:
        return sum(self._parts(node, numbers))

    def _leaf(self, node: Name | Partial, numbers: Mapping[str, Written] | None) -> float:
        if numbers is not None and node.key in numbers:
            return self(numbers[node.key])
        if isinstance(node, Name):
            return self._named(node.id)
        return max(self._named(node.of), self._named(node.by)) + 0.6 + BAR

    def _named(self, name: str) -> float:
        if name not in self._known:
            self._known[name] = self(self._names(name))
        return self._known[name]

    def _text(self, node: nodes.Number | nodes.Text | nodes.Constant, numbers: Any) -> float:
        return 0.5 * len(node.name if isinstance(node, nodes.Constant) else node.text)

    def _symbol(self, node: Symbol, numbers: Any) -> float:
        base = 0.6 if node.base.startswith("\\") else 0.55 * len(node.base)
        scripts = (sum(self(item) for item in items) for items in (node.subscript, node.superscript))
        return base + SCRIPT * max(scripts) + (0.3 if node.mark else 0.0)

    def _gap(self, node: nodes.Product, numbers: Any) -> float:
        if node.juxtaposed and numbers is None:
            return 0.4
        return DOT if (node.sign or self._product_sign) == "dot" else OPERATION

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

    def _entry(self, entry: Written, numbers: Any) -> float:
        """Return the width of what stands in a matrix, where fractions are set smaller."""
        match entry:
            case Partial() if numbers is not None and entry.key in numbers:
                return self(entry, numbers)
            case Partial() | nodes.Quotient() | nodes.Derivative():
                return SMALL * self(entry, numbers)
            case nodes.Valued(body, inner):
                return self._entry(body, inner if numbers is None else {**numbers, **inner})
            case nodes.Sum(terms):
                return OPERATION * (len(terms) - 1) + sum(self._entry(term, numbers) for term in terms)
            case nodes.Product(factors):
                gaps = self._gap(entry, numbers) * (len(factors) - 1)
                return gaps + sum(self._entry(factor, numbers) for factor in factors)
            case nodes.Negative(inner_part) | nodes.Group(inner_part):
                return BRACKETS + self._entry(inner_part, numbers)
        return self(entry, numbers)

    def _sequence(self, node: nodes.Sequence, numbers: Any) -> float:
        return BRACKETS + sum(self(item, numbers) + 0.5 for item in node.items)

    def _ellipsis(self, node: nodes.Ellipsis, numbers: Any) -> float:
        return 1.0


def _is_tall(node: Written) -> bool:
    """Say whether a matrix of several rows stands by itself in `node`: a side of a chain, with or without numbers."""
    match node:
        case nodes.Relation(first, links):
            return _is_tall(first) or any(_is_tall(side) for _, side in links)
        case nodes.Valued(body):
            return _is_tall(body)
        case nodes.Sum(parts) | nodes.Product(parts):
            return any(map(_is_tall, parts))
        case nodes.Matrix(rows):
            return len(rows) > 1
    return False


def _adds_up_to_more(widths: Iterable[float], limit: float) -> bool:
    return any(total > limit for total in accumulate(widths))


_WIDTHS: Mapping[type[Written], Callable[[Measure, Any, Any], float]] = {
    nodes.Name: Measure._leaf,
    nodes.Partial: Measure._leaf,
    nodes.Number: Measure._text,
    nodes.Text: Measure._text,
    nodes.Constant: Measure._text,
    nodes.Symbol: Measure._symbol,
    nodes.Sum: Measure._in_parts,
    nodes.Product: Measure._in_parts,
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
    nodes.Matrix: Measure._in_parts,
    nodes.Sequence: Measure._sequence,
    nodes.Relation: Measure._in_parts,
    nodes.Valued: Measure._in_parts,
    nodes.Ellipsis: Measure._ellipsis,
}
