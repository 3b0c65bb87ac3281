"""How far long work has come: whoever does it counts its steps here, and whoever waits for it may listen."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TypeVar

Item = TypeVar("Item")

Listener = Callable[[str, int, int], None]
"""Is told what is being done, how many of its steps are done, and how many there are: 0 if nobody knows."""

_listener: ContextVar[Listener | None] = ContextVar("listener", default=None)


@contextmanager
def heard_by(listener: Listener) -> Iterator[None]:
    """Let `listener` be told of every step, besides those who listen already, for as long as the block lasts."""
    others = _listener.get()

    def all_of_them(what: str, done: int, total: int) -> None:
        listener(what, done, total)
        if others is not None:
            others(what, done, total)

    before = _listener.set(all_of_them)
    try:
        yield
    finally:
        _listener.reset(before)


def tell(what: str, done: int = 0, total: int = 0) -> None:
    """Tell whoever listens what is being done, and how far it is."""
    listener = _listener.get()
    if listener is not None:
        listener(what, done, total)


def counted(what: str, items: Iterable[Item], total: int, done: int = 0) -> Iterator[Item]:
    """Yield `items`: of `total` steps, `done` are behind, and each item is another one once the next is asked for."""
    for item in items:
        tell(what, done, total)
        yield item
        done += 1
    tell(what, done, total)
