"""The page in the making: everything a builder may look at, and where in the network it stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from symback.derive.derivation import Derivation
from symback.document.checks import Checks
from symback.document.faults import PlanError
from symback.document.phrases import Phrases
from symback.graph.quantity import Graph, Layer, System
from symback.notation.names import Names
from symback.rules.activations import Activation
from symback.spec.model import Spec
from symback.values.policy import Carry
from symback.values.values import Values
from symback.written.nodes import Matrix, Written
from symback.written.substitute import leaves


@dataclass(frozen=True, slots=True)
class Page:
    """One network, one derivation, its numbers, and how this page writes them.

    ``explained`` collects the keys that the page has already worked out, so that it can point back to them,
    ``checks`` what its difference checks share, ``numbered`` the numbers that it gave to its
    steps and rules, by name, and ``families`` the matrices of quantities that it arranged. ``step`` is the number of
    the step at hand, where the network learns sample by sample.
    """

    spec: Spec
    graph: Graph
    derivation: Derivation
    values: Values
    names: Names
    phrases: Phrases
    options: Mapping[str, float]
    explained: set[str] = field(default_factory=set)
    checks: Checks = field(default_factory=Checks)
    numbered: dict[str, int] = field(default_factory=dict)
    families: dict[tuple[int, str, str], Matrix] = field(default_factory=dict)
    step: int = 1

    def option(self, name: str) -> float:
        """Return an option of the style.

        Raises
        ------
        PlanError
            If the style has no such option.
        """
        if name not in self.options:
            raise PlanError(f"nothing under options for {name}", f"the option {name}, which this row uses")
        return self.options[name]

    def number(self, name: str) -> int:
        """Give a number to what is called `name`; names that start with the same word are counted together."""
        kind = name.partition("-")[0]
        self.numbered[name] = 1 + sum(known.partition("-")[0] == kind for known in self.numbered)
        return self.numbered[name]

    def in_step(self, number: int) -> Page:
        """Return the same page with the sample and the numbers of another step; nothing is worked out on it yet."""
        values = self.values.step(number)
        graph = replace(self.graph, given=values.given, worked=self.graph.steps[number - 1])
        return replace(self, graph=graph, values=values, explained=set(), step=number)

    def states(self, tree: Written) -> bool:
        """Say whether the author stated a value in `tree`; stated values are those of every sample."""
        stated = self.graph.stated
        return bool(stated) and any(key.partition("@")[0] in stated for key in leaves(tree))

    @property
    def system(self) -> System:
        """The equations; a plan asks for them only where there are equations."""
        if self.graph.system is None:
            raise PlanError("a row that speaks of equations", "a spec with equations")
        return self.graph.system

    @property
    def on_the_way(self) -> frozenset[str]:
        """The names whose gradients are wanted, and all between them and the root."""
        graph, found = self.graph, set(self.graph.parameters)
        for name in self.graph.parameters:
            found |= graph.dependents(name)
        return frozenset(name for name in found if self.derivation.reaches(name, graph.root))

    @property
    def backward(self) -> tuple[str, ...]:
        """The same names from the root back, each after all that use it; in the end those that no equation defines."""
        on_the_way, quantities = self.on_the_way, self.graph.quantities
        defined = [name for name in quantities if name in on_the_way and quantities[name].definition is not None]
        return (*reversed(defined), *(name for name in quantities if name in on_the_way and name not in defined))

    @property
    def is_row(self) -> bool:
        """Say whether vectors stand as rows (``x W + b``)."""
        return self.names.notation.orientation == "row"

    @property
    def is_numerator(self) -> bool:
        """Say whether a derivative by a vector or matrix has the shape of its transpose, rather than its own."""
        return self.names.notation.layout == "numerator"

    @property
    def carries_printed(self) -> bool:
        """Say whether later lines compute with the numbers that the page printed."""
        return self.values.policy.carry is Carry.PRINTED

    def layer_name(self, number: int) -> str:
        """Return what the page calls layer `number`; 0 is the input."""
        last = len(self.graph.layers)
        if number and self.spec.network.layers[number - 1].name:
            return self.spec.network.layers[number - 1].name
        if number == 0:
            return self.phrases.words("input-layer")
        if number == last:
            return self.phrases.words("output-layer")
        return self.phrases.words("hidden-layer" if last == 2 else "hidden-layer-number", number=str(number))


@dataclass(frozen=True, slots=True)
class Scope:
    """Where in the network a part of the plan is working."""

    layer: Layer | None = None
    parameter: str = ""
    root: str = "loss"
    number: int = 0
    asked: tuple[str, ...] = ()
    row: Activation | None = None

    def at(self, **changes: Any) -> Scope:
        """Return the scope with some of its parts changed."""
        return replace(self, **changes)

    @property
    def function(self) -> Activation:
        """The activation that a row speaks of: the one it is repeated for, or that of the layer's first neuron."""
        return self.row or self.here.activation

    @property
    def here(self) -> Layer:
        """The layer; a plan asks for it only inside ``each: layer``."""
        if self.layer is None:
            raise PlanError("a row that speaks of a layer", "a layer around it, as within each: layer")
        return self.layer
