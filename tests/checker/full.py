"""Quantities in full: a page's own formulas followed down to the numbers that it was given, without any rounding."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Any

from tests.checker.arithmetic import Array, Evaluator, Lookup, Slope, Unknown, same, scalar
from tests.checker.knowing import Formula, Knowledge
from tests.checker.tree import Node, names

PLACE = re.compile(r"⟨(\d+),(\d+)⟩")
"""The row and the column of an entry."""

GUESSES = (Fraction(1, 3), Fraction(-5, 7))
"""What is put in the place of a number that nobody knows."""


class InFull:
    """Works quantities out from formulas and given numbers."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.knowledge = knowledge
        self.found: dict[str, Any] = {}
        self.using: set[str] = set()
        self.bodies = knowledge.lasting_bodies()

    def value(self, node: Node) -> Any:
        """Return what a tree amounts to in full."""
        return Evaluator(self.exactly, self.bodies, self.knowledge.activations).value(node)

    def entry(self, formula: Formula, lookup: Lookup) -> Any:
        value = Evaluator(lookup, self.bodies, self.knowledge.activations).value(formula.node)
        if formula.entry is None:
            return scalar(value)
        if not isinstance(value, Array):
            raise Unknown("a number where a matrix should stand")
        row, column = formula.entry
        if row >= value.shape[0] or column >= value.shape[1]:
            raise Unknown("another shape")
        return value.rows[row][column]

    def exactly(self, key: str) -> Any:
        """Return a quantity in full, from the given numbers."""
        if key in self.found:
            return self.found[key]
        if key in self.using:
            raise Unknown(f"{key} is explained by itself")
        formulas = self.knowledge.formulas.get(key, []) if key not in self.knowledge.stated else []
        if not formulas and key.startswith("∂") and "/∂" in key:
            self.found[key] = self.slope_of(*key[1:].split("/∂", 1))
            return self.found[key]
        if not formulas:
            place = self.knowledge.place_in_vector(key)
            if place is not None:
                vector, index = place
                return self.whole(vector).entries[index]
            if not self.knowledge.is_given(key):
                members = self.knowledge.entry_keys(key)
                if members is not None:
                    return Array(tuple(tuple(self.exactly(each) for each in row) for row in members))
                raise Unknown(key)
            known = self.knowledge.best(key)
            if known is None:
                raise Unknown(key)
            return known.value
        self.using.add(key)
        try:
            for formula in formulas:
                try:
                    self.found[key] = self.entry(formula, self.exactly)
                    return self.found[key]
                except Unknown:
                    continue
        finally:
            self.using.discard(key)
        raise Unknown(key)

    def whole(self, key: str) -> Array:
        """Return a vector in full that the page works out as one."""

        def lookup(name: str) -> Any:
            return self.whole(name) if self.knowledge.is_worked_out_whole(name) else self.exactly(name)

        if key in self.using:
            raise Unknown(f"{key} is explained by itself")
        self.using.add(key)
        try:
            for formula in self.knowledge.formulas[key]:
                value = Evaluator(lookup, self.bodies, self.knowledge.activations).value(formula.node)
                if isinstance(value, Array) and value.shape == self.knowledge.shapes[key]:
                    return value
        finally:
            self.using.discard(key)
        raise Unknown(key)

    def slope_of(self, of: str, by: str) -> Any:
        """Return the derivative of one quantity by another in full, by way of all formulas between them.

        A number that nobody knows may stand in the formulas, if the derivative is the same whatever it is. A factor of
        a chain, whose formula has `by` in it, holds everything else in that formula still.
        """
        if self.knowledge.numerator:
            by = PLACE.sub(r"⟨\2,\1⟩", by)
        by = self.knowledge.tied.get(by, by)
        if self.is_factor(of, by):
            return self.slope_beside(of, by)
        try:
            return self.slope_with(of, by)
        except Unknown:
            one, two = (self.slope_with(of, by, guess) for guess in GUESSES)
        if not same(one, two):
            raise Unknown(f"the derivative of {of} by {by} depends on unknown numbers")
        return one

    def is_factor(self, of: str, by: str) -> bool:
        """Whether the formula of a quantity that enters others has `by` in it, and something that changes with `by`."""
        if self.knowledge.entry_keys(of) or self.knowledge.entry_keys(by):
            return False
        within = self.stands_in(of)
        if by not in within or not any(self.changes_with(key, by, frozenset({of})) for key in within - {by}):
            return False
        others = (key for key in self.knowledge.formulas if key != of and not key.startswith("∂"))
        return any(of in self.stands_in(key) for key in others)

    def changes_with(self, key: str, by: str, seen: frozenset[str]) -> bool:
        """Whether a quantity has `by` in its formulas, or something that has."""
        within = self.stands_in(key) - seen
        return by in within or any(self.changes_with(each, by, seen | {key}) for each in within)

    def stands_in(self, key: str) -> set[str]:
        """Return what stands in the formulas of a quantity."""
        return {name.key for formula in self.knowledge.formulas.get(key, []) for name in names(formula.node)}

    def slope_beside(self, of: str, by: str) -> Any:
        """Return the derivative of the formula of a quantity by what stands in it, all else held still."""

        def lookup(key: str) -> Any:
            value = self.exactly(key)
            return Slope(value, Fraction(1)) if key == by and not isinstance(value, Array) else value

        for formula in self.knowledge.formulas[of]:
            try:
                entry = self.entry(formula, lookup)
            except Unknown:
                continue
            if isinstance(entry, Slope):
                return entry.slope
        raise Unknown(f"the derivative of {of} by {by}")

    def slope_with(self, of: str, by: str, guess: Fraction | None = None) -> Any:
        found: dict[str, Any] = {}

        def lookup(key: str) -> Any:
            if key == by:
                point = self.exactly(key)
                if isinstance(point, Array):
                    raise Unknown(f"the derivative by all of {by}")
                return Slope(point, Fraction(1))
            if key in found:
                return found[key]
            members = self.knowledge.entry_keys(key)
            if members is not None:
                return Array(tuple(tuple(lookup(each) for each in row) for row in members))
            try:
                value = self.exactly(key)  # raises where a quantity is explained by itself
            except Unknown:
                if guess is None or self.knowledge.formulas.get(key):
                    raise
                return guess
            if not self.knowledge.formulas.get(key):
                if self.knowledge.values.get(f"∂{key}/∂{by}"):
                    raise Unknown(f"how {key} depends on {by}")
                return value
            for formula in self.knowledge.formulas[key]:
                try:
                    entry = self.entry(formula, lookup)
                    found[key] = Slope(value, entry.slope) if isinstance(entry, Slope) else value
                    return found[key]
                except Unknown:
                    continue
            raise Unknown(key)

        value = lookup(of)
        if not isinstance(value, Slope):
            raise Unknown(f"{of} does not depend on {by}")
        return value.slope
