"""The page as it is now: built again when a file has changed; if that fails, the last good page and what is wrong."""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable
from dataclasses import dataclass

from symback.spec.problems import SymbackError


@dataclass(frozen=True, slots=True)
class State:
    """What is shown: the last page that could be built, and what keeps a newer one from being built, if anything.

    ``version`` counts from 1; 0 is before anything has been built.
    """

    version: int
    page: str
    problems: str


class Preview:
    """A page and its problems, for one thread that builds and many that wait for what is new.

    Parameters
    ----------
    build : Callable
        Returns the page, or raises `SymbackError`.
    watched : Callable
        Returns what the page is made of, such that it is equal as long as nothing has changed.
    """

    def __init__(self, build: Callable[[], str], watched: Callable[[], Hashable]) -> None:
        self._build = build
        self._watched = watched
        self._seen: Hashable = None
        self._state = State(0, "", "")
        self._changed = threading.Condition()

    @property
    def state(self) -> State:
        """What is to be shown now."""
        return self._state

    def refresh(self) -> bool:
        """Build the page again if anything has changed, and say whether it has."""
        seen = self._watched()
        if self._state.version and seen == self._seen:
            return False
        self._seen = seen
        try:
            page, problems = self._build(), ""
        except SymbackError as error:
            page, problems = self._state.page, str(error)
        with self._changed:
            self._state = State(self._state.version + 1, page, problems)
            self._changed.notify_all()
        return True

    def newer_than(self, version: int, seconds: float) -> State:
        """Return the state as soon as it is newer than `version`, or as it is when `seconds` have passed."""
        with self._changed:
            self._changed.wait_for(lambda: self._state.version > version, seconds)
            return self._state
