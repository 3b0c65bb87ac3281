"""Losses: one row each, per output, with the lines by which people differentiate them.

All forms are plain-text mathematics in ``y`` (the network's output) and ``t`` (the target). The factor in front of
the loss enters them as text: ``{c}`` is the factor itself, ``{k}`` the factor times `Loss.scale`, ``{k_times}`` the
same with a product sign behind; all vanish when they are 1. A test proves every form of every row equal to what
SymPy's ``diff`` gives.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from symback.written.nodes import Written
from symback.written.reader import read

OUTPUT, TARGET = "y", "t"


@dataclass(frozen=True, slots=True)
class Loss:
    """One row of the table.

    Parameters
    ----------
    name : str
        The word by which a spec asks for it.
    words : str
        The term of one output in words, for the line that introduces the loss.
    value : Mapping[str, str]
        Forms of the term of one output, by name; the first is the definition.
    derivative : Mapping[str, str]
        Forms of its derivative by the output, by name, in the order in which a page may show them.
    scale : int
        What differentiation multiplies the factor with.
    """

    name: str
    words: str
    value: Mapping[str, str]
    derivative: Mapping[str, str]
    scale: int = 1


_ROWS = (
    Loss(
        "squared-error",
        words="{c} (Prediction - Target)^2",
        value={"target-first": "{c} (t - y)^2", "output-first": "{c} (y - t)^2"},
        derivative={
            "inner-first": "-1 * 2 * ({c} (t - y))",
            "outer-first": "{k_times}(t - y) * (-1)",
            "closed": "{k} (y - t)",
        },
        scale=2,
    ),
)

LOSSES = {row.name: row for row in _ROWS}
"""Every loss by the word that asks for it."""


def value_forms(row: Loss, factor: Fraction) -> dict[str, Written]:
    """Return the forms of one output's term with `factor` in front, in ``y`` and ``t``."""
    return {name: _form(row, text, factor) for name, text in row.value.items()}


def derivative_forms(row: Loss, factor: Fraction) -> dict[str, Written]:
    """Return the forms of the derivative of one output's term by ``y``."""
    return {name: _form(row, text, factor) for name, text in row.derivative.items()}


def words_form(row: Loss, factor: Fraction) -> Written:
    """Return the term of one output with the words Prediction and Target for its symbols."""
    return _read(_fill(row, row.words, factor), ("Prediction", "Target"))


def _form(row: Loss, text: str, factor: Fraction) -> Written:
    return _read(_fill(row, text, factor), (OUTPUT, TARGET))


def _fill(row: Loss, text: str, factor: Fraction) -> str:
    c, k = ("" if number == 1 else str(number) for number in (factor, factor * row.scale))
    return text.format(c=c, k=k, k_times=f"{k} * " if k else "")


@lru_cache(maxsize=256)
def _read(text: str, names: tuple[str, ...]) -> Written:
    return read(text, names=names)
