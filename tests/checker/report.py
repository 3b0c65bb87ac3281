"""What was found on a page: a verdict on every relation, and what would notice a changed digit."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from tests.checker.rounding import Known, decimals_of
from tests.checker.tree import Num


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was found about one relation.

    ``holds``, ``fails``, ``contradicts`` (a value differs from the one printed elsewhere), ``symbolic``, ``definition``
    (the first print of a given value, or of a function) or ``unjudged``.
    """

    kind: str
    line: int
    place: str
    reason: str = ""

    def __str__(self) -> str:
        return f"line {self.line}: {self.place}" + (f": {self.reason}" if self.reason else "")


@dataclass(slots=True)
class Report:
    """The findings of one page."""

    verdicts: list[Verdict] = field(default_factory=list)
    unreadable: list[Verdict] = field(default_factory=list)
    substitutions: int = 0
    table_cells: int = 0
    unbound_cells: list[Verdict] = field(default_factory=list)
    unexplained: list[Verdict] = field(default_factory=list)
    """Decimals in running text that stand nowhere else on the page: no failures, but worth a look."""

    rounded_equals: list[Verdict] = field(default_factory=list)
    """Signs = between a working and a number that it only rounds to; where exact values carry, they should be ≈."""

    evidence: dict[int, dict[str, int]] = field(default_factory=lambda: defaultdict(dict))
    """By the place of a number: what would contradict another number there, and down to which decimal."""

    def pin(self, number: Num | Known, reason: str, by: int | None = None) -> None:
        """Note that something contradicts another number here; it has `by` decimals itself (None: as many as needed)."""
        at, decimals = (number.start, number.decimals) if isinstance(number, Num) else (number.at, decimals_of(number))
        if at >= 0:
            limit = decimals if by is None or by >= decimals else by - 1
            self.evidence[at][reason] = max(limit, self.evidence[at].get(reason, limit))

    def of(self, kind: str) -> list[Verdict]:
        return [verdict for verdict in self.verdicts if verdict.kind == kind]

    @property
    def held(self) -> int:
        return len(self.of("holds"))

    @property
    def judged(self) -> int:
        return self.held + len(self.of("fails")) + len(self.contradictions)

    @property
    def contradictions(self) -> list[Verdict]:
        return self.of("contradicts")

    @property
    def failed(self) -> list[Verdict]:
        """Everything wrong: links that fail, contradictions, and what could not be read."""
        return self.of("fails") + self.contradictions + self.unreadable

    @property
    def symbolic(self) -> int:
        return len(self.of("symbolic"))

    @property
    def definitions(self) -> int:
        return len(self.of("definition"))

    @property
    def with_number_unjudged(self) -> list[Verdict]:
        return self.of("unjudged")

    @property
    def share_judged(self) -> float:
        """The share of the relations with a number that were judged."""
        whole = self.judged + len(self.with_number_unjudged)
        return self.judged / whole if whole else 1.0

    def __str__(self) -> str:
        lines = [
            f"judged {self.judged}, held {self.held}, failed {len(self.failed)}, symbolic {self.symbolic}, "
            f"definitions {self.definitions}, with a number but unjudged {len(self.with_number_unjudged)}, "
            f"contradictions {len(self.contradictions)}, unreadable {len(self.unreadable)}, "
            f"substitutions checked {self.substitutions}, table cells {self.table_cells} "
            f"({len(self.unbound_cells)} unbound)"
        ]
        lines += [f"  {verdict.kind} {verdict}" for verdict in self.failed]
        lines += [f"  unjudged {verdict}" for verdict in self.with_number_unjudged]
        return "\n".join(lines)
