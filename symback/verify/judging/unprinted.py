"""Operands that stand for what the document never printed, or never named, and that a mistake before has made so."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from flint import arb

from symback.graph.quantity import Graph
from symback.verify.balls import decimal, printing_like
from symback.verify.claims import Verdict
from symback.verify.duals import Unknown, Value
from symback.verify.judging.explaining import explained
from symback.verify.judging.operands import stands_for
from symback.verify.judging.state import State
from symback.verify.shapes import agree
from symback.verify.stated import Stated
from symback.verify.trees import numbers
from symback.written.nodes import Number, Written

MOST_OPERANDS = 8
"""In longer formulas nobody can tell for what each operand stands."""


def follows_unprinted(state: State, node: Written, truth: Value) -> int | None:
    """Return the mistake from which an operand follows: with what it stands for in its place, the formula is right."""
    operands = [part for part in numbers(node) if _is_new(state, part)]
    for part in operands if len(operands) <= MOST_OPERANDS else ():
        for key in map(state.scope.key, _candidates(state.graph)):
            for sign in (1, -1):
                cause = _cause(state, node, part, f"-{key}" if sign < 0 else key, truth)
                if cause is not None:
                    return cause
    return None


def blame_unnamed(state: State, node: Written, truth: Value) -> int | None:
    """Blame a number that was printed without a name, where it stands for what it is not, and return its claim.

    A number that is the value of any quantity is used in a wrong place rather than wrong.
    """
    for part in numbers(node):
        printed = decimal(part)
        place = state.unnamed.get(printed) if printed is not None else None
        if printed is None or place is None:
            continue
        keys = [sign + state.scope.key(key) for key in _candidates(state.graph) for sign in ("", "-")]
        if any(_is(state, key, printing_like(*printed)) for key in keys):
            continue
        for key in keys:
            true = _true(state, key)
            if true is not None and _is_right_with(state, node, part, true, truth):
                message = "not what it is used for"
                claim = replace(state.claims[place], quantity=key, verdict=Verdict.WRONG, message=message)
                state.claims[place] = claim
                state.carried.state(key, Stated(printed, Verdict.WRONG, place))
                return place
    return None


def _is(state: State, key: str, printed: arb) -> bool:
    true = _true(state, key)
    return true is not None and bool(true.overlaps(printed))


def _true(state: State, key: str) -> arb | None:
    try:
        return -state.true(key[1:]) if key.startswith("-") else state.true(key)
    except Unknown:
        return None


def _is_right_with(state: State, node: Written, part: Number, true: arb, truth: Value) -> bool:
    """Whether a formula gives the truth once a value stands in place of one of its numbers."""

    def ball(one: Written, value: Fraction, unit: Fraction) -> arb:
        return true if one is part else stands_for(state, value, unit)

    value = state.worth(node, state.latest, ball)
    return value is not None and agree(truth, value) is True


def _is_new(state: State, part: Number) -> bool:
    """Whether a number is neither one of the spec nor one that the document printed before."""
    found = decimal(part)
    return found is not None and found[1] < 1 and found[0] not in state.data and not state.carried.of_either_sign(found)


def _cause(state: State, node: Written, part: Number, key: str, truth: Value) -> int | None:
    true, printed = _true(state, key), decimal(part)
    if true is None or printed is None or not _is_right_with(state, node, part, true, truth):
        return None
    found = explained(state, key, printing_like(*printed), float(printed[1]))
    return found.cause if found is not None and found.verdict is Verdict.FOLLOWS else None


def _candidates(graph: Graph) -> Iterator[str]:
    """Yield what people work with."""
    for layer in graph.layers:
        for pre, post in zip(layer.pre_activations, layer.activations, strict=True):
            yield from (pre, post, f"{post}:{pre}", f"loss:{pre}", f"loss:{post}")
    yield from (f"{graph.learned_root}:{name}" for name in graph.parameters)
