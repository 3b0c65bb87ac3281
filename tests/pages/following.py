"""Random pages for the link checker: one case of the product each, written as its factors say."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import symback
from symback.spec.model import Spec
from tests.checker import Report, check_page
from tests.oracles.random_product import Case, product_case

CARRIES = ("exact", "printed")


@dataclass(frozen=True, slots=True)
class Page:
    """One random page with its spec, and what the checker found."""

    case: Case
    spec: Spec
    text: str
    report: Report


def page_of(case: Case) -> Page:
    """Return the page of a case, checked."""
    spec = symback.load(case.values)
    text = str(symback.render(spec))
    return Page(case, spec, text, check_page(text, rounding=spec.numbers.rounding, carry=spec.numbers.carry))


def random_pages(seeds: Iterable[int]) -> Iterator[Page]:
    """Yield one page for each seed."""
    return map(page_of, map(product_case, seeds))
