"""A step of a derivation: by which rule something is found, and the forms in which it can be written."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from symback.written.nodes import Written


class Rule(StrEnum):
    """Why a step is true; a plan chooses per rule which form carries the value."""

    FORWARD = "forward"
    AFFINE = "affine derivative"
    ACTIVATION = "activation derivative"
    LOSS = "loss derivative"
    PENALTY = "penalty derivative"
    EQUATION = "equation derivative"
    CHAIN = "chain rule"
    TOTAL = "sum over loss terms"
    DELTA = "delta"
    UPDATE = "update"


FORMS = (
    "definition", "differentiated", "stated", "unevaluated", "input", "output", "inner-first", "outer-first", "closed",
    "chain", "applied", "delta", "direct", "filled", "multiplied", "gathered", "combined", "sum", "rule",
)  # fmt: skip
"""Every form that a step of some derivation has."""


class Forms(Mapping[str, Written]):
    """Forms by name, from general to particular; each is written when it is first asked for.

    Parameters
    ----------
    writers : Mapping[str, Callable]
        What writes each form; one that returns None has nothing to say, and there is no form of that name.
    *arguments
        What the writers are called with.
    """

    __slots__ = ("_arguments", "_writers", "_written")

    def __init__(self, writers: Mapping[str, Callable[..., Written | None]], *arguments: Any) -> None:
        self._writers = writers
        self._arguments = arguments
        self._written: dict[str, Written | None] = {}

    def __getitem__(self, name: str) -> Written:
        """Return the form called `name`."""
        if name not in self._written:
            self._written[name] = self._writers[name](*self._arguments)
        form = self._written[name]
        if form is None:
            raise KeyError(name)
        return form

    def __iter__(self) -> Iterator[str]:
        """Yield the names of all forms that there are."""
        return (name for name in self._writers if name in self)

    def __len__(self) -> int:
        """Return the number of forms."""
        return sum(1 for _ in self)


@dataclass(frozen=True, slots=True)
class Step:
    """One step: what is found equals each of `forms`, which are named and stand from general to particular."""

    rule: Rule
    forms: Mapping[str, Written]
