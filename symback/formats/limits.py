"""Limits: a page too large for the programs that show its format is refused, while it is still being put together."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from typing import Any

from symback.document.blocks import Block
from symback.formats.table import Format
from symback.formats.writer import Writer
from symback.notation.names import Names
from symback.spec.problems import LimitationError, Problem

EVERY = 37
"""One block in so many is printed to tell how large the page gets: a prime, that no list on the page goes by."""

FEWEST = 20 * EVERY
"""How many blocks there have to be before those that were printed say something about the others."""

UNSURE = 1.25
"""How many times its limit a page that is not finished has to be estimated at before it is refused."""

MILLION = 1_000_000

INSTEAD = 'leave out "--as full" for a summary, choose a shorter style, or ask "symback formulas" for single gradients'


class Growth:
    """Watches a page grow, in each format that is wanted.

    Parameters
    ----------
    wanted : mapping
        The formats, by the names that they were asked for.
    whole : bool
        Whether nothing is left out of the page that a reader could scroll to.
    """

    def __init__(self, wanted: Mapping[str, Format], whole: bool) -> None:
        self._wanted = wanted
        self._whole = whole
        self._count = 0
        self._sizes = dict.fromkeys(wanted, 0)
        self._heard = ""
        self._names: Names | None = None
        self._writers: dict[str, Writer] = {}

    def hear(self, what: str, done: int, total: int) -> None:
        """Hear how far the page is."""
        self._heard = f" with {done:,} of {total:,} {what}" if total else ""

    def see(self, names: Names, block: Block) -> None:
        """See the next block of the page.

        Raises
        ------
        symback.spec.problems.LimitationError
            If the page gets too large.
        """
        self._count += 1
        if self._count % EVERY:
            return
        if names is not self._names:
            self._names = names
            self._writers = {name: each.writer_with(names) for name, each in self._wanted.items()}
        for name, writer in self._writers.items():
            blocks = writer.shown(writer.fitted([block], self._whole))
            self._sizes[name] += EVERY * sum(map(_size, blocks))
        if self._count >= FEWEST:
            _refuse({name: size / UNSURE for name, size in self._sizes.items()}, self._wanted, self._heard)


def check_sizes(texts: Mapping[str, str], wanted: Mapping[str, Format]) -> None:
    """Refuse finished pages that are too large.

    Raises
    ------
    symback.spec.problems.LimitationError
        If one is.
    """
    _refuse({name: len(text) for name, text in texts.items()}, wanted)


def _refuse(sizes: Mapping[str, float], wanted: Mapping[str, Format], heard: str = "") -> None:
    """Refuse pages of more than so many characters, which is more than their formats allow."""
    problems = [
        Problem(("to",), f"more than {_millions(size)} in {name}{heard}", _expected(name, most), limitation=True)
        for name, size in sizes.items()
        if size > (most := wanted[name].most)
    ]
    if problems:
        raise LimitationError(problems)


def _expected(name: str, most: int) -> str:
    return f"at most {_millions(most)}, as what shows {name} hardly takes more: {INSTEAD}"


def _millions(size: float) -> str:
    return f"{math.floor(size / MILLION):,} million characters"


def _size(part: Any) -> int:
    """Return how many characters there are in the printed parts of a block."""
    if isinstance(part, str):
        return len(part)
    if isinstance(part, Mapping):
        return _size(part.values())
    return sum(map(_size, part)) if isinstance(part, Iterable) else 0
