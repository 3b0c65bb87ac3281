"""Difference checks on a page: which lines work with a shifted parameter, and which line ends such a block."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Set
from fractions import Fraction

from tests.checker.tree import Frac, Name, Neg, Node, Num, Pow, Product, Sum, literal, numbers, walk

LETTERS = {"\\varepsilon", "\\epsilon"}
LARGEST = Fraction(1, 100)
LARGEST_ALONE = Fraction(1, 10_000)


def small(node: Node) -> Fraction | None:
    """Return the value of a number such as ``0.000001`` or ``10^{-6}``, or None."""
    digits = literal(node)
    value = digits.value if digits is not None else None
    if isinstance(node, Pow) and (base := literal(node.base)) and (power := literal(node.exponent)):
        value = base.value ** int(power.value) if power.value.denominator == 1 and base.value else None
    return value if value is not None and 0 < value <= LARGEST else None


def is_letter(node: Node) -> bool:
    return isinstance(node, Name) and node.key in LETTERS


def denominator(node: Node) -> Node | None:
    """Return what a difference is divided by: a small number, a small letter, or twice one of them."""
    if not isinstance(node, Frac) or not any(isinstance(each, Neg | Sum) for each in walk(node.above)):
        return None
    factors = node.below.factors if isinstance(node.below, Product) else (node.below,)
    last = factors[-1]
    return last if small(last) is not None or is_letter(last) else None


def is_quotient(node: Node) -> bool:
    """Whether a tree holds a difference quotient."""
    return any(denominator(each) is not None for each in walk(node))


def steps(nodes: Iterable[Node]) -> set[Fraction]:
    """Return the shifts that the page divides by somewhere (each also halved, for differences to both sides)."""
    found: set[Fraction] = set()
    for node in nodes:
        for each in walk(node):
            below = denominator(each)
            if below is not None and (value := small(below)) is not None:
                found |= {value, value / 2}
    return found


def shifted(node: Node, sizes: Set[Fraction]) -> Node | None:
    """Return what a small shift is added to within the tree, or None."""
    for each in walk(node):
        if isinstance(each, Frac) and denominator(each) is not None:
            continue
        if isinstance(each, Sum):
            for index, term in enumerate(each.terms):
                inner = term.operand if isinstance(term, Neg) else term
                value = small(inner)
                if value is None and (digits := literal(term)) is not None:
                    value = abs(digits.value) or None
                if index and (is_letter(inner) or (value is not None and (value in sizes or is_alone(value)))):
                    return each.terms[index - 1]
    return None


def sizes_of(node: Node) -> Iterator[Num]:
    """Yield the small numbers that differences in a tree are divided by."""
    for each in walk(node):
        below = denominator(each)
        if below is not None:
            yield from numbers(below)


def added(node: Node, sizes: Set[Fraction]) -> Iterator[Num]:
    """Yield the small numbers that are added to something in a tree."""
    for each in walk(node):
        if isinstance(each, Sum) and shifted(each, sizes) is not None:
            for term in each.terms[1:]:
                inner = term.operand if isinstance(term, Neg) else term
                if isinstance(inner, Num) and abs(inner.value) <= LARGEST:
                    yield inner


def is_alone(value: Fraction) -> bool:
    """Whether a number looks like a shift even where no quotient on the page names it: 0.0001 or less, a power of 10."""
    return value <= LARGEST_ALONE and value.numerator == 1 and set(str(value.denominator).strip("0")) == {"1"}
