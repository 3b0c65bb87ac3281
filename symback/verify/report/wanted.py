"""What a reader wants to see in a report."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from symback.verify.audit import Audit
from symback.verify.claims import Claim, Verdict

TO_LOOK_AT = frozenset({Verdict.WRONG, Verdict.SLIP, Verdict.UNDECIDED})
"""Verdicts after which somebody has to look at the document."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a report is to hold besides mistakes, slips and what is undecided.

    Attributes
    ----------
    every_claim
        Also those that are right and those that follow, where a format leaves them out.
    binding
        What the names of the document were understood as.
    colours
        Whether it is read where colours can be seen.
    """

    every_claim: bool = False
    binding: bool = False
    colours: bool = False

    def claims(self, audit: Audit) -> Iterator[Claim]:
        """Yield the claims to be listed, in the order of the document."""
        found = (claim for claim in audit.claims if self.every_claim or claim.verdict in TO_LOOK_AT)
        yield from sorted(found, key=lambda claim: (claim.line, claim.column))

    def names(self, audit: Audit) -> tuple[str, ...]:
        """Return the lines about names that are to be listed."""
        return audit.binding if self.binding else ()
