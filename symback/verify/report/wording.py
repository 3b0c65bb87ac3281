"""What the reports say of a claim, in the same words everywhere."""

from __future__ import annotations

import re

from symback.verify.audit import Audit
from symback.verify.claims import SHARE, Claim, Verdict
from symback.verify.report.visible import visible

SIGNS = {
    Verdict.GIVEN: "✓",
    Verdict.CORRECT: "✓",
    Verdict.ROUNDED: "≈",
    Verdict.FOLLOWS: "↳",
    Verdict.WRONG: "✗",
    Verdict.SLIP: "~",
    Verdict.UNDECIDED: "?",
}
"""A sign for each verdict, for those who do not see colours."""

SOME_MISTAKE = "an earlier mistake"
"""What a message says where the report can name the line."""

_DECIMAL = re.compile(r"(-?\d+(?:\.\d*[1-9])?)\.?0*")
_DERIVATIVE = re.compile(r"(.+):(.+)")


def named(quantity: str) -> str:
    """Return in words what a claim is about: ``loss:w.1.1.1`` is the derivative of loss by w.1.1.1."""
    if quantity.startswith(SHARE):
        return f"{named(quantity[1:])}, divided by the number of samples"
    if match := _DERIVATIVE.fullmatch(quantity):
        return f"derivative of {named(match[1])} by {named(match[2])}"
    return f"new {quantity[:-1]}" if quantity.endswith("+") else quantity


def written(claim: Claim) -> str:
    """Return what the document says there."""
    return visible(" ".join(claim.written.split()))


def expected(claim: Claim) -> str:
    """Return what would be right there, where that is known and another thing."""
    if claim.verdict in (Verdict.GIVEN, Verdict.CORRECT):
        return ""
    is_long = _DECIMAL.fullmatch(claim.expected)
    return is_long[1] if is_long else visible(claim.expected)


def reason(claim: Claim) -> str:
    """Return why the verdict is what it is."""
    return visible(claim.message)


def cause(audit: Audit, claim: Claim) -> Claim | None:
    """Return the mistake that a claim follows from."""
    return None if claim.cause is None else audit.claims[claim.cause]


def why(audit: Audit, claim: Claim) -> str:
    """Return why the verdict is what it is, with the line of the mistake that the claim follows from."""
    said, found = reason(claim), cause(audit, claim)
    if found is None:
        return said
    if SOME_MISTAKE in said:
        return said.replace(SOME_MISTAKE, f"the mistake on line {found.line}")
    return "; ".join(part for part in (said, f"follows from line {found.line}") if part)


def about(audit: Audit, claim: Claim) -> str:
    """Return why, what would be right, and what that is, in one line."""
    right = expected(claim)
    value = f"expected {right}" + (f" ({named(claim.quantity)})" if claim.quantity else "")
    return "; ".join(part for part in (why(audit, claim), value if right else "") if part)
