"""A notation: symbols, layout and signs for one way of writing networks, loaded from a data file."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, fields
from difflib import get_close_matches
from typing import Any

from symback import resources
from symback.notation.pattern import PatternError, pattern
from symback.resources import BUILT_IN, Templates


class NotationError(ValueError):
    """An entry of a notation that is missing, not known, or not to be read.

    Attributes
    ----------
    key : str
        The entry.
    came, expected : str
        What it said, and what would have been right.
    nearest : str
        The known word most like what came, or nothing.
    """

    def __init__(self, key: str, came: str, expected: str, nearest: str = "") -> None:
        self.key, self.came, self.expected, self.nearest = key, came, expected, nearest
        super().__init__(f"{key}: got {came}; expected {expected}")


@dataclass(frozen=True, slots=True)
class Notation:
    """Everything that a notation decides. Fields without a comment are symbol patterns.

    A notation is total: scalars, vectors and matrices all have a symbol, so every page can be written in it.
    """

    orientation: str  # row: x W + b; column: W x + b
    product: str  # times, dot or star
    juxtapose: str  # yes: a product of symbols needs no sign; no: every sign is shown
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
    delta: str  # the derivative of the loss by a pre-activation
    sample: str  # what is added to a symbol for a sample: ^(<sample>) or _<sample>
    batch_loss: str  # the loss of all samples together
    input_vector: str
    target_vector: str
    weight_matrix: str
    bias_vector: str
    output_bias_vector: str
    pre_activation_vector: str
    activation_vector: str
    output_activation_vector: str
    delta_vector: str
    update: str  # sign of an update: =, ←, ⟵ or →
    new: str  # mark of a new value: prime, plus or none
    general_weight: str = ""  # a weight in rules with letters for indices, where `weight` counts and has no indices
    general_bias: str = ""
    penalty: str = "R"
    penalty_factor: str = "\\lambda"
    layout: str = "denominator"  # what a derivative by a vector or matrix is shaped like: it, or its transpose
    decimal_mark: str = "point"  # on a page left out: that of its language; with a comma, lists have semicolons
    functions: Mapping[str, str] = field(default_factory=dict)  # activation's name -> its name on the page


def load_notation(
    name: str,
    overrides: Mapping[str, str] | None = None,
    templates: Templates = BUILT_IN,
    usual: Mapping[str, str] | None = None,
) -> Notation:
    """Return the notation called `name`, with entries replaced by `overrides`, and `usual` ones where it has none.

    Where several folders of templates have a notation of this name, an entry of an upper one counts.

    Raises
    ------
    NotationError
        If there is no such notation, if it has a gap, or if an entry is not known or cannot be read.
    """
    if name not in resources.notations(templates):
        raise _unknown("preset", name, resources.notations(templates))
    entries = resources.layered_words(templates, resources.notation_name(name))
    overrides, usual = overrides or {}, usual or {}
    known = [item.name for item in fields(Notation)]
    for key in (*entries, *overrides):
        if key not in known:
            raise _unknown(key, key, known)
    for key in known:
        if key not in entries and key not in _OPTIONAL:
            raise NotationError(key, "nothing", f"an entry in the notation {name}")
    for given in (overrides, entries, usual):
        for key, value in given.items():
            _check(key, value)
    return Notation(**{**usual, **entries, **overrides})


_OPTIONAL = ("general_weight", "general_bias", "penalty", "penalty_factor", "layout", "decimal_mark", "functions")
_WORDS = {
    "layout": ("denominator", "numerator"),
    "decimal_mark": ("point", "comma"),
    "orientation": ("row", "column"),
    "product": ("times", "dot", "star"),
    "juxtapose": ("yes", "no"),
    "new": ("prime", "plus", "none"),
    "update": ("=", "←", "⟵", "→"),
}
_LETTERS = ("hidden_letters", "input_letter", "output_letter")
_OF_A_LAYER = {"layer", "previous", "next", "letter", "from_letter", "tag"}
_OF_A_NEURON = {*_OF_A_LAYER, "index", "neuron", "unit", "running", "to"}
_OF_A_WEIGHT = {*_OF_A_NEURON, "from_index", "source", "from_unit", "number", "from"}
_PLACES: Mapping[str, Collection[str]] = {
    **dict.fromkeys(("learning_rate", "batch_loss", "input_vector", "target_vector", "loss", "single_loss"), ()),
    **dict.fromkeys(("penalty", "penalty_factor"), ()),
    **dict.fromkeys(("weight_matrix", "bias_vector", "output_bias_vector", "delta_vector"), _OF_A_LAYER),
    **dict.fromkeys(("pre_activation_vector", "activation_vector", "output_activation_vector"), _OF_A_LAYER),
    **dict.fromkeys(("weight", "general_weight"), _OF_A_WEIGHT),
    "neuron": _OF_A_NEURON - {"to", "running"},
    "sample": ("sample",),
}
"""Places that the symbol of an entry can fill; an entry that is not here has those of a neuron."""


def _check(key: str, value: Any) -> None:
    if key in _WORDS:
        if value not in _WORDS[key]:
            raise _unknown(key, value, _WORDS[key])
    elif key in _LETTERS:
        if not (value.isascii() and value.isalpha()):
            raise NotationError(key, repr(value), "letters, one for each layer")
    elif key == "functions":
        if not isinstance(value, Mapping):
            raise NotationError(key, repr(value), "a mapping in the file of a notation; a spec cannot set it")
    else:
        try:
            places = pattern(f"x{value}" if key == "sample" else value).places
        except PatternError as error:
            raise NotationError(key, repr(value), str(error)) from None
        known = _PLACES.get(key, _OF_A_NEURON)
        for place in places:
            if place not in known:
                offered = ", ".join(f"<{word}>" for word in sorted(known)) or "none"
                raise NotationError(key, repr(value), f"a symbol pattern with other places: {offered}")


def _unknown(key: str, came: str, known: Collection[str]) -> NotationError:
    near = get_close_matches(came, known, 1)
    return NotationError(key, repr(came), f"one of {', '.join(sorted(known))}", near[0] if near else "")
