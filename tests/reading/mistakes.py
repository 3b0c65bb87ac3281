"""The mistakes of this genre, each a change at one node of a formula."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from random import Random

from tests.reading.algebra import factors
from tests.reading.networks import Network
from tests.reading.trees import (
    HALF,
    ONE,
    TWO,
    Tree,
    applied,
    difference,
    name,
    negative,
    places,
    power,
    product,
    put,
    total,
)

Mistake = Callable[[Tree, Network], Iterator[Tree]]
"""Yields what is written by mistake in place of a node; nothing where the mistake cannot be made."""


def sign_flipped(node: Tree, network: Network) -> Iterator[Tree]:
    if node.kind == "sum":
        for place in range(len(node.parts)):
            yield total(*(negative(part) if at == place else part for at, part in enumerate(node.parts)))
    if node.kind == "negative":
        yield node.parts[0]


def half_forgotten(node: Tree, network: Network) -> Iterator[Tree]:
    if node.kind == "product" and HALF in node.parts:
        yield left_out(node, node.parts.index(HALF))


def two_forgotten(node: Tree, network: Network) -> Iterator[Tree]:
    if node.kind == "product" and TWO in node.parts:
        yield left_out(node, node.parts.index(TWO))


def two_too_many(node: Tree, network: Network) -> Iterator[Tree]:
    if node.kind == "sum" and any(term.kind == "negative" for term in node.parts):
        yield product(TWO, node)


def left_out(node: Tree, place: int) -> Tree:
    return product(*node.parts[:place], *node.parts[place + 1 :])


def slope_forgotten(node: Tree, network: Network) -> Iterator[Tree]:
    if node.kind == "product":
        yield from (
            left_out(node, place)
            for place, part in enumerate(node.parts)
            if part.kind == "primed" and part.word != "relu"
        )


def gate_dropped(node: Tree, network: Network) -> Iterator[Tree]:
    if (node.kind == "primed" and node.word == "relu") or node.kind == "step":
        yield ONE
    if (node.kind == "applied" and node.word == "relu") or node.kind == "rectified":
        yield node.parts[0]


def function_for_its_derivative(node: Tree, network: Network) -> Iterator[Tree]:
    if node.kind == "primed":
        yield applied(node.word, node.parts[0])


def derivative_of_the_other_function(node: Tree, network: Network) -> Iterator[Tree]:
    """Write 1 − a² for a(1 − a), or the other way round."""
    if node.kind == "primed" and node.word in ("sigma", "tanh"):
        a = applied(node.word, node.parts[0])
        yield difference(ONE, power(a, 2)) if node.word == "sigma" else product(a, difference(ONE, a))


def index_swapped(node: Tree, network: Network) -> Iterator[Tree]:
    if node.kind == "name":
        yield from map(name, network.siblings(node.word))


def indices_transposed(node: Tree, network: Network) -> Iterator[Tree]:
    letter, _, indices = node.word.partition("_")
    if node.kind == "name" and len(set(indices)) == 2 and f"{letter}_{indices[::-1]}" in network.siblings(node.word):
        yield name(f"{letter}_{indices[::-1]}")


def path_missing(node: Tree, network: Network) -> Iterator[Tree]:
    terms = node.parts[1:] if node.kind == "running" else node.parts if node.kind == "sum" else ()
    if len(terms) > 1 and all(term.kind == "product" for term in terms):
        yield from (total(*terms[:place], *terms[place + 1 :]) for place in range(len(terms)))


def product_of_sums(node: Tree, network: Network) -> Iterator[Tree]:
    terms = node.parts[1:] if node.kind == "running" else node.parts if node.kind == "sum" else ()
    if len(terms) == 2 and all(term.kind == "product" for term in terms):
        yield product(
            total(*(factors(term)[0] for term in terms)), total(*(product(*factors(term)[1:]) for term in terms))
        )


def factor_too_many(node: Tree, network: Network) -> Iterator[Tree]:
    if node.kind == "product":
        extra = [part for part in node.parts if part.kind in ("name", "primed")]
        yield from (product(node, part) for part in extra if part.word != "relu")


def factor_missing(node: Tree, network: Network) -> Iterator[Tree]:
    if node.kind == "product":
        yield from (left_out(node, place) for place, part in enumerate(node.parts) if part.kind == "name")


def square_of_each(node: Tree, network: Network) -> Iterator[Tree]:
    """Square a difference term by term."""
    if node.kind == "power" and node.parts[0].kind == "sum":
        yield total(
            *(
                negative(power(term.parts[0], 2)) if term.kind == "negative" else power(term, 2)
                for term in node.parts[0].parts
            )
        )


def square_forgotten(node: Tree, network: Network) -> Iterator[Tree]:
    if node.kind == "power":
        yield node.parts[0]


def logarithm_split(node: Tree, network: Network) -> Iterator[Tree]:
    """Write 1 − ln y for ln(1 − y)."""
    if node.kind == "applied" and node.word == "ln" and node.parts[0].kind == "sum":
        first, second = node.parts[0].parts
        if second.kind == "negative":
            yield difference(first, applied("ln", second.parts[0]))


def activation_for_pre_activation(node: Tree, network: Network) -> Iterator[Tree]:
    """Put a value into the derivative that has gone through the function already, φ′(a) for φ′(z)."""
    if node.kind == "primed" and node.word != "relu" and node.parts[0].kind == "name":
        yield Tree(
            "primed", (name({"z": "h", "u": "y"}[node.parts[0].word[0]] + node.parts[0].word[1:]),), word=node.word
        )


MISTAKES: tuple[Mistake, ...] = (
    *(sign_flipped, half_forgotten, two_forgotten, two_too_many, slope_forgotten, gate_dropped),
    *(function_for_its_derivative, derivative_of_the_other_function, index_swapped, indices_transposed),
    *(path_missing, product_of_sums, factor_too_many, factor_missing, square_of_each, square_forgotten),
    *(logarithm_split, activation_for_pre_activation),
)


def mistaken(tree: Tree, network: Network, mistake: Mistake, random: Random) -> Tree | None:
    """Make the mistake somewhere in the tree; None if there is no place for it."""
    options = [(path, new) for path, node in places(tree) for new in mistake(node, network)]
    return put(tree, *random.choice(options)) if options else None
