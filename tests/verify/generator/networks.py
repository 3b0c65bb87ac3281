"""Small random networks with friendly numbers, as a spec and as numbers computed without the package."""

from __future__ import annotations

import json
import random
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from tests.verify.generator.numbers import Digits, exactly

INPUTS = ("1", "2", "0.5", "-1", "1.5", "0.1", "0.05", "0.3", "-0.5", "0.8", "3", "0.25", "0.6")
TARGETS = ("0", "1", "0.5", "0.01", "0.99", "2", "0.8", "0.2")
RATES = ("0.1", "0.5", "0.01", "0.2", "1", "0.25", "0.05")
NEAREST_KINK = Decimal("0.02")
LARGEST = 5


@dataclass(frozen=True, slots=True)
class Network:
    """Sizes from the inputs on, one activation for each layer, and the given numbers as text by id."""

    sizes: tuple[int, ...]
    activations: tuple[str, ...]
    biased: bool
    cross_entropy: bool
    factor: str
    given: Mapping[str, str]

    @property
    def depth(self) -> int:
        return len(self.activations)

    def size(self, layer: int) -> int:
        return self.sizes[layer]

    def weight_ids(self, layer: int) -> list[str]:
        """Return the weights of a layer neuron by neuron."""
        return [f"w.{layer}.{i}.{j}" for i in self.neurons(layer) for j in self.neurons(layer - 1)]

    def bias_ids(self, layer: int) -> list[str]:
        return [f"b.{layer}.{i}" for i in self.neurons(layer)] if self.biased else []

    def neurons(self, layer: int) -> range:
        return range(1, self.sizes[layer] + 1)

    def activation(self, layer: int) -> str:
        return self.activations[layer - 1]


def random_network(draw: random.Random, hidden: tuple[int, ...] = ()) -> Network:
    """Return a network none of whose numbers is awkward: no kink nearby, no saturated output, no two weights alike."""
    while True:
        network = _drawn(draw, hidden)
        with exactly():
            values = exact(network)
        pre = [value for key, value in values.items() if key.startswith("z.")]
        errors = [values[f"a.{network.depth}.{k}"] - values[f"t.{k}"] for k in network.neurons(network.depth)]
        if all(NEAREST_KINK < abs(z) < LARGEST for z in pre) and all(abs(error) > NEAREST_KINK for error in errors):
            return network


def exact(network: Network) -> dict[str, Decimal]:
    """Return every quantity of one step of learning with 50 digits, by a plain loop over the layers."""
    v = {key: Digits.number(text) for key, text in network.given.items()}
    before = [v[f"x.{j}"] for j in network.neurons(0)]
    for layer, name in enumerate(network.activations, 1):
        after = []
        for i in network.neurons(layer):
            z = sum((v[f"w.{layer}.{i}.{j}"] * x for j, x in enumerate(before, 1)), v.get(f"b.{layer}.{i}", Decimal(0)))
            v[f"z.{layer}.{i}"], v[f"a.{layer}.{i}"] = z, Digits.apply(name, z)
            after.append(v[f"a.{layer}.{i}"])
        before = after
    factor = Digits.number(network.factor)
    for k, y in enumerate(before, 1):
        t = v[f"t.{k}"]
        v[f"loss.{k}"] = -t * y.ln() - (1 - t) * (1 - y).ln() if network.cross_entropy else factor * (y - t) ** 2
        v[f"gradient.a.{network.depth}.{k}"] = (
            (y - t) / (y * (1 - y)) if network.cross_entropy else 2 * factor * (y - t)
        )
    v["loss"] = sum((v[f"loss.{k}"] for k in network.neurons(network.depth)), Decimal(0))
    for layer in range(network.depth, 0, -1):
        for i in network.neurons(layer):
            slope = (
                Digits.apply(network.activation(layer) + "'", v[f"z.{layer}.{i}"])
                if network.activation(layer) != "linear"
                else Decimal(1)
            )
            v[f"local.a.{layer}.{i}"] = slope
            v[f"delta.{layer}.{i}"] = delta = v[f"gradient.a.{layer}.{i}"] * slope
            for j in network.neurons(layer - 1):
                v[f"gradient.w.{layer}.{i}.{j}"] = delta * v[f"a.{layer - 1}.{j}" if layer > 1 else f"x.{j}"]
            if network.biased:
                v[f"gradient.b.{layer}.{i}"] = delta
        for j in network.neurons(layer - 1) if layer > 1 else ():
            v[f"gradient.a.{layer - 1}.{j}"] = sum(
                (v[f"w.{layer}.{i}.{j}"] * v[f"delta.{layer}.{i}"] for i in network.neurons(layer)), Decimal(0)
            )
    for key in [key for key in network.given if key[:2] in ("w.", "b.")]:
        v[f"updated.{key}"] = v[key] - v["learning_rate"] * v[f"gradient.{key}"]
    return v


