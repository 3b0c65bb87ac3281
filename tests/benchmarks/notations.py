"""Link checks on every example in every style and every notation."""

from __future__ import annotations

from itertools import product

import symback
from symback import resources
from tests.benchmarks.measuring import at_most
from tests.checker import check_page
from tests.oracles.examples import IN_PIECES

NO_COMPLAINT = at_most(0)


def main() -> None:
    """Print every complaint, and how many there are."""
    pages = complaints = 0
    for example in (name for name in resources.examples() if name not in IN_PIECES):
        spec = symback.load(example)
        for style, notation in product(resources.styles(), resources.notations()):
            page = symback.render(spec, style=style, notation=notation)
            found = check_page(page, rounding=spec.numbers.rounding, carry=spec.numbers.carry).failed
            for verdict in found:
                print(f"{example}, {style}, {notation}: line {verdict.line}: {verdict.reason}")
            pages, complaints = pages + 1, complaints + len(found)
    met = "met" if NO_COMPLAINT.holds(complaints) else "MISSED"
    print(f"{pages} pages, complaints: {complaints} {NO_COMPLAINT.sign} 0 {met}", flush=True)
