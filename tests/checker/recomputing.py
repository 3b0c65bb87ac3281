"""Values worked out again from the page's own formulas, for numbers that no printed working leads to.

Exact values carry: every formula is followed down to the given numbers, and each print must be that value, rounded.
Printed values carry: a formula is evaluated at the printed values of its names; one formula of the page must give the
number. The derivative of a loss by a parameter for which the page shows no formula of its own follows from the one
quantity that the parameter enters, by the chain rule.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from tests.checker.arithmetic import Array, Evaluator, Interval, Slope, Unknown, interval, real, scalar
from tests.checker.knowing import Formula
from tests.checker.rounding import Known, rounds, spread
from tests.checker.tree import names

if TYPE_CHECKING:
    from tests.checker.judging import Judge


def recompute(judge: Judge) -> None:
    """Report printed values that the page's formulas do not give."""
    again = Again(judge)
    prints = [(key, known) for key, values in judge.knowledge.values.items() for known in values]
    if judge.knowledge.carry == "exact":
        prints += judge.operands
    for key, known in judge.restatements:
        again.restated(key, known)
    told: set[tuple[str, str]] = set()
    for key, known in prints:
        if known.digits is None or (key, str(known)) in told:
            continue
        fault = again.fault(key, known)
        if fault:
            told.add((key, str(known)))
            judge.note("fails", max(known.at, 0), fault)


