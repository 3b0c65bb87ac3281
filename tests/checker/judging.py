"""Judges every relation of a page: does it hold with the digits that stand there, and does the page agree with itself?

A link holds if it is exactly true between numbers, if an expression worked out from its printed digits rounds to the
number behind it, or if two expressions both round to the number that ends their chain. Where a side has names, the
values that the page prints for them take their places. Nothing is skipped: what cannot be judged is reported as such.
"""

from __future__ import annotations

from functools import partial

from tests.checker import differences
from tests.checker.binding import bind, bind_call
from tests.checker.functions import functions_by_letter, is_function, judge_by_letter
from tests.checker.judge import Judge
from tests.checker.knowing import Knowledge
from tests.checker.linking import braces, link
from tests.checker.quotients import as_far_as_printed
from tests.checker.reading import Chain, read_page
from tests.checker.recomputing import recompute
from tests.checker.remembering import agrees, remember
from tests.checker.report import Report, Verdict
from tests.checker.rounding import MODES
from tests.checker.shifting import begin_shift, compare_steps, end_shift
from tests.checker.tables import judge_table
from tests.checker.tree import Call, numbers
from tests.checker.tying import tie


def check_page(markdown: str, rounding: str = "half-up", carry: str = "exact") -> Report:
    """Check a page that rounds and carries as stated.

    Raises
    ------
    ValueError
        If `rounding` is none of half-up, half-even, truncate, or `carry` neither exact nor printed.
    """
    if rounding not in MODES or carry not in ("exact", "printed"):
        raise ValueError(f"rounding {rounding!r} or carry {carry!r} is unknown")
    page = read_page(markdown)
    numerator = "numerator layout" in markdown
    first = Judge(page, Knowledge(carry, rounding, numerator), None)
    read_through(first)
    first.attempt(lambda: first.knowledge.settle(partial(agrees, first)), 0)
    second = Judge(page, Knowledge(carry, rounding, numerator), first.knowledge)
    read_through(second)
    second.attempt(lambda: second.knowledge.settle(partial(agrees, second)), 0)
    second.attempt(lambda: tie(second.knowledge, page.chains), 0)
    second.attempt(lambda: recompute(second), 0)
    return second.report


def read_through(judge: Judge) -> None:
    index, marks = -1, judge.page.marks()
    judge.by_letter = functions_by_letter(judge.page)
    for item in judge.page.items:
        if isinstance(item, Chain):
            index += 1
            judge.near_quotient = index < judge.last_quotients.get(item.section, -1)
            judge.knowledge.in_check = any(judge.check_end < mark < item.places[0] for mark in marks[item.section])
            judge.attempt(lambda chain=item: judge_chain(judge, chain), item.places[0])
        else:
            judge.attempt(lambda table=item: judge_table(judge, table), item.header[0].at if item.header else 0)
    end_shift(judge)
    there = {abs(number.value) for chain in judge.page.chains for side in chain.sides for number in numbers(side)}
    for number in judge.page.loose:
        if abs(number.value) not in there:
            judge.report.unexplained.append(Verdict("unexplained", judge.page.line(number.start), number.digits))


def judge_chain(judge: Judge, chain: Chain) -> None:
    if chain.section != judge.section:
        judge.section = chain.section
        end_shift(judge)
    begin_shift(judge, chain)
    judge.own_call = chain.sides[0].text if isinstance(chain.sides[0], Call) else ""
    definition = judge.by_letter.get(chain.places[0])
    if definition is not None:
        judge_by_letter(judge, chain, definition)
        return
    if is_function(judge, chain):
        for place in chain.places:
            judge.note("definition", place)
        return
    quotient = any(differences.is_quotient(side) for side in chain.sides)
    bound = {} if chain.generic or quotient else bind(judge, chain)
    judge.quotients = list(as_far_as_printed(judge, chain)) if quotient else []
    judge.values_bound = bound
    judge.laid = set()
    conflicts = sum(1 for conflict in bound.values() if conflict)
    before = len(judge.report.contradictions)
    for index, (sign, place) in enumerate(zip(chain.signs, chain.places, strict=True)):
        kind, reason = link(judge, chain, index, sign, bound, quotient)
        judge.note(kind, place, reason)
    if conflicts and len(judge.report.contradictions) == before:
        judge.note("contradicts", chain.places[0], "; ".join(conflict for conflict in bound.values() if conflict))
    for side in chain.sides:
        braces(judge, side)
    bind_call(judge, chain)
    remember(judge, chain)
    if quotient:
        compare_steps(judge, chain)
        end_shift(judge)
        judge.check_end = chain.places[-1]
