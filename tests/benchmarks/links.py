"""Every link of random pages, by the independent checker: how many hold, and how many of those with a number are judged."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from tests.benchmarks.measuring import at_least, at_most
from tests.oracles.random_product import product_case
from tests.pages.following import Page, page_of

PAGES = 500
NONE, LEAST_JUDGED = at_most(0), at_least(0.99)


def main() -> None:
    """Print what does not hold on the first pages of the product of all factors, and how much of them was judged."""
    found: Counter[str] = Counter()
    for seed in range(PAGES):
        page = page_of(product_case(seed))
        found.update(links_of(page))
        for link in page.report.failed:
            print(f"{page.case}: line {link.line}: {link.reason}", flush=True)
    share = found["judged"] / (found["judged"] + found["not judged"])
    print(f"{PAGES} pages, {found['judged']:,} links judged, {found['failed']} do not hold", end="; ")
    print("met" if NONE.holds(found["failed"]) else "MISSED", end="; ")
    print(f"{share:.2%} of those with a number judged {'met' if LEAST_JUDGED.holds(share) else 'MISSED'}")


def links_of(page: Page) -> Iterator[str]:
    """Yield what became of every link of a page."""
    yield from ["judged"] * page.report.judged
    yield from ["failed"] * len(page.report.failed)
    yield from ["not judged"] * len(page.report.with_number_unjudged)
