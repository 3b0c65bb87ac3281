"""Scores audits of invented documents against their tables: a row for every printed number and every wrong formula."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from symback.spec.load import load_file
from symback.verify.claims import Claim
from symback.verify.verify import audit

PASS = ("given", "correct", "rounded")
BLAME = ("wrong", "slip")
MISTAKES = ("wrong", "slip", "wrong-or-slip")


@dataclass(slots=True)
class Tally:
    """What came of the audits of some documents; ``notes`` says where it went wrong."""

    right: int = 0
    right_read: int = 0
    false_alarms: int = 0
    mistakes: int = 0
    found: int = 0
    followers: int = 0
    followers_named: int = 0
    followers_blamed: int = 0
    notes: list[str] = field(default_factory=list)

    def add(self, other: Tally) -> None:
        """Count another document in."""
        for name in ("right", "right_read", "false_alarms", "mistakes", "found", "followers"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.followers_named += other.followers_named
        self.followers_blamed += other.followers_blamed
        self.notes.extend(other.notes)


def folders(where: Path) -> list[Path]:
    """Return the folders of documents, each with a spec, a document and a table."""
    return sorted(path.parent for path in where.glob("*/claims.csv"))


def of_all(where: Path) -> Tally:
    """Return the tally of every document in a folder."""
    total = Tally()
    for folder in folders(where):
        total.add(of_document(folder))
    return total


def of_document(folder: Path) -> Tally:
    """Audit one document and compare every claim with its row."""
    (document,) = folder.glob("document.*")
    claims, _ = audit(load_file(str(folder / "spec.yaml")), document.read_text(encoding="utf-8"))
    with (folder / "claims.csv").open(encoding="utf-8", newline="") as handle:
        rows = list(csv.DictReader(handle))
    tally, used = Tally(), set[int]()
    blamed = {claim.line for claim in claims if claim.verdict.value in BLAME}
    for row in rows:
        line, written, expect = int(row["line"].lstrip("L")), plain(row["written"]), row["expect"]
        place = _match(claims, used, line, written, exactly=expect == "right")
        verdict = claims[place].verdict.value if place is not None else "unread"
        said = f"{folder.name}:{line}: {row['written']} is {expect}, said {verdict}"
        if expect == "right":
            tally.right += 1
            tally.right_read += verdict in PASS
            if verdict in BLAME:
                tally.false_alarms += 1
                tally.notes.append(said)
        elif expect in MISTAKES:
            tally.mistakes += 1
            found = verdict in BLAME or (
                line in blamed and (expect != "wrong" or not written[:2].strip("-.").isdigit())
            )
            tally.found += found
            if not found:
                tally.notes.append(said)
        elif expect == "follows":
            tally.followers += 1
            tally.followers_named += verdict == "follows"
            tally.followers_blamed += verdict in BLAME
    return tally


def plain(written: str) -> str:
    """Return a printed number or formula without what surrounds it."""
    for mark in ("{,}", "\\,", "\\;"):
        written = written.replace(mark, "." if mark == "{,}" else "")
    return written.strip().strip("[]()$ ").replace("−", "-").replace(" ", "").replace("\\", "").rstrip(".,;")


def _match(claims: list[Claim], used: set[int], line: int, written: str, exactly: bool) -> int | None:
    for is_alike in _likeness(exactly):
        for place, claim in enumerate(claims):
            if place not in used and claim.line == line and is_alike(plain(claim.written), written):
                used.add(place)
                return place
    return None


def _likeness(exactly: bool) -> Iterator[Callable[[str, str], bool]]:
    yield lambda one, other: one == other or one.replace(",", ".") == other.replace(",", ".")
    if not exactly:
        yield lambda one, other: other in one
