"""Plants faults: copies of a page in which one digit of one printed number is another one.

What is not planted, because no reader of the page could notice it:

* numbers outside mathematics and tables, indices, layer marks, and the constants of general formulas;
* a given number that is printed once and stands in no working and no formula;
* digits of a number beyond the precision of everything that it could be compared with;
* an operand that stands for nothing printed elsewhere, where its digit is lost when the result is rounded;
* table cells beside nothing that the page has a value for.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from random import Random

from tests.checker import differences
from tests.checker.arithmetic import Array, Evaluator, Unknown, nothing
from tests.checker.entries import printed
from tests.checker.judging import check_page
from tests.checker.reading import Chain, Page, Table, read_page
from tests.checker.report import Report
from tests.checker.rounding import rounds
from tests.checker.tree import Matrix, Name, Node, Num, exchanged, is_numeric, is_printed, numbers, walk


@dataclass(frozen=True, slots=True)
class Planted:
    """A page with one changed digit: where, on what kind of line, and what was there before."""

    markdown: str
    line: int
    kind: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Site:
    """A number that can be changed."""

    number: Num
    kind: str
    chain: Chain | None
    side: int


def plant(markdown: str, seed: int, rounding: str = "half-up", carry: str = "exact") -> Iterator[Planted]:
    """Yield one variant for each number on a page whose change a reader could notice."""
    page = read_page(markdown)
    report = check_page(markdown, rounding, carry)
    random = Random(seed)
    for site in sites(page):
        changes = list(noticeable(site, report, rounding))
        if changes:
            yield planted(page, site, random.choice(changes))


def skipped(markdown: str, rounding: str = "half-up", carry: str = "exact") -> list[tuple[int, str]]:
    """Return line and digits of the numbers that `plant` leaves alone."""
    page = read_page(markdown)
    report = check_page(markdown, rounding, carry)
    return [
        (page.line(site.number.start), site.number.digits)
        for site in sites(page)
        if not any(True for _ in noticeable(site, report, rounding))
    ]


def planted(page: Page, site: Site, digits: str) -> Planted:
    number = site.number
    source = page.source[: number.start] + digits + page.source[number.end :]
    return Planted(source, page.line(number.start), site.kind, number.digits.lstrip("-"), digits)


def sites(page: Page) -> Iterator[Site]:
    """Yield the numbers that are results or operands, once each, in the order of the page."""
    found: dict[int, Site] = {}
    for item in page.items:
        if isinstance(item, Table):
            for row in item.rows:
                for cell in row:
                    if cell.node is not None and is_printed(cell.node):
                        for number in numbers(cell.node):
                            found[number.start] = Site(number, "table", None, 0)
            continue
        for index, side in enumerate(item.sides):
            if item.generic or not (is_numeric(side) or any("." in number.digits for number in numbers(side))):
                continue
            for number in numbers(side):
                found[number.start] = Site(number, kind_of(page, item, side), item, index)
    yield from (found[start] for start in sorted(found) if start >= 0)


def kind_of(page: Page, chain: Chain, side: Node) -> str:
    """Return the kind of line a number stands on."""
    if any(differences.is_quotient(each) for each in chain.sides):
        return "difference quotient"
    if any(differences.shifted(each, page.shifts) is not None for each in chain.sides):
        return "shifted line"
    first = next((each for each in walk(chain.sides[0]) if isinstance(each, Name)), None)
    if "←" in chain.signs or (first is not None and first.key.endswith(("'", "+"))):
        return "update"
    matrices = [each for each in walk(side) if isinstance(each, Matrix) and len(each.parts) > 1]
    if any(len(each.rows) > 1 and len(each.rows[0]) > 1 for each in matrices):
        return "matrix"
    if matrices:
        return "vector"
    return "chain" if chain.displayed else "inline"


def noticeable(site: Site, report: Report, rounding: str) -> Iterator[str]:
    """Yield the digits with one of them changed that something on the page contradicts."""
    number = site.number
    text = number.digits.lstrip("-")
    limit = max(report.evidence.get(number.start, {}).values(), default=None)
    point = text.find(".") if "." in text else len(text)
    for position, digit in enumerate(text):
        if not digit.isdigit():
            continue
        place = position - point if position > point else position - point + 1
        for other in "0123456789":
            if other == digit:
                continue
            changed = text[:position] + other + text[position + 1 :]
            if (limit is not None and place <= limit) or breaks(site, changed, rounding):
                yield changed


def breaks(site: Site, digits: str, rounding: str) -> bool:
    """Whether the working that a number stands in no longer gives the printed result."""
    if site.chain is None:
        return False
    side = site.chain.sides[site.side]
    end = next((each for each in site.chain.sides[site.side + 1 :] if is_printed(each)), None)
    if end is None or not is_numeric(side) or is_printed(side):
        return False
    sign = "-" if site.number.digits.startswith("-") else ""
    changed = exchanged(
        side, Num, lambda each: replace(each, digits=sign + digits) if each.start == site.number.start else each
    )
    try:
        value, there = (Evaluator(nothing, {}).value(each) for each in (changed, end))
    except Unknown:
        return False
    wanted = printed(end, there if isinstance(there, Array) else Array(((there,),)))
    entries = value.entries if isinstance(value, Array) else (value,)
    return wanted is not None and any(
        each is not None and not rounds(entry, each, rounding) for entry, each in zip(entries, wanted, strict=False)
    )
