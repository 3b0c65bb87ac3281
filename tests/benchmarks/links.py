"""Link checks on many random pages, in every style: judged, failed, not judged."""

from __future__ import annotations

from collections import Counter

from tests.pages.following import random_pages

PAGES = 200


def main() -> None:
    """Print what the checker finds on 200 random pages."""
    found: Counter[str] = Counter()
    for page in random_pages(range(PAGES)):
        found.update(
            {
                "pages": 1,
                "judged": page.report.judged,
                "failed": len(page.report.failed),
                "unjudged": len(page.report.with_number_unjudged),
            }
        )
        for verdict in page.report.failed:
            print(
                f"seed {page.seed}, {page.style}, {page.rounding}, {page.carry}: line {verdict.line}: {verdict.reason}"
            )
    print(", ".join(f"{name}: {count}" for name, count in found.items()))
