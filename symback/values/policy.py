"""The number policy: how many digits each quantity prints, how they are rounded, and what is carried on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from fnmatch import fnmatchcase

from symback.graph.quantity import BATCH, PENALTY
from symback.spec.model import Spec
from symback.values.rounding import Digits, Rounding
from symback.written.nodes import NEW


class Carry(StrEnum):
    """What later lines compute with: full precision, or the numbers as they were printed."""

    EXACT = "exact"
    PRINTED = "printed"


@dataclass(frozen=True, slots=True)
class Policy:
    """Digits by pattern; the last pattern that matches a number's name wins.

    Numbers have the names ``z.1.2`` (a quantity), ``gradient.w.1.1.1`` (of a root by a quantity),
    ``local.a.1.2`` (of a quantity by a parent) and ``updated.w.1.1.1``. `root` is what is differentiated.
    """

    digits: Digits
    rounding: Rounding = Rounding.HALF_UP
    carry: Carry = Carry.EXACT
    by: Mapping[str, Digits] = field(default_factory=dict)
    root: str = "loss"

    def digits_of(self, key: str) -> Digits:
        """Return the digits for the value that has this key."""
        if not self.by:
            return self.digits
        name = number_name(key, self.root)
        rows = reversed(list(self.by.items()))
        return next((digits for pattern, digits in rows if fnmatchcase(name, pattern)), self.digits)


def number_name(key: str, root: str = "loss") -> str:
    """Return the name under which a policy speaks of the value with this key; `root` is what is differentiated."""
    of, colon, by = key.partition(":")
    if colon:
        whole = of.partition("@")[0].partition(".")[0]
        return f"gradient.{by}" if whole in (root, BATCH, PENALTY) else f"local.{of}"
    return f"updated.{key.removesuffix(NEW)}" if key.endswith(NEW) else key


def policy_of(spec: Spec, root: str = "loss") -> Policy:
    """Return the policy that a spec states; `root` is what is differentiated."""
    numbers = spec.numbers
    padded = numbers.zeros == "full"
    return Policy(
        digits=Digits(numbers.decimals, numbers.significant, padded),
        rounding=Rounding(numbers.rounding),
        carry=Carry(numbers.carry),
        by={pattern: Digits(row.decimals, row.significant, padded) for pattern, row in numbers.by.items()},
        root=root,
    )
