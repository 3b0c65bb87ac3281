"""Losses: one row each, per output, with the lines by which people differentiate them.

All forms are plain-text mathematics in ``y`` (the network's output) and ``t`` (the target). The factor in front of
the loss enters them as text: ``{c}`` is the factor itself, ``{k}`` the factor times `Loss.scale`, ``{k_times}`` the
same with a product sign behind; all vanish when they are 1. A test proves every form of every row equal to what
SymPy's ``diff`` gives.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import lru_cache
from typing import Any

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
    title : str
        Its name on the page.
    stated : str
        The term of one output as a page states it first.
    differentiated : str
        The same as it is differentiated; it defines the loss.
    inner_first, outer_first : str
        The derivative by the output before it is tidied up, inner or outer derivative in front.
    closed : str
        The tidy derivative by the output.
    words : str
        The term in words, where words make it plainer.
    scale : int
        What differentiation multiplies the factor with.
    combined : Mapping[str, Mapping[str, str]]
        The derivative by the output's pre-activation, for each activation with which it becomes simpler: its forms
        ``multiplied`` (out) and ``combined``. Where the activation joins all outputs, ``{others}`` is ``+ t y`` with
        the target of every other output, ``{targets}`` the sum of all of them; ``gathered`` has that sum, and
        ``combined`` is true where it is 1.
    kink : str
        What is 0 where the term has no derivative; by convention its derivative is taken to be 0 there.
    one_hot : bool
        Whether the targets have to be 1 for one class and 0 for the others.
    alone : Mapping[str, Any]
        What takes the place of the above in a network with one output.
    """

    name: str
    title: str
    stated: str
    differentiated: str
    inner_first: str
    outer_first: str
    closed: str
    words: str = ""
    scale: int = 1
    combined: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    kink: str = ""
    one_hot: bool = False
    alone: Mapping[str, Any] = field(default_factory=dict)


_CROSS_ENTROPY = Loss(
    "cross-entropy",
    title="cross-entropy",
    stated="{c} (-t ~ ln(y))",
    differentiated="{c} (-t ~ ln(y))",
    inner_first="{c} (-t * (1/y))",
    outer_first="{c} (-t * (1/y))",
    closed="{c} (-t/y)",
    combined={
        "softmax": {
            "multiplied": "{c} (-t ~ (1 - y){others})",
            "gathered": "{c} (y ~ ({targets}) - t)",
            "combined": "{c} (y - t)",
        }
    },
)
UPSTREAM = Loss(
    "upstream",
    title="upstream gradient",
    stated="t * y",
    differentiated="t * y",
    inner_first="t",
    outer_first="t",
    closed="t",
)
"""The row where the gradient by each output is given in place of a loss: all that is known of what comes behind.

It stands for any loss, which near the outputs is a sum of gradient times output.
"""

NO_LOSS = Loss("", title="", stated="0", differentiated="0", inner_first="0", outer_first="0", closed="0")
"""The row where nothing is called a loss."""

_ROWS = (
    Loss(
        "squared-error",
        title="squared error",
        stated="{c} (y - t)^2",
        differentiated="{c} (t - y)^2",
        inner_first="-1 * 2 * ({c} (t - y))",
        outer_first="{k_times}(t - y) * (-1)",
        closed="{k} (y - t)",
        words="{c} (Prediction - Target)^2",
        scale=2,
    ),
    Loss(
        "binary-cross-entropy",
        title="binary cross-entropy",
        stated="{c} (-t ~ log(y) - (1 - t) ~ log(1 - y))",
        differentiated="{c} (-t ~ log(y) - (1 - t) ~ log(1 - y))",
        inner_first="{c} (-t/y + (1 - t)/(1 - y))",
        outer_first="{c} (-t/y + (1 - t)/(1 - y))",
        closed="{c} (-t/y + (1 - t)/(1 - y))",
        combined={"sigmoid": {"multiplied": "{c} (-t ~ (1 - y) + (1 - t) ~ y)", "combined": "{c} (y - t)"}},
    ),
    _CROSS_ENTROPY,
    replace(
        _CROSS_ENTROPY,
        name="negative-log-likelihood",
        title="negative log-likelihood",
        one_hot=True,
        alone={
            "stated": "{c} (-ln(y))",
            "differentiated": "{c} (-ln(y))",
            "inner_first": "{c} (-(1/y))",
            "outer_first": "{c} (-(1/y))",
            "closed": "{c} (-(1/y))",
            "combined": {"sigmoid": {"multiplied": "-{c} (1 - y)", "combined": "{c} (y - 1)"}},
        },
    ),
    Loss(
        "absolute-error",
        title="absolute error",
        stated="{c} abs(y - t)",
        differentiated="{c} abs(y - t)",
        inner_first="{c} sgn(y - t)",
        outer_first="{c} sgn(y - t)",
        closed="{c} sgn(y - t)",
        words="{c} abs(Prediction - Target)",
        kink="y - t",
    ),
)

