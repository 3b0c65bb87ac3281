"""A network read from the plain values of a spec and worked through neuron by neuron, in any arithmetic.

This is a second reading of the format: orientation, ids and sums are said here again and shared with nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from tests.oracles.functions import FUNCTIONS, LOSSES, Arithmetic, Function


@dataclass(frozen=True)
class Layer:
    """One layer: ``weights[to][from]``, and no biases or one for each neuron."""

    weights: Sequence[Sequence[Fraction]]
    biases: Sequence[Fraction]
    function: Function


@dataclass(frozen=True)
class Network:
    """A network with its one sample, as exact fractions."""

    layers: Sequence[Layer]
    inputs: Sequence[Fraction]
    targets: Sequence[Fraction]
    loss: str
    factor: Fraction
    learning_rate: Fraction | None

    @property
    def parameters(self) -> dict[str, Fraction]:
        """Weights and biases by id."""
        found = {}
        for place, layer in enumerate(self.layers, 1):
            for to, row in enumerate(layer.weights, 1):
                for source, weight in enumerate(row, 1):
                    found[f"w.{place}.{to}.{source}"] = weight
            for neuron, bias in enumerate(layer.biases, 1):
                found[f"b.{place}.{neuron}"] = bias
        return found

    @property
    def given(self) -> dict[str, Fraction]:
        """Inputs, targets and parameters by id."""
        inputs = {f"x.{place}": number for place, number in enumerate(self.inputs, 1)}
        targets = {f"t.{place}": number for place, number in enumerate(self.targets, 1)}
        return {**inputs, **targets, **self.parameters}

    @property
    def intermediate(self) -> tuple[str, ...]:
        """Ids of pre-activations, activations and loss terms: all that a loss depends on besides what is given."""
        ids = []
        for place, layer in enumerate(self.layers, 1):
            for neuron in range(1, len(layer.weights) + 1):
                ids += [f"z.{place}.{neuron}", f"a.{place}.{neuron}"]
        terms = len(self.targets) if len(self.targets) > 1 else 0
        return (*ids, *(f"loss.{place}" for place in range(1, terms + 1)))

    def forward(self, numbers: Mapping[str, Any], shifts: Mapping[str, Any], m: Arithmetic) -> dict[str, Any]:
        """Return every intermediate quantity and the loss.

        Parameters
        ----------
        numbers
            Inputs, targets and parameters by id, in the arithmetic `m`.
        shifts
            What is added to intermediate quantities, by id; the derivative by such a shift, where it is 0, is the
            gradient of the quantity.
        m
            The arithmetic.
        """
        found: dict[str, Any] = {}
        before = [numbers[f"x.{place}"] for place in range(1, len(self.inputs) + 1)]
        for place, layer in enumerate(self.layers, 1):
            after = []
            for to in range(1, len(layer.weights) + 1):
                total = numbers[f"b.{place}.{to}"] if layer.biases else 0
                for source, value in enumerate(before, 1):
                    total = total + numbers[f"w.{place}.{to}.{source}"] * value
                z, a = f"z.{place}.{to}", f"a.{place}.{to}"
                found[z] = total + shifts.get(z, 0)
                found[a] = layer.function(found[z], m) + shifts.get(a, 0)
                after.append(found[a])
            before = after
        factor, term = m.number(self.factor), LOSSES[self.loss]
        terms = [factor * term(output, numbers[f"t.{place}"]) for place, output in enumerate(before, 1)]
        if len(terms) > 1:
            for place, value in enumerate(terms, 1):
                found[f"loss.{place}"] = value + shifts.get(f"loss.{place}", 0)
            terms = [found[f"loss.{place}"] for place in range(1, len(terms) + 1)]
        found["loss"] = sum(terms[1:], terms[0])
        return found

    def numbers(self, m: Arithmetic) -> dict[str, Any]:
        """Return what is given, in the arithmetic `m`."""
        return {name: m.number(value) for name, value in self.given.items()}


def read_network(values: Mapping[str, Any]) -> Network:
    """Return the network that the values of a spec describe."""
    parameters, (sample,) = values["parameters"], values["data"]
    loss = values["loss"] if isinstance(values["loss"], Mapping) else {"kind": values["loss"]}
    rate = values.get("update", {}).get("learning_rate")
    return Network(
        layers=tuple(_layers(values["network"]["layers"], parameters)),
        inputs=_fractions(sample["inputs"]),
        targets=_fractions(sample["targets"]),
        loss=loss["kind"],
        factor=Fraction(str(loss.get("factor", 1))),
        learning_rate=None if rate is None else Fraction(str(rate)),
    )


def _layers(layers: Sequence[Mapping[str, Any]], parameters: Mapping[str, Any]) -> Iterator[Layer]:
    by_rows = parameters.get("orientation", "column") == "row"
    for place, layer in enumerate(layers):
        matrix = [_fractions(row) for row in parameters["weights"][place]]
        yield Layer(
            weights=list(zip(*matrix, strict=True)) if by_rows else matrix,
            biases=_fractions(parameters["biases"][place]) if layer.get("bias", True) else (),
            function=FUNCTIONS[layer["activation"]],
        )


def _fractions(numbers: Sequence[Any]) -> tuple[Fraction, ...]:
    return tuple(Fraction(str(number)) for number in numbers)
