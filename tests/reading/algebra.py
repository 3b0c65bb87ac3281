"""Rules of algebra that do not change the value of a formula.

Every rule takes a node, the network and a source of chance, and yields what may stand in place of the node: nothing where
it does not apply.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from random import Random

from tests.reading.networks import Network
from tests.reading.trees import (
    HALF,
    ONE,
    TWO,
    Tree,
    negative,
    number,
    power,
    product,
    quotient,
    total,
)


def commute(node: Tree, network: Network, random: Random) -> Iterator[Tree]:
    if node.kind in ("sum", "product"):
        parts = random.sample(node.parts, len(node.parts))
        yield Tree(node.kind, tuple(parts))


def distribute(node: Tree, network: Network, random: Random) -> Iterator[Tree]:
    if node.kind == "product":
        for place, factor in enumerate(node.parts):
            if factor.kind == "sum":
                before, after = node.parts[:place], node.parts[place + 1 :]
                yield total(
                    *(signed(term, lambda inner, b=before, a=after: product(*b, inner, *a)) for term in factor.parts)
                )


def signed(term: Tree, change: Callable[[Tree], Tree]) -> Tree:
    return negative(change(term.parts[0])) if term.kind == "negative" else change(term)


def factors(term: Tree) -> tuple[Tree, ...]:
    inner = term.parts[0] if term.kind == "negative" else term
    return inner.parts if inner.kind == "product" else (inner,)


def without(parts: tuple[Tree, ...], factor: Tree) -> Tree:
    place = parts.index(factor)
    return product(*parts[:place], *parts[place + 1 :])


def factor_out(node: Tree, network: Network, random: Random) -> Iterator[Tree]:
    if node.kind == "sum":
        for shared in factors(node.parts[0]):
            if shared.kind != "number" and all(shared in factors(term) for term in node.parts):
                rest = [signed(term, lambda _, term=term, s=shared: without(factors(term), s)) for term in node.parts]
                yield product(shared, total(*rest))


def expand_square(node: Tree, network: Network, random: Random) -> Iterator[Tree]:
    if node.kind == "power" and node.number == 2:
        base = node.parts[0]
        yield Tree("product", (base, base))
        if base.kind == "sum" and len(base.parts) == 2:
            first, second = base.parts
            mixed = product(TWO, *factors(first), *factors(second))
            opposed = (first.kind == "negative") != (second.kind == "negative")
            squares = [power(product(*factors(term)), 2) for term in base.parts]
            yield total(squares[0], negative(mixed) if opposed else mixed, squares[1])


def turn_difference(node: Tree, network: Network, random: Random) -> Iterator[Tree]:
    if node.kind == "sum" and any(term.kind == "negative" for term in node.parts):
        yield negative(total(*(negative(term) for term in reversed(node.parts))))
    if node.kind == "power" and node.number == 2 and node.parts[0].kind == "sum":
        yield power(total(*(negative(term) for term in reversed(node.parts[0].parts))), 2)


def move_minus(node: Tree, network: Network, random: Random) -> Iterator[Tree]:
    if node.kind == "negative":
        inner = node.parts[0]
        if inner.kind == "sum":
            yield total(*map(negative, inner.parts))
        if inner.kind == "product":
            place = random.randrange(len(inner.parts))
            yield product(*(negative(part) if at == place else part for at, part in enumerate(inner.parts)))
        if inner.kind == "quotient":
            yield quotient(negative(inner.parts[0]), inner.parts[1])
    if node.kind == "product" and any(part.kind == "negative" for part in node.parts):
        odd = sum(part.kind == "negative" for part in node.parts) % 2
        bare = product(*(part.parts[0] if part.kind == "negative" else part for part in node.parts))
        yield negative(bare) if odd else bare


def regroup_fractions(node: Tree, network: Network, random: Random) -> Iterator[Tree]:
    if node.kind == "quotient":
        above, below = node.parts
        if above.kind == "product":
            place = random.randrange(len(above.parts))
            yield product(without(above.parts, above.parts[place]), quotient(above.parts[place], below))
        elif above.kind == "sum":
            yield total(*(signed(term, lambda inner, below=below: quotient(inner, below)) for term in above.parts))
        elif above != ONE:
            yield product(quotient(ONE, below), above)
        if below.kind == "quotient":
            yield quotient(product(above, below.parts[1]), below.parts[0])
        if below.kind == "product":
            yield quotient(quotient(above, below.parts[0]), product(*below.parts[1:]))
    if node.kind == "product":
        fractions = [part for part in node.parts if part.kind == "quotient"]
        if fractions:
            above = [part.parts[0] if part.kind == "quotient" else part for part in node.parts]
            yield quotient(product(*above), product(*(part.parts[1] for part in fractions)))


def common_denominator(node: Tree, network: Network, random: Random) -> Iterator[Tree]:
    if node.kind == "sum" and len(node.parts) == 2:
        inner = [term.parts[0] if term.kind == "negative" else term for term in node.parts]
        if all(part.kind == "quotient" for part in inner):
            (a, b), (c, d) = (part.parts for part in inner)
            crossed = [product(a, d), product(c, b)]
            terms = [negative(x) if term.kind == "negative" else x for x, term in zip(crossed, node.parts, strict=True)]
            yield quotient(total(*terms), product(b, d))


def work_numbers(node: Tree, network: Network, random: Random) -> Iterator[Tree]:
    """Cancel a half against a two, bring them in, or write a half as a fraction of the rest."""
    if node.kind == "product":
        numbers = [part for part in node.parts if part.kind == "number"]
        others = [part for part in node.parts if part.kind != "number"]
        if len(numbers) > 1:
            merged = Fraction(1)
            for part in numbers:
                merged *= part.number
            yield product(number(merged), *others)
        elif numbers == [HALF]:
            yield quotient(product(*others), TWO)
        elif not numbers and random.random() < 0.2:
            yield product(HALF, TWO, *others)
    if node.kind == "quotient" and node.parts[1] == TWO:
        yield product(HALF, node.parts[0])
