"""The numbers that a document printed, by what it printed them for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from symback.verify.claims import SHARE, Verdict
from symback.verify.printed import Printed


@dataclass(frozen=True, slots=True)
class Stated:
    """A number that the document printed for a key, and what was found of it."""

    number: Printed
    verdict: Verdict
    claim: int


class StatedNumbers:
    """The numbers that a document printed so far, by their keys.

    Parameters
    ----------
    shares
        By how much a key with `SHARE` in front is divided: one for each sample, or by 1.
    sample
        The number of the sample at hand: its mark may be left out.
    """

    def __init__(self, shares: int, sample: int) -> None:
        self.shares = shares
        self.sample = sample
        self._mark = re.compile(rf"@{sample}(?!\d)")
        self._stated: dict[str, list[Stated]] = {}

    def state(self, key: str, stated: Stated) -> str:
        """Remember that the document printed a number; a key with a minus is the opposite of a quantity.

        Returns
        -------
        str
            The key of the quantity itself.
        """
        key = self.unmarked(key)
        if key.startswith("-"):
            key, stated = key[1:], replace(stated, number=(-stated.number[0], stated.number[1]))
        if key.startswith(SHARE):
            self._stated.setdefault(key, []).append(stated)
            value, unit = stated.number
            key, stated = key[1:], replace(stated, number=(value * self.shares, unit * self.shares))
        self._stated.setdefault(key, []).append(stated)
        return key

    def unmarked(self, key: str) -> str:
        """Return a key without the mark of the sample at hand."""
        return self._mark.sub("", key) if "@" in key else key

    def stated(self, key: str) -> list[Stated]:
        """Return what the document printed for a key so far, oldest first."""
        key = self.unmarked(key)
        if key.startswith("-"):
            return [replace(one, number=(-one.number[0], one.number[1])) for one in self.stated(key[1:])]
        return self._stated.get(key, [])

    def printed(self) -> Iterator[str]:
        """Yield everything for which the document printed a number so far."""
        yield from self._stated

    def of_number(self, number: Printed) -> Iterator[tuple[str, Stated]]:
        """Yield the keys for which the document printed these very digits, and what was found."""
        for key, found in self._stated.items():
            for stated in found:
                if stated.number == number:
                    yield key, stated

    def of_either_sign(self, number: Printed) -> list[tuple[str, Stated]]:
        """Return the keys for which the document printed these digits, or else those for which their opposite."""
        return [*self.of_number(number)] or [*self.of_number((-number[0], number[1]))]
