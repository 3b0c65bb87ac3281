"""Whether the numbers of a spec fit its network: one weight for each connection, one bias for each neuron.

The checks look at lengths alone, in data that need not be valid otherwise, so that they can be reported together with
all that is wrong besides. What is no list, or has an unreadable size, is left to others.
"""

from __future__ import annotations

import sys
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from symback.rules.activations import ACTIVATIONS
from symback.rules.losses import LOSSES
from symback.spec.connections import (
    absent_places,
    connection_problems,
    entering_problems,
    frozen_problems,
    pattern_problems,
    tied_problems,
)
from symback.spec.exact import read_decimal
from symback.spec.lengths import Lengths, lengths_of
from symback.spec.looking import as_list, as_mapping, as_whole, look
from symback.spec.problems import Path, Problem, RefusedError, nearest, show
from symback.spec.wiring import SHARED, Wiring
from symback.spec.words import read_whole

MOST_LISTED = 6
"""How many ids of what enters a layer are listed."""

UPSTREAM = "loss:"
"""Begins the name of a given gradient, before the id of the output."""

MOST_STEPS = 100
"""How many steps a page may do, a sample each."""


def _owner(layer: int) -> str:
    """Return in words what has one number, row or column each; layer 0 is the input."""
    return f"each neuron of layer {layer}" if layer else "each input"


def shape_problems(spec: Any) -> Iterator[Problem]:
    """Yield each place where parameters or data do not fit the network of `spec`, valid or not."""
    network, parameters = look(spec, "network"), look(spec, "parameters")
    lengths = lengths_of(network)
    if lengths is None:
        if isinstance(network, Mapping):
            yield from _told(look(spec, "loss"), look(spec, "given"), as_list(look(spec, "data")) or ())
        return
    layers = as_list(look(network, "layers")) or ()
    yield from _activations(layers, lengths)
    yield from _joint(layers, lengths)
    yield from entering_problems(layers)
    weights, by_source = look(parameters, "weights"), look(parameters, "orientation") == "row"
    absent = absent_places(weights, by_source, lengths)
    if isinstance(parameters, Mapping) or hasattr(parameters, "weights"):
        fits = True
        for problem in (*_weights(weights, by_source, lengths), *_biases(look(parameters, "biases"), lengths)):
            fits = False
            yield problem
        if fits:
            numbers = _numbers(parameters, by_source, lengths)
            yield from connection_problems(absent, lengths)
            yield from tied_problems(look(parameters, "tied"), numbers, absent)
    samples = as_list(look(spec, "data")) or ()
    yield from _data(samples, lengths)
    yield from _one_hot(samples, look(spec, "loss"), lengths.sizes[-1])
    yield from _learned_from(look(look(spec, "update"), "on"), len(samples))
    yield from _steps(look(spec, "update"), look(spec, "given"), len(samples))
    yield from _given(look(spec, "given"), lengths, look(spec, "loss") is not None)
    yield from _told(look(spec, "loss"), look(spec, "given"), samples)
    known = [name for name in lengths.places if name not in absent and name not in as_mapping(look(parameters, "tied"))]
    if lengths.are_known:
        yield from frozen_problems(look(look(spec, "update"), "frozen"), known)
        penalised = look(look(look(spec, "loss"), "penalty"), "of")
        yield from pattern_problems(("loss", "penalty", "of"), penalised, known)
    yield from _asked(as_list(look(spec, "questions")) or (), known)
    yield from _aliases(look(spec, "aliases"), lengths, known, len(samples))
    yield from _names(look(spec, "names"), lengths, known)


def _activations(layers: Any, lengths: Lengths) -> Iterator[Problem]:
    """Yield lists of activations that are not one for each neuron."""
    for place, layer in enumerate(layers):
        found, size = as_list(look(layer, "activation")), lengths.sizes[place + 1]
        if found is not None and len(found) != 1 and size:
            path: Path = ("network", "layers", place, "activation")
            yield from _count(path, found, size, "activation", f"one for {_owner(place + 1)}, or one word for all")


