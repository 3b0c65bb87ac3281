"""Activations: one row each, with the forms of the derivative that people write.

All forms are plain-text mathematics in ``x`` (the pre-activation) and ``y`` (the activation). A row that is about a
whole layer also speaks of the pre-activation ``u`` and the activation ``v`` of another neuron of it, and of the sum
``s`` of ``e^x`` over all. A test proves every form of every row equal to what SymPy's ``diff`` gives.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TypeVar

from symback.written.nodes import Cases, Name, Number, Relation, Written
from symback.written.reader import read

INPUT, OUTPUT = "x", "y"
OTHER_INPUT, OTHER_OUTPUT, SUM = "u", "v", "s"
UNNAMED = "f"
"""What the page calls an activation that is given as an expression."""

Answer = TypeVar("Answer")

_PIECEWISE = ("max", "min", "abs", "sgn", "cases")


class UnsupportedExpression(ValueError):
    """An expression whose derivative or kinks SymPy does not find, or that cannot be written down."""


@dataclass(frozen=True, slots=True)
class Activation:
    """One row of the table.

    Parameters
    ----------
    name : str
        The word by which a spec asks for it.
    title : str
        Its name on the page; a user's expression has ``f``.
    expression : str
        The function, in ``x``.
    derivative : str or None
        Closed form of the derivative in ``x``, with strict inequalities where it has cases; None asks SymPy.
    output_derivative : str or None
        Closed form of the derivative in ``y``, where one is in use.
    kinks : tuple of str
        Points at which the derivative does not exist; its value there is a convention that the spec may set.
    at_kink : str
        That value, where the spec does not set it.
    cross_derivative, cross_output_derivative : str or None
        Of a function of the whole layer: the closed forms of the derivative by the pre-activation of another neuron.
    symbol : str
        Its name in formulas, where that is not the title.
    explained : str
        The function once more, in ``x``, where `expression` is no more than its name.
    """

    name: str
    title: str
    expression: str
    derivative: str | None = None
    output_derivative: str | None = None
    kinks: tuple[str, ...] = ()
    at_kink: str = "0"
    cross_derivative: str | None = None
    cross_output_derivative: str | None = None
    symbol: str = ""
    explained: str = ""

    @property
    def is_joint(self) -> bool:
        """Whether it depends on all pre-activations of a layer."""
        return self.cross_derivative is not None


_ROWS = (
    Activation("relu", "ReLU", "max(0, x)", "cases(1, x > 0, 0, x < 0)", kinks=("0",)),
    Activation("sigmoid", "Sigmoid", "1/(1 + e^(-x))", "1/(1 + e^(-x)) * (1 - 1/(1 + e^(-x)))", "y*(1 - y)"),
    Activation("tanh", "tanh", "tanh(x)", "1 - tanh(x)^2", "1 - y^2", explained="(e^x - e^(-x))/(e^x + e^(-x))"),
    Activation(
        "leaky-relu",
        "Leaky ReLU",
        "max(0.01 ~ x, x)",
        "cases(1, x > 0, 0.01, x < 0)",
        kinks=("0",),
        at_kink="0.01",
        symbol="LeakyReLU",
    ),
    Activation(
        "elu",
        "ELU",
        "cases(x, x > 0, e^x - 1, x <= 0)",
        "cases(1, x > 0, e^x, x <= 0)",
        "cases(1, y > 0, y + 1, y <= 0)",
    ),
    Activation("softplus", "Softplus", "ln(1 + e^x)", "1/(1 + e^(-x))"),
    Activation("silu", "SiLU", "x/(1 + e^(-x))", "1/(1 + e^(-x)) * (1 + x * (1 - 1/(1 + e^(-x))))"),
    Activation("linear", "Linear", "x", "1"),
    Activation(
        "softmax",
        "Softmax",
        "e^x/s",
        "e^x/s * (1 - e^x/s)",
        "y*(1 - y)",
        cross_derivative="-(e^x/s) * (e^u/s)",
        cross_output_derivative="-y*v",
    ),
)

ACTIVATIONS = {row.name: row for row in _ROWS}
"""Every activation by the word that asks for it."""


def activation(word: str) -> Activation:
    """Return the row that a spec's word asks for: a named activation, or a new row for an expression in ``x``.

    Raises
    ------
    symback.written.reader.ExpressionError
        If the word is neither a name of the table nor an expression in ``x``.
    """
    if word in ACTIVATIONS:
        return ACTIVATIONS[word]
    form = read(word, names={INPUT})
    if not any(piecewise in word for piecewise in _PIECEWISE):
        return Activation(word, UNNAMED, word)
    from symback.rules.differentiate import kinks

    return Activation(word, UNNAMED, word, kinks=_supported(kinks, form))


@lru_cache(maxsize=256)
def function_form(row: Activation) -> Written:
    """Return the activation itself as written mathematics in ``x``."""
    return _read(row, row.expression)


@lru_cache(maxsize=256)
def explained_form(row: Activation) -> Written:
    """Return what the function is, as written mathematics in ``x``, also where it has a name of its own."""
    return _read(row, row.explained or row.expression)


@lru_cache(maxsize=256)
def derivative_form(row: Activation, at_kink: Number | None = None) -> Written:
    """Return the closed form of the derivative in ``x``; `at_kink` is its value by convention at the row's kinks."""
    if row.derivative is None:
        from symback.rules.differentiate import derivative

        return _supported(derivative, function_form(row))
    form = _read(row, row.derivative)
    if row.kinks and isinstance(form, Cases):
        return _with_convention(form, row, at_kink or Number(row.at_kink))
    return form


@lru_cache(maxsize=256)
def output_form(row: Activation) -> Written | None:
    """Return the closed form of the derivative in ``y``, or None where nobody writes one."""
    return None if row.output_derivative is None else read(row.output_derivative, names={OUTPUT})


@lru_cache(maxsize=256)
def cross_forms(row: Activation) -> dict[str, Written]:
    """Return the forms of the derivative by the pre-activation of another neuron, ``input`` and ``output``."""
    texts = {"input": row.cross_derivative, "output": row.cross_output_derivative}
    names = {INPUT, OTHER_INPUT, OUTPUT, OTHER_OUTPUT, SUM}
    return {name: read(text, names=names) for name, text in texts.items() if text is not None}


def _read(row: Activation, text: str) -> Written:
    return read(text, names={INPUT, SUM} if row.is_joint else {INPUT})


def _supported(ask: Callable[[Written, str], Answer], form: Written) -> Answer:
    """Ask SymPy about an expression, and say so where it has no answer."""
    try:
        return ask(form, INPUT)
    except (ArithmeticError, AttributeError, NotImplementedError, StopIteration, TypeError, ValueError) as error:
        raise UnsupportedExpression(str(error) or type(error).__name__) from error


def _with_convention(form: Cases, row: Activation, value: Number) -> Cases:
    """Close one strict inequality of `form` at the kink, or add a case of its own for a value in between."""
    closed = {"<": "≤", ">": "≥"}
    branches = list(form.branches)
    for place, (result, condition) in enumerate(branches):
        if isinstance(result, Number) and result.value == value.value and isinstance(condition, Relation):
            ((sign, bound),) = condition.links
            branches[place] = (result, replace(condition, links=((closed[sign], bound),)))
            return Cases(tuple(branches))
    kink = Relation(Name(INPUT), (("=", Number(row.kinks[0])),))
    return Cases((*branches[:1], (value, kink), *branches[1:]))
