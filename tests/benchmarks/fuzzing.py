"""Fuzzing of the verifier: nothing that it is given may make it raise or stall.

``python -m tests.benchmarks.fuzzing`` takes a million inputs, ``… fuzzing N`` so many; failures are printed as Python.
"""

from __future__ import annotations

import os
import sys
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from time import perf_counter

from tests.verify.fuzzing import failures

BLOCK = 1_000
JUDGED_EVERY = 50


def main(count: int = 20_000) -> None:
    """Print how many of so many inputs fail, and each of those."""
    start = perf_counter()
    found = 0
    blocks = max(1, count // BLOCK)
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        work = partial(failures, count=min(count, BLOCK), judged_every=JUDGED_EVERY)
        for block in pool.map(work, range(blocks)):
            for one in block:
                found += 1
                print(f"{one.reason}\n  {one.input.folder.name}: {one.input.text!r}", flush=True)
    seconds = perf_counter() - start
    inputs = blocks * min(count, BLOCK)
    print(f"{inputs:,} inputs, 1 in {JUDGED_EVERY} judged, the others read: {found} failed; {seconds:.0f} s")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:2] or ["1000000"]))