LOSSES = {row.name: row for row in _ROWS}
"""Every loss by the word that asks for it."""


VALUES = {"differentiated": "differentiated", "stated": "stated"}
DERIVATIVES = {"inner-first": "inner_first", "outer-first": "outer_first", "closed": "closed"}
"""Names of the forms that every row has, with the attribute that holds their text."""


@dataclass(frozen=True, slots=True)
class Usual:
    """What the short name of a loss stands for as a rule: a row, without a factor, added up or averaged."""

    kind: str
    averages: bool

    def factor(self, outputs: int) -> Fraction:
        """Return what each of so many terms is multiplied with."""
        return Fraction(1, outputs if self.averages else 1)


USUAL = {
    "MSE": Usual("squared-error", averages=True),
    "SSE": Usual("squared-error", averages=False),
    "MAE": Usual("absolute-error", averages=True),
    "SAE": Usual("absolute-error", averages=False),
    "BCE": Usual("binary-cross-entropy", averages=True),
    "CE": Usual("cross-entropy", averages=False),
    "NLL": Usual("negative-log-likelihood", averages=False),
}
"""The short names of losses."""


def loss_for(name: str, outputs: int) -> Loss:
    """Return the row called `name`, as it is for so many outputs."""
    row = LOSSES[name]
    return replace(row, **row.alone) if outputs == 1 else row


def value_forms(row: Loss, factor: Fraction) -> dict[str, Written]:
    """Return the forms of one output's term with `factor` in front, in ``y`` and ``t``; the first defines it."""
    return {name: _form(row, getattr(row, attribute), factor) for name, attribute in VALUES.items()}


def derivative_forms(row: Loss, factor: Fraction) -> dict[str, Written]:
    """Return the forms of the derivative of one output's term by ``y``."""
    return {name: _form(row, getattr(row, attribute), factor) for name, attribute in DERIVATIVES.items()}


def combined_forms(
    row: Loss, factor: Fraction, activation: str, place: int = 0, outputs: int = 1
) -> dict[str, Written]:
    """Return the forms of the derivative by the pre-activation behind ``y``; none where it gets no simpler.

    ``y`` and ``t`` are those of the output at `place`, counted from 0; the targets of others are `other_target`.
    """
    targets = [TARGET if other == place else other_target(other) for other in range(outputs)]
    others = "".join(f" + {target} ~ {OUTPUT}" for target in targets if target != TARGET)
    texts = row.combined.get(activation, {})
    filled = {name: _fill(row, text, factor, others, " + ".join(targets)) for name, text in texts.items()}
    return {name: _read(text, (OUTPUT, TARGET, *targets)) for name, text in filled.items()}


def other_target(place: int) -> str:
    """Return the name of the target of another output, counted from 0."""
    return f"{TARGET}{place + 1}"


def words_form(row: Loss, factor: Fraction) -> Written | None:
    """Return the term of one output with the words Prediction and Target for its symbols, if the row has words."""
    return _read(_fill(row, row.words, factor), ("Prediction", "Target")) if row.words else None


def _form(row: Loss, text: str, factor: Fraction) -> Written:
    return _read(_fill(row, text, factor), (OUTPUT, TARGET))


def _fill(row: Loss, text: str, factor: Fraction, others: str = "", targets: str = "") -> str:
    c, k = ("" if number == 1 else str(number) for number in (factor, factor * row.scale))
    return text.format(c=c, k=k, k_times=f"{k} * " if k else "", others=others, targets=targets)


@lru_cache(maxsize=256)
def _read(text: str, names: tuple[str, ...]) -> Written:
    return read(text, names=names)
