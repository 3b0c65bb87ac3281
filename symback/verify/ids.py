"""Ids of the judge: plain equations get ids that begin with a role, as those of layers do."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from symback.graph.equations import LEARNING_RATE
from symback.graph.quantity import Graph, System, children_of
from symback.verify.finer import finer
from symback.written.nodes import Name, Written
from symback.written.substitute import substitute

ROOT = "loss"
"""The id of what is differentiated, whatever the equations call it."""


@dataclass(frozen=True, slots=True)
class Ids:
    """The graph of a spec, the same graph under the ids of the judge, and which id becomes which.

    The two graphs are one where the spec has layers; plain equations are taken apart for the judge.
    """

    stated: Graph
    graph: Graph
    _inner: Mapping[str, str]

    def inner(self, key: str) -> str:
        """Return the key of the judge for one of the spec."""
        return _exchanged(key, self._inner)

    def outer(self, key: str) -> str:
        """Return the key of the spec for one of the judge."""
        return _exchanged(key, {new: old for old, new in self._inner.items()})


def ids_of(graph: Graph) -> Ids:
    """Return the ids under which the quantities of a spec are judged."""
    if graph.system is None:
        return Ids(graph, graph, {})
    taken_apart = finer(graph)
    inner = dict(_pairs(taken_apart, graph.system))
    return Ids(graph, _renamed(taken_apart, graph.system, inner), inner)


def _pairs(graph: Graph, system: System) -> Iterator[tuple[str, str]]:
    """Yield each name of the equations with its id: learned, the same in all samples, given or worked out."""
    sampled = {name for sample in graph.samples for name in sample}
    for name, quantity in graph.quantities.items():
        if name == graph.root:
            yield name, ROOT
        elif name in system.learned:
            yield name, f"w.{name}"
        elif quantity.definition is not None:
            yield name, f"r.{name}"
        elif name != LEARNING_RATE:
            yield name, f"c.{name}" if sampled and name not in sampled else f"x.{name}"


def _renamed(graph: Graph, system: System, inner: Mapping[str, str]) -> Graph:
    names: dict[str, Written] = {old: Name(new) for old, new in inner.items()}

    def ids(keys: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(_exchanged(key, inner) for key in keys)

    quantities = [
        replace(
            quantity,
            id=inner.get(quantity.id, quantity.id),
            definition=None if quantity.definition is None else substitute(quantity.definition, names),
            parents=ids(quantity.parents),
        )
        for quantity in graph.quantities.values()
    ]
    found = {quantity.id: quantity for quantity in quantities}
    return replace(
        graph,
        quantities=found,
        inputs=ids(graph.inputs),
        given={_exchanged(key, inner): number for key, number in graph.given.items()},
        stated=ids(graph.stated),
        samples=tuple({inner[name]: number for name, number in sample.items()} for sample in graph.samples),
        children=children_of(found),
        root=ROOT,
        system=System(
            formulas={inner[name]: substitute(formula, names) for name, formula in system.formulas.items()},
            listed=ids(system.listed),
            wanted=ids(system.wanted),
            learned=ids(system.learned),
        ),
    )


def _exchanged(key: str, names: Mapping[str, str]) -> str:
    """Return a key with other names in it: ``-loss@2:w`` and ``w+`` keep their marks."""
    if not names:
        return key
    sides = []
    for side in key.split(":"):
        sign = "-" if side.startswith("-") else ""
        name, at, sample = side.removeprefix("-").partition("@")
        plain = name.rstrip("+")
        sides.append(sign + names.get(plain, plain) + name[len(plain) :] + at + sample)
    return ":".join(sides)