def spec_text(network: Network, row: bool, aliases: Mapping[str, str], notation: str | None) -> str:
    """Return the network as the YAML of a spec; `row` says that its matrices are written ``weights[from][to]``."""
    loss = "binary-cross-entropy" if network.cross_entropy else f"{{kind: squared-error, factor: {network.factor}}}"
    lines = ["schema: 1", "title: A network worked by hand", "network:", f"  inputs: {network.sizes[0]}", "  layers:"]
    bias = "" if network.biased else ", bias: false"
    for size, name in zip(network.sizes[1:], network.activations, strict=True):
        lines.append(f"    - {{size: {size}, activation: {name}{bias}}}")
    lines += ["parameters:", f"  orientation: {'row' if row else 'column'}", "  weights:"]
    for layer in range(1, network.depth + 1):
        to, source = network.neurons(layer), network.neurons(layer - 1)
        matrix = [[network.given[f"w.{layer}.{i}.{j}"] for j in source] for i in to]
        shown = [list(column) for column in zip(*matrix, strict=True)] if row else matrix
        lines.append("    - [" + ", ".join(_flow(line) for line in shown) + "]")
    if network.biased:
        biases = [[network.given[key] for key in network.bias_ids(layer)] for layer in range(1, network.depth + 1)]
        lines.append("  biases: [" + ", ".join(map(_flow, biases)) + "]")
    inputs = [network.given[f"x.{j}"] for j in network.neurons(0)]
    targets = [network.given[f"t.{k}"] for k in network.neurons(network.depth)]
    lines += ["data:", f"  - {{inputs: {_flow(inputs)}, targets: {_flow(targets)}}}", f"loss: {loss}"]
    lines.append(f"update: {{learning_rate: {network.given['learning_rate']}}}")
    if notation:
        lines.append(f"notation: {notation}")
    if aliases:
        lines += ["aliases:", *(f"  {json.dumps(name, ensure_ascii=False)}: {key}" for name, key in aliases.items())]
    return "\n".join(lines) + "\n"


def _drawn(draw: random.Random, hidden: tuple[int, ...]) -> Network:
    hidden = hidden or tuple(draw.randint(1, 3) for _ in range(draw.choice((1, 1, 1, 2))))
    sizes = (draw.randint(1, 3), *hidden, draw.choice((1, 1, 2)))
    inner = draw.choice(("sigmoid", "sigmoid", "relu", "linear"))
    cross_entropy, biased = draw.random() < 0.3, draw.random() < 0.8
    last = "sigmoid" if cross_entropy else draw.choice(("sigmoid", "sigmoid", "linear", "relu"))
    step = draw.choice((5, 10))
    grid = [number for number in range(-90, 130, step) if number]
    given = {f"x.{j}": text for j, text in enumerate(draw.sample(INPUTS, sizes[0]), 1)}
    for layer, (source, size) in enumerate(pairwise(sizes), 1):
        numbers = iter(draw.sample(grid, size * (source + 1)))
        given |= {f"w.{layer}.{i}.{j}": _text(next(numbers)) for i in range(1, size + 1) for j in range(1, source + 1)}
        if biased:
            given |= {f"b.{layer}.{i}": _text(next(numbers)) for i in range(1, size + 1)}
    targets = ("0", "1") if cross_entropy else TARGETS
    given |= {f"t.{k}": draw.choice(targets) for k in range(1, sizes[-1] + 1)}
    given["learning_rate"] = draw.choice(RATES)
    factor = "1" if cross_entropy else draw.choice(("1/2", "1/2", "1"))
    return Network(sizes, (inner,) * len(hidden) + (last,), biased, cross_entropy, factor, given)


def _text(hundredths: int) -> str:
    return f"{Decimal(hundredths).scaleb(-2).normalize():f}"


def _flow(numbers: list[str]) -> str:
    return "[" + ", ".join(numbers) + "]"
