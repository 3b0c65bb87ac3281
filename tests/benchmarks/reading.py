"""Reading the LaTeX of formulas, side by side with the reader of LaTeX that SymPy has."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from importlib.util import find_spec

from symback.reading.statements import statements
from tests.benchmarks.measuring import at_least, report, side_by_side

FORMULAS = (
    r"w_{11} x_1 + w_{12} x_2 + b_1",
    r"\frac{1}{1 + e^{-z}}",
    r"\frac{1}{2} (t - o)^2",
    r"0.4 \cdot 0.5 + 0.25 \cdot 0.125 - 0.1",
)
"""Formulas that both read."""

TIMES_FASTER = 100
PACKAGES = {"antlr": "antlr4", "lark": "lark"}
"""What each of SymPy's readers needs, in the order in which they are preferred."""


def other_reader() -> tuple[str, Callable[[str], object]] | None:
    """Return the name of SymPy's reader that can run here, and the reader; nothing if neither can."""
    for backend, package in PACKAGES.items():
        if find_spec(package) is not None:
            from sympy.parsing.latex import parse_latex

            return backend, partial(parse_latex, backend=backend)
    return None


def read_all() -> None:
    """Read every formula, and refuse to measure what is not read."""
    for formula in FORMULAS:
        for statement in statements(formula, True):
            if any(side.node is None for side in statement.sides):
                raise RuntimeError(f"{formula} is not read")


def main() -> None:
    """Measure how many times faster formulas are read."""
    found = other_reader()
    if found is None:
        print(
            "SymPy's readers need antlr4-python3-runtime==4.11 or lark, and neither is installed: nothing to compare."
        )
        return
    backend, read = found
    ratio = side_by_side(lambda: [read(formula) for formula in FORMULAS], read_all)
    report(f"SymPy's reader of LaTeX ({backend}) / symback's, per formula", ratio, at_least(TIMES_FASTER))
