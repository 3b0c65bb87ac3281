"""Rows about one neuron: the row says which, the column what of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from symback.verify.cells import Read
from symback.verify.duals import Unknown
from symback.verify.evidence import number_at_the_end
from symback.verify.heads import ERROR_HEADS, POST_HEADS, PRE_HEADS
from symback.verify.judging.explaining import is_carried
from symback.verify.judging.state import State
from symback.verify.printed import Printed, shape_of
from symback.verify.spelling import spelling
from symback.verify.tables.heads import Heads, number_in
from symback.verify.words import names_samples
from symback.written.nodes import Symbol


def neurons_of_rows(state: State, heads: Heads, rows: Sequence[Sequence[Read]]) -> list[str]:
    """Return the neuron of each row, as the end of its keys; nothing for a row that names none.

    Names that are given anew in every layer, or that nothing else has, say which is meant by their order, if there is a
    row for each neuron.
    """
    in_order = [f"{layer.number}.{neuron}" for layer in state.graph.layers for neuron in range(1, layer.size + 1)]
    counted = [] if names_samples(heads.words(0)) else _counted(state, rows, in_order)
    if counted:
        return counted
    named = [_named(state, row[0] if row else None) for row in rows]
    are_names = not any(named) and all(row and isinstance(row[0].node, Symbol) for row in rows)
    is_by_order = are_names or len(set(named)) < len(named)
    return in_order if len(rows) == len(in_order) and is_by_order else named


def _counted(state: State, rows: Sequence[Sequence[Read]], in_order: Sequence[str]) -> list[str]:
    """Return the neurons of rows that begin with their numbers, counted through the network or from the inputs on.

    Nothing is returned where both may be meant, or something else.
    """
    cells = [number_in(row, 0) for row in rows if row]
    numbers = [int(number[0]) for number in cells if number is not None and number[1] == 1]
    if len(state.graph.samples) > 1 or len(rows) < 2:  # whose numbers these may be
        return []
    ways = [before for before in (0, len(state.graph.inputs)) if _are_all(numbers, before, len(in_order))]
    if len(numbers) < len(rows) or len(set(numbers)) < len(rows) or len(ways) != 1:
        return []
    return [in_order[number - ways[0] - 1] for number in numbers]


def _are_all(numbers: Sequence[int], before: int, count: int) -> bool:
    """Whether numbers behind those before them are some of so many, the last or the first of them included."""
    first, last = min(numbers, default=0), max(numbers, default=0)
    return before < first and last <= before + count and (first == before + 1 or last == before + count)


def _named(state: State, label: Read | None) -> str:
    """Return the neuron whose pre-activation or activation has the name in a cell."""
    if label is None or not isinstance(label.node, Symbol):
        return ""
    target = state.binding.target(spelling(label.node))
    for layer in state.graph.layers:
        pairs = zip(layer.pre_activations, layer.activations, strict=True)
        for neuron, pair in enumerate(pairs, 1):
            if target in pair:
                return f"{layer.number}.{neuron}"
    return ""


ERRORS = ("loss:z.{0}", "-loss:z.{0}", "loss:a.{0}", "-loss:a.{0}")
"""What people call the error of a neuron: a derivative of the loss, perhaps with the minus of the update in it."""

KINDS = ("z.{0}", "a.{0}", "loss:a.{0}", "a.{0}:z.{0}", "loss:z.{0}", "-loss:a.{0}", "-loss:z.{0}")
"""What a column may say of a neuron under a head that is not known."""


def are_of_neurons(neurons: Sequence[str]) -> bool:
    """Whether each row of a table is about a neuron of its own."""
    return len(neurons) > 1 and all(neurons) and len(set(neurons)) == len(neurons)


def kinds_of_columns(
    state: State, heads: Heads, rows: Sequence[Sequence[Read]], neurons: Sequence[str]
) -> Mapping[int, str]:
    """Return what each column says of the neurons: a key with a place for the neuron, or nothing if it is not known."""
    found = {column: _kind(state, head) for column, head in enumerate(heads.reads)}
    for column, head in enumerate(heads.reads):
        if found[column] or not column:
            continue
        if ERROR_HEADS.search(head.words):
            found[column] = _fitting(state, ERRORS, column, rows, neurons, 0.25)
        elif are_of_neurons(neurons):
            found[column] = _fitting(state, KINDS, column, rows, neurons, 0.6)
    return found


def _fitting(
    state: State,
    kinds: Sequence[str],
    column: int,
    rows: Sequence[Sequence[Read]],
    neurons: Sequence[str],
    needed: float,
) -> str:
    """Return what kind most numbers of a column are, if so great a share of them agrees."""
    cells = [
        (neuron, number_at_the_end(row[column])) for neuron, row in zip(neurons, rows, strict=True) if column < len(row)
    ]
    numbers = [(neuron, found[0][0]) for neuron, found in cells if neuron and shape_of(found) == (1, 1)]
    agreed = {kind: sum(_agreement(state, kind.format(neuron), one) for neuron, one in numbers) for kind in kinds}
    best = max(kinds, key=lambda kind: agreed[kind])
    return best if agreed[best] >= max(needed * len(numbers), 0.5) else ""


NEAR = 0.3
"""A number within so great a share of what it should be may follow from a mistake."""


def _agreement(state: State, key: str, number: Printed) -> float:
    """Return how well a number agrees with a key: from 0 to 1."""
    if state.binding.prints(key, number) or is_carried(state, key, number):
        return 1.0
    try:
        true = float(state.truth.value(key))
    except Unknown:
        return 0.0
    return 0.5 if abs(float(number[0]) - true) <= NEAR * abs(true) else 0.0


def _kind(state: State, head: Read) -> str:
    """Return what a head asks for in words or by a name: pre-activations, or activations."""
    if PRE_HEADS.search(head.words):
        return "z.{0}"
    if POST_HEADS.search(head.words):
        return "a.{0}"
    role = state.binding.family_role(spelling(head.node)) if isinstance(head.node, Symbol) else ""
    return f"{role}.{{0}}" if role in ("z", "a") else ""
