"""The report for a program: JSON of letters, digits and signs that every reader can take."""

from __future__ import annotations

import json
from typing import Any

from symback.verify.audit import Audit
from symback.verify.claims import Claim
from symback.verify.report.wanted import Wanted


def structured(audit: Audit, wanted: Wanted) -> str:
    """Return the report as JSON; every claim is in it, and places and causes count as in `Claim`."""
    summary = audit.summary
    tree: dict[str, Any] = {
        "schema": 1,
        "document": audit.document,
        "claims": [_claim(claim) for claim in audit.claims],
        "summary": {
            "counts": {verdict.value: count for verdict, count in summary.counts.items()},
            "mistakes": summary.mistakes,
            "first": None if summary.first is None else {"line": summary.first[0], "column": summary.first[1]},
            "following_lines": summary.following,
            "rounding": list(summary.rounding),
        },
    }
    if wanted.binding:
        tree["binding"] = list(audit.binding)
    return json.dumps(tree, indent=2) + "\n"


def _claim(claim: Claim) -> dict[str, Any]:
    return {
        "line": claim.line,
        "column": claim.column,
        "quantity": claim.quantity,
        "written": claim.written,
        "expected": claim.expected,
        "verdict": claim.verdict.value,
        "kind": claim.kind,
        "cause": claim.cause,
        "message": claim.message,
    }