def _numbers(parameters: Any, by_source: bool, lengths: Lengths) -> dict[str, Any]:
    """Return what stands at each place of parameters that fit."""
    found: dict[str, Any] = {}
    matrices, vectors = as_list(look(parameters, "weights")) or (), as_list(look(parameters, "biases")) or ()
    for wiring, matrix in zip(lengths.wirings, matrices, strict=False):
        grid = [as_list(row) or () for row in as_list(matrix) or ()]
        rows = zip(*grid, strict=False) if by_source else grid
        for names, numbers in zip(wiring.weights, rows, strict=False):
            found |= dict(zip(names, numbers, strict=False))
    for wiring, vector in zip(lengths.wirings, vectors, strict=False):
        found |= dict(zip(wiring.biases, as_list(vector) or (), strict=False))
    return found


def _joint(layers: Any, lengths: Lengths) -> Iterator[Problem]:
    """Yield the activations of a whole layer that stand beside others, or for a single neuron."""
    for place, (layer, size) in enumerate(zip(layers, lengths.sizes[1:], strict=False)):
        words = look(layer, "activation")
        listed = as_list(words)
        for number, word in enumerate([words] if listed is None else listed):
            if not (isinstance(word, str) and word in ACTIVATIONS and ACTIVATIONS[word].is_joint):
                continue
            path: Path = ("network", "layers", place, "activation")
            if listed is not None and len(listed) > 1:
                expected = f"an activation of one neuron: {word} is one of a whole layer"
                yield Problem((*path, number), show(word), expected)
            elif size == 1:
                expected = f"another activation: {word} of a single neuron is always 1"
                yield Problem(path, show(word), expected, "sigmoid")


def _weights(value: Any, by_source: bool, lengths: Lengths) -> Iterator[Problem]:
    path: Path = ("parameters", "weights")
    matrices = as_list(value)
    if matrices is None:
        return
    count = len(lengths.wirings)
    yield from _count(path, matrices, count, "matrix", "one for each layer")
    for place, (wiring, matrix) in enumerate(zip(lengths.wirings, map(as_list, matrices[:count]), strict=False)):
        if matrix is not None and lengths.readable[place]:
            yield from _matrix((*path, place), matrix, by_source, wiring)


def _matrix(path: Path, matrix: Any, by_source: bool, wiring: Wiring) -> Iterator[Problem]:
    """Yield what is wrong with the shape of one matrix: that it is transposed, or each length that does not fit."""
    sides = [(wiring.size, _owner(wiring.layer)), (len(wiring.sources), _entering(wiring))]
    (rows, row_owner), (columns, column_owner) = reversed(sides) if by_source else sides
    orientation, other = ("row", "column") if by_source else ("column", "row")
    found = [as_list(row) for row in matrix]
    lists = [row for row in found if row is not None]
    if rows != columns and len(matrix) == len(lists) == columns and {len(row) for row in lists} == {rows}:
        came = f"{columns} × {rows} numbers, the transpose of what fits"
        about = f"orientation {orientation}: one row for {row_owner}"
        yield Problem(path, came, f"{rows} × {columns} numbers ({about})", f"orientation: {other}")
        return
    if lists or not found:
        yield from _count(path, matrix, rows, "row", f"one for {row_owner}, orientation {orientation}")
    for place, row in enumerate(found):
        if row is not None:
            yield from _count(
                (*path, place), row, columns, "number", f"one for {column_owner}, orientation {orientation}"
            )


def _entering(wiring: Wiring) -> str:
    """Return in words what enters a layer: the layer before, or ids."""
    if wiring.is_plain:
        return _owner(wiring.layer - 1)
    names = wiring.sources
    if len(names) > MOST_LISTED:
        names = (*names[: MOST_LISTED - 2], "…", names[-1])
    return f"each of {', '.join(names[:-1])} and {names[-1]}" if len(names) > 1 else names[0]


def _biases(value: Any, lengths: Lengths) -> Iterator[Problem]:
    path: Path = ("parameters", "biases")
    vectors = as_list(() if value is None else value)
    if vectors is None or not (vectors or any(wiring.biases or not wiring.size for wiring in lengths.wirings)):
        return
    yield from _count(path, vectors, len(lengths.wirings), "list", "one for each layer, null for one without biases")
    for place, (vector, wiring) in enumerate(zip(vectors, lengths.wirings, strict=False)):
        numbers = as_list(() if vector is None else vector)
        if numbers is None or not wiring.size:
            continue
        if wiring.biases:
            owner = f"all of layer {wiring.layer}" if wiring.bias == SHARED else _owner(wiring.layer)
            yield from _count((*path, place), numbers, len(wiring.biases), "number", f"one for {owner}")
        elif numbers:
            kind = show(wiring.bias)
            yield Problem((*path, place), _counted(len(numbers), "number"), f"null: layer {place + 1} has bias: {kind}")


