"""The lines of a document cut where claims begin and end, so that each piece can be marked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from symback.verify.audit import Audit
from symback.verify.claims import Claim, Verdict

FIRST = (
    Verdict.WRONG,
    Verdict.SLIP,
    Verdict.FOLLOWS,
    Verdict.UNDECIDED,
    Verdict.ROUNDED,
    Verdict.CORRECT,
    Verdict.GIVEN,
)
"""Of claims about the very same text, the first of these gives it its colour."""


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of a line.

    Attributes
    ----------
    text
        The piece.
    claim
        The place of the innermost claim that it belongs to, or None.
    begins, ends
        The places of the claims that begin before it and that end behind it.
    """

    text: str
    claim: int | None
    begins: tuple[int, ...]
    ends: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Span:
    """Where in a line a claim stands, and whether it begins and ends on this line."""

    start: int
    end: int
    claim: int
    begins: bool
    ends: bool


def segments(audit: Audit) -> list[list[Segment]]:
    """Return the segments of every line of a document."""
    lines = audit.text.split("\n")
    spans: dict[int, list[_Span]] = defaultdict(list)
    for place, claim in enumerate(audit.claims):
        for line, span in _spans(place, claim, lines):
            spans[line].append(span)

    def rank(span: _Span) -> tuple[int, int]:
        return span.end - span.start, FIRST.index(audit.claims[span.claim].verdict)

    return [list(_cut(line, spans[number], rank)) for number, line in enumerate(lines)]


def _spans(place: int, claim: Claim, lines: Sequence[str]) -> Iterator[tuple[int, _Span]]:
    """Yield the lines, counted from 0, on which a claim stands, and where."""
    parts = claim.written.split("\n")
    first, last = claim.line - 1, claim.line + len(parts) - 2
    for number, part in enumerate(parts, first):
        size = len(lines[number])
        start = min(claim.column - 1, size) if number == first else 0
        yield number, _Span(start, min(start + len(part), size), place, number == first, number == last)


def _cut(line: str, spans: Sequence[_Span], rank: Callable[[_Span], tuple[int, int]]) -> Iterator[Segment]:
    """Yield the pieces of a line; one without text carries what begins or ends where nothing stands."""
    begins: dict[int, list[_Span]] = defaultdict(list)
    ends: dict[int, list[_Span]] = defaultdict(list)
    for span in spans:
        begins[span.start].append(span)
        ends[span.end].append(span)
    cuts = sorted({0, len(line), *begins, *ends})
    around: list[_Span] = []
    for start, end in zip(cuts, [*cuts[1:], len(line)], strict=True):
        empty = [span for span in begins[start] if span.end == start]
        opened = tuple(span.claim for span in begins[start] if span.begins)
        if empty or start == end:
            yield Segment("", None, opened, tuple(span.claim for span in empty if span.ends))
            opened = ()
        around = [span for span in (*around, *begins[start]) if span.end > start]
        if end > start:
            inner = min(around, key=rank, default=None)
            closed = tuple(span.claim for span in ends[end] if span.ends and span.start < end)
            yield Segment(line[start:end], inner.claim if inner else None, opened, closed)
