"""What is to be said about every claim: right, first wrong, what follows from it, or a slip."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tests.verify.generator.documents import Claim
from tests.verify.generator.numbers import Interval
from tests.verify.generator.rounding import behind
from tests.verify.generator.working import Change, Record

SLIP = "wrong-or-slip"


@dataclass(frozen=True, slots=True)
class Expected:
    """What a claim deserves: ``right``, ``wrong``, ``slip``, ``wrong-or-slip`` or ``follows``.

    `kind` names the mistake for every claim of a statement in which one was made, also for those that follow or are
    right there: whether the formula, the numbers put in or the result is blamed is a matter of taste.
    """

    line: int
    written: str
    expect: str
    kind: str


def expectations(claims: Sequence[Claim], records: Sequence[Record], clean: Sequence[Record]) -> list[Expected]:
    """Return what every claim deserves; `clean` is the same work without the mistake."""
    honest = {id: bounds for record in clean for id, bounds in record.honest.items()}
    by_key = {record.step.key: record for record in records}
    origins = {record.step.key: _origin(record, claims) for record in records if record.change}
    return [_expected(claim, by_key.get(claim.key), honest, origins.get(claim.key, 0)) for claim in claims]


def is_visible(record: Record, clean: Record, claims: Sequence[Claim]) -> bool:
    """Say whether the page proves the mistake: no honest rounding leads there, neither from its numbers nor from the exact ones."""
    mine = [claim for claim in claims if claim.key == record.step.key]
    if not _origin(record, mine):
        return False
    assert record.change
    if _is_slip(record.change):
        return _visible_slip(record, clean, mine)
    shown = [claim.place for claim in mine if claim.role == "value"]
    return any(
        behind(record.results[id]).misses(record.page[id]) and behind(record.results[id]).misses(clean.honest[id])
        for id in shown
    )


def _visible_slip(record: Record, clean: Record, claims: Sequence[Claim]) -> bool:
    if any(claim.role == "symbols" and _differs(record, int(claim.place)) for claim in claims):
        return True
    return any(
        record.says[id].misses(clean.honest[id]) and record.says[id].misses(behind(text))
        for id, text in record.results.items()
    )


def _is_slip(change: Change) -> bool:
    """Say whether the writing is wrong and the result is right."""
    return not change.computed and not change.results


def _differs(record: Record, place: int) -> bool:
    forms = record.step.forms
    return place >= len(forms) or record.symbols[place] != forms[place]


ORDER = ("symbols", "numbers", "evaluated", "value")


def _rank(role: str, place: str) -> int:
    """Return a number that orders the stages of a chain."""
    return 1 + int(place) if role == "symbols" else 100 + ORDER.index(role)


def _origin(record: Record, claims: Sequence[Claim]) -> int:
    """Return the rank of the first stage on the page at which a mistake shows, or 0 if none does."""
    change = record.change
    assert change
    ranks = sorted(_rank(c.role, c.place) for c in claims if c.key == record.step.key and c.role in ORDER)
    starts = []
    if change.symbols:
        starts.append(next(rank for rank in range(1, 100) if _differs(record, rank - 1)))
    if change.operands or change.numbers:
        starts.append(_rank("numbers", ""))
    if change.results:
        starts.append(_rank("value", ""))
    shown = [rank for rank in ranks if rank >= min(starts)]
    if not shown or (_is_slip(change) and shown[0] >= _rank("evaluated", "")):
        return 0
    return shown[0]


def _expected(claim: Claim, record: Record | None, honest: Mapping[str, Interval], origin: int) -> Expected:
    def verdict(expect: str, kind: str = "") -> Expected:
        return Expected(claim.line, claim.written, expect, kind)

    if claim.role == "given":
        return verdict("right")
    if claim.role == "restated":
        return verdict("follows" if behind(claim.text).misses(honest[claim.place]) else "right")
    assert record
    false = _is_false(claim, record, honest)
    if record.change is None:
        return verdict("follows" if false else "right")
    rank = _rank(claim.role, claim.place)
    if _is_slip(record.change) and rank >= origin and (rank == origin or claim.role == "value"):
        return verdict(SLIP, record.kind)
    if record.change.results and claim.place in record.change.results and claim.role == "value":
        return verdict("wrong", record.kind)
    if rank < origin or record.change.results:
        return verdict("follows" if false else "right")
    if _shows_only_in_the_result(record, honest, origin):
        return verdict(SLIP if false or rank == origin else "right", record.kind)
    return verdict(("wrong" if rank == origin else "follows") if false else "right", record.kind)


def _shows_only_in_the_result(record: Record, honest: Mapping[str, Interval], origin: int) -> bool:
    """Say whether the wrong numbers might still give the right result if they were rounded badly, and their result is wrong."""
    said = {_rank("numbers", ""): record.says, _rank("evaluated", ""): record.evaluated_says}.get(origin)
    if said is None or any(bounds.misses(honest[id]) for id, bounds in said.items()):
        return False
    return any(behind(text).misses(honest[id]) for id, text in record.results.items())


def _is_false(claim: Claim, record: Record, honest: Mapping[str, Interval]) -> bool:
    match claim.role:
        case "symbols":
            return _differs(record, int(claim.place))
        case "numbers":
            return any(bounds.misses(honest[id]) for id, bounds in record.says.items())
        case "evaluated":
            return any(bounds.misses(honest[id]) for id, bounds in record.evaluated_says.items())
    return behind(claim.text).misses(honest[claim.place])
