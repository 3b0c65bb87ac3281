"""Definitions of functions: ``f(x) = 2x``, ``y = 1/(1 + e^{-x})`` and their derivatives, judged as functions."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from flint import arb

from symback.graph.quantity import Graph
from symback.verify.duals import NO_CASE, Dual, Unknown, Value, constant
from symback.verify.elementary import FUNCTIONS, PRIMES
from symback.verify.evaluate import evaluate, evaluate_at
from symback.verify.trees import symbols
from symback.written.nodes import Call, Derivative, Group, Symbol, Written

TRIED = ("-2.3", "-1.1", "-0.4", "0.35", "0.9", "1.7", "2.6")
"""Arguments at which functions are compared, on both sides of every kink."""

NAMES = {
    "sigmoid": "sigmoid", "sigmoide": "sigmoid", "logistic": "sigmoid", "relu": "relu", "linear": "linear",
    "identity": "linear", "tanh": "tanh",
}  # fmt: skip
"""Activations by the word that a heading may say."""


def named_function(label: str) -> str:
    """Return the activation that words name, or nothing."""
    return NAMES.get(label.lower().split(" ")[0].strip(":")) or "" if label else ""


def defines_function(left: Written, right: Written, graph: Graph) -> tuple[bool, tuple[str, ...]] | None:
    r"""Judge a formula as the definition of a function or of its derivative.

    Parameters
    ----------
    left, right
        The sides: ``f(x)`` or ``y`` or ``\partial y / \partial x``, and a formula in one name.
    graph
        The network, whose activations count as known functions.

    Returns
    -------
    tuple or None
        Whether it is the function that its left side names (any known one if it names none), and the names of the
        functions that it is; None if it defines none.
    """
    dummies = {symbol for symbol in symbols(right) if not symbol.subscript}
    left = left.body if isinstance(left, Group) else left
    primes, named = 0, ""
    if isinstance(left, Call) and len(left.arguments) == 1 and isinstance(left.arguments[0], Symbol):
        dummies |= {left.arguments[0]}
        primes = left.primes
        named = left.function if isinstance(left.function, str) else ""
    elif isinstance(left, Derivative):
        of = left.of.function if isinstance(left.of, Call) else left.of
        named = of if isinstance(of, str) else ""
        if isinstance(left.by, Symbol):
            dummies |= {left.by}
        primes = 1
        if isinstance(left.of, Symbol) and left.of.subscript:
            return None
    elif not isinstance(left, Symbol) or left.subscript or left.superscript:
        return None
    if len(dummies) != 1 or len({*symbols(right)} - dummies) > 0:
        return None
    dummy = dummies.pop()
    known, plain = _known(graph, primes), _known(graph, 0)
    found = tuple(name for name, expected in known.items() if _same(_values(right, dummy, plain[name]) or [], expected))
    if not found and _values(right, dummy, []) is None:
        return None
    if named and named in known:
        return named in found, found
    return (True, found) if found else None


def _values(node: Written, dummy: Symbol, unnamed: list[arb]) -> list[arb | None] | None:
    """Return what a formula in one name is worth at the arguments tried; `unnamed` is what ``g`` of them is worth."""
    found: list[arb | None] = []
    for place, text in enumerate(TRIED):
        argument = arb(text)

        def find(part: Written, argument: arb = argument, place: int = place) -> Value:
            if part == dummy:
                return constant(argument)
            if isinstance(part, Call) and isinstance(part.function, Symbol) and not part.primes and unnamed:
                return constant(unnamed[place])
            if (
                isinstance(part, Call)
                and isinstance(part.function, str)
                and part.function in PRIMES
                and part.primes == 1
            ):
                return constant(PRIMES[part.function](argument))
            raise Unknown("another name")

        try:
            value = evaluate(node, find)
        except Unknown as error:
            if str(error) != NO_CASE:
                return None
            found.append(None)
            continue
        if not isinstance(value, Dual):
            return None
        found.append(value.value)
    return found


@cache
def _elementary(primes: int) -> Mapping[str, list[arb]]:
    """Return what the functions with a name of their own are worth at the arguments tried, or their derivatives."""
    known = {}
    for name, function in FUNCTIONS.items():
        if name not in ("max", "min"):
            duals = [function(Dual(abs(arb(text)) if name in ("log", "sqrt") else arb(text), arb(1))) for text in TRIED]
            known[name] = [dual.slope if primes else dual.value for dual in duals]
    return known


def _known(graph: Graph, primes: int) -> dict[str, list[arb]]:
    known = dict(_elementary(primes))
    for quantity in graph.quantities.values():
        row, definition = quantity.function, quantity.definition
        if row is None or definition is None or row.name in known or len(quantity.parents) != 1:
            continue
        (pre,) = quantity.parents
        values = []
        for text in TRIED:
            value = evaluate_at(definition, pre, Dual(arb(text), arb(1)))
            values.append(value.slope if primes else value.value)
        known[row.name] = values
    return known


def _same(values: list[arb | None], expected: list[arb]) -> bool:
    return len(values) == len(expected) and all(
        one is not None and one.overlaps(other) for one, other in zip(values, expected, strict=True)
    )
