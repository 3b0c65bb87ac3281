"""Entries of vectors and matrices as programs name them: ``z[0]``, ``W1[1][0]``; or layers in the same brackets."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from symback.reading.statements import Statement
from symback.verify.printed import is_vector, printed_rows
from symback.verify.schemes.scheme import Target
from symback.verify.spelling import Spelling
from symback.verify.trees import rebuilt, symbols
from symback.written.nodes import Derivative, Number, Symbol, Text, Written

_PLACES = re.compile(r"\[(\d+)(?:, ?(\d+))?\]")


def is_entry(name: Spelling) -> bool:
    """Whether a name has brackets with numbers behind it."""
    return "[" in name.below


def whole_of(name: Spelling) -> Spelling:
    """Return the name of the vector or matrix of which a name is an entry; any other name stays."""
    return name._replace(below=_PLACES.sub("", name.below)) if is_entry(name) else name


def first_place(names: Iterable[Spelling]) -> int:
    """Return from which number on entries are counted: from 0 where one has that number."""
    return 0 if any("[0" in name.below or ",0]" in name.below or ", 0]" in name.below for name in names) else 1


def entry_of(target: Target | None, name: Spelling, first: int) -> Target | None:
    """Return what stands in a vector or matrix where a name says; None where it has no such place."""
    places = [int(number) - first for match in _PLACES.finditer(name.below) for number in match.groups() if number]
    if target is None or isinstance(target, str) or min(places) < 0:
        return None
    rows = target
    if len(places) == 1 and 1 in (len(rows), len(rows[0])):
        flat = [key for row in rows for key in row]
        return flat[places[0]] if places[0] < len(flat) else None
    if len(places) == 1:
        return (rows[places[0]],) if places[0] < len(rows) else None
    row, column = places[:2]
    return rows[row][column] if row < len(rows) and column < len(rows[row]) else None


def name_layers(statements: Iterable[Statement]) -> bool:
    """Whether brackets say of which layer a vector or matrix is: one with a number in them is printed whole."""
    return any(
        _has_brackets(statement.sides[0].node) and any(is_vector(printed_rows(side)) for side in statement.sides)
        for statement in statements
    )


def with_layers(statement: Statement) -> Statement:
    """Return a statement in which the number in such brackets stands high."""
    return statement.rewritten(_with_layers)


def _has_brackets(node: Written | None) -> bool:
    inner = node.by if isinstance(node, Derivative) else node
    return isinstance(inner, Symbol) and any(map(_in_brackets, inner.subscript)) and len([*symbols(inner)]) == 1


def _with_layers(node: Written) -> Written:
    if not isinstance(node, Symbol):
        return rebuilt(node, _with_layers)
    brackets = [item.text for item in node.subscript if isinstance(item, Text) and _in_brackets(item)]
    above = [Number(match[1]) for text in brackets for match in _PLACES.finditer(text)]
    below = tuple(item for item in node.subscript if not _in_brackets(item))
    return replace(node, subscript=below, superscript=(*node.superscript, *above)) if above else node


def _in_brackets(item: Written) -> bool:
    return isinstance(item, Text) and item.text.startswith("[") and len(item.text) > 1
