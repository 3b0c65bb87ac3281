"""Where judging stands: the network, the claims made so far, and what the document has said up to here."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from fractions import Fraction

from flint import arb

from symback.graph.quantity import Graph
from symback.reading.documents import Source
from symback.verify.along import along_path
from symback.verify.balls import decimal, exact, printing_like
from symback.verify.binding import Binding
from symback.verify.by_policy import ByPolicy
from symback.verify.carried import Carried
from symback.verify.claims import Claim, Verdict
from symback.verify.duals import Unknown, Value, constant
from symback.verify.judging.outcome import Outcome, undecided
from symback.verify.judging.points import Points
from symback.verify.keys import Keys, Scope
from symback.verify.network import Point
from symback.verify.printed import Printed
from symback.verify.resolve import Look, Operand, Resolver
from symback.verify.spelling import Spelling
from symback.verify.stated import Stated
from symback.written.nodes import Symbol, Written

MOVED = "~"
"""Ends the key of a quantity while a parameter is moved."""

NAMELESS = "?"
"""Begins the key of a number that names nothing."""

Span = tuple[int, int]
"""Where something begins and ends in the text."""


@dataclass(frozen=True, slots=True)
class Moved:
    """A stretch of the document in which one parameter is moved: the network there."""

    parameter: str
    size: Fraction
    point: Point

    def marks(self, key: str) -> bool:
        """Whether a key has another value here."""
        name = key.partition("@")[0]
        return bool(key) and ":" not in key and name in self.point.graph.dependents(self.parameter)


@dataclass(frozen=True, slots=True)
class Form:
    """A formula that the document gave for a key, and its claim."""

    key: str
    node: Written
    claim: int


@dataclass(frozen=True, slots=True)
class Label:
    """A short line of words that may name what comes next."""

    words: str
    span: Span


@dataclass(slots=True)
class State:
    """Where judging stands.

    Attributes
    ----------
    source, binding, graph
        The text, what its names mean, and the network.
    truth, points
        The network at the author's numbers, and at others.
    carried
        The document's own numbers.
    data
        Numbers of the spec, with the unit of the last digit of each.
    by_policy
        The numbers as the spec has them rounded and carried on.
    history
        The network, with the document's own numbers, as it was before each step that the document has left behind.
    scope, moved
        Which sample the text is about, and which parameter is moved there.
    local
        Values of names that the document defines for itself.
    expected
        What numbers that name nothing should have been, by the keys under which they are kept.
    unnamed
        The claims that are right as what stands before them gives, but that name nothing, by their numbers.
    claims
        The claims so far.
    batch_names
        What the document calls the loss of all samples, where another name is that of one.
    wrong_forms, shown_forms
        Wrong formulas in symbols, and formulas with numbers in place, oldest first.
    chain_start, about
        The place of the first claim of the chain at hand, and the key that the chain is about, if it is one.
    is_certain
        Whether the names of the side judged last are certain enough to blame somebody.
    label
        The line of words before, if it may be a label.
    """

    source: Source
    binding: Binding
    graph: Graph
    truth: Point
    points: Points
    carried: Carried
    data: dict[Fraction, Fraction]
    by_policy: ByPolicy
    history: list[tuple[Point, Carried]] = field(default_factory=list)
    scope: Scope = field(default_factory=Scope)
    moved: Moved | None = None
    local: dict[Spelling, arb] = field(default_factory=dict)
    expected: dict[str, arb] = field(default_factory=dict)
    unnamed: dict[Printed, int] = field(default_factory=dict)
    claims: list[Claim] = field(default_factory=list)
    batch_names: set[Spelling] = field(default_factory=set)
    wrong_forms: list[Form] = field(default_factory=list)
    shown_forms: list[Form] = field(default_factory=list)
    chain_start: int = 0
    about: str = ""
    is_certain: bool = True
    label: Label | None = None

    # Values.

    def moves(self, key: str) -> bool:
        """Whether a key has another value here than elsewhere, as a parameter is moved."""
        return self.moved is not None and self.moved.marks(key)

    def true(self, key: str) -> arb:
        """Return the true value of a key where the document stands. Raises `Unknown`."""
        if key in self.expected:
            return self.expected[key]
        if self.moved is not None and self.moved.marks(key):
            return self.moved.point.value(key)
        return self.truth.value(key)

    def nameless(self, claim: int, truth: arb | None) -> str:
        """Return a key for a number that names nothing, which should have been `truth` if that is known."""
        if truth is not None:
            self.expected[f"{NAMELESS}{claim}"] = truth
        return f"{NAMELESS}{claim}"

    def is_nameless(self, key: str) -> bool:
        """Whether a key is that of a number that names nothing."""
        return key.startswith(NAMELESS)

    def comes_from_data(self, key: str) -> bool:
        """Whether a quantity is made from nothing but numbers of the spec, which nobody rounds."""
        quantity = self.graph.quantities.get(key.partition("@")[0])
        return quantity is not None and bool(quantity.parents) and set(quantity.parents) <= set(self.graph.given)

    def stated_unit(self, key: str) -> arb | None:
        """Return the unit of the last digit where the spec states a number that has a formula too, else None."""
        quantity = self.graph.quantities.get(key)
        if quantity is None or quantity.definition is None or key not in self.graph.given:
            return None
        _, unit = decimal(self.graph.given[key]) or (0, Fraction(1))
        return exact(unit)

    def latest(self, key: str) -> arb:
        """Return the value of a key as the document printed it last, else the true one. Raises `Unknown`."""
        if self.moved is not None and self.moved.marks(key):
            said = self.said(key)
            return printing_like(*said[-1].number) if said else self.moved.point.value(key)
        found = self.carried.values(key, 0, False)
        return found[0].ball if found else self.truth.value(key)

    def said(self, key: str) -> list[Stated]:
        """Return what the document printed for a key where it stands."""
        return self.carried.stated(key + MOVED if self.moves(key) else key)

    def values(self, keys: Keys) -> Value | None:
        """Return what keys are worth, entries that are not known being NaN; None if none is known."""
        rows = tuple(tuple(constant(self._true_or_nan(key)) for key in row) for row in keys)
        if all(one.value.is_nan() for row in rows for one in row):
            return None
        return rows[0][0] if len(rows) == len(rows[0]) == 1 else rows

    def _true_or_nan(self, key: str) -> arb:
        try:
            return self.true(key)
        except Unknown:
            return arb("nan")

    def resolver(self, look: Look, rename: Callable[[str], str] = lambda key: key) -> Resolver:
        """Return what evaluates formulas here, with these values of keys."""
        is_said = self._is_said if look == self.latest else _nothing
        return Resolver(
            self.binding,
            self.graph,
            look,
            self.scope,
            self.local,
            rename,
            self._shifted,
            is_said,
            self._keys_said,
            along_path(self.graph, self.about),
        )

    def is_by_policy(self, key: str, number: Printed) -> bool:
        """Whether a number is what the spec's own rules for rounding leave of a key; they say nothing of a move."""
        return self.scope.iteration == 1 and not self.moves(key) and self.by_policy.gives(key, number)

    def _keys_said(self, number: Printed) -> Collection[str]:
        """Return the keys for which the document printed a number, at the sample at hand if there are any."""
        keys = [key for key, _ in self.carried.of_number(number)]
        return [key for key in keys if "@" not in key or key.endswith(f"@{self.scope.sample}")] or keys

    def _is_said(self, key: str) -> bool:
        return bool(self.said(key))

    def _shifted(self, key: str, parameter: str, size: arb) -> arb:
        return self.truth.moved(parameter, size).value(key)

    def worth(self, node: Written, look: Look, number: Operand | None = None) -> Value | None:
        """Return what a formula is worth with these values of keys and of printed numbers; None if it has no value."""
        try:
            return self.resolver(look).value(node, number)
        except Unknown:
            return None

    def points_alike(self, most: int) -> Iterator[Point]:
        """Yield the network at the author's numbers, and at others where the same units are active."""
        yield self.truth
        yield from (point for point, is_alike in self.points.others[:most] if is_alike)

    # Claims.

    def trusts(self, symbols: Iterator[Symbol]) -> bool:
        """Whether names are certain enough to blame somebody for what they stand for."""
        return all(self.binding.trusts(symbol) for symbol in symbols if symbol.base)

    def root(self, claim: int) -> int:
        """Return the mistake behind a claim: the one that it follows from, or itself."""
        cause = self.claims[claim].cause
        return claim if cause is None else cause

    def put(self, span: Span, key: str, truth: arb | None, outcome: Outcome, kind: str) -> Claim:
        """Make a claim; nobody is blamed where it is not certain what names mean."""
        if outcome.verdict is Verdict.WRONG and not self.is_certain:
            outcome = undecided("it is not certain what this is about")
        line, column = self.source.place(span[0])
        written = self.source.text[span[0] : span[1]].strip()
        expected = "" if truth is None or truth.is_nan() else _shown(truth)
        claim = Claim(line, column, key, written, expected, outcome.verdict, kind, outcome.cause, outcome.message)
        self.claims.append(claim)
        return claim


def _nothing(key: str) -> bool:
    return False


def _shown(truth: arb) -> str:
    return re.sub(r"\s*\[?\+/-.*$", "", truth.str(10, radius=False)).strip("[]")
