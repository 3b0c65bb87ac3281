"""Rules that do not change the value of a formula, for its names, functions and running sums."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from tests.reading.networks import Network
from tests.reading.trees import (
    ONE,
    TWO,
    Tree,
    applied,
    difference,
    name,
    negative,
    power,
    product,
    quotient,
    rectified,
    step,
    total,
)


def fold_and_unfold(node: Tree, network: Network, random: Random) -> Iterator[Tree]:
    """Put a definition in place of a name, or the name in place of what it is declared to be."""
    if node.kind == "name" and node.word in network.definitions:
        yield network.definitions[node.word]
    yield from (name(key) for key, definition in network.definitions.items() if definition == node)


def sigmoid_forms(node: Tree, network: Network, random: Random) -> Iterator[Tree]:
    if node.kind == "applied" and node.word == "sigma":
        z = node.parts[0]
        grown, shrunk = applied("exp", z), applied("exp", negative(z))
        yield quotient(ONE, total(ONE, shrunk))
        yield quotient(grown, total(ONE, grown))
        yield quotient(ONE, total(ONE, quotient(ONE, grown)))
        yield difference(ONE, applied("sigma", negative(z)))
    if node.kind == "applied" and node.word == "exp" and node.parts[0].kind == "negative":
        yield quotient(ONE, applied("exp", node.parts[0].parts[0]))


def tanh_forms(node: Tree, network: Network, random: Random) -> Iterator[Tree]:
    if node.kind == "applied" and node.word == "tanh":
        z = node.parts[0]
        grown, shrunk = applied("exp", z), applied("exp", negative(z))
        yield quotient(difference(grown, shrunk), total(grown, shrunk))
        yield difference(product(TWO, applied("sigma", product(TWO, z))), ONE)


def derivative_forms(node: Tree, network: Network, random: Random) -> Iterator[Tree]:
    if node.kind != "primed":
        return
    z = node.parts[0]
    value = applied(node.word, z)
    by_name = [name(key) for key, definition in network.definitions.items() if definition == value]
    for a in (value, *by_name):
        if node.word == "sigma":
            yield product(a, difference(ONE, a))
            yield difference(a, power(a, 2))
        if node.word == "tanh":
            yield difference(ONE, power(a, 2))
            yield product(difference(ONE, a), total(ONE, a))
    if node.word == "sigma":
        shrunk = applied("exp", negative(z))
        yield quotient(shrunk, power(total(ONE, shrunk), 2))
        yield product(value, applied("sigma", negative(z)))
    if node.word == "relu":
        yield step(z, "cases")
        yield step(z, "indicator")


def relu_forms(node: Tree, network: Network, random: Random) -> Iterator[Tree]:
    if (node.kind == "applied" and node.word == "relu") or node.kind == "rectified":
        z = node.parts[0]
        yield rectified(z, "cases")
        yield rectified(z, "max")
        yield product(z, step(z, "indicator"))
    if node.kind == "step":
        yield step(node.parts[0], "indicator" if node.word == "cases" else "cases")


def write_out_sum(node: Tree, network: Network, random: Random) -> Iterator[Tree]:
    if node.kind == "running":
        yield total(*node.parts[1:])


def logarithms(node: Tree, network: Network, random: Random) -> Iterator[Tree]:
    if node.kind == "applied" and node.word == "ln":
        inner = node.parts[0]
        if inner.kind == "quotient":
            yield difference(*(applied("ln", part) for part in inner.parts))
        if inner.kind == "applied" and inner.word == "sigma":
            yield negative(applied("ln", total(ONE, applied("exp", negative(inner.parts[0])))))
        yield negative(applied("ln", quotient(ONE, inner)))
        if inner.kind == "sum" and inner.parts[0] == ONE and inner.parts[1].kind == "negative":
            y = inner.parts[1].parts[0]
            meant = network.definitions.get(y.word, y)
            if meant.kind == "applied" and meant.word == "sigma":
                yield applied("ln", applied("sigma", negative(meant.parts[0])))
                yield difference(applied("ln", y), meant.parts[0])
    if node.kind == "negative" and node.parts[0].kind == "applied" and node.parts[0].word == "ln":
        yield applied("ln", quotient(ONE, node.parts[0].parts[0]))
