"""Claims: what a document asserts, one equality at a time, and the verdict on each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum


class Verdict(StrEnum):
    """What is thought of a claim."""

    GIVEN = "given"
    CORRECT = "correct"
    ROUNDED = "rounded"
    FOLLOWS = "follows"
    WRONG = "wrong"
    SLIP = "slip"
    UNDECIDED = "undecided"


BLAMED = frozenset({Verdict.WRONG, Verdict.SLIP})
"""Verdicts that say that a mistake stands here."""

FALSE = frozenset({Verdict.WRONG, Verdict.FOLLOWS})
"""Verdicts of numbers that are not true."""

SHARE = "/"
"""Begins the id of what a sample adds to the mean over all of them: its own gradient divided by their number."""


@dataclass(frozen=True, slots=True)
class Claim:
    """One claim and what was found.

    Attributes
    ----------
    line, column
        Where it stands, from 1.
    quantity
        The id of what it is about, or nothing.
    written, expected
        The text as printed there, and what would be right, as far as it is known.
    verdict
        What is thought of it.
    kind
        What sort of claim it is: ``number``, ``entry``, ``operand``, ``substitution``, ``formula``, ``count``,
        ``label`` or ``text``.
    cause
        The place in the list of claims of the mistake that it follows from.
    message
        Why, in a sentence.
    """

    line: int
    column: int
    quantity: str
    written: str
    expected: str
    verdict: Verdict
    kind: str
    cause: int | None = None
    message: str = ""


def in_order(claims: Sequence[Claim]) -> list[Claim]:
    """Return claims line by line, also where columns of a table were judged one after the other."""
    places = sorted(range(len(claims)), key=lambda place: claims[place].line)
    new = {old: place for place, old in enumerate(places)}
    return [
        claim if claim.cause is None else replace(claim, cause=new[claim.cause])
        for claim in (claims[place] for place in places)
    ]
