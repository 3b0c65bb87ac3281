"""An audit: the claims of one document with their verdicts, and what they come to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from symback.verify.claims import BLAMED, Claim, Verdict

RIGHT = (Verdict.GIVEN, Verdict.CORRECT, Verdict.ROUNDED)
"""Verdicts of claims that nobody should blame."""

MOST_LINES = 10
"""So many lines are named in a remark; nobody looks up more."""


@dataclass(frozen=True, slots=True)
class Summary:
    """What the verdicts of a document come to.

    Attributes
    ----------
    counts
        How many claims have each verdict.
    following
        On how many lines something follows from an earlier mistake.
    first
        Line and column of the first mistake or slip, or None.
    rounding
        A remark for each reason for which numbers are right only up to rounding, with their lines.
    """

    counts: Mapping[Verdict, int]
    following: int
    first: tuple[int, int] | None
    rounding: tuple[str, ...]

    @property
    def mistakes(self) -> int:
        """How many claims are blamed."""
        return sum(self.counts[verdict] for verdict in BLAMED)

    @property
    def right(self) -> int:
        """How many claims are right, rounding included."""
        return sum(self.counts[verdict] for verdict in RIGHT)

    def __str__(self) -> str:
        """Return the summary in a line."""
        parts = ["no mistakes"]
        if self.first:
            several = self.mistakes > 1
            parts = [f"{self.mistakes} mistake{'s, first' if several else ''} at line {self.first[0]}"]
            if self.following:
                parts.append(
                    f"{self.following} line{' follows' if self.following == 1 else 's follow'} "
                    f"from {'them' if several else 'it'}"
                )
        if self.counts[Verdict.UNDECIDED]:
            parts.append(f"{self.counts[Verdict.UNDECIDED]} undecided")
        return "; ".join([*parts, f"{self.right} right"])


@dataclass(frozen=True, slots=True)
class Audit:
    """What was found in one document.

    Attributes
    ----------
    document, text
        What it is called, and what it says.
    claims
        Every claim in the order of the document; ``cause`` counts in it, from 0.
    binding
        A line for each family of names: what it was understood as.
    """

    document: str
    text: str = field(repr=False)
    claims: tuple[Claim, ...]
    binding: tuple[str, ...]

    @property
    def summary(self) -> Summary:
        """What the verdicts come to."""
        return summary(self.claims)

    @property
    def is_right(self) -> bool:
        """Whether no mistake and no slip was found."""
        return not any(claim.verdict in BLAMED for claim in self.claims)


def summary(claims: Sequence[Claim]) -> Summary:
    """Return what the verdicts of some claims come to."""
    counts = dict.fromkeys(Verdict, 0)
    rounded: dict[str, list[int]] = {}
    for claim in claims:
        counts[claim.verdict] += 1
        if claim.verdict is Verdict.ROUNDED:
            rounded.setdefault(claim.message, []).append(claim.line)
    first = min(((claim.line, claim.column) for claim in claims if claim.verdict in BLAMED), default=None)
    remarks = tuple(_remark(message, lines) for message, lines in rounded.items())
    following = len({claim.line for claim in claims if claim.verdict is Verdict.FOLLOWS})
    return Summary(MappingProxyType(counts), following, first, remarks)


def _remark(message: str, lines: Sequence[int]) -> str:
    places = sorted(set(lines))
    named = ", ".join(map(str, places[:MOST_LINES])) + (", …" if len(places) > MOST_LINES else "")
    reason = f": {message}" if message else ""
    return f"{len(lines)} right up to rounding{reason} ({'line' if len(places) == 1 else 'lines'} {named})"
