"""Plain equations taken apart: what stands within a formula becomes a quantity, which a document may name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from symback.graph.quantity import Graph, Quantity, Role, children_of
from symback.rules.functions import expanded
from symback.verify.trees import bare, parts, rebuilt
from symback.written.nodes import Call, Name, Power, Product, Quotient, Sum, Written

WITHIN = "'"
"""Stands in the ids of what stands within a formula, before its number; no name of an equation has it."""

NAMED = (Sum, Product, Quotient, Power, Call)
"""Kinds of formulas that people give names."""


def finer(graph: Graph) -> Graph:
    """Return the graph of plain equations with a quantity for every part of their formulas, each part once."""
    assert graph.system is not None
    found: dict[Written, str] = {}
    quantities: dict[str, Quantity] = {}
    for name, quantity in graph.quantities.items():
        formula = graph.system.formulas.get(name)
        if formula is not None:
            taken = _Taken(name, found)
            whole = rebuilt(formula, taken.apart)
            for part in taken.made:
                quantities[part.id] = part
            quantity = replace(quantity, definition=expanded(whole), parents=tuple(_names(whole)))
        quantities[name] = quantity
    return replace(graph, quantities=quantities, children=children_of(quantities))


class _Taken:
    """Takes one formula apart.

    Parameters
    ----------
    name
        What the formula defines.
    found
        The quantities for parts of all formulas so far.
    """

    def __init__(self, name: str, found: dict[Written, str]) -> None:
        self._name = name
        self._found = found
        self.made: list[Quantity] = []

    def apart(self, node: Written) -> Written:
        """Return the name of the quantity that a part of the formula is now, or what is left of it."""
        whole = rebuilt(node, self.apart)
        if not isinstance(whole, NAMED) or not any(True for _ in _names(whole)):
            return whole
        known = self._found.get(bare(whole))
        if known is None:
            known = self._found[bare(whole)] = f"{self._name}{WITHIN}{len(self.made) + 1}"
            self.made.append(Quantity(known, Role.RESULT, expanded(whole), tuple(_names(whole))))
        return Name(known)


def _names(formula: Written) -> Iterator[str]:
    """Yield the names in a formula, each once."""
    yield from dict.fromkeys(part.id for part in parts(formula) if isinstance(part, Name))