def _data(samples: Any, lengths: Lengths) -> Iterator[Problem]:
    for place, sample in enumerate(samples):
        for key, size, about in (
            ("inputs", lengths.sizes[0], f"one for {_owner(0)}"),
            ("targets", lengths.sizes[-1], "one for each output"),
        ):
            numbers = as_list(look(sample, key))
            if size and (numbers or (numbers is not None and key == "inputs")):
                yield from _count(("data", place, key), numbers, size, "number", about)
        label, outputs = _label(sample), lengths.sizes[-1]
        if label is not None and outputs == 1:
            expected = "targets: a class needs several outputs, one for each class"
            yield Problem(("data", place, "class"), str(label), expected)
        elif label is not None and outputs and not 1 <= label <= outputs:
            yield Problem(("data", place, "class"), str(label), f"1 to {outputs}, one class for each output")


def _label(sample: Any) -> int | None:
    """Return the class of a sample; what is no whole number is left to others."""
    value = sample.get("class") if isinstance(sample, Mapping) else getattr(sample, "label", None)
    try:
        return None if value is None else read_whole(value)
    except RefusedError:
        return None


def _one_hot(samples: Any, loss: Any, outputs: int) -> Iterator[Problem]:
    """Yield the targets that are not 1 for one output and 0 for the others, where the loss asks for that."""
    kind = loss if isinstance(loss, str) else look(loss, "kind")
    if kind not in LOSSES or not LOSSES[kind].one_hot:
        return
    for place, sample in enumerate(samples):
        numbers = [str(getattr(number, "text", number)) for number in as_list(look(sample, "targets")) or ()]
        if numbers and len(numbers) == outputs and sorted(map(_bit, numbers)) != [0] * (outputs - 1) + [1]:
            few = "1: the output is the probability of what was observed (or another loss)"
            many = "1 for the class that was observed and 0 for the others (or another loss)"
            yield Problem(("data", place, "targets"), show(numbers), few if outputs == 1 else many)


def _bit(text: str) -> int:
    """Return 0 or 1 for a number of this value, else another number."""
    try:
        number = read_decimal(text).value
    except RefusedError:
        return 2
    return int(number) if number in (0, 1) else 2


def _learned_from(sample: Any, count: int) -> Iterator[Problem]:
    """Yield that no sample has the number under ``update.on``; what is no number is left to others."""
    try:
        number = read_whole(sample)
    except RefusedError:
        return
    if count and not 1 <= number <= count:
        yield Problem(("update", "on"), str(number), f"batch, each or the number of a sample, 1 to {count}")


def _steps(update: Any, given: Any, count: int) -> Iterator[Problem]:
    """Yield what does not go together with a step for each sample, or with its absence."""
    epochs = as_whole(look(update, "epochs"), 1, sys.maxsize) or 0
    if look(update, "on") != "each":
        if epochs > 1:
            yield Problem(("update", "epochs"), str(epochs), "on: each, for which samples are gone through in order")
        return
    if epochs * count > MOST_STEPS:
        yield Problem(("update", "on"), f"{epochs * count} steps", f"at most {MOST_STEPS}, a step for each sample")
    for name in given if isinstance(given, Mapping) else ():
        expected = "no stated values with on: each, for every step has other parameters and so other values"
        yield Problem(("given", name), show(name), expected, at_key=True)


def _told(loss: Any, given: Any, samples: Any) -> Iterator[Problem]:
    """Yield what is missing of the loss, or stands there besides the gradients that are given in its place."""
    upstream = [name for name in given if str(name).startswith(UPSTREAM)] if isinstance(given, Mapping) else []
    if loss is None and not upstream:
        yield Problem(("loss",), "nothing", f"the key {show('loss')}, or under given the gradients {UPSTREAM}OUTPUT")
        return
    for place, sample in enumerate(samples):
        said = sample if isinstance(sample, Mapping) else getattr(sample, "model_fields_set", None)
        key, has_targets = _target(sample)
        if loss is not None and said is not None and not has_targets:
            either = ("nothing", f"the key {show('targets')} or {show('class')}")
            lacking = ("no numbers", "one for each output") if "targets" in said else either
            yield Problem(("data", place, "targets"), *lacking)
        if loss is None and has_targets:
            expected = "none without a loss: the given gradients stand for it"
            yield Problem(("data", place, key), key, expected, at_key=True)
    for name in upstream if loss is not None else ():
        expected = "no given gradient besides a loss, from which it follows: leave out loss and targets, or this"
        yield Problem(("given", name), show(name), expected, at_key=True)


