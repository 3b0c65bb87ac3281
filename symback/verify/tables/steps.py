"""Tables of steps: the parameters at the start, and after each step of learning."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from symback.verify.cells import Read
from symback.verify.judging.state import State
from symback.verify.keys import is_parameter
from symback.verify.tables.heads import Heads, number_in
from symback.written.nodes import NEW

STEP_WORDS = re.compile(
    r"\b(?:steps?|iterations?|schritte?n?|iteration(?:en)?|pasos?|étapes?|passi|passo|krok\w*|stap\w*)\b", re.IGNORECASE
)
"""Heads of columns with the numbers of steps."""


START_HEADS = re.compile(
    r"\b(?:start|initial|before|anfang\w*|vorher|début|avant|inicio|inicial|antes|inizio|iniziale|prima|początek|"
    r"początkow\w+|begin|voor|start\w*)\b",
    re.IGNORECASE,
)
AFTER_HEADS = re.compile(
    r"\b(?:after|nach|après|después de|tras|dopo|depois d[eoa]|po|na|efter)\s+(?:\w+\s+)?(?:([A-F])|(\d{1,2}))\b"
)
"""Heads of columns with the parameters at the start, and after the step made from a sample or with a number."""


def steps_of_columns(state: State, heads: Heads) -> dict[int, int]:
    """Return for each column after how many steps the parameters are those in it; nothing where one speaks of none."""
    steps = state.graph.steps
    found: dict[int, int] = {}
    for column in range(1, len(heads)) if steps else ():
        words = heads.words(column)
        after = AFTER_HEADS.search(words)
        if after is not None:
            number = ord(after[1]) - ord("A") + 1 if after[1] else int(after[2])
            found[column] = steps.index(number) + 1 if number in steps else number
        elif START_HEADS.search(words):
            found[column] = 0
    is_whole = len(found) == len(heads) - 1 and max(found.values(), default=0) <= len(state.history) + 1
    return found if is_whole and any(found.values()) else {}


def step_of(state: State, heads: Heads, row: Sequence[Read]) -> int | None:
    """Return after how many steps the parameters of a row are those that it gives; None if it speaks of no step."""
    number = number_in(row, 0)
    if not state.graph.steps or number is None or not STEP_WORDS.search(heads.words(0)):
        return None
    return int(number[0]) if number[1] == 1 and 0 <= number[0] <= len(state.history) + 1 else None


@contextmanager
def after_step(state: State, step: int) -> Iterator[str]:
    """Let the document stand after some steps for a while; yield what ends the keys of parameters there."""
    before = state.truth, state.carried
    if step < len(state.history):
        state.truth, state.carried = state.history[step]
    try:
        yield NEW if step > len(state.history) else ""
    finally:
        state.truth, state.carried = before


def key_after(key: str, mark: str) -> str:
    """Return the key of a parameter with what ends it after a step; any other key stays."""
    return key + mark if is_parameter(key) else key
