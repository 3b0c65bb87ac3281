"""Functions that a formula may call: the derivative of each as people write it, and activations put in by their words.

Formulas are plain text in ``x`` (the argument) and ``y`` (the function's own value). A test proves every form equal to
what SymPy's ``diff`` gives.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from symback.rules.activations import (
    ACTIVATIONS,
    INPUT,
    OUTPUT,
    Activation,
    derivative_form,
    function_form,
    output_form,
)
from symback.written.nodes import Call, Number, Written
from symback.written.reader import FUNCTIONS, read
from symback.written.substitute import rewrite, substitute


@dataclass(frozen=True, slots=True)
class Slope:
    """The derivative of a function of one argument: in ``x``, and in ``y`` where people write it so."""

    by_input: str
    by_output: str | None = None


SLOPES: Mapping[str, Slope] = {
    "abs": Slope("cases(1, x > 0, 0, x = 0, -1, x < 0)"),
    "cos": Slope("-sin(x)"),
    "exp": Slope("exp(x)", "y"),
    "ln": Slope("1/x"),
    "log": Slope("1/x"),
    "sin": Slope("cos(x)"),
    "sqrt": Slope("1/(2~sqrt(x))", "1/(2~y)"),
    "tanh": Slope("1 - tanh(x)^2", "1 - y^2"),
}
"""The derivative of every function of one argument that formulas may call without being told what it is."""

NAMED = {
    row.name.replace("-", "_"): row for row in ACTIVATIONS.values() if row.name not in FUNCTIONS and not row.is_joint
}
"""The activations of one neuron by the words with which a formula calls them."""


def slope(function: str, kinks: Mapping[str, Number]) -> tuple[Written, Written | None]:
    """Return the derivative of a function in ``x``, and in ``y`` if there is such a form.

    `kinks` says by name of the activation what is taken where its derivative does not exist.
    """
    if function in NAMED:
        row = NAMED[function]
        return derivative_form(row, kinks.get(row.name)), output_form(row)
    found = SLOPES[function]
    return _read(found.by_input), None if found.by_output is None else _read(found.by_output)


@lru_cache(maxsize=64)
def _read(text: str) -> Written:
    return read(text, names={INPUT, OUTPUT})


def expanded(tree: Written) -> Written:
    """Return a formula with the expression of every activation in place of its call."""

    def exchange(node: Written) -> Written | None:
        row = called(node)
        if row is None:
            return None
        (argument,) = node.arguments  # type: ignore[attr-defined]
        return substitute(function_form(row), {INPUT: expanded(argument)})

    return rewrite(tree, exchange)


def called(node: Written) -> Activation | None:
    """Return the activation that a node calls, if it calls one."""
    return NAMED.get(node.function) if isinstance(node, Call) and isinstance(node.function, str) else None
