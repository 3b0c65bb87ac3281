"""A notation: symbols, layout and signs for one way of writing networks, loaded from a data file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from difflib import get_close_matches
from typing import Any

from symback import resources
from symback.notation.pattern import pattern


class NotationError(ValueError):
    """A notation with a gap or a key that no notation has."""


@dataclass(frozen=True, slots=True)
class Notation:
    """Everything that a notation decides. Fields without a comment are symbol patterns.

    A notation is total: scalars, vectors and matrices all have a symbol, so every page can be written in it.
    """

    orientation: str  # row: x W + b; column: W x + b
    product: str  # times, dot or star
    hidden_letters: str  # letters of the hidden layers in order, for <letter>
    input_letter: str
    output_letter: str
    neuron: str  # label of a neuron inside indices, for <from> and <to>
    input: str
    single_input: str
    target: str
    single_target: str
    weight: str
    bias: str
    output_bias: str
    pre_activation: str
    output_pre_activation: str
    activation: str
    output_activation: str
    loss: str
    single_loss: str  # the loss of a network with one output
    loss_term: str
    learning_rate: str
    weight_matrix: str
    bias_vector: str
    output_bias_vector: str
    new: str  # mark of a new value: prime or plus
    functions: Mapping[str, str] = field(default_factory=dict)  # activation's name -> its name on the page


_OPTIONAL = {"functions"}


def load_notation(name: str, overrides: Mapping[str, Any] | None = None) -> Notation:
    """Return the notation called `name`, with single symbols replaced by `overrides`.

    Raises
    ------
    NotationError
        If the notation has a gap, or if a key or a name is not known.
    symback.notation.pattern.PatternError
        If a symbol pattern cannot be read.
    """
    path = resources.TEMPLATES / "notations" / f"{name}.yaml"
    if name not in resources.notations():
        raise NotationError(_unknown("notation", name, resources.notations()))
    content: dict[str, Any] = dict(resources.data(path))
    known = {item.name for item in fields(Notation)}
    for key in (*content, *(overrides or {})):
        if key not in known:
            raise NotationError(_unknown("notation key", key, known))
    missing = sorted(known - content.keys() - _OPTIONAL)
    if missing:
        raise NotationError(f"notation {name} says nothing about {', '.join(missing)}")
    notation = replace(Notation(**content), **(overrides or {}))
    _check(notation)
    return notation


_LISTS = {"orientation": ("row", "column"), "product": ("times", "dot", "star"), "new": ("prime", "plus")}
_PLAIN = {*_LISTS, "hidden_letters", "input_letter", "output_letter", "functions"}


def _check(notation: Notation) -> None:
    for item in fields(Notation):
        value = getattr(notation, item.name)
        if item.name in _LISTS and value not in _LISTS[item.name]:
            raise NotationError(_unknown(item.name, value, _LISTS[item.name]))
        if item.name not in _PLAIN:
            pattern(value)


def _unknown(kind: str, came: str, known: Any) -> str:
    near = get_close_matches(str(came), sorted(known), 1)
    hint = f"; did you mean {near[0]!r}?" if near else f"; known: {', '.join(sorted(known))}"
    return f"unknown {kind} {came!r}{hint}"
