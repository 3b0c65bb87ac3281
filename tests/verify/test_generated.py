"""A slice of the generated documents: honest ones are not blamed, single mistakes are found and located."""

from __future__ import annotations

from functools import cache

from symback.spec.load import load_text
from symback.verify.verify import audit
from tests.verify.generator import clean, faulty
from tests.verify.generator.measure import Finding, Judged, judge

COUNT, SEED = 40, 1


def verified(spec: str, text: str, suffix: str) -> list[Finding]:
    claims, _ = audit(load_text(spec), text)
    lines = [claim.line for claim in claims]
    return [
        (claim.line, claim.written, claim.verdict.value, None if claim.cause is None else lines[claim.cause])
        for claim in claims
    ]


@cache
def with_mistakes() -> tuple[Judged, ...]:
    return tuple(judge(verified, faulty(COUNT, SEED)))


def test_honest_documents_are_not_blamed():
    found = judge(verified, clean(COUNT, SEED))
    assert [one.case.name for one in found if one.false_alarms] == []
    claims = sum(len(one.case.claims) for one in found)
    assert sum(one.seen for one in found) >= 0.98 * claims


def test_mistakes_are_found_and_located():
    found = with_mistakes()
    kinds = [next(claim.kind for claim in one.case.claims if claim.kind) for one in found]
    missed = [one.case.name for one, kind in zip(found, kinds, strict=True) if not one.finds(kind)]
    assert len(missed) <= 0.03 * COUNT, missed
    assert sum(not one.first_line_right for one in found) <= 0.05 * COUNT
    assert all(not one.false_alarms for one in found)


def test_what_follows_is_not_blamed():
    found = with_mistakes()
    followers = sum(len(one.followers) for one in found)
    assert sum(len(one.wrongly_blamed) for one in found) <= 0.005 * followers
    assert sum(len(one.named) for one in found) >= 0.97 * followers
