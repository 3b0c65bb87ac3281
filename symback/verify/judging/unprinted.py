"""Operands that stand for what the document never printed by itself, but that follows from a mistake before."""

from __future__ import annotations

from collections.abc import Iterator
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


def _is_new(state: State, part: Number) -> bool:
    """Whether a number is neither one of the spec nor one that the document printed before."""
    found = decimal(part)
    return found is not None and found[1] < 1 and found[0] not in state.data and not state.carried.of_either_sign(found)


def _cause(state: State, node: Written, part: Number, key: str, truth: Value) -> int | None:
    try:
        true = state.true(key[1:]) * -1 if key.startswith("-") else state.true(key)
    except Unknown:
        return None

    def ball(one: Written, value: Fraction, unit: Fraction) -> arb:
        return true if one is part else stands_for(state, value, unit)

    value = state.worth(node, state.latest, ball)
    if value is None or agree(truth, value) is not True:
        return None
    printed = decimal(part)
    assert printed is not None
    found = explained(state, key, printing_like(*printed), float(printed[1]))
    return found.cause if found is not None and found.verdict is Verdict.FOLLOWS else None


def _candidates(graph: Graph) -> Iterator[str]:
    """Yield what people work with."""
    for layer in graph.layers:
        for pre, post in zip(layer.pre_activations, layer.activations, strict=True):
            yield from (pre, post, f"{post}:{pre}", f"loss:{pre}", f"loss:{post}")
    yield from (f"{graph.learned_root}:{name}" for name in graph.parameters)
