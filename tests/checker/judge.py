"""What judging needs at hand: the page, what it has said so far, values of trees, and the report."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from typing import Any

from tests.checker import differences
from tests.checker.arithmetic import Array, Evaluator, Interval, Unknown
from tests.checker.full import InFull
from tests.checker.knowing import Knowledge
from tests.checker.reading import Chain, Page
from tests.checker.report import Report, Verdict
from tests.checker.rounding import Known
from tests.checker.tree import Node, Num


class Judge:
    """One reading of a page; `before` is what a first reading found, for names that are explained later."""

    def __init__(self, page: Page, knowledge: Knowledge, before: Knowledge | None) -> None:
        self.page = page
        self.knowledge = knowledge
        self.before = before
        self.in_full = InFull(before) if before is not None else None
        self.report = Report()
        knowledge.full = self.full_value
        knowledge.step = max(page.shifts, default=knowledge.step)
        self.steps: list[Num] = []
        self.quotients: list[Interval] = []
        self.remembered: dict[str, list[Node]] = defaultdict(list)
        self.approximate: set[str] = set()
        """Sides that rounded numbers stand in."""

        self.laid: set[int] = set()
        self.values_bound: dict[int, str | None] = {}
        self.near_quotient = False
        self.check_end = 0
        self.above: Chain | None = None
        self.by_letter: dict[int, Chain] = {}
        self.operands: list[tuple[str, Known]] = []
        self.restatements: list[tuple[str, Known]] = []
        self.shifted_name = ""
        self.own_call = ""
        self.is_shifting = False
        self.section = 0
        self.worked_out = False
        self.last_quotients = {
            chain.section: index
            for index, chain in enumerate(page.chains)
            if any(differences.is_quotient(side) for side in chain.sides)
        }
        for problem in page.problems:
            self.report.unreadable.append(
                Verdict("unreadable", page.line(problem.at), page.source[problem.at : problem.at + 40], problem.message)
            )

    def attempt(self, work: Callable[[], None], place: int) -> None:
        """Judge something; what the checker itself stumbles over is reported as unreadable, never passed over."""
        try:
            work()
        except Exception as error:
            words = f"{type(error).__name__}: {error}"
            at = self.page.source[place : place + 40]
            self.report.unreadable.append(Verdict("unreadable", self.page.line(place), at, words))

    def full_value(self, key: str) -> Any:
        """Return a quantity without any rounding, or None."""
        try:
            value = self.in_full.exactly(key) if self.in_full is not None else None
        except Unknown:
            return None
        return None if isinstance(value, Array) else value

    def evaluate(self, node: Node, ranges: bool = False, wide: bool = False) -> Any:
        """Work a tree out at the page's values: as points, as what they may be, or as `wide` as their digits leave open."""
        return self.evaluator(ranges, wide).value(node)

    def evaluator(self, ranges: bool = False, wide: bool = False) -> Evaluator:
        """Return what works trees out at the page's values."""
        before = self.before

        def lookup(key: str) -> Any:
            if key == self.own_call:
                raise Unknown(key)  # the chain that prints f'(z) is judged by what f' makes of z
            return self.knowledge.lookup(key, ranges, before, wide)

        bodies = before.lasting_bodies() if before else {}
        bodies.update(self.knowledge.bodies)
        activations = before.activations if before else ()
        return Evaluator(lookup, bodies, activations)

    def note(self, kind: str, place: int, reason: str = "") -> None:
        start = max(self.page.source.rfind("\n", 0, place) + 1, place - 60)
        words = " ".join(self.page.source[start : place + 40].split())
        self.report.verdicts.append(Verdict(kind, self.page.line(place), words, reason))
