"""Rows about one neuron: the row says which, the column what of it."""

from __future__ import annotations

from collections.abc import Sequence

from symback.verify.cells import Read
from symback.verify.heads import POST_HEADS, PRE_HEADS
from symback.verify.judging.state import State
from symback.verify.spelling import spelling
from symback.verify.tables.heads import Heads
from symback.written.nodes import Symbol


def neurons_of_rows(state: State, rows: Sequence[Sequence[Read]]) -> list[str]:
    """Return the neuron of each row, as the end of its keys; nothing for a row that names none.

    Names that are given anew in every layer, or that nothing else has, say which is meant by their order, if there is a
    row for each neuron.
    """
    named = [_named(state, row[0] if row else None) for row in rows]
    in_order = [f"{layer.number}.{neuron}" for layer in state.graph.layers for neuron in range(1, layer.size + 1)]
    are_names = not any(named) and all(row and isinstance(row[0].node, Symbol) for row in rows)
    is_by_order = are_names or len(set(named)) < len(named)
    return in_order if len(rows) == len(in_order) and is_by_order else named


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


def key_of_neuron(state: State, neuron: str, heads: Heads, column: int) -> str:
    """Return the key of what a column says of a neuron, or nothing."""
    kind = _kind(state, heads.reads[column]) if neuron and column < len(heads) else ""
    return f"{kind}.{neuron}" if kind else ""


def _kind(state: State, head: Read) -> str:
    """Return ``z`` or ``a`` where a head asks for it in words or by a name, else nothing."""
    if PRE_HEADS.search(head.words):
        return "z"
    if POST_HEADS.search(head.words):
        return "a"
    role = state.binding.family_role(spelling(head.node)) if isinstance(head.node, Symbol) else ""
    return role if role in ("z", "a") else ""
