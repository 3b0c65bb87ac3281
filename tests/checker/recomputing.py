"""Values worked out again from the page's own formulas, for numbers that no printed working leads to.

Exact values carry: every formula is followed down to the given numbers, and each print must be that value, rounded.
Printed values carry: a formula is evaluated at the printed values of its names; one formula of the page must give the
number. A derivative for which the page shows no formula of its own follows from the formulas of what it enters, by the
chain rule.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from fractions import Fraction
from itertools import product
from typing import Any

from tests.checker.arithmetic import Array, Evaluator, Slope, Unknown, real, same
from tests.checker.full import InFull
from tests.checker.judge import Judge
from tests.checker.knowing import Formula
from tests.checker.rounding import Known, agree, rounds
from tests.checker.tree import names, numbers

MOST_OPTIONS, MOST_PATHS = 4, 5
"""How many ways of working out one path are tried, and over how many paths a derivative may be summed."""


def recompute(judge: Judge) -> None:
    """Report printed values that the page's formulas do not give."""
    again = Again(judge)
    prints = [(key, known) for key, values in judge.knowledge.values.items() for known in values]
    if judge.knowledge.carry == "exact":
        prints += judge.operands
    for key, known in judge.restatements:
        judge.attempt(lambda key=key, known=known: again.restated(key, known), max(known.at, 0))
    judge.attempt(again.functions, 0)
    judge.attempt(lambda: compare_with_samples(judge), 0)
    told: set[tuple[str, str]] = set()

    def hold(key: str, known: Known) -> None:
        if known.digits is None or (key, str(known)) in told:
            return
        fault = again.fault(key, known)
        if fault:
            told.add((key, str(known)))
            judge.note("fails", max(known.at, 0), fault)

    for key, known in prints:
        judge.attempt(lambda key=key, known=known: hold(key, known), max(known.at, 0))


def compare_with_samples(judge: Judge) -> None:
    """Judge the values that the page works with against the row of the one sample that most of them come from.

    Where the numbers of the samples leave one out, that is the one which the page works with, and no row has it.
    """
    known = judge.knowledge
    found: dict[str, list[tuple[str, Known, bool]]] = defaultdict(list)
    for name in list(known.values):
        key, _, number = name.removesuffix("]").rpartition("[")
        if not number.isdigit() or not known.values.get(key) or key in known.shapes or key in known.members:
            continue
        for value in known.values[key]:
            fits = all(agree(each, value, known.carry, known.mode) for each in known.values[name])
            found[number].append((key, value, fits))
    numbered = {int(number) for number in found}
    if not found or numbered != {*range(min(*numbered, 1), max(numbered) + 1)}:
        return
    worked = max(found, key=lambda number: sum(fits for _, _, fits in found[number]))
    for key, value, fits in found[worked]:
        row = known.values[f"{key}[{worked}]"][0]
        judge.report.pin(value, "value of the sample", row.digits.decimals if row.digits is not None else None)
        judge.report.pin(row, "value of the sample", value.digits.decimals if value.digits is not None else None)
        if not fits:
            judge.note(
                "contradicts", max(value.at, 0), f"{key} is {value} here, but {row} elsewhere, in sample {worked}"
            )


