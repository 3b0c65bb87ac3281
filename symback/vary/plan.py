"""What a variation draws anew, what it keeps because it is no accident, and from which numbers it draws.

Kept are unknown numbers, data that only say yes and no (a truth table, the labels of several samples), stated values
of 0 and, if at all possible, the biases of a layer that begins with 0. Among plain equations these are numbers of 0,
and -1 and 1 where they are not differentiated by. Learning rate, factor and epsilon belong to the question, not to the
numbers.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from symback.graph.build import build_graph
from symback.graph.quantity import Graph
from symback.spec.exact import ExactNumber
from symback.spec.model import Spec
from symback.vary.grid import Grid
from symback.vary.keeping import following, kept_data, says_yes_and_no, zero_biases
from symback.vary.numbers import UPSTREAM, Numbers, numbers_of

PROBABILITIES = ("sigmoid", "softmax")
"""Activations whose outputs lie between 0 and 1, and the targets with them."""


@dataclass(frozen=True, slots=True)
class Manner:
    """How far weights and biases may depart from the author's.

    They may have either sign, every decimal instead of round steps, and numbers in place of 0.
    """

    either_sign: bool = False
    fine: bool = False
    nonzero: bool = False


MANNERS = (
    Manner(),
    Manner(either_sign=True),
    Manner(either_sign=True, fine=True),
    Manner(either_sign=True, fine=True, nonzero=True),
)
"""From the friendliest on."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What to do with each number of a spec.

    Attributes
    ----------
    spec, graph, numbers
        The spec with its graph and its numbers by id.
    kept
        Ids of numbers that stay.
    hoped
        Those of them that stay if at all possible.
    following
        Ids of stated values that are what their definition gives, rounded; they go on to be that.
    grids
        By group, the numbers that may be drawn: a group is a kind of id, or a name of the author's.
    learned
        The groups of which gradients are found.
    shuffles
        Whether the targets of a sample change places, as labels do: those of one output are 0 or 1, for no and yes.
    """

    spec: Spec
    graph: Graph
    numbers: Numbers
    kept: frozenset[str]
    hoped: frozenset[str]
    following: frozenset[str]
    grids: Mapping[str, Grid]
    learned: tuple[str, ...]
    shuffles: bool = False

    def group(self, name: str) -> str:
        """Return the group of an id."""
        return _group(self.spec, name)

    def keeping(self, names: frozenset[str]) -> Plan:
        """Return the plan with these numbers kept too, whatever happens."""
        return replace(self, kept=self.kept | names, hoped=self.hoped - names)

    def in_manner(self, manner: Manner) -> Plan:
        """Return the plan in a manner; data and stated values are drawn in the author's way in all of them."""
        grids = dict(self.grids)
        for group in self.learned:
            if group in grids:
                grid = grids[group].fine() if manner.fine else grids[group]
                grids[group] = replace(grid, signed=grid.signed or manner.either_sign)
        return replace(self, grids=grids, kept=self.kept - self.hoped if manner.nonzero else self.kept)


def plan_for(spec: Spec) -> Plan:
    """Return what a variation of `spec` draws and keeps."""
    return _plan_for_equations(spec) if spec.equations else _plan_for_network(spec)


def _plan_for_network(spec: Spec) -> Plan:
    numbers, graph = numbers_of(spec), build_graph(spec)
    words = set(spec.network.layers[-1].activation)
    rows = [[number.value for number in spec.targets(sample)] for sample in spec.data]
    targets = {target for row in rows for target in row}
    has_classes = any(sample.label is not None for sample in spec.data) or graph.loss_row.one_hot
    is_probability = words <= set(PROBABILITIES)
    adds_up = any(row.is_joint for row in graph.layers[-1].functions) and all(sum(row) == 1 for row in rows)
    shuffles = has_classes or adds_up or (is_probability and targets <= {0, 1})
    kept = {*kept_data(spec), *(name for name, value in spec.given.items() if not value.value)}
    if graph.loss_row.one_hot and len(graph.targets) == 1:
        kept.update(name for name in numbers if name.startswith("t."))
    grids = _grids(spec, numbers)
    if is_probability and "t" in grids and not shuffles and all(0 <= target <= 1 for target in targets):
        grids["t"] = grids["t"].within_one()
    hoped = frozenset(zero_biases(spec))
    return Plan(
        spec=spec,
        graph=graph,
        numbers=numbers,
        kept=frozenset(kept) | hoped,
        hoped=hoped,
        following=frozenset(following(spec, graph)),
        grids=grids,
        learned=("w", "b"),
        shuffles=shuffles,
    )


def _plan_for_equations(spec: Spec) -> Plan:
    numbers, graph = numbers_of(spec), build_graph(spec)
    learned = frozenset(graph.learned or graph.wanted)
    zeros = {name for name, number in numbers.items() if not number.value and "@" not in name}
    says = {name for name in numbers.keys() & spec.values.keys() - learned if says_yes_and_no([numbers[name]])}
    for name in dict.fromkeys(name for sample in spec.samples for name in sample):
        column = [key for key in numbers if key.startswith(f"{name}@")]
        says.update(column if says_yes_and_no(numbers[key] for key in column) else ())
    return Plan(
        spec=spec,
        graph=graph,
        numbers=numbers,
        kept=frozenset(zeros | says),
        hoped=frozenset(zeros & learned),
        following=frozenset(following(spec, graph)),
        grids=_grids(spec, numbers),
        learned=tuple(name for name in numbers if name in learned),
    )


def _group(spec: Spec, name: str) -> str:
    if spec.equations:
        return name.partition("@")[0]
    return UPSTREAM if UPSTREAM in name else name.partition(".")[0]


def _grids(spec: Spec, numbers: Numbers) -> dict[str, Grid]:
    """Return a grid for each group, after its numbers apart from 0; biases that are all 0 are like weights."""
    groups: dict[str, list[ExactNumber]] = {}
    for name, number in numbers.items():
        groups.setdefault(_group(spec, name), []).extend([number] if number.value else [])
    if not spec.equations:
        groups = {"w": [], "b": [], "t": [], UPSTREAM: [], **groups}
        groups["b"] = groups["b"] or groups["w"]
    return {group: Grid.of(known) for group, known in groups.items()}
