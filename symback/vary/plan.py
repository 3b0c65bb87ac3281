"""What a variation draws anew, what it keeps because it is no accident, and from which numbers it draws.

Kept are unknown numbers, data that only say yes and no (a truth table, the labels of several samples), stated values
of 0 and, if at all possible, the biases of a layer that begins with 0. Learning rate, factor and epsilon belong to the
question, not to the numbers.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from symback.derive.derivation import Derivation
from symback.graph.build import build_graph
from symback.graph.quantity import Graph
from symback.spec.exact import ExactNumber
from symback.spec.model import Spec
from symback.spec.problems import LimitationError, Problem, SpecError
from symback.values.interpret import UnknownValue
from symback.values.policy import policy_of
from symback.values.real import Real
from symback.values.values import Values
from symback.vary.grid import Grid, decimals_of
from symback.vary.numbers import Numbers, numbers_of

PROBABILITIES = ("sigmoid", "softmax")
"""Activations whose outputs lie between 0 and 1, and the targets with them."""

SIGNS = {-1, 0, 1}


@dataclass(frozen=True, slots=True)
class Manner:
    """How far weights and biases may depart from the author's.

    They may have either sign, every decimal instead of round steps, and biases where all of a layer were 0.
    """

    either_sign: bool = False
    fine: bool = False
    biased: bool = False


MANNERS = (
    Manner(),
    Manner(either_sign=True),
    Manner(either_sign=True, fine=True),
    Manner(either_sign=True, fine=True, biased=True),
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
    following
        Ids of stated values that are what their definition gives, rounded; they go on to be that.
    grids
        By the first letter of the id, the numbers that may be drawn.
    has_labels
        Whether the targets of the one sample are 0 and 1 for no and yes.
    """

    spec: Spec
    graph: Graph
    numbers: Numbers
    kept: frozenset[str]
    following: frozenset[str]
    grids: Mapping[str, Grid]
    has_labels: bool

    def in_manner(self, manner: Manner) -> Plan:
        """Return the plan in a manner; data and stated values are drawn in the author's way in all of them."""
        grids = dict(self.grids)
        for letter in ("w", "b"):
            grid = grids[letter].fine() if manner.fine else grids[letter]
            grids[letter] = replace(grid, signed=grid.signed or manner.either_sign)
        kept = frozenset(name for name in self.kept if not (manner.biased and name.startswith("b.")))
        return replace(self, grids=grids, kept=kept)


def plan_for(spec: Spec) -> Plan:
    """Return what a variation of `spec` draws and keeps.

    Raises
    ------
    symback.spec.problems.LimitationError
        If the spec has plain equations.
    """
    if spec.equations:
        raise LimitationError([Problem(("equations",), "plain equations", "a network to vary", limitation=True)])
    numbers, graph = numbers_of(spec), build_graph(spec)
    is_probability = all(word in PROBABILITIES for word in spec.network.layers[-1].activation)
    targets = [number.value for sample in spec.data for number in spec.targets(sample)]
    has_classes = any(sample.label is not None for sample in spec.data) or graph.loss_row.one_hot
    has_labels = has_classes or (is_probability and set(targets) <= {0, 1})
    kept = {*_kept_data(spec), *_kept_biases(spec), *(name for name, value in spec.given.items() if not value.value)}
    if graph.loss_row.one_hot and len(graph.targets) == 1:
        kept.add("t.1@1")
    grids = {letter: Grid.of(group) for letter, group in _groups(numbers)}
    if is_probability and not has_labels and all(0 <= target <= 1 for target in targets):
        grids["t"] = grids["t"].within_one()
    return Plan(spec, graph, numbers, frozenset(kept), frozenset(_following(spec, graph)), grids, has_labels)


def _groups(numbers: Numbers) -> Iterator[tuple[str, list[ExactNumber]]]:
    """Yield the numbers apart from 0 by the first letter of their ids; biases that are all 0 are like weights."""
    groups: dict[str, list[ExactNumber]] = {letter: [] for letter in "wbxtza"}
    for name, number in numbers.items():
        if number.value:
            groups[name[0]].append(number)
    yield from ({**groups, "b": groups["b"] or groups["w"]}).items()


def _kept_data(spec: Spec) -> Iterator[str]:
    """Yield the ids of inputs or targets of several samples that are all -1, 0 or 1."""
    if len(spec.data) < 2:
        return
    for letter, rows in (
        ("x", [sample.inputs for sample in spec.data]),
        ("t", [spec.targets(sample) for sample in spec.data]),
    ):
        if _says_yes_and_no(number for row in rows for number in row):
            yield from (f"{letter}.{index}@{place}" for place, row in enumerate(rows, 1) for index in _places(row))


def _kept_biases(spec: Spec) -> Iterator[str]:
    """Yield the ids of biases in layers where all are 0."""
    for wiring, vector in zip(spec.network.wirings, spec.parameters.biases, strict=False):
        if all(bias is not None and not bias.value for bias in vector):
            yield from map(spec.parameter_at, wiring.biases)


def _following(spec: Spec, graph: Graph) -> Iterator[str]:
    """Yield the ids of stated values that lie within one unit of their last digit of what their definition gives."""
    derivation, policy = Derivation(graph), policy_of(spec)
    for name, stated in spec.given.items():
        others = {key: number for key, number in graph.given.items() if key != name}
        try:
            defined = Values(derivation, policy, given=others).exact[name]
        except (UnknownValue, SpecError):
            continue
        unit = Real.of(f"1e-{decimals_of(stated)}")
        if abs(defined - Real.of(stated.text)).compare(unit) < 0:
            yield name


def _says_yes_and_no(numbers: Iterable[ExactNumber]) -> bool:
    return {number.value for number in numbers} <= SIGNS


def _places(row: tuple[object, ...]) -> range:
    return range(1, len(row) + 1)
