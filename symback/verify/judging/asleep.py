"""Units that are not active: formulas that name one must be true also when it is, unlike those that leave it out."""

from __future__ import annotations

from collections.abc import Iterator

from flint import arb

from symback.graph.quantity import Graph
from symback.verify.duals import Unknown
from symback.verify.judging.comparing import comparison
from symback.verify.judging.state import State
from symback.verify.judging.subject import Subject
from symback.verify.keys import with_keys
from symback.verify.network import Point
from symback.verify.trees import parts
from symback.written.nodes import Call, Name, Written

POINTS = 4
"""At so many points, where the same units are active, those that a formula names are woken up."""


def is_wrong_awake(state: State, subject: Subject, node: Written) -> bool:
    """Whether a formula is true only because units that it names are not active.

    Somebody who knows that a unit is not active leaves it out; who writes it down means it.
    """
    compare = comparison(state, subject, node)
    return any(compare(point) is False for point in points_awake(state, node))


def points_awake(state: State, node: Written) -> Iterator[Point]:
    """Yield points at which those units that a formula names are active that are not at the author's numbers."""
    formula = with_keys(node, state.binding, state.scope)
    asleep = {post: pre for post, pre in _kinked(state.graph) if _is_zero(state.truth, post)}
    named = {part.id.partition("@")[0] for part in parts(formula) if isinstance(part, Name)}
    gates = {part.id for part in _inside_gates(formula)}
    sources = [post for post in asleep if post in named]
    opened = {post: pre for post, pre in asleep.items() if f"{post}:{pre}" in named or pre in gates}
    if sources or opened:
        yield from (_awake(point, sources, opened) for point in state.points_alike(POINTS))


def _kinked(graph: Graph) -> Iterator[tuple[str, str]]:
    """Yield every activation with a kink, and its pre-activation."""
    for layer in graph.layers:
        for post, pre in zip(layer.activations, layer.pre_activations, strict=True):
            if graph.kinks(pre):
                yield post, pre


def _is_zero(point: Point, key: str) -> bool:
    try:
        return bool(point.value(key) == 0)
    except Unknown:
        return False


def _inside_gates(formula: Written) -> Iterator[Name]:
    """Yield what the derivative of an activation is taken at."""
    for part in parts(formula):
        if isinstance(part, Call) and part.primes:
            yield from (inner for argument in part.arguments for inner in parts(argument) if isinstance(inner, Name))


def _awake(point: Point, sources: list[str], opened: dict[str, str]) -> Point:
    """Return a point at which some activations have a value, and some units are active altogether."""
    given = dict(point.given)
    for place, post in enumerate((*sources, *opened), 1):
        given[post] = arb(2 * place + 1) / 7
        if post in opened:
            given[opened[post]] = given[post]
    return Point(point.graph, given, point.samples, point.kinks)
