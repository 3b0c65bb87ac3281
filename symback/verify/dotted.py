"""Sums with dots in them: the terms that are written say which sum of the network is meant, and that is what it is."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress

from flint import arb

from symback.graph.quantity import Graph
from symback.verify.duals import Dual, Unknown, Value, constant
from symback.verify.evaluate import evaluate
from symback.verify.trees import parts
from symback.written.nodes import Name, Sum, Written

Look = Callable[[str], arb]
"""Gives the value of a key; raises `Unknown`."""

FEWEST = 4
"""Nobody puts dots in a sum of fewer terms."""


def dotted(written: Sequence[Value], graph: Graph, look: Look) -> Value:
    """Return what a sum is worth of which only some terms are written.

    Raises
    ------
    Unknown
        If not just one sum of the network has all of these terms.
    """
    found: list[arb] = []
    for complete in _sums(graph, look):
        total = sum(complete, arb(0))
        if _are_among(written, complete) and not any(total.overlaps(other) for other in found):
            found.append(total)
    if len(found) != 1:
        raise Unknown("dots that may stand for anything")
    return constant(found[0])


def _sums(graph: Graph, look: Look) -> Iterator[list[arb]]:
    """Yield the terms of each sum that stands in a definition, and of each gradient that has several paths."""
    for quantity in graph.quantities.values():
        for part in parts(quantity.definition) if quantity.definition is not None else ():
            if isinstance(part, Sum) and len(part.terms) >= FEWEST:
                with suppress(Unknown):
                    yield [_worth(term, look) for term in part.terms]
    for layer in graph.layers:
        for post in layer.activations:
            children = graph.children.get(post, ())
            if len(children) >= FEWEST:
                with suppress(Unknown):
                    yield [look(f"{graph.root}:{child}") * look(f"{child}:{post}") for child in children]


def _worth(term: Written, look: Look) -> arb:
    def leaf(node: Written) -> Value:
        if not isinstance(node, Name):
            raise Unknown("a formula that is not known")
        return constant(look(node.id))

    value = evaluate(term, leaf)
    assert isinstance(value, Dual)
    return value.value


def _are_among(written: Sequence[Value], complete: Sequence[arb]) -> bool:
    """Whether each term that is written is another one of the complete sum, and some are left out."""
    left = list(complete)
    for term in written:
        place = next((place for place, one in enumerate(left) if _is(term, one)), None)
        if place is None:
            return False
        del left[place]
    return bool(left)


def _is(term: Value, one: arb) -> bool:
    return isinstance(term, Dual) and term.slope == 0 and bool(term.value.overlaps(one))
