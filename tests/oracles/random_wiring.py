"""Random networks wired in every way that a spec may: from a seed, the same seed gives the same network for ever."""

from __future__ import annotations

import copy
import random
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from tests.oracles.functions import FUNCTIONS
from tests.oracles.network import read_network, read_samples
from tests.oracles.random_networks import is_comparable, random_network, with_penalty

Values = dict[str, Any]
WORDS = tuple(FUNCTIONS)
TRIES = 40


def wired_networks(seeds: Iterable[int]) -> list[tuple[int, Mapping[str, Any]]]:
    """Return the values of one spec for each seed, with the seed."""
    return [(seed, wired_network(seed)) for seed in seeds]


def wired_network(seed: int) -> Mapping[str, Any]:
    """Return a random network rewired: each seed has one way of wiring for certain, and others by chance."""
    for attempt in range(1000):
        draw = random.Random(f"{seed}/{attempt}")
        values = copy.deepcopy(dict(random_network(seed + 1000 * (attempt // TRIES))))
        values["parameters"].pop("orientation", None)
        values["loss"].pop("penalty", None)
        values["parameters"]["weights"] = _by_target(values, random_network(seed + 1000 * (attempt // TRIES)))
        sure = list(WAYS)[seed % len(WAYS)]
        for name, way in WAYS.items():
            if name == sure or draw.random() < 0.3:
                way(values, draw)
        if all(map(is_comparable, read_samples(values))) and hangs_together(values):
            return with_penalty(values, seed)
    raise AssertionError(f"no network for seed {seed}")


def _by_target(values: Values, drawn: Mapping[str, Any]) -> list[Any]:
    matrices = values["parameters"]["weights"]
    if drawn["parameters"].get("orientation") != "row":
        return matrices
    return [[list(row) for row in zip(*matrix, strict=True)] for matrix in matrices]


def hangs_together(values: Values) -> bool:
    """Say whether something enters every neuron, every hidden neuron enters something, and something is learned."""
    network = read_network(values)
    used, entered = set(), True
    for layer in network.layers:
        for row in layer.weights:
            sources = [source for source, weight in zip(layer.sources, row, strict=True) if weight is not None]
            entered = entered and any(not source.endswith(".0") for source in sources)
            used.update(sources)
    hidden = {name for name in network.intermediate if name.startswith("a.")}
    outputs = {f"a.{len(network.layers)}.{place}" for place in range(1, len(network.targets) + 1)}
    return entered and hidden - outputs <= used and bool(network.learned)


def _skip(values: Values, draw: random.Random) -> None:
    """Let every layer behind the first be entered by some layers before the one before, too."""
    sizes = [values["network"]["inputs"], *(layer["size"] for layer in values["network"]["layers"])]
    for place, layer in enumerate(values["network"]["layers"]):
        if place:
            froms = sorted({place, *(number for number in range(place) if draw.random() < 0.6)})
            if draw.random() < 0.3:
                froms.reverse()
            layer["from"] = froms
            width = sum(sizes[number] for number in froms)
            matrix = values["parameters"]["weights"][place]
            for row in matrix:
                row[:] = [_number(draw) for _ in range(width)]


def _biases(values: Values, draw: random.Random) -> None:
    """Give each layer a kind of bias."""
    kinds = [draw.choice([True, False, "shared", "input"]) for _ in values["network"]["layers"]]
    biases: list[Any] = []
    for place, (layer, kind) in enumerate(zip(values["network"]["layers"], kinds, strict=True)):
        layer["bias"] = kind
        count = {True: layer["size"], "shared": 1}.get(kind, 0)
        biases.append([_number(draw) for _ in range(count)] or None)
        if kind == "input":
            for row in values["parameters"]["weights"][place]:
                row.insert(0, _number(draw))
    values["parameters"]["biases"] = biases


def _activations(values: Values, draw: random.Random) -> None:
    """Give every hidden neuron an activation of its own; a stated value might lie on a kink of the new one."""
    values.pop("given", None)
    for layer in values["network"]["layers"][:-1]:
        layer["activation"] = [draw.choice(WORDS) for _ in range(layer["size"])]


def _absent(values: Values, draw: random.Random) -> None:
    """Take connections away."""
    for matrix in values["parameters"]["weights"]:
        for row in matrix:
            for place in range(len(row)):
                if draw.random() < 0.25:
                    row[place] = "absent"


def _tied(values: Values, draw: random.Random) -> None:
    """Use parameters in several places."""
    network = read_network(values)
    tied: dict[str, str] = {}
    for kind in ("w.", "b."):
        names = [name for name in network.parameters if name.startswith(kind)]
        for _ in range(draw.randint(1, 3)):
            if len(names) > 1:
                place, parameter = draw.sample(names, 2)
                if place not in tied and parameter not in tied and place not in tied.values():
                    tied[place] = parameter
    if tied:
        values["parameters"]["tied"] = tied
        _put(values, dict.fromkeys(tied))


def _put(values: Values, numbers: Mapping[str, Any]) -> None:
    """Put numbers at places."""
    for name, number in numbers.items():
        kind, layer, *within = name.split(".")
        place = int(layer) - 1
        if kind == "b":
            values["parameters"]["biases"][place][int(within[0]) - 1 if within else 0] = number
        else:
            first = 0 if values["network"]["layers"][place].get("bias") == "input" else 1
            values["parameters"]["weights"][place][int(within[0]) - 1][int(within[1]) - first] = number


def _frozen(values: Values, draw: random.Random) -> None:
    """Freeze some parameters."""
    names = list(read_network(values).parameters)
    update = values.setdefault("update", {"learning_rate": "0.5"})
    update["frozen"] = sorted(draw.sample(names, draw.randint(1, max(1, len(names) // 2))))


def _number(draw: random.Random) -> str:
    return f"{draw.uniform(-1.5, 1.5):.2f}"


WAYS: Mapping[str, Callable[[Values, random.Random], None]] = {
    "skip": _skip,
    "biases": _biases,
    "activations": _activations,
    "absent": _absent,
    "tied": _tied,
    "frozen": _frozen,
}
"""In the order in which they are applied."""
