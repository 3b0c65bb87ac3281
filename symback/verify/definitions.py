"""Names that a document defines for itself: what the formula that defines one is in the network, the name means."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from flint import arb

from symback.graph.quantity import Graph
from symback.verify.binding import Binding
from symback.verify.conventions import TAKEN, usual
from symback.verify.duals import Unknown
from symback.verify.equations import Pair, holds
from symback.verify.general import instances
from symback.verify.keys import Scope
from symback.verify.network import Point
from symback.verify.resolve import Resolver
from symback.verify.schemes.scheme import Target
from symback.verify.shapes import Balls, laid_out, rows_of
from symback.verify.spelling import Spelling, spelling
from symback.verify.targets import at_sample
from symback.verify.trees import symbols
from symback.written.nodes import Symbol, Written


def settle_definitions(binding: Binding, formulas: Sequence[Pair], graph: Graph, points: Sequence[Point]) -> None:
    """Read names as what the document defines them to be, where nothing else says what they mean."""
    identify = _Identify(binding, graph, points)
    for left, right in formulas:
        if not isinstance(left, Symbol) or not is_open(binding, formulas, spelling(left).family, graph, points):
            continue
        found = dict(identify.readings(left, right))
        if found and None not in found.values():
            for name, target in found.items():
                if target is not None:
                    binding.define(name, target)
                    _define_siblings(binding, graph, name, target)


def is_open(binding: Binding, formulas: Sequence[Pair], family: str, graph: Graph, points: Sequence[Point]) -> bool:
    """Whether neither custom nor numbers nor formulas say what a family means."""
    best = binding.families.best(family)
    if best is None:
        return True
    is_at_home = family in binding.families.home and not best.compared  # else its numbers deny it
    if best.agreed or is_at_home or usual(family, best.scheme.role) >= TAKEN:
        return False
    about = [pair for pair in formulas if isinstance(pair[0], Symbol) and spelling(pair[0]).family == family]
    return not any(holds(pair, binding, graph, points) for pair in about)


def _define_siblings(binding: Binding, graph: Graph, name: Spelling, target: Target) -> None:
    """Read the names of a family that differ by the number of the neuron alike."""
    if not isinstance(target, str) or not name.below.isdigit() or not target.endswith(f".{name.below}"):
        return
    stem = target.removesuffix(name.below)
    for other in binding.families.used.get(name.family, ()):
        quantity = (stem + other.below).lstrip("-").rpartition(":")[2]
        is_like = other.above == name.above and other.below.isdigit() and quantity in graph.quantities
        if is_like and binding.target(other) is None:
            binding.define(other, stem + other.below)


class _Identify:
    """Finds the quantity, or the derivative, that a formula is equal to at several points."""

    def __init__(self, binding: Binding, graph: Graph, points: Sequence[Point]) -> None:
        self._binding = binding
        self._graph = graph
        self._points = points
        self._keys = tuple(_candidates(graph))
        samples = range(1, len(graph.samples) + 1) if len(graph.samples) > 1 else ()
        self._of_samples = tuple(at_sample(key, sample) for sample in samples for key in self._keys)

    def readings(self, left: Symbol, right: Written) -> Iterator[tuple[Spelling, Target | None]]:
        """Yield the names that a definition defines, and what each means; None where that is nothing known."""
        if all(self._binding.of(symbol) is not None for symbol in symbols(right)):
            yield spelling(left), self._target(right)
        for one, other in instances(left, right, self._binding, self._graph, False):
            if isinstance(one, Symbol):
                yield spelling(one), self._target(other)

    def _target(self, formula: Written) -> Target | None:
        values = []
        for point in self._points:
            try:
                found = rows_of(Resolver(self._binding, self._graph, point.value, Scope(), {}).value(formula))
            except Unknown:
                return None
            values.append(laid_out(found, (len(found), len(found[0]))) or [])
        names_samples = any("@" in str(self._binding.of(symbol)) for symbol in symbols(formula))
        keys = self._of_samples if names_samples else self._keys
        rows = tuple(
            tuple(self._key(keys, values, row, column) for column in range(len(values[0][0])))
            for row in range(len(values[0]))
        )
        if not all(key for row in rows for key in row):
            return None
        return rows[0][0] if len(rows) == len(rows[0]) == 1 else rows

    def _key(self, keys: Sequence[str], values: Sequence[Balls], row: int, column: int) -> str:
        """Return the key that has these values at the points, or its opposite, or nothing."""
        for key in keys:
            for signed in (key, f"-{key}"):
                if all(
                    _agrees(point, signed, found[row][column])
                    for point, found in zip(self._points, values, strict=True)
                ):
                    return signed
        return ""


def _agrees(point: Point, key: str, value: arb | None) -> bool:
    """Whether a key has a value at a point; 0 says nothing, as many things are 0."""
    if value is None or value.contains(0):
        return False
    try:
        return bool(point.value(key).overlaps(value))
    except Unknown:
        return False


def _candidates(graph: Graph) -> Iterator[str]:
    """Yield the keys for which people have names of their own."""
    for layer in graph.layers:
        pairs = [*zip(layer.pre_activations, layer.activations, strict=True)]
        for pre, post in pairs:
            yield from (pre, post, f"loss:{pre}", f"loss:{post}", f"{post}:{pre}")
    inner = [name for name in graph.quantities if name.startswith("r.")]
    yield from (*inner, *(f"loss:{name}" for name in inner))  # there are none but among plain equations
    yield from (f"loss:{name}" for name in graph.parameters)
    yield from graph.loss_terms
    yield "loss"
