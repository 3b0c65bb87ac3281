"""Difference checks: where the shifted values begin and end, and by how much they are shifted."""

from __future__ import annotations

from tests.checker import differences
from tests.checker.judge import Judge
from tests.checker.reading import Chain
from tests.checker.tree import Name


def begin_shift(judge: Judge, chain: Chain) -> None:
    for side in chain.sides:
        moved = differences.shifted(side, judge.page.shifts)
        if moved is not None:
            if isinstance(moved, Name):
                judge.shifted_name = moved.key
            if not judge.is_shifting:
                judge.unmoved = judge.knowledge.shifted or {}
            elif judge.knowledge.shifted:
                judge.knowledge.shifted_before.append(judge.knowledge.shifted)
            judge.knowledge.shifted = {key: [*values] for key, values in judge.unmoved.items()}
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


def end_shift(judge: Judge) -> None:
    judge.knowledge.shifted = None
    judge.knowledge.shifted_before.clear()
    judge.is_shifting = False
    judge.steps = []