def _target(sample: Any) -> tuple[str, bool]:
    """Return under which key a sample says what its outputs should be, and whether it does."""
    label = look(sample, "class") if isinstance(sample, Mapping) else look(sample, "label")
    return ("targets", True) if look(sample, "targets") not in (None, (), []) else ("class", label is not None)


def _given(values: Any, lengths: Lengths, has_loss: bool) -> Iterator[Problem]:
    """Yield the names of stated values that no neuron has, if all neurons are known."""
    if not all(lengths.sizes):
        return
    known = {
        f"{kind}.{layer}.{neuron}"
        for layer, size in enumerate(lengths.sizes[1:], 1)
        for neuron in range(1, size + 1)
        for kind in ("z", "a")
    }
    last = len(lengths.sizes) - 1
    outputs = range(1, lengths.sizes[-1] + 1)
    known |= {"loss", *(f"loss.{output}" for output in outputs if len(outputs) > 1)} if has_loss else set()
    known |= {f"{UPSTREAM}a.{last}.{output}" for output in outputs}
    for name in values if isinstance(values, Mapping) else ():
        if name not in known:
            expected = "the id of a pre-activation z.LAYER.NEURON or of an activation a.LAYER.NEURON"
            yield Problem(("given", name), show(name), expected, nearest(str(name), known), at_key=True)


def _asked(questions: Any, known: Collection[str]) -> Iterator[Problem]:
    """Yield the parameters that a question asks for and that the network does not have."""
    for place, question in enumerate(questions):
        for which, name in enumerate(as_list(look(question, "of")) or ()):
            if name not in known:
                expected = "the id of a weight w.LAYER.TO.FROM or of a bias b.LAYER.NEURON"
                yield Problem(("questions", place, "of", which), show(name), expected, nearest(str(name), known))


def _aliases(values: Any, lengths: Lengths, parameters: Collection[str], samples: int) -> Iterator[Problem]:
    """Yield the ids that a name is said to mean and that the network does not have, if its sizes are known."""
    if not lengths.are_known:
        return
    known = _ids(lengths, parameters)
    for name, target in values.items() if isinstance(values, Mapping) else ():
        plain, at, sample = str(target).partition("@")
        if plain not in known or (at and sample not in map(str, range(1, samples + 1))):
            expected = "the id of a quantity, such as w.LAYER.TO.FROM or z.LAYER.NEURON"
            yield Problem(("aliases", name), show(target), expected, nearest(plain, known))


def _names(values: Any, lengths: Lengths, parameters: Collection[str]) -> Iterator[Problem]:
    """Yield the ids that are given a symbol and that the network does not have, if its sizes are known."""
    known = _ids(lengths, parameters) if lengths.are_known else set()
    for name in values if known and isinstance(values, Mapping) else ():
        if name not in known:
            expected = "the id of a quantity, such as w.LAYER.TO.FROM or z.LAYER.NEURON"
            yield Problem(("names", name), show(name), expected, nearest(str(name), known), at_key=True)


def _ids(lengths: Lengths, parameters: Collection[str]) -> set[str]:
    """Return the ids of all that has a symbol."""
    known = {"loss", "batch", "learning_rate", "penalty", "penalty_factor", *parameters}
    known |= {source for wiring in lengths.wirings for source in wiring.sources}
    known |= {f"x.{place}" for place in range(1, lengths.sizes[0] + 1)}
    for place in range(1, lengths.sizes[-1] + 1):
        known |= {f"t.{place}", f"loss.{place}"}
    for layer, size in enumerate(lengths.sizes[1:], 1):
        known |= {f"{kind}.{layer}.{neuron}" for kind in ("z", "a", "delta") for neuron in range(1, size + 1)}
    return known


def _count(path: Path, values: Any, expected: int, noun: str, about: str) -> Iterator[Problem]:
    if len(values) != expected:
        yield Problem(path, _counted(len(values), noun), f"{_counted(expected, noun)} ({about})")


def _counted(count: int, noun: str) -> str:
    plural = {"matrix": "matrices"}.get(noun, f"{noun}s")
    return f"{count or 'no'} {noun if count == 1 else plural}"
