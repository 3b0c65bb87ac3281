"""The normal form in which trees are compared that were printed and read again: what a page cannot show is dropped.

- leaves of the network are the symbols, derivatives and numbers that the page prints for them;
- brackets that an author wants are gone, and so is the tree's own nesting of a product in a product;
- a product has no sign, but for the circle of an entrywise one;
- the minus of a product's or fraction's first number stands before the whole;
- a list in square brackets is a matrix of one row, or its one entry; words are a name; a body with a brace beneath it is the body;
- a number that alone is set high is an exponent; indices are what they spell, without commas and blanks;
- a condition among factors counts as 1 or 0; an implication begins a new statement, as does each line behind a brace;
- a condition in words is ``otherwise``; a function is what the reader calls it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import fields, replace
from typing import Any

from symback.reading import signs
from symback.reading.environments import OTHERWISE
from symback.reading.tree import identifier
from symback.written.nodes import (
    Annotation,
    Call,
    Cases,
    Derivative,
    Ellipsis,
    Group,
    Matrix,
    Name,
    Negative,
    Number,
    Partial,
    Power,
    Product,
    Quotient,
    Relation,
    Sequence,
    Sum,
    Symbol,
    Text,
    Valued,
    Written,
)

Names = Callable[[str], Written]


def spelled_out(node: Written, names: Names, numbers: Mapping[str, Written] | None = None) -> Written:
    """Return a tree with symbols, derivatives and numbers in place of the leaves of the network."""
    numbers = numbers or {}
    if isinstance(node, Name | Partial) and node.key in numbers:
        return spelled_out(numbers[node.key], names)
    if isinstance(node, Name):
        return names(node.id)
    if isinstance(node, Partial):
        return Derivative(names(node.of), names(node.by))
    if isinstance(node, Derivative):
        numbers = {}
    if isinstance(node, Valued):
        return spelled_out(node.body, names, {**numbers, **node.numbers})
    return _rebuilt(node, lambda part: spelled_out(part, names, numbers))


def normal(node: Written) -> Written:
    """Return the normal form of a tree without leaves of the network."""
    match node:
        case Group(body=body) | Annotation(body=body):
            return normal(body)
        case Number(text=text) if text.startswith("-"):
            return Negative(Number(text[1:]))
        case Symbol():
            return _symbol(node)
        case Sequence(items=(item,)):
            return normal(item)
        case Sequence(items=items):
            return Matrix((tuple(map(normal, items)),))
        case Text(text=text) if text:
            return Symbol(text)
        case Sum(terms=(term,)) | Product(factors=(term,)):
            return normal(term)
        case Product(factors=factors, sign=sign):
            return _product([normal(factor) for factor in factors], "hadamard" if sign == "hadamard" else "")
        case Quotient(numerator=above, denominator=below):
            above, below = normal(above), normal(below)
            if isinstance(above, Negative):
                return Negative(Quotient(above.operand, below))
            return Quotient(above, below)
        case Call(function=function, arguments=arguments):
            return replace(node, function=_function(function), arguments=tuple(map(normal, arguments)))
        case Cases(branches=branches):
            return Cases(tuple((normal(value), _condition(condition)) for value, condition in branches))
    return _rebuilt(node, normal)


def _condition(condition: Written) -> Written:
    return OTHERWISE if isinstance(condition, Text) and condition.text else normal(condition)


def _product(factors: list[Written], sign: str) -> Written:
    flat: list[Written] = []
    for factor in map(_counted, factors):
        same = isinstance(factor, Product) and factor.sign == sign
        flat.extend(factor.factors if same else [factor])
    if isinstance(flat[0], Negative):
        return Negative(_product([flat[0].operand, *flat[1:]], sign))
    return Product(tuple(flat), sign)


def _counted(factor: Written) -> Written:
    """Return a condition among factors as what it is worth."""
    return Cases(((Number("1"), factor), (Number("0"), OTHERWISE))) if isinstance(factor, Relation) else factor


def plain(node: Written) -> Written:
    """Return a tree without what plain text cannot show: bold, brackets in indices, kinds of product, d and dots.

    A slash behind a product divides the whole or the last factor, which is the same.
    """
    match node:
        case Symbol():
            base = re.sub(r"\\\w+\{(\w+)\}", r"\1", node.base)
            below, above = (_words(_spelled(items)) for items in (node.subscript, node.superscript))
            return Symbol(_plain_base(base), below, above, node.mark, node.accent)
        case Derivative(of=of, by=by):
            return Derivative(plain(of), plain(by))
        case Product(factors=factors):
            return Product(tuple(map(plain, factors)))
        case Quotient(numerator=Product(factors=(*factors, last)), denominator=below):
            return plain(Product((*factors, Quotient(last, below))))
        case Ellipsis():
            return Ellipsis()
    return _rebuilt(node, plain)


def _plain_base(base: str) -> str:
    return identifier(base.removeprefix("\\")).base


def _words(items: tuple[Written, ...]) -> tuple[Written, ...]:
    text = "".join(re.findall(r"\w", "".join(map(_spelling, items))))
    return (Text(text),) if text else ()


def equations(node: Written) -> list[Written]:
    """Return the statements that a display is: those behind one brace, or itself."""
    match node:
        case Product(factors=(Text(), Cases(branches=branches))) if all(not _is_stated(each) for _, each in branches):
            return [value for value, _ in branches]
    return [node]


def _is_stated(condition: Written) -> bool:
    return condition != Text("")


def _symbol(symbol: Symbol) -> Written:
    if len(symbol.superscript) == 1 and isinstance(symbol.superscript[0], Number):
        return Power(_symbol(replace(symbol, superscript=())), symbol.superscript[0])
    return replace(
        symbol,
        subscript=_spelled(symbol.subscript),
        superscript=_spelled(symbol.superscript),
    )


def _spelled(items: tuple[Written, ...]) -> tuple[Written, ...]:
    text = "".join(map(_spelling, items))
    return (Text(text),) if text else ()


def _spelling(item: Written) -> str:
    match item:
        case Number(text=text) | Text(text=text):
            return text.replace(",", "").replace(" ", "")
        case Symbol(base=base, subscript=below, superscript=above):
            return base.removeprefix("\\") + "".join(map(_spelling, (*below, *above)))
        case Sum(terms=(first, *rest)):
            return _spelling(first) + "".join(
                "-" + _spelling(term.operand) if isinstance(term, Negative) else "+" + _spelling(term) for term in rest
            )
        case Product(factors=factors):
            return "×".join(map(_spelling, factors))
    return repr(item)


def _function(function: str | Symbol) -> str | Symbol:
    if isinstance(function, str):
        return signs.function(function) or function
    known = "" if function.subscript or function.superscript else signs.function(function.base)
    return known or _symbol(function)


def _rebuilt(part: Any, change: Callable[[Written], Written]) -> Any:
    """Return a node whose parts are changed, however deep in tuples they stand."""

    def inner(value: Any) -> Any:
        if isinstance(value, tuple):
            return tuple(map(inner, value))
        return change(value) if isinstance(value, Written) else value

    return type(part)(*(inner(getattr(part, field.name)) for field in fields(part)))
