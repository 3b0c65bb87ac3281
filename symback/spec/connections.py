"""Whether a network hangs together: what enters a layer, connections that are absent, tied and frozen parameters.

Like the checks of lengths, these look into data that need not be valid otherwise.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fnmatch import fnmatchcase
from typing import Any

from symback.spec.lengths import Lengths, entering_of
from symback.spec.looking import as_list, as_mapping, as_whole, look
from symback.spec.problems import Path, Problem, nearest, show
from symback.spec.wiring import ABSENT, value_id


def entering_problems(layers: Any) -> Iterator[Problem]:
    """Yield what does not name a layer before, or names it twice, and layers whose values go nowhere."""
    used: set[int] = set()
    for place, layer in enumerate(layers):
        numbers = as_list(look(layer, "from") or look(layer, "entering")) or ()
        path: Path = ("network", "layers", place, "from")
        for which, number in enumerate(numbers):
            source = as_whole(number, 0, place)
            if source is None:
                yield Problem(
                    (*path, which), show(number), f"the number of a layer before layer {place + 1}, 0 to {place}"
                )
            elif number in numbers[:which]:
                yield Problem((*path, which), f"{show(number)} a second time", "each layer once")
        entering = entering_of(layer, place + 1)
        if entering is None:
            return
        used.update(entering)
    for place in range(1, len(layers)):
        if place not in used:
            came = f"layer {place}, whose values enter no later layer"
            yield Problem(("network", "layers", place - 1), came, "its number under from of a later layer")


def absent_places(weights: Any, by_source: bool, lengths: Lengths) -> dict[str, Path]:
    """Return the ids of the places without a connection, with the paths at which that is said."""
    found: dict[str, Path] = {}
    for place, matrix in enumerate(as_list(weights) or ()):
        wiring = lengths.wirings[place] if place < len(lengths.wirings) and lengths.readable[place] else None
        for row, entries in enumerate(as_list(matrix) or ()):
            for column, entry in enumerate(as_list(entries) or ()):
                to, source = (column, row) if by_source else (row, column)
                if entry == ABSENT and wiring and to < wiring.size and source < len(wiring.sources):
                    found[wiring.weights[to][source]] = ("parameters", "weights", place, row, column)
    return found


def connection_problems(absent: Mapping[str, Path], lengths: Lengths) -> Iterator[Problem]:
    """Yield neurons that nothing enters, and those whose value enters nothing, where connections are absent."""
    used: set[str] = set()
    for wiring in lengths.known:
        for to, row in enumerate(wiring.weights, 1):
            entering = [source for name, source in zip(row, wiring.sources, strict=True) if name not in absent]
            used.update(entering)
            if not [source for source in entering if not source.endswith(".0")]:
                came = f"no connection into neuron {to} of layer {wiring.layer}"
                yield Problem(absent[row[-1]], came, "at least one number or null among its weights")
    if not lengths.are_known:
        return
    for layer, size in enumerate(lengths.sizes[1:-1], 1):
        for neuron in range(1, size + 1):
            value = value_id(layer, neuron)
            last = [path for name, path in absent.items() if value in _source(name, lengths)]
            if value not in used and last:
                came = f"no connection from neuron {neuron} of layer {layer} into any layer"
                yield Problem(last[-1], came, "at least one number or null among the weights for what it gives")


def _source(name: str, lengths: Lengths) -> Iterator[str]:
    """Yield the id of what is multiplied with the weight at a place."""
    for wiring in lengths.known:
        for row in wiring.weights:
            if name in row:
                yield wiring.sources[row.index(name)]


def tied_problems(tied: Any, numbers: Mapping[str, Any], absent: Mapping[str, Path]) -> Iterator[Problem]:
    """Yield ties between what is no place of a parameter, or of another kind, and numbers that contradict a tie.

    `numbers` has what stands at each place.
    """
    ties = as_mapping(tied)
    for place, parameter in ties.items():
        path: Path = ("parameters", "tied", place)
        if place not in numbers or place in absent:
            yield Problem(path, show(place), *_expected("place", numbers, absent, place), at_key=True)
        elif parameter not in numbers or parameter in absent or str(parameter)[0] != str(place)[0]:
            kind = [name for name in numbers if name[0] == place[0] and name != place]
            yield Problem(path, show(parameter), *_expected("parameter", kind, absent, parameter))
        elif parameter in ties:
            own = ties[parameter]
            yield Problem(
                path, f"{show(parameter)}, a place that is tied itself", "a parameter that is not tied", str(own)
            )
        elif numbers[place] is not None and not _agree(numbers[place], numbers[parameter]):
            came = f"{show(place)}, where {_said(numbers[place])} stands"
            yield Problem(
                path, came, f"null there, or the number of {parameter}: {_said(numbers[parameter])}", at_key=True
            )


def _expected(noun: str, known: Any, absent: Mapping[str, Path], came: Any) -> tuple[str, str]:
    names = [name for name in known if name not in absent]
    kind = "w.LAYER.TO.FROM or b.LAYER.NEURON" if noun == "place" else "one of the same kind"
    return f"the id of a weight or bias: {kind}", nearest(str(came), names)


def _said(number: Any) -> str:
    return show(getattr(number, "text", number))


def _agree(one: Any, other: Any) -> bool:
    return _said(one) == _said(other)


def frozen_problems(frozen: Any, parameters: list[str]) -> Iterator[Problem]:
    """Yield patterns that match no parameter, and that nothing is left to learn."""
    patterns = [str(pattern) for pattern in as_list(frozen) or ()]
    yield from pattern_problems(("update", "frozen"), patterns, parameters)
    if patterns and all(any(fnmatchcase(name, pattern) for pattern in patterns) for name in parameters):
        yield Problem(("update", "frozen"), "every parameter", "at least one that is left to learn")


def pattern_problems(path: Path, patterns: Any, parameters: list[str]) -> Iterator[Problem]:
    """Yield patterns that match no parameter."""
    for place, pattern in enumerate(map(str, as_list(patterns) or ())):
        if not any(fnmatchcase(name, pattern) for name in parameters):
            expected = "the id of a weight or bias, or a pattern such as b.* that one matches"
            yield Problem((*path, place), show(pattern), expected, nearest(pattern, parameters))
