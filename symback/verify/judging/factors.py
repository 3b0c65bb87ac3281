"""Factors in a list: a chain of derivatives, and what is put in its place, whose order and transposes are left open."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from symback.graph.quantity import BATCH
from symback.verify.arrays import entrywise, multiplied
from symback.verify.duals import Dual, Rows, Unknown, Value
from symback.verify.judging.asleep import points_awake
from symback.verify.judging.outcome import Outcome, correct
from symback.verify.judging.state import State
from symback.verify.judging.subject import Subject
from symback.verify.keys import Keys, keys_of
from symback.verify.shapes import agree
from symback.verify.spelling import spelling
from symback.verify.trees import bare
from symback.written.nodes import Derivative, IndexedSum, Product, Symbol, Written

MOST_FACTORS = 4
"""So many factors are put in order at most."""

DOTS = ("dot", "star", "times")
"""Signs that may do no more than list factors."""

POINTS = 4
"""At so many points an order of factors must give what it stands for."""

BEFORE = {"loss": ("a", "z"), "a": ("z",), "z": ("a", "x", "w", "b")}
"""By which roles a quantity of each role is derived directly."""


def chain_of_links(state: State, subject: Subject, node: Written) -> Outcome | None:
    """Accept a product of derivatives in which each goes on from the one before, along a path of the network.

    It is read as it is written, so that whole vectors and letters for indices may stand in it.
    """
    head = bare(subject.node)
    links = _links(node)
    if not links or not isinstance(head, Derivative) or (head.of, head.by) != (links[0].of, links[-1].by):
        return None
    if any(one.by != other.of for one, other in pairwise(links)):
        return None
    return correct("each factor goes on from the one before") if all(_exists(state, link) for link in links) else None


def is_chain_rule(subject: Subject, node: Written) -> bool:
    """Whether it is the chain rule, over whatever stands between: ``∂f/∂v = Σ_c ∂f/∂c · ∂c/∂v``."""
    head = bare(subject.node)
    links = _links(node.body) if isinstance(node, IndexedSum) and node.lower is None else []
    if not isinstance(head, Derivative) or len(links) != 2:
        return False
    upper, lower = links
    return (upper.of, upper.by, lower.of, lower.by) == (head.of, node.index, node.index, head.by)  # type: ignore[attr-defined]


def _links(node: Written) -> list[Derivative]:
    """Return the factors of a product of derivatives; nothing if it is none."""
    factors = [bare(factor) for factor in node.factors] if isinstance(node, Product) else []
    links = [factor for factor in factors if isinstance(factor, Derivative)]
    return links if len(links) == len(factors) else []


def _exists(state: State, link: Derivative) -> bool:
    """Whether a quantity is made directly from what it is derived by, as far as their names tell."""
    if not isinstance(link.of, Symbol) or not isinstance(link.by, Symbol):
        return False
    upper, lower = (keys_of(name, state.binding, state.scope) for name in (link.of, link.by))
    if _role(state, lower, link.by) not in BEFORE.get(_role(state, upper, link.of), ()):
        return False
    if upper is None or lower is None:
        return True
    below = [key.partition("@")[0] for row in lower for key in row]
    above = [key.partition("@")[0] for row in upper for key in row]
    return any(one in state.graph.dependents(other) for one in above for other in below if other)


def _role(state: State, keys: Keys | None, name: Symbol) -> str:
    """Return the role of what a name stands for, or else that of its family."""
    if keys is None:
        return state.binding.family_role(spelling(name))
    role = keys[0][0].partition("@")[0].partition(".")[0]
    return "loss" if role == BATCH else role


def factors_of_chain(state: State, subject: Subject, before: Written | None, node: Written) -> Outcome | None:
    """Accept the factors put in place of a chain of derivatives, if there is an order in which they give the gradient.

    Parameters
    ----------
    state, subject
        Where it stands, and what it is about.
    before
        The side before it; only a chain of derivatives is a list of factors.
    node
        The factors, with dots between them.
    """
    if before is None or len(_links(before)) < 2 or subject.keys is None or not isinstance(node, Product):
        return None
    if node.sign not in DOTS or not 1 < len(node.factors) <= MOST_FACTORS:
        return None
    recipes: set[Recipe] | None = None
    for point in (*state.points_alike(POINTS), *points_awake(state, node)):
        resolver = state.resolver(point.value)
        try:
            wanted = resolver.valued(subject.keys)
            values = tuple(map(resolver.value, node.factors))
        except Unknown:
            continue
        recipes = {recipe for recipe, value in _worked(values, recipes) if agree(wanted, value)}
        if not recipes:
            return None
    return correct("its factors, in the order in which their shapes fit") if recipes else None


Recipe = tuple[tuple[int, int, str], ...]
"""Which two of the factors that are left are combined, and how, step by step."""


def _worked(values: tuple[Value, ...], recipes: set[Recipe] | None) -> Iterator[tuple[Recipe, Value]]:
    """Yield what factors come to by some recipes, or by all that there are."""
    if recipes is None:
        yield from _combined(values, ())
        return
    for recipe in recipes:
        left = values
        for step in recipe:
            left = _after(left, step)
        yield recipe, left[0]


def _combined(values: tuple[Value, ...], done: Recipe) -> Iterator[tuple[Recipe, Value]]:
    if len(values) == 1:
        yield done, values[0]
        return
    for one in range(len(values)):
        for other in range(len(values)):
            for way in _WAYS if one != other else ():
                step = (one, other, way)
                try:
                    left = _after(values, step)
                except Unknown:
                    continue
                yield from _combined(left, (*done, step))


def _after(values: tuple[Value, ...], step: tuple[int, int, str]) -> tuple[Value, ...]:
    """Return the factors that are left after two of them are combined. Raises `Unknown` if their shapes do not fit."""
    one, other, way = step
    rest = tuple(value for place, value in enumerate(values) if place not in (one, other))
    return (_product(values[one], values[other], way), *rest)


_WAYS = ("plain", "left", "right", "both", "entries")
"""Products: as the factors stand, with one or both of them transposed, entry by entry."""


def _product(left: Value, right: Value, way: str) -> Value:
    if isinstance(left, Dual) or isinstance(right, Dual):
        if way != "plain":
            raise Unknown("a number goes with everything")
        return multiplied(left, right)
    if way == "entries":
        return entrywise(Dual.__mul__, left, right)
    one = _turned(left) if way in ("left", "both") else left
    other = _turned(right) if way in ("right", "both") else right
    if len(one[0]) != len(other):
        raise Unknown("shapes that do not fit")
    return multiplied(one, other)


def _turned(rows: Rows) -> Rows:
    return tuple(zip(*rows, strict=True))
