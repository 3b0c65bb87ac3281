"""Rows about one neuron: the row says which, the column what of it."""

from __future__ import annotations

from symback.verify.cells import Read
from symback.verify.heads import POST_HEADS, PRE_HEADS
from symback.verify.judging.state import State
from symback.verify.spelling import spelling
from symback.verify.tables.heads import Heads
from symback.written.nodes import Symbol


def key_of_neuron(state: State, label: Read, heads: Heads, column: int) -> str:
    """Return the key of what a column says of the neuron that a row names, or nothing."""
    if not isinstance(label.node, Symbol) or column >= len(heads):
        return ""
    target = state.binding.target(spelling(label.node))
    kind = _kind(state, heads.reads[column])
    for layer in state.graph.layers:
        pairs = zip(layer.pre_activations, layer.activations, strict=True)
        for neuron, pair in enumerate(pairs, 1):
            if target in pair:
                return f"{kind}.{layer.number}.{neuron}" if kind else ""
    return ""


def _kind(state: State, head: Read) -> str:
    """Return ``z`` or ``a`` where a head asks for it in words or by a name, else nothing."""
    if PRE_HEADS.search(head.words):
        return "z"
    if POST_HEADS.search(head.words):
        return "a"
    role = state.binding.family_role(spelling(head.node)) if isinstance(head.node, Symbol) else ""
    return role if role in ("z", "a") else ""
