"""Comparing two formulas: equal at the author's numbers, and at others."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import combinations

from flint import arb

from symback.verify.duals import NO_CASE, Dual, Unknown, Value
from symback.verify.judging.points import Tried
from symback.verify.judging.state import State
from symback.verify.judging.subject import Subject
from symback.verify.keys import Keys, keys_of, with_keys
from symback.verify.network import Point
from symback.verify.shapes import agree
from symback.verify.trees import parts, symbols
from symback.written.nodes import NEW, Cases, Symbol, Text, Written

MOST_TERMS = 4
"""A loss of more outputs is not searched for the terms that are missing."""

RATIOS = 8
"""At so many points a loss is compared with that of the spec."""


Comparison = Callable[[Point], bool | None]
"""Says whether two formulas are equal at a point; None where one of them has no value there."""


def comparison(state: State, subject: Subject, node: Written) -> Comparison:
    """Return what compares a formula with the subject of its chain at any point."""
    head, formula = (with_keys(one, state.binding, state.scope) for one in (subject.node, node))

    def compare(point: Point) -> bool | None:
        resolver = state.resolver(point.value)
        try:
            first = resolver.value(head) if subject.keys is None else resolver.valued(subject.keys)
            return agree(first, resolver.value(formula))
        except Unknown:
            return None

    return compare


def holds(state: State, keys: Keys, node: Written) -> bool:
    """Whether a formula is what keys stand for, wherever the same units are active."""
    compare = comparison(state, Subject(Symbol(""), keys, None), node)
    results = [compare(point) for point in state.points_alike(8)]
    return True in results and False not in results


def points_for(state: State, node: Written) -> Sequence[Tried]:
    """Return the points at which a formula is tried: one that names a target must be true for other targets too."""
    names_target = any(key.startswith("t.") for key in _keys_named(state, node))
    return state.points.with_targets(state.truth) if names_target else state.points.others


def uses_new_values(state: State, node: Written) -> bool:
    """Whether a formula is built from parameters after the update."""
    return any(key.endswith(NEW) for key in _keys_named(state, node))


def _keys_named(state: State, node: Written) -> Iterator[str]:
    for symbol in symbols(node):
        for row in keys_of(symbol, state.binding, state.scope) or ():
            yield from row


def lacks_a_case(state: State, node: Written) -> bool:
    """Whether cases without a last resort leave out what a value may be."""
    return any(
        isinstance(part, Cases)
        and all(condition != Text("") for _, condition in part.branches)
        and any(_fits_no_case(state, part, point) for point, _ in state.points.others)
        for part in parts(node)
    )


def _fits_no_case(state: State, node: Cases, point: Point) -> bool:
    try:
        state.resolver(point.value).value(node)
    except Unknown as error:
        return str(error) == NO_CASE
    return False


def is_of_another_kind(state: State, node: Written) -> bool:
    """Whether a loss is not just a multiple of that of the spec."""
    ratios = []
    for point, _ in state.points.others[:RATIOS]:
        try:
            value = state.resolver(point.value).value(node)
            if not isinstance(value, Dual):
                return False
            ratios.append(value.value / point.value("loss"))
        except Unknown:
            continue
    return len(ratios) < 2 or not all(ratio.overlaps(ratios[0]) for ratio in ratios)


def lacks_terms(state: State, node: Written) -> bool:
    """Whether a loss is that of the spec but for the terms of some outputs."""
    terms = state.graph.loss_terms if len(state.graph.loss_terms) <= MOST_TERMS else ()
    points = [point for point, _ in state.points.others[:RATIOS]]
    values = [state.worth(node, point.value) for point in points]
    kept = (chosen for count in range(1, len(terms)) for chosen in combinations(terms, count))
    return any(
        all(_is_sum(point, value, chosen, share) for point, value in zip(points, values, strict=True))
        for chosen in kept
        for share in {1, len(terms), len(chosen)}
    )


def _is_sum(point: Point, value: Value | None, terms: Sequence[str], share: int) -> bool:
    """Whether a value is the sum of terms of the loss, or their mean."""
    if not isinstance(value, Dual):
        return False
    try:
        return bool((value.value * share - sum(map(point.value, terms), arb(0))).contains(0))
    except Unknown:
        return False
