"""What is said on the standard error while something takes long: how far it is, and for how many seconds it goes on."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from symback.progress import heard_by

PATIENCE, EVERY = 3.0, 1.0
"""Seconds after which something is said for the first time, and between one time and the next."""

WIDTH = 24
"""Characters of a bar."""


class Waiting:
    """What is being done, and how many of its steps: the work says it, and a thread beside it asks.

    Parameters
    ----------
    what : str
        What is being done before the work says more.
    """

    def __init__(self, what: str) -> None:
        self._now = what, 0, 0

    def __call__(self, what: str, done: int, total: int) -> None:
        """Hear how far the work is."""
        self._now = what, done, total

    def line(self, seconds: float) -> str:
        """Return what is said after so many seconds: with a bar where it is known how many steps there are."""
        what, done, total = self._now
        if not total:
            return f"symback: {what}, {seconds:.0f} s"
        bar = ("#" * (WIDTH * done // total)).ljust(WIDTH, ".")
        return f"symback: [{bar}] {done:,} of {total:,} {what}, {seconds:.0f} s"


@contextmanager
def waiting(what: str) -> Iterator[None]:
    """Say on a terminal that `what` is still going on and how far it is, and take it back in the end."""
    if not sys.stderr.isatty():
        yield
        return
    work, done = Waiting(what), threading.Event()
    teller = threading.Thread(target=_tell, args=(work, done), daemon=True)
    teller.start()
    try:
        with heard_by(work):
            yield
    finally:
        done.set()
        teller.join()


def _tell(work: Waiting, done: threading.Event) -> None:
    seconds = PATIENCE
    widest = 0
    while not done.wait(PATIENCE if seconds == PATIENCE else EVERY):
        said = work.line(seconds)
        widest = max(widest, len(said))
        print(f"\r{said.ljust(widest)}", end="", file=sys.stderr, flush=True)
        seconds += EVERY
    if widest:
        print(f"\r{' ' * widest}\r", end="", file=sys.stderr, flush=True)
