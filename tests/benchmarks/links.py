"""Link checks on many random pages, in every style: judged, failed, not judged, and none that cannot be written."""

from __future__ import annotations

import traceback
from collections import Counter

from tests.benchmarks.measuring import at_least, at_most
from tests.pages.following import random_pages

PAGES = 500
FIRST = 200
"""After so many pages the figures are printed too."""

LEAST_JUDGED = at_least(0.99)
NO_COMPLAINT = at_most(0)


def main() -> None:
    """Print what the checker finds on random pages."""
    found: Counter[str] = Counter(crashed=0, judged=0, failed=0, unjudged=0)
    for seed in range(PAGES):
        found.update(_findings(seed))
        if seed + 1 in (FIRST, PAGES):
            _report(seed + 1, found)


def _findings(seed: int) -> Counter[str]:
    """Check one page, print every complaint, and count what was found."""
    try:
        (page,) = random_pages(range(seed, seed + 1))
    except Exception:
        print(f"seed {seed}: {traceback.format_exc()}")
        return Counter(crashed=1)
    for verdict in page.report.failed:
        print(f"seed {page.seed}, {page.style}, {page.rounding}, {page.carry}: line {verdict.line}: {verdict.reason}")
    return Counter(
        judged=page.report.judged,
        failed=len(page.report.failed),
        unjudged=len(page.report.with_number_unjudged),
    )


def _report(pages: int, found: Counter[str]) -> None:
    complaints = found["crashed"] + found["failed"]
    share = found["judged"] / (found["judged"] + found["unjudged"])
    print(
        f"{pages} pages, {', '.join(f'{name}: {count}' for name, count in found.items())}; "
        f"complaints {NO_COMPLAINT.sign} 0 {'met' if NO_COMPLAINT.holds(complaints) else 'MISSED'}, "
        f"judged {share:.2%} {LEAST_JUDGED.sign} 99 % {'met' if LEAST_JUDGED.holds(share) else 'MISSED'}",
        flush=True,
    )