class Again:
    """Works quantities out from formulas."""

    def __init__(self, judge: Judge) -> None:
        self.judge = judge
        self.knowledge = judge.knowledge
        self.exact: dict[str, Any] = {}
        self.using: set[str] = set()
        self.bodies = {name: body for name, body in self.knowledge.bodies.items() if body is not None}

    def fault(self, key: str, known: Known) -> str:
        assert known.digits is not None
        mode = self.knowledge.mode
        values = list(self.candidates(key))
        if not values:
            return ""
        exact = any(not isinstance(value, Interval) for value in values)
        self.judge.report.pin(known, "worked out again", None if exact else -1)
        if any(rounds(value, known.digits, mode) for value in values if not isinstance(value, Interval)):
            return ""
        narrow = spread(known.digits, mode)
        for value in values:
            if isinstance(value, Interval) and real(value.low) <= real(narrow.high) and real(narrow.low) <= real(value.high):
                return ""
        least = min(values, key=lambda value: abs(real(interval(value).low) - real(known.value)))
        return f"{key} is {float(real(interval(least).low))} by the page's formulas, not {known.digits}"

    def restated(self, key: str, known: Known) -> None:
        """Judge a value that a difference check states in full: it comes from the given numbers without any rounding."""
        assert known.digits is not None
        try:
            value = self.exactly(key)
        except Unknown:
            return
        self.judge.report.pin(known, "stated in full")
        if not rounds(value, known.digits, self.knowledge.mode):
            self.judge.note("fails", max(known.at, 0), f"{key} is {float(real(value))} in full, not {known.digits}")

    def candidates(self, key: str) -> Iterator[Any]:
        """Yield what the formulas make of a quantity."""
        formulas = self.knowledge.formulas.get(key, [])
        if self.knowledge.carry == "exact":
            if formulas:
                try:
                    yield self.exactly(key)
                    return
                except Unknown:
                    if not key.startswith("∂"):
                        return
        else:
            found = False
            for formula in formulas:
                try:
                    yield self.entry(formula, self.printed)
                    found = True
                except Unknown:
                    continue
            if found or formulas:
                return
        yield from self.derivatives(key)

    def printed(self, key: str) -> Any:
        return self.knowledge.lookup(key, False)

    def entry(self, formula: Formula, lookup: Any) -> Any:
        value = Evaluator(lookup, self.bodies).value(formula.node)
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
        if key in self.exact:
            return self.exact[key]
        if key in self.using:
            raise Unknown(f"{key} is explained by itself")
        formulas = self.knowledge.formulas.get(key, [])
        if not formulas and key.startswith("∂"):
            found = [value for value in self.derivatives(key) if not isinstance(value, Interval)]
            if not found:
                raise Unknown(key)
            self.exact[key] = found[0]
            return found[0]
        if not formulas:
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
                    self.exact[key] = self.entry(formula, self.exactly)
                    return self.exact[key]
                except Unknown:
                    continue
        finally:
            self.using.discard(key)
        raise Unknown(key)

    # The derivative of a loss by a parameter, from the quantity that the parameter enters.

    def derivatives(self, key: str) -> Iterator[Any]:
        if not key.startswith("∂") or "/∂" not in key:
            return
        loss, parameter = key[1:].split("/∂", 1)
        if not self.knowledge.is_given(parameter):
            return
        entered = list(self.entered(parameter))
        if len(entered) != 1:
            return
        quantity = entered[0]
        steps = [outer * inner for outer in self.outer(loss, quantity) for inner in self.local(quantity, parameter)]
        if self.knowledge.carry == "exact":
            try:
                full = self.slope_of(loss, parameter)
            except Unknown:
                full = None
            if full is not None and any(real(interval(step).low) <= real(full) <= real(interval(step).high) for step in steps):
                yield full
                return
        yield from steps

    def slope_of(self, loss: str, parameter: str) -> Any:
        """Return the derivative of a loss by a parameter in full, by way of all formulas between them."""
        found: dict[str, Any] = {}

        def lookup(key: str) -> Any:
            if key == parameter:
                return Slope(self.exactly(key), Fraction(1))
            if key in found:
                return found[key]
            members = self.knowledge.entry_keys(key)
            if members is not None:
                return Array(tuple(tuple(lookup(each) for each in row) for row in members))
            if self.knowledge.is_given(key):
                return self.exactly(key)
            self.exactly(key)  # raises where a quantity is explained by itself
            for formula in self.knowledge.formulas.get(key, []):
                try:
                    found[key] = self.entry(formula, lookup)
                    return found[key]
                except Unknown:
                    continue
            raise Unknown(key)

        value = lookup(loss)
        return value.slope if isinstance(value, Slope) else Fraction(0)

    def entered(self, parameter: str) -> Iterator[str]:
        """Yield the quantities whose formulas have the parameter in them."""
        for key, formulas in self.knowledge.formulas.items():
            if key.startswith("∂") or key.endswith(("'", "+", "⁺")):
                continue
            if any(parameter in self.leaves(formula) and self.enters(formula, parameter) for formula in formulas):
                yield key

    def enters(self, formula: Formula, parameter: str) -> bool:
        """Whether an entry of a formula changes with the parameter where everything else is 1."""

        def lookup(key: str) -> Any:
            members = self.knowledge.entry_keys(key)
            if members is not None:
                return Array(tuple(tuple(lookup(each) for each in row) for row in members))
            return Slope(Fraction(1), Fraction(1)) if key == parameter else Fraction(1)

        try:
            value = self.entry(formula, lookup)
        except Unknown:
            return False
        return isinstance(value, Slope) and value.slope != 0

    def leaves(self, formula: Formula) -> set[str]:
        found: set[str] = set()
        for name in names(formula.node):
            found.add(name.key)
            for row in self.knowledge.entry_keys(name.key) or ():
                found |= set(row)
        return found

    def outer(self, loss: str, quantity: str) -> Iterator[Any]:
        """Yield the derivative of the loss by a quantity: as printed, or by way of the one activation of it."""
        known = self.knowledge.best(f"∂{loss}/∂{quantity}")
        if known is not None:
            yield self.ranged(f"∂{loss}/∂{quantity}", known)
        after = list(self.entered(quantity))
        if len(after) == 1 and (known := self.knowledge.best(f"∂{loss}/∂{after[0]}")) is not None:
            for inner in self.local(after[0], quantity):
                yield self.ranged(f"∂{loss}/∂{after[0]}", known) * inner

    def local(self, quantity: str, by: str) -> Iterator[Any]:
        known = self.knowledge.best(f"∂{quantity}/∂{by}")
        if known is not None:
            yield self.ranged(f"∂{quantity}/∂{by}", known)
        yield from self.slopes(quantity, by)

    def slopes(self, quantity: str, by: str) -> Iterator[Any]:
        """Yield the slope of a quantity's formulas by one of its names."""

        def lookup(key: str) -> Any:
            if key == by:
                return Slope(self.knowledge.lookup(key, False), 1)
            rows = self.knowledge.entry_keys(key)
            if rows is not None and any(by in row for row in rows):
                return Array(tuple(tuple(lookup(each) for each in row) for row in rows))
            return self.knowledge.lookup(key, False)

        for formula in self.knowledge.formulas.get(quantity, []):
            if by in self.leaves(formula):
                try:
                    value = self.entry(formula, lookup)
                except Unknown:
                    continue
                if isinstance(value, Slope):
                    yield value.slope

    def ranged(self, key: str, known: Known) -> Any:
        return known.value if self.knowledge.carry == "printed" else known.range(self.knowledge.mode)


