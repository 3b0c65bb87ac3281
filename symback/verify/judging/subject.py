"""What the sides of a chain are judged by: its subject, and the formula before a number."""

from __future__ import annotations

from dataclasses import dataclass

from symback.verify.duals import Value
from symback.verify.keys import Keys
from symback.written.nodes import Written


@dataclass(frozen=True, slots=True)
class Subject:
    """What a chain is about.

    Attributes
    ----------
    node
        The formula at its head.
    keys
        The keys that it names, if it is a name or a vector or matrix of names.
    truth
        What it is worth, as far as that is known.
    is_absent
        Whether it is the derivative of a parameter by what that cannot depend on.
    is_update
        Whether the chain sets a parameter to its new value.
    is_certain
        Whether its names are certain enough to blame somebody.
    """

    node: Written
    keys: Keys | None
    truth: Value | None
    is_absent: bool = False
    is_update: bool = False
    is_certain: bool = True


@dataclass(frozen=True, slots=True)
class Formula:
    """A side of a chain that was judged before the number behind it.

    Attributes
    ----------
    node
        The formula.
    claim
        The place of its claim.
    has_numbers
        Whether numbers are put in place of names.
    """

    node: Written
    claim: int
    has_numbers: bool
