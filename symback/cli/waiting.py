"""What is said on the standard error while something takes long: how many seconds it has been at work."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

PATIENCE, EVERY = 3.0, 1.0
"""Seconds after which something is said for the first time, and between one time and the next."""


@contextmanager
def waiting(what: str) -> Iterator[None]:
    """Say on a terminal that `what` is still going on, and take it back in the end."""
    if not sys.stderr.isatty():
        yield
        return
    done = threading.Event()
    teller = threading.Thread(target=_tell, args=(what, done), daemon=True)
    teller.start()
    try:
        yield
    finally:
        done.set()
        teller.join()


def _tell(what: str, done: threading.Event) -> None:
    seconds = PATIENCE
    said = ""
    while not done.wait(PATIENCE if seconds == PATIENCE else EVERY):
        said = f"{what}: {seconds:.0f} s"
        print(f"\r{said}", end="", file=sys.stderr, flush=True)
        seconds += EVERY
    if said:
        print(f"\r{' ' * len(said)}\r", end="", file=sys.stderr, flush=True)
