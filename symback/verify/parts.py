"""Documents about several networks: each stretch is judged by the part of the spec whose title stands above it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from symback.resources import BUILT_IN, Templates
from symback.spec.model import Spec
from symback.spec.problems import DocumentError, Problem
from symback.verify.binding import Binding
from symback.verify.claims import Claim
from symback.verify.verify import audit

HEADING_LETTERS = 24
"""So many letters more than a title a line may have and still be its heading: a command, a number, “Part 2”."""

_NUMBERED = re.compile(
    r"\b(?:part|teil|partie|parte|network|netz|réseau|red|rete)\s*(?:no\.?|nr\.?)?\s*(\d{1,2})\b", re.IGNORECASE
)
_MACRO = re.compile(r"\s*\\(?:re)?newcommand|\s*\\def\b|\s*\\DeclareMathOperator")


def audit_parts(spec: Spec, text: str, templates: Templates = BUILT_IN) -> tuple[list[Claim], list[Binding]]:
    """Return every claim of a document with its verdict, and what its names were understood as in each part.

    Raises
    ------
    symback.spec.problems.DocumentError
        If the spec has several parts, and no line says where the document begins to be about one of them.
    """
    claims: list[Claim] = []
    bindings: list[Binding] = []
    for network, stretch in _stretches(spec, text):
        found, binding = audit(network, stretch, templates)
        before = len(claims)
        claims.extend(one if one.cause is None else replace(one, cause=one.cause + before) for one in found)
        bindings.append(binding)
    return claims, bindings


def _stretches(spec: Spec, text: str) -> Iterator[tuple[Spec, str]]:
    """Yield each network with the text in which nothing but what is about it is left, line by line."""
    networks = spec.networks
    if len(networks) == 1:
        yield networks[0], text
        return
    lines = text.split("\n")
    for network, (begin, end) in zip(networks, pairwise([*_begins(networks, lines), len(lines)]), strict=True):
        kept = (line if begin <= place < end or _MACRO.match(line) else "" for place, line in enumerate(lines))
        yield network, "\n".join(kept)


def _begins(networks: Sequence[Spec], lines: Sequence[str]) -> Iterator[int]:
    """Yield the line at which each network begins; what stands before the second heading belongs to the first."""
    yield 0
    place = next((at for at, line in enumerate(lines) if _is_heading(line, networks[0], 1)), -1)
    for number, network in enumerate(networks[1:], 2):
        found = (at for at in range(place + 1, len(lines)) if _is_heading(lines[at], network, number))
        place = next(found, -1)
        if place < 0:
            title = f", {network.title!r}" if network.title else ""
            expected = f"a line with its title, or “Part {number}”, above what is about it"
            raise DocumentError([Problem((), f"a document without a heading for part {number}{title}", expected)])
        yield place


def _is_heading(line: str, network: Spec, number: int) -> bool:
    """Whether a line is a heading of a part: it has the title and hardly more, or the number of the part."""
    wanted, found = _letters(network.title), _letters(line)
    if wanted and wanted in found and len(found) <= len(wanted) + HEADING_LETTERS:
        return True
    match = _NUMBERED.search(line)
    return match is not None and int(match[1]) == number and len(found) <= HEADING_LETTERS + len(wanted)


def _letters(text: str) -> str:
    return re.sub(r"[\W_]+", "", text).casefold()
