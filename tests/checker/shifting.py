"""Difference checks: where the shifted values begin and end, and by how much they are shifted."""

from __future__ import annotations

from tests.checker import differences
from tests.checker.judge import Judge
from tests.checker.reading import Chain
from tests.checker.rounding import rounds
from tests.checker.tree import Name


def begin_shift(judge: Judge, chain: Chain) -> None:
    for side in chain.sides:
        moved = differences.shifted(side, judge.page.shifts)
        if moved is not None:
            if isinstance(moved, Name):
                judge.shifted_name = moved.key
            set_aside(judge)
            if judge.is_shifting and judge.knowledge.shifted:
                judge.knowledge.shifted_before.append(judge.knowledge.shifted)
            judge.knowledge.shifted = {}
            judge.is_shifting = True
            judge.steps = [step for each in chain.sides for step in differences.added(each, judge.page.shifts)]
            return


def compare_steps(judge: Judge, chain: Chain) -> None:
    """Judge what a difference is divided by against the step that was taken."""
    for side in chain.sides:
        for size in differences.sizes_of(side):
            taken = {abs(step.value) for step in judge.steps}
            if taken and size.value not in taken | {2 * step for step in taken} | {1, 2}:
                judge.note("fails", size.start, f"the step was {', '.join(step.digits for step in judge.steps)}")
            elif taken:
                for number in (size, *judge.steps):
                    judge.report.pin(number, "step")


def set_aside(judge: Judge) -> None:
    """Note what a check stated in full and did not move: later lines, and later checks, go on from it."""
    known = judge.knowledge
    for key, values in (known.shifted or {}).items():
        full = judge.full_value(key)
        if full is not None:
            unmoved = [each for each in values if each.digits is not None and rounds(full, each.digits, known.mode)]
            known.restated |= {key: unmoved} if unmoved else {}


def end_shift(judge: Judge) -> None:
    set_aside(judge)
    judge.knowledge.shifted = None
    judge.knowledge.shifted_before.clear()
    judge.is_shifting = False
    judge.steps = []
