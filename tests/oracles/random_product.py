"""Random networks from the full product of activations, losses, wirings, penalties, notations and styles.

Each case is drawn from its seed alone, for ever: one value of every factor, all with the same chance, and then numbers
until they can be compared.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

import mpmath

from symback import resources
from symback.derive.derivation import Derivation
from symback.graph.build import build_graph
from symback.spec.load import load_mapping
from symback.values.policy import Carry, policy_of
from symback.values.values import Values
from symback.written.nodes import partial_key
from tests.oracles.automatic import automatic_gradients
from tests.oracles.differences import DIGITS, difference_gradients
from tests.oracles.functions import FUNCTIONS, JOINT, LOSSES
from tests.oracles.network import SHARES, read_network, read_samples
from tests.oracles.random_networks import CHANCES, PROBABILITIES, aim, decimal, is_comparable
from tests.oracles.random_wiring import WAYS, hangs_together
from tests.oracles.reading import decimal as decimal_of
from tests.oracles.reading import error

FACTORS: Mapping[str, tuple[str, ...]] = {
    "activation": (*FUNCTIONS, *JOINT),
    "loss": tuple(LOSSES),
    "wiring": ("in a row", *WAYS),
    "penalty": ("none", *SHARES),
    "notation": tuple(resources.notations()),
    "style": tuple(resources.styles()),
}
"""What every case has one of."""

ROUNDINGS, CARRIES = ("half-up", "half-even", "truncate"), ("exact", "printed")
TRIES = 4000


@dataclass(frozen=True, slots=True)
class Case:
    """One case: the value of each factor, and the values of its spec, style and notation included."""

    seed: int
    factors: Mapping[str, str]
    values: Mapping[str, Any]

    def __str__(self) -> str:
        return f"seed {self.seed}, {', '.join(self.factors.values())}"


def product_case(seed: int) -> Case:
    """Return the case of a seed."""
    draw = random.Random(f"product {seed}")
    factors = {name: draw.choice(choices) for name, choices in FACTORS.items()}
    for _ in range(TRIES):
        values = _values(draw, factors)
        if factors["wiring"] in WAYS:
            WAYS[factors["wiring"]](values, draw)
        if all(map(is_comparable, read_samples(values))) and hangs_together(values):
            return Case(seed, factors, _written(draw, factors, values))
    raise AssertionError(f"no network for {factors}")


def _values(draw: random.Random, factors: Mapping[str, str]) -> dict[str, Any]:
    """Return a network with the activation and the loss that are asked for, one to three layers deep."""
    word, loss = factors["activation"], factors["loss"]
    fits_outputs = loss not in CHANCES or word in (*PROBABILITIES, *JOINT)
    hidden = draw.randint(0 if fits_outputs and factors["wiring"] == "in a row" else 1, 2)
    sizes = [draw.randint(1, 3) for _ in range(hidden + 2)]
    place = draw.randrange(hidden + 1) if fits_outputs else draw.randrange(hidden)
    words = [draw.choice([*FUNCTIONS]) for _ in sizes[1:]]
    if loss in CHANCES:
        words[-1] = draw.choice(PROBABILITIES)
    words[place] = word
    if word in JOINT:
        sizes[place + 1] = draw.randint(2, 3)
    layers = [
        {"size": size, "activation": each, "bias": draw.random() < 0.7}
        for size, each in zip(sizes[1:], words, strict=True)
    ]
    data = []
    for _ in range(draw.choice([1, 1, 2])):
        targets = [draw.choice(["0", "1", "0.25"]) if loss in CHANCES else decimal(draw, 2) for _ in range(sizes[-1])]
        data.append({"inputs": [decimal(draw, 2) for _ in range(sizes[0])]} | aim(draw, loss, targets))
    update = {
        "learning_rate": draw.choice(["0.1", "0.25", "0.5"]),
        "on": draw.choice(["batch", len(data)]),
        "reduction": draw.choice(["mean", "sum"]),
    }
    return {
        "schema": 1,
        "network": {"inputs": sizes[0], "layers": layers},
        "parameters": {
            "weights": [
                [[decimal(draw, 1.5) for _ in range(before)] for _ in range(size)] for before, size in pairwise(sizes)
            ],
            "biases": [[decimal(draw, 1) for _ in range(each["size"])] if each["bias"] else None for each in layers],
        },
        "data": data,
        "loss": {
            "kind": loss,
            "factor": draw.choice(["1", "1/2", "1/n", "1/(2n)"]),
            "reduction": draw.choice(["sum", "sum", "mean"]),
        },
        "update": update,
    }


def _written(draw: random.Random, factors: Mapping[str, str], values: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the same values with a penalty, a policy for numbers, a notation and a style."""
    numbers = {"decimals": draw.randint(2, 6), "rounding": draw.choice(ROUNDINGS), "carry": draw.choice(CARRIES)}
    loss = dict(values["loss"])
    if factors["penalty"] in SHARES:
        loss["penalty"] = {"kind": factors["penalty"], "factor": draw.choice(["0.01", "0.2", "1/8"])}
        names = [*read_samples(values)[0].parameters]
        of = draw.choice([None, ["*"], sorted(draw.sample(names, draw.randint(1, len(names))))])
        loss["penalty"] |= {} if of is None else {"of": of}
    return {
        **values,
        "loss": loss,
        "numbers": numbers,
        "notation": factors["notation"],
        "style": factors["style"],
    }


CLOSE = {"differences": mpmath.mpf(10) ** -20, "autograd": mpmath.mpf(10) ** -9}
"""How far a gradient may lie from that of an oracle, relative to the larger of 1 and the gradient."""


def gradient_errors(case: Case) -> Iterator[tuple[str, str, bool]]:
    """Yield for every sample and parameter the oracle, the id, and whether the gradients with the penalty agree."""
    spec = load_mapping(case.values)
    numbers = Values(Derivation(build_graph(spec)), policy_of(spec))
    numbers = Values(numbers.derivation, replace(numbers.policy, carry=Carry.EXACT))
    for sample in range(1, len(case.values["data"]) + 1):
        network, exact = read_network(case.values, sample), numbers.sample(sample).exact
        oracles = {
            "differences": difference_gradients(network, "objective", network.learned),
            "autograd": automatic_gradients(case.values, sample, "objective"),
        }
        with mpmath.workdps(DIGITS):
            for name in network.learned:
                found = decimal_of(exact[partial_key("loss", name)])
                if network.penalty is not None and network.penalty.matches(name):
                    found += decimal_of(exact[partial_key("penalty", name)])
                for oracle, gradients in oracles.items():
                    yield oracle, name, bool(error(found, mpmath.mpf(gradients[name])) < CLOSE[oracle])
