"""Ways to index what each neuron has one of: its pre-activation, activation, bias or δ."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product

from symback.graph.quantity import Graph
from symback.verify.schemes.flow import in_and_out
from symback.verify.schemes.layers import layer_marks
from symback.verify.schemes.scheme import VECTORS, Indices, Scheme, Target

WORDS = {"z": "pre-activation", "a": "activation", "b": "bias", "delta": "δ"}

SIDES = {"z": ("", "in", "net", "pre", "z"), "a": ("", "out", "a", "act"), "b": ("",), "delta": ("",)}
"""Marks by which people tell what enters a neuron from what leaves it, none being the most usual."""

LETTERS = "ABCDEFGH"
"""What neurons may be called, through all layers."""

ABOVE = "above"
"""The layer above, the number of the neuron below."""

STYLES = (ABOVE, "{l}{n}", "{n}{l}")
"""Where layer and neuron stand."""

Layers = list[tuple[str, ...]]
"""The ids of one role, layer by layer."""


def of_neurons(graph: Graph, role: str, printed: str) -> Iterator[Scheme]:
    """Yield ways to index z, a, b or δ: within one layer, counted through all, or by layer and neuron.

    Only marks are tried that stand somewhere in `printed`: all indices of a document.
    """
    layers = ids_by_layer(graph, role)
    sides = [side for side in SIDES[role] if side in printed]
    for place, ids in enumerate(layers):
        if ids:
            yield from _of_one_layer(role, place, ids, sides, 0.3 if place == len(layers) - 1 else 0.25)
    if role == "a":
        yield from in_and_out(graph)
    yield from _through_layers(role, layers)
    yield _through_network(role, layers, len(graph.inputs))
    flat = [name for ids in layers for name in ids]
    if len(flat) <= len(LETTERS):
        lettered: dict[Indices, Target] = {(letter, ""): name for letter, name in zip(LETTERS, flat, strict=False)}
        yield Scheme(role, f"{WORDS[role]}s of neurons that have letters", lettered, 0.3)
    for says, marks, ins, prior in layer_marks(graph, printed):
        inputs = graph.inputs if role == "a" and ins in (["0"], ["1"]) else ()
        for style, side in product(STYLES, sides):
            table = _by_layer_and_number(style, side, marks, layers)
            if style == ABOVE:
                table |= {(str(number), ins[0]): name for number, name in enumerate(inputs, 1)}
            if table:
                usual = prior - 0.05 * (side != "") - 0.04 * style.startswith("{n}")
                yield Scheme(role, f"{WORDS[role]}, {says}", table, usual)
        vectors = _vectors_by_layer(sides, marks, layers)
        if inputs:
            column: Target = tuple((name,) for name in inputs)
            vectors |= {("", ins[0]): column, (ins[0], ""): column}
        yield Scheme(role, f"{VECTORS}{WORDS[role]}, {says}", vectors, prior - 0.05)


def ids_by_layer(graph: Graph, role: str) -> Layers:
    """Return the ids of one role, layer by layer."""
    if role == "a":
        return [layer.activations for layer in graph.layers]
    if role == "b":
        return [layer.biases for layer in graph.layers]
    pre_activations = [layer.pre_activations for layer in graph.layers]
    if role == "z":
        return pre_activations
    return [tuple(name.replace("z.", "delta.", 1) for name in ids) for ids in pre_activations]


def _of_one_layer(role: str, place: int, ids: tuple[str, ...], sides: Sequence[str], prior: float) -> Iterator[Scheme]:
    """Yield ways to index one layer by the numbers of its neurons, or as a vector."""
    word, where = WORDS[role], f"of layer {place + 1}"
    marks = [side for side in sides if side]
    lone: dict[Indices, Target] = {("", ""): ids[0]} if len(set(ids)) == 1 else {}
    yield Scheme(role, f"{word} {where}", {**_numbered("{n}", "", ids), **lone}, prior)
    for side in marks:
        for style in ("{n}{s}", "{s}{n}"):
            unnumbered: dict[Indices, Target] = {(side, ""): ids[0]} if len(ids) == 1 else {}
            table = {**unnumbered, **_numbered(style, side, ids)}
            yield Scheme(role, f"{word} {where}, marked {side}", table, prior + 0.1)
        above: dict[Indices, Target] = {(str(number), side): name for number, name in enumerate(ids, 1)}
        above |= {("", side): ids[0]} if len(ids) == 1 else {}
        yield Scheme(role, f"{word} {where}, marked {side} above", above, prior + 0.1)
    if len(ids) > 1:
        column = tuple((name,) for name in ids)
        yield Scheme(role, f"vector, {word} {where}", {("", ""): column}, prior)
        for side in marks:
            yield Scheme(role, f"vector, {word} {where}", {(side, ""): column, ("", side): column}, prior)


def _numbered(style: str, side: str, ids: tuple[str, ...]) -> dict[Indices, Target]:
    return {(style.format(n=number, s=side), ""): name for number, name in enumerate(ids, 1)}


def _through_layers(role: str, layers: Layers) -> Iterator[Scheme]:
    """Yield ways to number the neurons of several layers."""
    word = WORDS[role]
    if len(layers) == 2 and len(layers[1]) == 1 and layers[0]:
        table = {("", ""): layers[1][0], **_numbered("{n}", "", layers[0])}
        if role == "b":
            table["0", ""] = layers[1][0]
        yield Scheme(role, f"{word} of the output, numbered in the hidden layer", table, 0.32)
    flat = tuple(name for ids in layers for name in ids)
    yield Scheme(role, f"{word}s counted through the layers", _numbered("{n}", "", flat), 0.2)


def _through_network(role: str, layers: Layers, inputs: int) -> Scheme:
    """Return the way to number neurons as units of the network, of which the inputs are the first."""
    flat = [name for ids in layers for name in ids]
    table: dict[Indices, Target] = {(str(number), ""): name for number, name in enumerate(flat, inputs + 1)}
    return Scheme(role, f"{WORDS[role]}s counted through the network, inputs first", table, 0.15)


def _by_layer_and_number(style: str, side: str, marks: list[str], layers: Layers) -> dict[Indices, Target]:
    table: dict[Indices, Target] = {}
    for mark, ids in zip(marks, layers, strict=True):
        for number, name in enumerate(ids, 1):
            for shown in (str(number), "") if len(set(ids)) == 1 else (str(number),):
                below, above = (shown, mark) if style == ABOVE else (style.format(l=mark, n=shown), "")
                for spelled in ((below + side, above), (side + below, above), (below, above + side)):
                    table.setdefault(spelled, name)
    return table


def _vectors_by_layer(sides: Sequence[str], marks: list[str], layers: Layers) -> dict[Indices, Target]:
    vectors: dict[Indices, Target] = {}
    for mark, ids in zip(marks, layers, strict=True):
        if ids:
            target: Target = tuple((name,) for name in ids) if len(set(ids)) > 1 else ids[0]
            for side in sides:
                vectors |= {(mark + side, ""): target, (side, mark): target, (side + mark, ""): target}
    return vectors
