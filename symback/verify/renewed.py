"""Marks of a new value behind a name: ``w_1(new)`` and ``w_1(t+1)`` are what ``w_1`` becomes, ``w_1(t)`` what it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from symback.reading.signs import NEW_WORDS, OLD_WORDS
from symback.reading.statements import Statement
from symback.verify.trees import fused, parts
from symback.written.nodes import Group, Number, Sum, Symbol, Text, Written

STEP_LETTERS = frozenset({"t", "k", "n", "\\tau"})
"""Letters that count the steps of learning."""


def steps_in(statements: Iterable[Statement]) -> frozenset[str]:
    """Return the letters that count steps in a document: it says what a name becomes in the next, ``w_1(t+1)``."""
    nodes = (side.node for statement in statements for side in statement.sides if side.node is not None)
    return frozenset(letter for node in nodes for part in parts(node) for letter in _next_step(part))


def renewed(statement: Statement, steps: frozenset[str]) -> Statement:
    """Return a statement in which such marks belong to the names before them."""
    return statement.rewritten(lambda node: fused(node, lambda name, mark: _marked(name, mark, steps)))


def _marked(name: Symbol, mark: Written, steps: frozenset[str]) -> Symbol | None:
    """Return a name with the mark behind it, if it is one."""
    word = _word(mark, steps)
    if word is None:
        return None
    return replace(name, superscript=(*name.superscript, Text(word))) if word else name


def _word(factor: Written, steps: frozenset[str]) -> str | None:
    """Return the mark that a bracket is, nothing for that of the old value, and None for a factor."""
    inside = factor.body if isinstance(factor, Group) else None
    if isinstance(inside, Symbol) and not inside.subscript:
        word = inside.base.lower()
        if word in OLD_WORDS and len(word) > 1:
            return ""
        return "" if inside.base in steps else "new" if word in NEW_WORDS else None
    return "new" if any(letter in steps for letter in _next_step(factor)) else None


def _next_step(node: Written) -> Iterator[str]:
    """Yield the letter that has 1 more in a bracket: ``(t+1)``."""
    inside = node.body if isinstance(node, Group) else None
    if isinstance(inside, Sum) and len(inside.terms) == 2 and inside.terms[1] == Number("1"):
        letter = inside.terms[0]
        if isinstance(letter, Symbol) and not letter.subscript and letter.base in STEP_LETTERS:
            yield letter.base
