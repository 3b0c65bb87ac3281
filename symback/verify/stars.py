"""Stars between matrices: entry by entry, as in programs, unless the document multiplies matrices with them."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from symback.reading.statements import Statement
from symback.verify.binding import Binding
from symback.verify.reading import Document
from symback.verify.trees import parts, rebuilt
from symback.written.nodes import Product, Symbol, Written

STAR, DOT = "star", "dot"


def with_plain_stars(document: Document, binding: Binding) -> Document:
    """Return a document whose stars are dots where one of them stands between a matrix and a vector that it turns."""
    sides = (side.node for statement in document.statements() for side in statement.sides)
    if not any(_turns(part, binding) for node in sides if node is not None for part in parts(node)):
        return document
    items = (
        replace(item, content=item.content.rewritten(_plain)) if isinstance(item.content, Statement) else item
        for item in document.items
    )
    return replace(document, items=tuple(items))


def _turns(node: Written, binding: Binding) -> bool:
    """Whether it is a product with a star of two names whose shapes only fit as matrices: ``W * x``."""
    if not isinstance(node, Product) or node.sign != STAR:
        return False
    for left, right in pairwise(node.factors):
        one, other = (binding.of(factor) if isinstance(factor, Symbol) else None for factor in (left, right))
        if one is None or other is None or isinstance(one, str) or isinstance(other, str):
            continue
        if len(one[0]) == len(other) and (len(one), len(one[0])) != (len(other), len(other[0])):
            return True
    return False


def _plain(node: Written) -> Written:
    changed = rebuilt(node, _plain)
    return replace(changed, sign=DOT) if isinstance(changed, Product) and changed.sign == STAR else changed
