"""Whether the numbers of a spec fit its network: one weight for each connection, one bias for each neuron.

The checks look at lengths alone, in data that need not be valid otherwise, so that they can be reported together with
all that is wrong besides. What is no list, or has an unreadable size, is left to others.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from symback.spec.problems import Path, Problem, RefusedError, nearest, show
from symback.spec.words import read_whole

UPSTREAM = "loss:"
"""Begins the name of a given gradient, before the id of the output."""

MOST_STEPS = 100
"""How many steps a page may do, a sample each."""


@dataclass(frozen=True, slots=True)
class Lengths:
    """The lengths that a network asks for; 0 stands for a size that cannot be read."""

    sizes: tuple[int, ...]
    biases: tuple[bool, ...]


def _owner(layer: int) -> str:
    """Return in words what has one number, row or column each; layer 0 is the input."""
    return f"each neuron of layer {layer}" if layer else "each input"


def shape_problems(spec: Any) -> Iterator[Problem]:
    """Yield each place where parameters or data do not fit the network of `spec`, valid or not."""
    network, parameters = _get(spec, "network"), _get(spec, "parameters")
    layers = _list(_get(network, "layers"))
    if not layers:
        return
    lengths = Lengths(
        (_size(_get(network, "inputs")), *(_size(_get(layer, "size")) for layer in layers)),
        tuple(_get(layer, "bias") is not False for layer in layers),
    )
    if isinstance(parameters, Mapping) or hasattr(parameters, "weights"):
        yield from _weights(_get(parameters, "weights"), _get(parameters, "orientation") == "row", lengths)
        yield from _biases(_get(parameters, "biases"), lengths)
    samples = _list(_get(spec, "data")) or ()
    yield from _data(samples, lengths)
    yield from _learned_from(_get(_get(spec, "update"), "on"), len(samples))
    yield from _steps(_get(spec, "update"), _get(spec, "given"), len(samples))
    yield from _given(_get(spec, "given"), lengths, _get(spec, "loss") is not None)
    yield from _told(_get(spec, "loss"), _get(spec, "given"), samples)
    yield from _asked(_list(_get(spec, "questions")) or (), lengths)
    yield from _aliases(_get(spec, "aliases"), lengths, len(samples))


def _weights(value: Any, by_source: bool, lengths: Lengths) -> Iterator[Problem]:
    path: Path = ("parameters", "weights")
    matrices = _list(value)
    if matrices is None:
        return
    yield from _count(path, matrices, len(lengths.biases), "matrix", "one for each layer")
    for place, matrix in enumerate(map(_list, matrices[: len(lengths.biases)])):
        if matrix is not None and lengths.sizes[place] and lengths.sizes[place + 1]:
            yield from _matrix((*path, place), matrix, by_source, lengths, place + 1)


def _matrix(path: Path, matrix: Any, by_source: bool, lengths: Lengths, layer: int) -> Iterator[Problem]:
    """Yield what is wrong with the shape of one matrix: that it is transposed, or each length that does not fit."""
    row_layer, column_layer = (layer - 1, layer) if by_source else (layer, layer - 1)
    orientation, other = ("row", "column") if by_source else ("column", "row")
    rows, columns = lengths.sizes[row_layer], lengths.sizes[column_layer]
    found = [_list(row) for row in matrix]
    lists = [row for row in found if row is not None]
    if rows != columns and len(matrix) == len(lists) == columns and {len(row) for row in lists} == {rows}:
        came = f"{columns} × {rows} numbers, the transpose of what fits"
        about = f"orientation {orientation}: one row for"
        yield Problem(path, came, f"{rows} × {columns} numbers ({about} {_owner(row_layer)})", f"orientation: {other}")
        return
    if lists or not found:
        yield from _count(path, matrix, rows, "row", f"one for {_owner(row_layer)}, orientation {orientation}")
    for place, row in enumerate(found):
        if row is not None:
            about = f"one for {_owner(column_layer)}, orientation {orientation}"
            yield from _count((*path, place), row, columns, "number", about)


def _biases(value: Any, lengths: Lengths) -> Iterator[Problem]:
    path: Path = ("parameters", "biases")
    vectors = _list(() if value is None else value)
    if vectors is None or not (vectors or any(lengths.biases)):
        return
    yield from _count(path, vectors, len(lengths.biases), "list", "one for each layer, null for one without biases")
    for place, (vector, wanted) in enumerate(zip(vectors, lengths.biases, strict=False)):
        numbers = _list(() if vector is None else vector)
        layer = place + 1
        if numbers and not wanted:
            yield Problem((*path, place), _counted(len(numbers), "number"), f"null: layer {layer} has bias: false")
        elif numbers is not None and wanted and lengths.sizes[layer]:
            yield from _count((*path, place), numbers, lengths.sizes[layer], "number", f"one for {_owner(layer)}")


def _data(samples: Any, lengths: Lengths) -> Iterator[Problem]:
    for place, sample in enumerate(samples):
        for key, size, about in (
            ("inputs", lengths.sizes[0], f"one for {_owner(0)}"),
            ("targets", lengths.sizes[-1], "one for each output"),
        ):
            numbers = _list(_get(sample, key))
            if size and (numbers or (numbers is not None and key == "inputs")):
                yield from _count(("data", place, key), numbers, size, "number", about)


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
    epochs = _whole(_get(update, "epochs"))
    if _get(update, "on") != "each":
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
        has_targets = bool(_list(_get(sample, "targets")))
        if loss is not None and not has_targets and _get(sample, "targets") in (None, ()):
            yield Problem(("data", place, "targets"), "nothing", f"the key {show('targets')}")
        if loss is None and has_targets:
            expected = "none without a loss: the given gradients stand for it"
            yield Problem(("data", place, "targets"), "targets", expected, at_key=True)
    for name in upstream if loss is not None else ():
        expected = "no given gradient besides a loss, from which it follows: leave out loss and targets, or this"
        yield Problem(("given", name), show(name), expected, at_key=True)


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


def _asked(questions: Any, lengths: Lengths) -> Iterator[Problem]:
    """Yield the parameters that a question asks for and that the network does not have."""
    known = frozenset(_parameters(lengths))
    for place, question in enumerate(questions):
        for which, name in enumerate(_list(_get(question, "of")) or ()):
            if name not in known:
                expected = "the id of a weight w.LAYER.TO.FROM or of a bias b.LAYER.NEURON"
                yield Problem(("questions", place, "of", which), show(name), expected, nearest(str(name), known))


def _aliases(values: Any, lengths: Lengths, samples: int) -> Iterator[Problem]:
    """Yield the ids that a name is said to mean and that the network does not have, if its sizes are known."""
    if not all(lengths.sizes):
        return
    known = {"loss", "batch", "learning_rate", *_parameters(lengths)}
    known |= {f"x.{place}" for place in range(1, lengths.sizes[0] + 1)}
    for place in range(1, lengths.sizes[-1] + 1):
        known |= {f"t.{place}", f"loss.{place}"}
    for layer, size in enumerate(lengths.sizes[1:], 1):
        known |= {f"{kind}.{layer}.{neuron}" for kind in ("z", "a", "delta") for neuron in range(1, size + 1)}
    for name, target in values.items() if isinstance(values, Mapping) else ():
        plain, at, sample = str(target).partition("@")
        if plain not in known or (at and sample not in map(str, range(1, samples + 1))):
            expected = "the id of a quantity, such as w.LAYER.TO.FROM or z.LAYER.NEURON"
            yield Problem(("aliases", name), show(target), expected, nearest(plain, known))


def _parameters(lengths: Lengths) -> Iterator[str]:
    """Yield the ids of all weights and biases."""
    for layer, (before, size) in enumerate(pairwise(lengths.sizes), 1):
        for neuron in range(1, size + 1):
            yield from (f"w.{layer}.{neuron}.{source}" for source in range(1, before + 1))
            if lengths.biases[layer - 1]:
                yield f"b.{layer}.{neuron}"


def _count(path: Path, values: Any, expected: int, noun: str, about: str) -> Iterator[Problem]:
    if len(values) != expected:
        yield Problem(path, _counted(len(values), noun), f"{_counted(expected, noun)} ({about})")


def _counted(count: int, noun: str) -> str:
    plural = {"matrix": "matrices"}.get(noun, f"{noun}s")
    return f"{count or 'no'} {noun if count == 1 else plural}"


def _get(holder: Any, key: str) -> Any:
    return holder.get(key) if isinstance(holder, Mapping) else getattr(holder, key, None)


def _list(value: Any) -> list[Any] | tuple[Any, ...] | None:
    return value if isinstance(value, (list, tuple)) else None


def _size(value: Any) -> int:
    size = _whole(value)
    return size if 1 <= size <= 64 else 0


def _whole(value: Any) -> int:
    """Return a whole number, 0 for anything else."""
    try:
        return read_whole(value)
    except RefusedError:
        return 0
