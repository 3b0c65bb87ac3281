"""Activations × losses × wirings × penalties × notations × styles: gradients against oracles, links, and verify."""

from __future__ import annotations

import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from math import prod
from time import perf_counter

from symback.verify.claims import Verdict
from symback.verify.verify import audit
from tests.benchmarks.links import LEAST_JUDGED, NONE, links_of
from tests.oracles.random_product import FACTORS, Case, gradient_errors, product_case
from tests.pages.following import page_of

NETWORKS = 5000
REPORTS = (300, 1000, 2000, 3000, 4000)
"""After so many networks the figures are printed too."""

RIGHT = (Verdict.GIVEN, Verdict.CORRECT, Verdict.ROUNDED)


def main() -> None:
    """Print how many gradients disagree, then how many links do not hold and how many claims are not judged right."""
    counts = {name: len(values) for name, values in FACTORS.items()}
    print(f"{prod(counts.values()):,} combinations: {', '.join(f'{name} {count}' for name, count in counts.items())}")
    _run("gradients", _gradients)
    _run("pages", _page)


def _run(title: str, find: Callable[[Case], Iterator[str]]) -> None:
    found: Counter[str] = Counter()
    start = perf_counter()
    for seed in range(NETWORKS):
        case = product_case(seed)
        try:
            found.update(find(case))
        except Exception:
            found["crashed"] += 1
            print(f"{case}: {traceback.format_exc()}")
        if seed + 1 in (*REPORTS, NETWORKS):
            print(f"{title}, {seed + 1} networks, {perf_counter() - start:.0f} s: {_figures(found)}", flush=True)


def _gradients(case: Case) -> Iterator[str]:
    """Yield what every comparison came to."""
    for oracle, name, is_near in gradient_errors(case):
        if not is_near:
            print(f"{case}: {name} disagrees with {oracle}")
        yield f"{oracle}: agree" if is_near else "disagree"


def _page(case: Case) -> Iterator[str]:
    """Yield what became of every link and of every claim of a page, and whether the page verifies clean."""
    page = page_of(case)
    for link in page.report.failed:
        print(f"{case}: line {link.line}: {link.reason}")
    yield from links_of(page)
    claims, _ = audit(page.spec, page.text)
    blamed = [claim for claim in claims if claim.verdict not in RIGHT]
    for claim in blamed:
        print(f"{case}: {claim.line}: {claim.verdict}: {claim.kind}: {claim.message}: {claim.written!r}")
    yield from (str(claim.verdict) for claim in claims)
    yield "clean page" if not blamed else "page with blame"


def _figures(found: Counter[str]) -> str:
    figures = ", ".join(f"{name} {count:,}" for name, count in sorted(found.items()))
    bad = found["crashed"] + found["disagree"] + found["failed"] + found["page with blame"]
    verdicts = [f"complaints {NONE.sign} 0 {'met' if NONE.holds(bad) else 'MISSED'}"]
    if found["judged"]:
        share = found["judged"] / (found["judged"] + found["not judged"])
        met = "met" if LEAST_JUDGED.holds(share) else "MISSED"
        verdicts.append(f"judged {share:.2%} {LEAST_JUDGED.sign} 99 % {met}")
    return f"{figures}; {'; '.join(verdicts)}"
