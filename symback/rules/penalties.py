"""Penalties: one row each, what is added to a loss for the size of its weights, and the derivative by one of them.

The forms are plain-text mathematics in ``f``, the factor of the spec, and ``w``, a weight. A test proves every
derivative equal to what SymPy's ``diff`` gives.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from symback.written.nodes import Group, Name, Product, Sum, Written
from symback.written.reader import read
from symback.written.substitute import substitute

FACTOR, WEIGHT = "f", "w"


@dataclass(frozen=True, slots=True)
class Penalty:
    """One row of the table.

    Parameters
    ----------
    name : str
        The word by which a spec asks for it.
    front : str
        What stands in front of the sum, in ``f``.
    term : str
        What each weight adds to the sum, in ``w``.
    slope : str
        The derivative of the whole by one weight.
    """

    name: str
    front: str
    term: str
    slope: str


_ROWS = (
    Penalty("l2", front="f", term="w^2", slope="2 ~ f ~ w"),
    Penalty("half-l2", front="f/2", term="w^2", slope="f ~ w"),
)

PENALTIES = {row.name: row for row in _ROWS}
"""Every penalty by the word that asks for it."""


def penalty_form(row: Penalty, factor: str, weights: Sequence[str]) -> Written:
    """Return the penalty on `weights`, whose ids stand in it with that of the factor."""
    terms = tuple(penalty_term(row, Name(weight)) for weight in weights)
    total = Group(Sum(terms)) if len(terms) > 1 else terms[0]
    return Product((penalty_front(row, Name(factor)), total), juxtaposed=True)


def penalty_front(row: Penalty, factor: Written) -> Written:
    """Return what stands in front of the sum of a penalty."""
    return substitute(read(row.front, names=(FACTOR,)), {FACTOR: factor})


def penalty_term(row: Penalty, weight: Written) -> Written:
    """Return what one weight adds to the sum of a penalty."""
    return substitute(read(row.term, names=(WEIGHT,)), {WEIGHT: weight})


def penalty_slope(row: Penalty, factor: Written, weight: Written) -> Written:
    """Return the derivative of a penalty by a weight, or entry by entry by a matrix of weights."""
    return substitute(read(row.slope, names=(FACTOR, WEIGHT)), {FACTOR: factor, WEIGHT: weight})