class Again(InFull):
    """Works quantities out once more and reports where the page has something else."""

    def __init__(self, judge: Judge) -> None:
        super().__init__(judge.knowledge)
        self.judge = judge

    def fault(self, key: str, known: Known) -> str:
        assert known.digits is not None
        mode = self.knowledge.mode
        values = list(self.candidates(key))
        if not values:
            return ""
        self.judge.report.pin(known, "worked out again")
        if any(rounds(value, known.digits, mode) for value in values):
            return ""
        nearest = min(values, key=lambda value: abs(real(value) - real(known.value)))
        return f"{key} is {float(real(nearest))} by the page's formulas, not {known.digits}"

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

    def functions(self) -> None:
        """Judge the derivative that the page gives for a function of its own."""
        evaluator = Evaluator(self.printed, self.bodies)
        for name, body in self.knowledge.lasting_bodies().items():
            derived = self.bodies.get(f"{name}'")
            if derived is None:
                continue
            for point in (Fraction(1, 3), Fraction(-2, 7), Fraction(5, 2)):
                try:
                    slope = evaluator.apply_body(body, Slope(point, Fraction(1)))
                    there = evaluator.apply_body(derived, point)
                except Unknown:
                    break
                slope = slope.slope if isinstance(slope, Slope) else Fraction(0)
                place = next((number.start for number in numbers(derived[1])), 0)
                if not same(slope, there):
                    self.judge.note("fails", place, f"the derivative of {name} is not {derived[1].text}")
                    break
                for number in numbers(derived[1]):
                    self.judge.report.pin(number, "derivative of a function")

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
            for formula, lookup in product(formulas, (self.printed, self.applied)):
                try:
                    yield self.entry(formula, lookup)
                    found = True
                except Unknown:
                    continue
            if found or formulas:
                return
        yield from self.derivatives(key)

    def printed(self, key: str) -> Any:
        return self.knowledge.lookup(key, False)

    def applied(self, key: str) -> Any:
        value = self.knowledge.applied.get(key)
        return self.printed(key) if value is None else value

    # Derivatives for which the page shows no formula of their own.

    def derivatives(self, key: str) -> Iterator[Any]:
        if not key.startswith("∂") or "/∂" not in key:
            return
        of, by = key[1:].split("/∂", 1)
        if self.knowledge.carry == "exact":
            try:
                yield self.slope_of(of, by)
            except Unknown:
                return
            return
        direct = list(self.local(of, by, printed=False))
        yield from direct or self.along_paths(of, by)

    def along_paths(self, loss: str, by: str) -> Iterator[Any]:
        """Yield the sums over what a quantity enters, with the derivatives that the page has printed."""
        entered = list(self.entered(by))
        if not entered or not self.is_complete(entered, by):
            return
        options = [
            [outer * inner for outer in self.outer(loss, quantity) for inner in self.local(quantity, by)][:MOST_OPTIONS]
            for quantity in entered
        ]
        if len(options) > MOST_PATHS or not all(options):
            return
        for steps in product(*options):
            yield sum(steps[1:], steps[0])

    def is_complete(self, entered: list[str], by: str) -> bool:
        """Whether the page explains all neurons that a quantity may enter; a weight or bias enters one."""
        if len(entered) == 1 and self.knowledge.is_given(by):
            return True
        patterns = {without_digits(key) for key in entered}
        alike = [key for key in self.knowledge.values if without_digits(key) in patterns]
        return all(self.knowledge.formulas.get(key) for key in alike)

    def entered(self, name: str) -> Iterator[str]:
        """Yield the quantities whose formulas have the name in them."""
        for key, formulas in self.knowledge.formulas.items():
            if key.startswith("∂") or key.endswith(("'", "+", "⁺")):
                continue
            if any(name in self.leaves(formula) and self.enters(formula, name) for formula in formulas):
                yield key

    def enters(self, formula: Formula, name: str) -> bool:
        """Whether an entry of a formula changes with the name where everything else is 1."""

        def lookup(key: str) -> Any:
            members = self.knowledge.entry_keys(key)
            if members is not None:
                return Array(tuple(tuple(lookup(each) for each in row) for row in members))
            return Slope(Fraction(1), Fraction(1)) if key == name else Fraction(1)

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
            yield known.value
        after = list(self.entered(quantity))
        if len(after) == 1 and (known := self.knowledge.best(f"∂{loss}/∂{after[0]}")) is not None:
            for inner in self.local(after[0], quantity):
                yield known.value * inner

    def local(self, quantity: str, by: str, printed: bool = True) -> Iterator[Any]:
        """Yield the derivative of a quantity by what stands in its formulas: as printed, and worked out."""
        known = self.knowledge.best(f"∂{quantity}/∂{by}")
        if printed and known is not None:
            yield known.value

        def lookup(key: str) -> Any:
            members = self.knowledge.entry_keys(key)
            if members is not None:
                return Array(tuple(tuple(lookup(each) for each in row) for row in members))
            value = self.knowledge.lookup(key, False)
            return Slope(value, Fraction(1)) if key == by else value

        for formula in self.knowledge.formulas.get(quantity, []):
            if by not in self.leaves(formula):
                continue
            try:
                value = self.entry(formula, lookup)
            except Unknown:
                continue
            if isinstance(value, Slope):
                yield value.slope
                yield from self.by_output(quantity, value)

    def by_output(self, quantity: str, value: Slope) -> Iterator[Any]:
        """Yield the same derivative in terms of the printed output, where it is a(1 - a) or 1 - a²."""
        known = self.knowledge.best(quantity)
        a = value.value
        if known is None or isinstance(a, Fraction):
            return
        if same(value.slope, a * (1 - a)):
            yield known.value * (1 - known.value)
        elif same(value.slope, 1 - a * a):
            yield 1 - known.value * known.value


def without_digits(key: str) -> str:
    return "".join(letter for letter in key if not letter.isdigit())
