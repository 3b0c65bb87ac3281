"""One printed number of a chain, with all that it is judged by."""

from __future__ import annotations

from dataclasses import dataclass

from flint import arb

from symback.verify.balls import printing_like, prints_as
from symback.verify.judging.state import Span
from symback.verify.judging.subject import Formula
from symback.verify.printed import Printed
from symback.written.nodes import Written


@dataclass(frozen=True, slots=True)
class Entry:
    """One printed number.

    Attributes
    ----------
    key
        What it is about, or nothing.
    truth
        What that is worth, if it is known.
    number, span
        The number, and where it stands.
    kind
        The kind of claim that it is.
    before
        The formula before it in the chain.
    fits
        Whether that formula gives it, from its own digits; None if there is none, or it has no value.
    head
        The expression at the head of the chain, if that is no name.
    written
        What the expression is worth with the numbers that the document printed before.
    given
        What the formula before it gives for this very number.
    """

    key: str
    truth: arb | None
    number: Printed
    span: Span
    kind: str = "number"
    before: Formula | None = None
    fits: bool | None = None
    head: Written | None = None
    written: arb | None = None
    given: arb | None = None

    @property
    def ball(self) -> arb:
        """The values that print like the number."""
        return printing_like(*self.number)

    @property
    def unit(self) -> float:
        """The unit of its last digit."""
        return float(self.number[1])

    @property
    def is_true(self) -> bool:
        """Whether it is what it should be, as far as that is known."""
        return self.truth is not None and prints_as(self.truth, *self.number)

    @property
    def misses_digits(self) -> bool:
        """Whether it is not what the digits before it give."""
        return self.before is not None and self.before.has_numbers and self.fits is False
