"""Outcomes: what is thought of a claim, why, and from which mistake it follows."""

from __future__ import annotations

from dataclasses import dataclass

from symback.verify.claims import Verdict


@dataclass(frozen=True, slots=True)
class Outcome:
    """What is thought of a claim.

    Attributes
    ----------
    verdict
        The verdict.
    message
        Why, in a sentence.
    cause
        The place in the list of claims of the mistake that it follows from.
    """

    verdict: Verdict
    message: str = ""
    cause: int | None = None


def correct(message: str = "") -> Outcome:
    """Return that a claim is right."""
    return Outcome(Verdict.CORRECT, message)


def rounded(message: str = "follows from rounded numbers") -> Outcome:
    """Return that a claim is right up to rounding."""
    return Outcome(Verdict.ROUNDED, message)


def follows(cause: int, message: str = "follows from an earlier mistake") -> Outcome:
    """Return that a claim is not true, but follows from a mistake."""
    return Outcome(Verdict.FOLLOWS, message, cause)


def wrong(message: str) -> Outcome:
    """Return that a mistake stands here."""
    return Outcome(Verdict.WRONG, message)


def slip(message: str) -> Outcome:
    """Return that the writing is wrong and the value right."""
    return Outcome(Verdict.SLIP, message)


def undecided(message: str) -> Outcome:
    """Return that nothing can be said."""
    return Outcome(Verdict.UNDECIDED, message)
