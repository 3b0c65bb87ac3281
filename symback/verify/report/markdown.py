"""The report as Markdown: a table of claims."""

from __future__ import annotations

import re

from symback.verify.audit import Audit
from symback.verify.report.template import fill
from symback.verify.report.visible import visible
from symback.verify.report.wanted import Wanted
from symback.verify.report.wording import SIGNS, expected, named, why, written

_SIGNS = re.compile(r"([\\`*_{}\[\]<>#|$~&!])")


def markdown(audit: Audit, wanted: Wanted) -> str:
    """Return the report as Markdown."""
    rows = [
        {
            "line": claim.line,
            "sign": SIGNS[claim.verdict],
            "verdict": claim.verdict.value,
            "quantity": named(claim.quantity),
            "written": written(claim),
            "expected": expected(claim),
            "why": why(audit, claim),
        }
        for claim in wanted.claims(audit)
    ]
    return fill(
        "report.md.jinja",
        _escaped,
        title=visible(audit.document) or "a document",
        summary=str(audit.summary),
        rounding=audit.summary.rounding,
        names=[visible(name) for name in wanted.names(audit)],
        rows=rows,
    )


def _escaped(text: str) -> str:
    return _SIGNS.sub(r"\\\1", text)
