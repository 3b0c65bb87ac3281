"""Whether the parameters of a spec fit its network: one weight for each connection, one bias for each neuron."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from symback.spec.counts import count_problems, counted, owner
from symback.spec.lengths import Lengths
from symback.spec.looking import as_list, look
from symback.spec.problems import Path, Problem, show
from symback.spec.wiring import SHARED, Wiring

MOST_LISTED = 6
"""How many ids of what enters a layer are listed."""


def weight_problems(value: Any, by_source: bool, lengths: Lengths) -> Iterator[Problem]:
    """Yield each matrix that is missing, transposed or of another shape than its layer."""
    path: Path = ("parameters", "weights")
    matrices = as_list(value)
    if matrices is None:
        return
    count = len(lengths.wirings)
    yield from count_problems(path, matrices, count, "matrix", "one for each layer")
    for place, (wiring, matrix) in enumerate(zip(lengths.wirings, map(as_list, matrices[:count]), strict=False)):
        if matrix is not None and lengths.readable[place]:
            yield from _matrix((*path, place), matrix, by_source, wiring)


def _matrix(path: Path, matrix: Any, by_source: bool, wiring: Wiring) -> Iterator[Problem]:
    """Yield what is wrong with the shape of one matrix: that it is transposed, or each length that does not fit."""
    sides = [(wiring.size, owner(wiring.layer)), (len(wiring.sources), _entering(wiring))]
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
        yield from count_problems(path, matrix, rows, "row", f"one for {row_owner}, orientation {orientation}")
    for place, row in enumerate(found):
        if row is not None:
            yield from count_problems(
                (*path, place), row, columns, "number", f"one for {column_owner}, orientation {orientation}"
            )


def _entering(wiring: Wiring) -> str:
    """Return in words what enters a layer: the layer before, or ids."""
    if wiring.is_plain:
        return owner(wiring.layer - 1)
    names = wiring.sources
    if len(names) > MOST_LISTED:
        names = (*names[: MOST_LISTED - 2], "…", names[-1])
    return f"each of {', '.join(names[:-1])} and {names[-1]}" if len(names) > 1 else names[0]


def bias_problems(value: Any, lengths: Lengths) -> Iterator[Problem]:
    """Yield each list of biases that is missing, too short or too long, or for a layer without biases."""
    path: Path = ("parameters", "biases")
    vectors = as_list(() if value is None else value)
    if vectors is None or not (vectors or any(wiring.biases or not wiring.size for wiring in lengths.wirings)):
        return
    about = "one for each layer, null for one without biases"
    yield from count_problems(path, vectors, len(lengths.wirings), "list", about)
    for place, (vector, wiring) in enumerate(zip(vectors, lengths.wirings, strict=False)):
        numbers = as_list(() if vector is None else vector)
        if numbers is None or not wiring.size:
            continue
        if wiring.biases:
            whose = f"all of layer {wiring.layer}" if wiring.bias == SHARED else owner(wiring.layer)
            yield from count_problems((*path, place), numbers, len(wiring.biases), "number", f"one for {whose}")
        elif numbers:
            kind = show(wiring.bias)
            yield Problem((*path, place), counted(len(numbers), "number"), f"null: layer {place + 1} has bias: {kind}")


def numbers_at_places(parameters: Any, by_source: bool, lengths: Lengths) -> dict[str, Any]:
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
