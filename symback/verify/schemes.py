"""Ways in which people index the quantities of a network: each scheme is a table from indices to what they name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product

from symback.graph.quantity import Graph

Target = str | tuple[tuple[str, ...], ...]
"""The id of a quantity, or the rows of ids of a vector or matrix."""

Indices = tuple[str, str]
"""What stands below and above the base, joined."""


@dataclass(frozen=True, slots=True)
class Scheme:
    """One way to read the indices of a family of names.

    ``prior`` is how usual it is, between 0 and 1; ``says`` describes it for a person.
    """

    role: str
    says: str
    table: Mapping[Indices, Target]
    prior: float

    @property
    def is_vector(self) -> bool:
        """Whether it names whole vectors and matrices."""
        return any(not isinstance(target, str) for target in self.table.values())


def schemes(graph: Graph, role: str) -> Iterator[Scheme]:
    """Yield every way to index the quantities of one role.

    Roles are ``x``, ``t``, ``w``, ``b``, ``z``, ``a``, ``delta``, ``loss`` and ``learning_rate``.
    """
    if role in ("x", "t"):
        yield from _listed(graph, role)
    elif role == "loss":
        yield from _losses(graph)
    elif role == "learning_rate":
        yield Scheme(role, "the learning rate", {("", ""): "learning_rate"}, 0.5)
    elif role == "w":
        yield from _weights(graph)
    else:
        yield from _by_neuron(graph, role)


def _listed(graph: Graph, role: str) -> Iterator[Scheme]:
    names = graph.inputs if role == "x" else graph.targets
    word = "input" if role == "x" else "target"
    lone = {("", ""): names[0]} if len(names) == 1 else {}
    numbered = {(str(place), ""): name for place, name in enumerate(names, 1)}
    yield Scheme(role, f"{word} number", {**numbered, **lone}, 0.6)
    for style in ("1{}", "{}1", "0{}", "o{}", "i{}", "x{}", "in{}", "out{}", "1"):
        spelled = {(style.format(place), ""): name for place, name in enumerate(names, 1)} if "{" in style else {}
        if spelled:
            yield Scheme(role, f"{word} number, written {style.format('n')}", spelled, 0.2)
    if len(names) > 1:
        yield Scheme(role, f"{word}s from 0", {(str(place), ""): name for place, name in enumerate(names)}, 0.1)
    column = tuple((name,) for name in names)
    yield Scheme(role, f"vector of {word}s", {("", ""): column if len(names) > 1 else names[0]}, 0.5)
    above = {("", "0"): column, ("0", ""): column} if role == "x" else {}
    if above:
        layered = {(str(place), "0"): name for place, name in enumerate(names, 1)}
        yield Scheme(role, "activations of layer 0", {**layered, **lone}, 0.3)
        yield Scheme(role, "vector of layer 0", above, 0.3)


def _losses(graph: Graph) -> Iterator[Scheme]:
    whole = {(word, ""): "loss" for word in ("", "total", "tot", "ges", "gesamt", "sum", "T", "totale")}
    terms = graph.loss_terms or ("loss",)
    for style in ("{}", "o{}", "out{}", "k{}", "y{}"):
        table = {(style.format(place), ""): name for place, name in enumerate(terms, 1)}
        yield Scheme("loss", "the loss, and its terms by output", {**table, **whole}, 0.6 if style == "{}" else 0.4)
    if len(graph.samples) > 1:
        table = {(str(k), ""): f"loss@{k}" for k in range(1, len(graph.samples) + 1)}
        above = {("", str(k)): f"loss@{k}" for k in range(1, len(graph.samples) + 1)}
        yield Scheme("loss", "the loss by sample", {**table, **above, **whole}, 0.5)
        yield Scheme("loss", "the loss of the batch", {("", ""): "batch", ("batch", ""): "batch"}, 0.2)


def _layer_marks(graph: Graph) -> Iterator[tuple[str, list[str], list[str], float]]:
    """Yield ways to say which layer: a description, marks by layer from 1, what the inputs have, how usual it is."""
    count = len(graph.layers)
    numbers = [str(layer) for layer in range(1, count + 1)]
    yield "the layer's number", numbers, ["0"], 0.6
    yield "the layer's number, the inputs being 1", [str(layer) for layer in range(2, count + 2)], ["1"], 0.42
    hidden = [""] if count == 2 else [str(layer) for layer in range(1, count)]
    for in_word, hid, out in (
        ("in", "hid", "out"), ("x", "h", "o"), ("i", "h", "o"), ("I", "H", "O"), ("in", "h", "out"), ("in", "hidden", "output"),
        ("x", "h", "y"), ("e", "c", "s"), ("i", "j", "k"), ("i", "v", "a"), ("x", "h", "out"), ("i", "h", "y"),
    ):  # fmt: skip
        yield f"letters {hid} and {out}", [f"{hid}{number}" for number in hidden] + [out], [in_word], 0.4
    letters = "jklmnpq"
    if count > 2:
        yield "a letter for each layer", [*letters[: count - 1], "o"], ["i"], 0.4


def _by_neuron(graph: Graph, role: str) -> Iterator[Scheme]:
    """Yield ways to index what each neuron has one of: z, a, b or δ."""
    layers = graph.layers
    names = {
        "z": [layer.pre_activations for layer in layers],
        "a": [layer.activations for layer in layers],
        "b": [layer.biases for layer in layers],
        "delta": [tuple(name.replace("z.", "delta.", 1) for name in layer.pre_activations) for layer in layers],
    }[role]
    sides = ("", "in", "net", "pre", "z") if role == "z" else ("", "out", "a", "act") if role == "a" else ("",)
    word = {"z": "pre-activation", "a": "activation", "b": "bias", "delta": "δ"}[role]
    for place, ids in enumerate(names):
        if not ids:
            continue
        last = place == len(layers) - 1
        prior = 0.3 if last else 0.25
        numbered = {(str(number), ""): name for number, name in enumerate(ids, 1)}
        lone = {("", ""): ids[0]} if len(ids) == 1 else {}
        yield Scheme(role, f"{word} of layer {place + 1}", {**numbered, **lone}, prior)
        for side in sides[1:]:
            for style in ("{n}{s}", "{s}{n}"):
                table = {(style.format(n=n if len(ids) > 1 else "", s=side), ""): name for n, name in enumerate(ids, 1)}
                table |= {(style.format(n=n, s=side), ""): name for n, name in enumerate(ids, 1)}
                yield Scheme(role, f"{word} of layer {place + 1}, marked {side}", table, prior + 0.1)
            table = {(str(n), side): name for n, name in enumerate(ids, 1)}
            table |= {("", side): ids[0]} if len(ids) == 1 else {}
            yield Scheme(role, f"{word} of layer {place + 1}, marked {side} above", table, prior + 0.1)
        if len(ids) > 1:
            column = tuple((name,) for name in ids)
            yield Scheme(role, f"vector of {word}s of layer {place + 1}", {("", ""): column}, prior)
            for side in sides[1:]:
                yield Scheme(role, f"vector of {word}s of layer {place + 1}", {(side, ""): column, ("", side): column}, prior)
    if role == "a":
        yield from _in_and_out(graph)
    if len(layers) == 2 and len(names[1]) == 1 and names[0]:
        hidden: dict[Indices, Target] = {(str(number), ""): name for number, name in enumerate(names[0], 1)}
        yield Scheme(role, f"{word} of the output, numbered in the hidden layer", {("", ""): names[1][0], **hidden}, 0.32)
    flat = [name for ids in names for name in ids]
    yield Scheme(role, f"{word}s counted through the layers", {(str(n), ""): name for n, name in enumerate(flat, 1)}, 0.2)
    for says, marks, ins, prior in _layer_marks(graph):
        for style, side in product(("{l}|{n}", "{n}|{l}", "{l}{n}|", "{n}{l}|"), sides):
            table: dict[Indices, Target] = {}
            for mark, ids in zip(marks, names, strict=True):
                for number, name in enumerate(ids, 1):
                    for shown in {str(number), ""} if len(ids) == 1 else {str(number)}:
                        below, _, above = style.format(l=mark, n=shown).partition("|")
                        if style == "{l}|{n}":
                            below, above = shown, mark
                        elif style == "{n}|{l}":
                            continue
                        for spelled in {(below + side, above), (side + below, above), (below, above + side)}:
                            table.setdefault(spelled, name)
            if role == "a" and style == "{l}|{n}" and ins in (["0"], ["1"]):
                table |= {(str(number), ins[0]): name for number, name in enumerate(graph.inputs, 1)}
            if table:
                yield Scheme(role, f"{word}, {says}", table, prior - 0.05 * (side != "") - 0.04 * style.startswith("{n}"))
        vectors: dict[Indices, Target] = {}
        for mark, ids in zip(marks, names, strict=True):
            if ids:
                column = tuple((name,) for name in ids)
                target: Target = column if len(ids) > 1 else ids[0]
                for side in sides:
                    vectors |= {(mark + side, ""): target, (side, mark): target, (side + mark, ""): target}
        yield Scheme(role, f"vector of {word}s, {says}", vectors, prior - 0.05)


def _in_and_out(graph: Graph) -> Iterator[Scheme]:
    """Yield, layer by layer, one name for what enters a neuron and what leaves it: ``h_1in`` and ``h_1out``."""
    for layer in graph.layers:
        for enters, leaves in (("in", "out"), ("net", "out"), ("i", "o"), ("in", "o")):
            for style in ("{n}{s}", "{s}{n}"):
                table: dict[Indices, Target] = {}
                for number, (pre, post) in enumerate(zip(layer.pre_activations, layer.activations, strict=True), 1):
                    for shown in {str(number), ""} if layer.size == 1 else {str(number)}:
                        for side, name in ((enters, pre), (leaves, post)):
                            table[style.format(n=shown, s=side), ""] = name
                            table[shown, side] = name
                if layer.size > 1:
                    for side, ids in ((enters, layer.pre_activations), (leaves, layer.activations)):
                        column = tuple((name,) for name in ids)
                        table |= {(side, ""): column, ("", side): column}
                says = f"what enters and leaves layer {layer.number}, marked {enters} and {leaves}"
                yield Scheme("a", says, table, 0.4)


def _weights(graph: Graph) -> Iterator[Scheme]:
    layers = graph.layers
    pairs = [
        [(to, source, name) for to, row in enumerate(layer.weights, 1) for source, name in enumerate(row, 1)]
        for layer in layers
    ]
    orders = {"to, from": "{t}{f}", "from, to": "{f}{t}"}

    def shown(style: str, place: int, to: int, source: int) -> Iterator[str]:
        rows, columns = len(layers[place].weights), len(layers[place].inputs)
        yield style.format(t=to, f=source)
        if columns == 1:
            yield str(to)
        if rows == 1:
            yield str(source)
        if rows == 1 and columns == 1:
            yield ""

    for says, style in orders.items():
        prior = 0.55 if says == "to, from" else 0.5
        for place in range(len(layers)):
            table = {(spelled, ""): name for to, source, name in pairs[place] for spelled in shown(style, place, to, source)}
            yield Scheme("w", f"weights of layer {place + 1}, {says}", table, prior - 0.25)
        for marked, marks, _, usual in _layer_marks(graph):
            for where in ("above", "before", "behind"):
                table = {}
                for place, mark in enumerate(marks):
                    for to, source, name in pairs[place]:
                        for spelled in shown(style, place, to, source):
                            below, above = {
                                "above": (spelled, mark), "before": (mark + spelled, ""), "behind": (spelled + mark, ""),
                            }[where]  # fmt: skip
                            table.setdefault((below, above), name)
                yield Scheme("w", f"weights, {says}, {marked} {where}", table, prior + usual - 0.5)
    yield from _weights_by_labels(graph, pairs)
    for says, order in (("row by row", None), ("column by column", lambda pair: (pair[1], pair[0]))):
        flat = [name for layer in pairs for _, _, name in (sorted(layer, key=order) if order else layer)]
        yield Scheme("w", f"weights counted {says}", {(str(n), ""): name for n, name in enumerate(flat, 1)}, 0.3)
        by_layer = [[name for _, _, name in (sorted(layer, key=order) if order else layer)] for layer in pairs]
        for place, names in enumerate(by_layer):
            table = {(str(n), ""): name for n, name in enumerate(names, 1)}
            yield Scheme("w", f"weights of layer {place + 1} counted {says}", table, 0.28)
        for marked, marks, _, usual in _layer_marks(graph):
            table = {}
            for mark, names in zip(marks, by_layer, strict=True):
                for n, name in enumerate(names, 1):
                    table |= {(f"{mark}{n}", ""): name, (str(n), mark): name}
            yield Scheme("w", f"weights counted {says}, {marked}", table, usual - 0.25)
    yield from _matrices(graph)


def _weights_by_labels(graph: Graph, pairs: list[list[tuple[int, int, str]]]) -> Iterator[Scheme]:
    """Yield names such as ``w_j1k1``, ``w_h1x2`` and ``w_ho``: a label for each end."""
    layers = graph.layers
    for marked, marks, ins, usual in _layer_marks(graph):
        ends = [ins[0], *marks]
        for first in ("from", "to"):
            table: dict[Indices, Target] = {}
            for place, layer in enumerate(layers):
                rows, columns = layer.size, len(layer.inputs)
                for to, source, name in pairs[place]:
                    tos = {f"{ends[place + 1]}{to}"} | ({ends[place + 1]} if rows == 1 else set())
                    froms = {f"{ends[place]}{source}"} | ({ends[place], ""} if columns == 1 else set())
                    for one, other in product(tos, froms):
                        table.setdefault((other + one if first == "from" else one + other, ""), name)
                    numbers = f"{source}{to}" if first == "from" else f"{to}{source}"
                    letters = ends[place] + ends[place + 1] if first == "from" else ends[place + 1] + ends[place]
                    table.setdefault((numbers, letters), name)
            yield Scheme("w", f"weights by their ends, {first} first, {marked}", table, usual)


def _matrices(graph: Graph) -> Iterator[Scheme]:
    for says in ("column", "row"):
        matrices = [
            layer.weights if says == "column" else tuple(zip(*layer.weights, strict=True)) for layer in graph.layers
        ]
        prior = 0.3 if says == "column" else 0.28
        for place, matrix in enumerate(matrices):
            yield Scheme("w", f"weight matrix of layer {place + 1}, {says} orientation", {("", ""): matrix}, prior - 0.1)
        for marked, marks, ins, usual in _layer_marks(graph):
            ends = [ins[0], *marks]
            table: dict[Indices, Target] = {}
            for place, (mark, matrix) in enumerate(zip(marks, matrices, strict=True)):
                table |= {(mark, ""): matrix, ("", mark): matrix}
                table |= {(ends[place] + mark, ""): matrix, (mark + ends[place], ""): matrix, ("", ends[place] + mark): matrix}
            yield Scheme("w", f"weight matrices, {marked}, {says} orientation", table, prior + usual - 0.5)
