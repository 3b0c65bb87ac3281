"""The report as one HTML file: the document with every claim marked, what would be right beside it, and no script."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from symback.verify.audit import Audit
from symback.verify.claims import Claim, Verdict
from symback.verify.report.segments import Segment, segments
from symback.verify.report.template import fill
from symback.verify.report.visible import visible
from symback.verify.report.wanted import Wanted
from symback.verify.report.wording import SIGNS, cause, expected, named, reason, written

SILENT = frozenset({Verdict.GIVEN, Verdict.CORRECT})
"""Verdicts about which nothing is said beside the line."""


def html(audit: Audit, wanted: Wanted) -> str:
    """Return the report as HTML."""
    remarks: dict[int, list[dict[str, Any]]] = {}
    for place, claim in enumerate(audit.claims):
        if claim.verdict not in SILENT:
            remarks.setdefault(claim.line, []).append(_remark(audit, place, claim))
    summary = audit.summary
    return fill(
        "report.html.jinja",
        title=visible(audit.document) or "a document",
        summary=str(summary),
        counts=[(SIGNS[verdict], verdict.value, count) for verdict, count in summary.counts.items()],
        first=summary.first,
        rounding=summary.rounding,
        names=[visible(name) for name in wanted.names(audit)],
        lines=[
            {"number": number, "pieces": list(_pieces(audit, found)), "remarks": remarks.get(number, [])}
            for number, found in enumerate(segments(audit), 1)
        ],
    )


def _remark(audit: Audit, place: int, claim: Claim) -> dict[str, Any]:
    found = cause(audit, claim)
    return {
        "place": place,
        "verdict": claim.verdict.value,
        "sign": SIGNS[claim.verdict],
        "quantity": named(claim.quantity),
        "written": written(claim),
        "expected": expected(claim),
        "reason": reason(claim),
        "cause": claim.cause,
        "line": found.line if found else 0,
    }


def _pieces(audit: Audit, found: list[Segment]) -> Iterator[dict[str, Any]]:
    for segment in found:
        verdicts = [audit.claims[place].verdict for place in segment.ends]
        yield {
            "text": visible(segment.text),
            "verdict": "" if segment.claim is None else audit.claims[segment.claim].verdict.value,
            "begins": segment.begins,
            "signs": [(SIGNS[verdict], verdict.value) for verdict in verdicts],
        }
