"""The right sides of plain equations as their author wrote them, functions under the names that the notation gives."""

from __future__ import annotations

from collections.abc import Iterator

from symback.document.page import Page
from symback.document.working import Side
from symback.rules.activations import Activation
from symback.rules.functions import NAMED, called
from symback.written.nodes import Call, Symbol, Written
from symback.written.substitute import rewrite


def own_formula(page: Page, name: str) -> Written:
    """Return the right side of the equation for `name`."""

    def exchange(node: Written) -> Written | None:
        row = called(node)
        if row is None:
            return None
        (argument,) = node.arguments  # type: ignore[attr-defined]
        return Call(_symbol(page, row), (rewrite(argument, exchange),))

    return rewrite(page.system.formulas[name], exchange)


def start(page: Page, name: str) -> tuple[Side, ...]:
    """Return what a chain for `name` begins with, where its functions are written out after that."""
    formula = own_formula(page, name)
    return () if formula == page.graph.quantities[name].definition else (Side(formula),)


def called_functions(page: Page) -> Iterator[tuple[Symbol, Activation]]:
    """Yield each activation that the equations call, in the order in which they do."""
    found: dict[str, None] = {}

    def remember(node: Written) -> None:
        row = called(node)
        if row is not None:
            found[row.name.replace("-", "_")] = None

    for formula in page.system.formulas.values():
        rewrite(formula, remember)
    return ((_symbol(page, NAMED[name]), NAMED[name]) for name in found)


def _symbol(page: Page, row: Activation) -> Symbol:
    return Symbol(page.names.notation.functions.get(row.name, row.symbol or row.title))
