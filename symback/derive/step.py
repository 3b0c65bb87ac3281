"""A step of a derivation: what is found, by which rule, and the forms in which it can be written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from symback.written.nodes import Name, Partial, Written


class Rule(StrEnum):
    """Why a step is true; a plan chooses per rule which form carries the value."""

    FORWARD = "forward"
    AFFINE = "affine derivative"
    ACTIVATION = "activation derivative"
    LOSS = "loss derivative"
    CHAIN = "chain rule"
    TOTAL = "sum over loss terms"
    DELTA = "delta"
    UPDATE = "update"


@dataclass(frozen=True, slots=True)
class Step:
    """One step: `target` equals each of `forms`, which are named and stand from general to particular."""

    rule: Rule
    target: Name | Partial
    forms: Mapping[str, Written]
