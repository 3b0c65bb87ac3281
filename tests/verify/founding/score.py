"""Scores what a reader reports about a document against a table of what is true of each claim in it."""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

RIGHT = {"given", "correct", "correct within rounding", "truncated", "correct given earlier rounded values"}
"""Verdicts of the table on claims that nobody should blame."""

IN_TEXT = ("label", "numbering", "prose", "case condition")
"""Kinds of errors that stand in words, where a reader of mathematics may miss them."""

FAIR_SLIP = ("displayed expression", "operand")
"""What the table says of a right value whose printed operands do not give it: a slip is a fair verdict."""

BLAME = {"wrong", "slip"}
PASS = {"given", "correct", "rounded"}

Span = tuple[int, int]


class Finding(NamedTuple):
    """One claim that counts against the reader."""

    location: str
    quantity: str
    number: str
    verdict: str


@dataclass(slots=True)
class Score:
    """Tallies of one audit; only claims with a number count as right or as following."""

    right_read: int = 0
    right_total: int = 0
    false_alarms: list[Finding] = field(default_factory=list)
    own_found: int = 0
    own_total: int = 0
    missed: list[Finding] = field(default_factory=list)
    follows_named: int = 0
    follows_total: int = 0
    follows_blamed: int = 0
    follows_passed: int = 0
    text_found: int = 0
    text_total: int = 0


@dataclass(slots=True)
class _Reported:
    """A claim of the audit, and whether a row of the table has been matched with it."""

    line: int
    block: Span
    quantity: str
    written: str
    verdict: str
    matched: bool = False


def displays(text: str) -> dict[int, Span]:
    """Return the first and last line of the display around each line; outside displays a line stands alone."""
    spans: dict[int, Span] = {}
    first = 0
    for line, content in enumerate(text.split("\n"), 1):
        marks = content.count("$$")
        if first:
            if marks % 2:
                spans |= dict.fromkeys(range(first, line + 1), (first, line))
                first = 0
        elif marks % 2:
            first = line
        else:
            spans[line] = (line, line)
    return spans


def plain_number(text: str) -> str | None:
    """Return a number without its typesetting, digit for digit, or None for anything else."""
    bare = text.strip().replace("\\", "").replace(" ", "").replace("{,}", ".").replace("−", "-")
    return bare if re.fullmatch(r"[-+]?(\d+\.?\d*|\.\d+)", bare) else None


def first_line(location: str) -> int:
    """Return the line that a location such as `L44 with L46` begins with."""
    found = re.match(r"L(\d+)", location)
    assert found, f"{location!r} names no line"
    return int(found[1])


def score(claims_csv: Path, document: Path, reported_claims: Sequence[Mapping[str, Any]]) -> Score:
    """Score the claims that `symback verify --format json` reports of a document.

    A row of the table is matched with the first unmatched claim in the same display that prints the same number. An own
    error without a number is found by any blame in its display. Blame of numbers that the table does not list is a
    false alarm, unless their display holds an error.
    """
    spans = displays(document.read_text(encoding="utf-8"))
    with claims_csv.open(encoding="utf-8", newline="") as handle:
        rows = list(csv.DictReader(handle))
    reported = [
        _Reported(
            line=claim["line"],
            block=spans.get(claim["line"], (claim["line"], claim["line"])),
            quantity=str(claim.get("quantity")),
            written=str(claim["written"]),
            verdict=claim["verdict"],
        )
        for claim in reported_claims
    ]
    result = Score()
    faulty: set[Span] = set()
    for row in rows:
        line = first_line(row["location"])
        block = spans.get(line, (line, line))
        number = plain_number(row["stated_value"])
        hit = _match(reported, block, number)
        if row["verdict"].startswith("wrong: own"):
            faulty.add(block)
            _count_own(result, row, hit if number else _blamed(reported, block))
        elif row["verdict"].startswith("wrong: carried"):
            faulty.add(block)
            if number:
                _count_following(result, hit)
        elif row["verdict"] in RIGHT and number:
            _count_right(result, row, hit)
    result.false_alarms += [
        Finding(f"L{claim.line}", claim.quantity, claim.written, claim.verdict)
        for claim in reported
        if not claim.matched and claim.verdict in BLAME and claim.block not in faulty
    ]
    return result


def _match(reported: Sequence[_Reported], block: Span, number: str | None) -> _Reported | None:
    for claim in reported:
        if number and not claim.matched and claim.block == block and plain_number(claim.written) == number:
            claim.matched = True
            return claim
    return None


def _blamed(reported: Sequence[_Reported], block: Span) -> _Reported | None:
    return next((claim for claim in reported if claim.block == block and claim.verdict in BLAME), None)


def _count_own(result: Score, row: Mapping[str, str], hit: _Reported | None) -> None:
    found = hit is not None and hit.verdict in BLAME
    if any(word in row["kind"] for word in IN_TEXT):
        result.text_total += 1
        result.text_found += found
        return
    result.own_total += 1
    result.own_found += found
    if not found:
        verdict = hit.verdict if hit else "not read"
        result.missed.append(Finding(row["location"], row["quantity"], row["stated_value"], verdict))


def _count_following(result: Score, hit: _Reported | None) -> None:
    result.follows_total += 1
    if hit:
        result.follows_named += hit.verdict == "follows"
        result.follows_blamed += hit.verdict in BLAME
        result.follows_passed += hit.verdict in PASS


def _count_right(result: Score, row: Mapping[str, str], hit: _Reported | None) -> None:
    result.right_total += 1
    if not hit:
        return
    result.right_read += hit.verdict in PASS
    fair = hit.verdict == "slip" and any(words in row["kind"] + row["comment"] for words in FAIR_SLIP)
    if hit.verdict in BLAME | {"follows"} and not fair:
        result.false_alarms.append(Finding(row["location"], row["quantity"], row["stated_value"], hit.verdict))
