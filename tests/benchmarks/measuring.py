"""Measuring two things side by side: in turns, as the ratio of the processor time that they take.

Processor time, not time on the clock: what else runs on the machine hardly counts.
"""

from __future__ import annotations

import atexit
import gc
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from time import process_time

Work = Callable[[], object]

LONG_ENOUGH = 0.02
"""Seconds that one timing should take at least: shorter work is repeated within it."""


@dataclass(frozen=True, slots=True)
class Ratio:
    """The median of several ratios, and the least and greatest of them."""

    median: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Bar:
    """What a ratio should not miss: ``AT_MOST`` or ``AT_LEAST`` a number."""

    sign: str
    value: float

    def holds(self, ratio: float) -> bool:
        """Say whether a ratio is on the right side."""
        return ratio <= self.value if self.sign == "≤" else ratio >= self.value


def at_most(value: float) -> Bar:
    """Return the bar under which a ratio should stay."""
    return Bar("≤", value)


def at_least(value: float) -> Bar:
    """Return the bar that a ratio should reach."""
    return Bar("≥", value)


def side_by_side(work: Work, other: Work, turns: int = 15) -> Ratio:
    """Return the time of `work` divided by that of `other`; the two take turns, and each goes first half the time.

    Both run once before the clock starts, so that nothing is measured that happens at first use only.
    """
    counts = {task: _repeats(task) for task in (work, other)}
    ratios = []
    for turn in range(turns):
        order = (work, other) if turn % 2 else (other, work)
        seconds = {task: _timed(task, counts[task]) for task in order}
        ratios.append(seconds[work] / seconds[other])
    return spread(ratios)


def spread(ratios: Sequence[float]) -> Ratio:
    """Return the median of some ratios, with the least and the greatest."""
    return Ratio(statistics.median(ratios), min(ratios), max(ratios))


def seconds(work: Work) -> float:
    """Return how long `work` takes once."""
    return _timed(work, 1)


def python(*arguments: str, code: int = 0) -> Work:
    """Return the work of running a fresh interpreter with these arguments; it must end with the exit code `code`.

    It has the byte code of what it imports from its first run on, as an installed package has it, whatever the
    environment says.
    """
    settings = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    settings["PYTHONPYCACHEPREFIX"] = _byte_code()

    def run() -> None:
        command = [sys.executable, *arguments]
        done = subprocess.run(command, env=settings, capture_output=True, text=True, check=False)
        if done.returncode != code:
            raise RuntimeError(f"python {' '.join(arguments)} ended with {done.returncode}:\n{done.stderr}")

    return run


@cache
def _byte_code() -> str:
    """Return a folder for byte code, which is there until the benchmarks end."""
    folder = tempfile.mkdtemp()
    atexit.register(shutil.rmtree, folder)
    return folder


def report(subject: str, ratio: Ratio, bar: Bar | None = None) -> None:
    """Print one row: what is divided by what, the median with its spread, the bar, and whether it is met."""
    measured = f"{_short(ratio.median):>8} {f'({_short(ratio.low)}–{_short(ratio.high)})':<16}"
    verdict = (
        "" if bar is None else f"{bar.sign} {_short(bar.value):<6} {'met' if bar.holds(ratio.median) else 'MISSED'}"
    )
    print(f"{subject:<78} {measured} {verdict}".rstrip(), flush=True)


def _repeats(task: Work) -> int:
    """Return how often `task` has to run for its time to be long enough to be measured."""
    _timed(task, 1)
    count = 1
    while _timed(task, count) < LONG_ENOUGH / count and count < 1 << 20:
        count *= 2
    return count


def _timed(task: Work, count: int) -> float:
    """Return the seconds that `task` takes, as the mean over `count` runs; rubbish of before is not its rubbish."""
    gc.collect()
    start = _processor_time()
    for _ in range(count):
        task()
    return (_processor_time() - start) / count


def _processor_time() -> float:
    """Return the processor time, in seconds, of this process and of all that it has started and seen end."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return process_time() + children.ru_utime + children.ru_stime


def _short(number: float) -> str:
    return f"{number:,.0f}" if number >= 100 else f"{number:.3g}"
