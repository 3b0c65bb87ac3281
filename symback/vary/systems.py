"""Drawing the numbers of plain equations anew: all that is given, then what is stated of intermediate results."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from random import Random

from symback.graph.quantity import Graph
from symback.rules.activations import ACTIVATIONS, Activation
from symback.rules.functions import called, expanded
from symback.values.interpret import UnknownValue, interpret
from symback.values.kinks import switches
from symback.values.real import Real
from symback.vary.conditions import EXISTS, KINK_DISTANCE, OFF_KINKS, Neuron, breach, slope
from symback.vary.draft import Draft, UnfriendlyError
from symback.vary.grid import REDRAWS
from symback.vary.numbers import UPSTREAM, Numbers
from symback.vary.plan import Plan
from symback.written.nodes import Call, Number, Written
from symback.written.substitute import leaves, rewrite


def draw_system(plan: Plan, chance: Random) -> Numbers:
    """Return a number for every id that has one in the spec of `plan`, which has equations.

    Raises
    ------
    UnfriendlyError
        If the numbers break a condition.
    """
    draft = _SystemDraft(plan, chance)
    draft.given()
    try:
        draft.results()
        draft.judge()
    except (ValueError, ZeroDivisionError, OverflowError):
        raise UnfriendlyError(EXISTS, plan.graph.root) from None
    return draft.numbers


class _SystemDraft(Draft):
    """The numbers of equations that were drawn so far."""

    def given(self) -> None:
        """Draw the numbers of what no equation defines, and of gradients that are given: the same for no two names."""
        groups: dict[str, list[str]] = {}
        for name in self.plan.numbers:
            if UPSTREAM in name or name not in self.plan.spec.given:
                groups.setdefault(self.plan.group(name), []).append(name)
        for group, names in groups.items():
            found = self.row(group, names)
            for _ in range(REDRAWS):
                if {*self.numbers.values()}.isdisjoint(found.values()):
                    break
                found = self.row(group, names)
            for name, number in found.items():
                self.put(name, number)

    def results(self) -> None:
        """Work the equations out in every sample, as far as numbers are known; set what is stated of them."""
        for name, quantity in self.plan.graph.quantities.items():
            if name in self.plan.spec.given:
                self.put(name, self.stated(name))
            elif quantity.definition is not None:
                for sample in self.samples:
                    try:
                        self.values[sample][name] = self.defined(name, sample)
                    except UnknownValue:
                        continue

    def judge(self) -> None:
        """Accept the numbers if every activation that is called meets the conditions, and nothing is near a kink.

        Raises
        ------
        UnfriendlyError
            If one does not, or something is.
        """
        spec = self.plan.spec
        kinks = {activation: Number(value.text) for activation, value in spec.at_kinks.items()}
        free = frozenset(spec.given) - self.plan.following
        for sample, values in self.values.items():
            for name, row, argument in _activated(self.plan.graph):
                if (point := _value(argument, values)) is not None:
                    found = slope(row, kinks.get(row.name), point, Real.of(1))
                    stated = not free.isdisjoint(leaves(argument))
                    if broken := breach(Neuron(row, point, found, sample == spec.worked_sample, stated)):
                        raise UnfriendlyError(broken, name)
            for name, difference in _switches(self.plan.graph):
                distance = _value(difference, values)
                if distance is not None and abs(distance).compare(KINK_DISTANCE) < 0:
                    raise UnfriendlyError(OFF_KINKS, name)


def _activated(graph: Graph) -> Iterator[tuple[str, Activation, Written]]:
    """Yield the activations that equations call, each with the name of the equation and what it is called with."""
    found: list[tuple[str, Activation, Written]] = []
    for name, formula in graph.system.formulas.items() if graph.system else ():

        def remember(node: Written, name: str = name) -> None:
            if isinstance(node, Call) and isinstance(node.function, str):
                row = called(node) or ACTIVATIONS.get(node.function)
                if row is not None:
                    found.append((name, row, expanded(node.arguments[0])))

        rewrite(formula, remember)
    yield from found


def _switches(graph: Graph) -> Iterator[tuple[str, Written]]:
    """Yield what is 0 where an equation goes over to another piece, with the name of the equation."""
    for name, quantity in graph.quantities.items():
        if quantity.definition is not None:
            yield from ((name, difference) for difference in switches(quantity.definition, frozenset(quantity.parents)))


def _value(formula: Written, values: Mapping[str, Real]) -> Real | None:
    try:
        found = interpret(formula, values)
    except UnknownValue:
        return None
    assert isinstance(found, Real)
    return found
