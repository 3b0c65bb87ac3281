"""A network read from the plain values of a spec and worked through neuron by neuron, in any arithmetic.

This is a second reading of the format: orientation, ids and sums are said here again and shared with nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from fractions import Fraction
from typing import Any

from tests.oracles.functions import FUNCTIONS, JOINT, LOSSES, OBSERVED, Arithmetic, Function

BEFORE_SHIFTS = "="
"""Begins the key under which a forward pass keeps what the definition of a stated quantity gives."""


@dataclass(frozen=True)
class Layer:
    """One layer: ``weights[to][from]`` (None: no connection), and no biases, one for all or one for each neuron.

    ``sources`` are the ids of what is multiplied with the weights, the first of them numbered 0 if that is a constant.
    """

    weights: Sequence[Sequence[Fraction | None]]
    biases: Sequence[Fraction]
    functions: Sequence[Function]
    sources: Sequence[str]
    shares_bias: bool
    joint: str = ""
    """The name of the activation, where it is one of the whole layer."""

    @property
    def first(self) -> int:
        return 0 if self.sources[0].endswith(".0") else 1


SHARES = {"l2": Fraction(1), "half-l2": Fraction(1, 2)}
"""By kind of penalty: what its factor times the sum of the squares is multiplied with."""


@dataclass(frozen=True)
class Penalty:
    """What is added to a loss: a share of a factor, times the squares of the parameters that match the patterns."""

    share: Fraction
    stated: Fraction
    of: Sequence[str]

    @property
    def factor(self) -> Fraction:
        """What the sum of the squares is multiplied with."""
        return self.share * self.stated

    def matches(self, name: str) -> bool:
        return any(fnmatchcase(name, pattern) for pattern in self.of)


@dataclass(frozen=True)
class Network:
    """A network with one of its samples, as exact fractions; ``stated`` overrides what definitions give."""

    layers: Sequence[Layer]
    inputs: Sequence[Fraction]
    targets: Sequence[Fraction]
    stated: Mapping[str, Fraction]
    loss: str
    factor: Fraction
    share: Fraction
    learning_rate: Fraction | None
    tied: Mapping[str, str]
    frozen: Sequence[str]
    penalty: Penalty | None = None

    @property
    def parameters(self) -> dict[str, Fraction]:
        """Weights and biases by id."""
        found = {}
        for place, layer in enumerate(self.layers, 1):
            for to, row in enumerate(layer.weights, 1):
                for source, weight in enumerate(row, layer.first):
                    if weight is not None:
                        found[f"w.{place}.{to}.{source}"] = weight
            for neuron, bias in enumerate(layer.biases, 1):
                found[f"b.{place}" if layer.shares_bias else f"b.{place}.{neuron}"] = bias
        return {name: number for name, number in found.items() if name not in self.tied}

    @property
    def learned(self) -> dict[str, Fraction]:
        """The parameters that are not frozen."""
        return {
            name: number
            for name, number in self.parameters.items()
            if not any(fnmatchcase(name, pattern) for pattern in self.frozen)
        }

    @property
    def given(self) -> dict[str, Fraction]:
        """Inputs, targets and parameters by id."""
        inputs = {f"x.{place}": number for place, number in enumerate(self.inputs, 1)}
        targets = {f"t.{place}": number for place, number in enumerate(self.targets, 1)}
        return {**inputs, **targets, **self.parameters}

    @property
    def of_penalty(self) -> dict[str, Fraction]:
        """The factor of the penalty by its id, if there is one."""
        return {} if self.penalty is None else {"penalty_factor": self.penalty.stated}

    @property
    def constants(self) -> dict[str, Fraction]:
        """The ones whose weights are biases, by id."""
        return {source: Fraction(1) for layer in self.layers for source in layer.sources if source.endswith(".0")}

    @property
    def intermediate(self) -> tuple[str, ...]:
        """Ids of pre-activations, activations and loss terms: all that a loss depends on besides what is given."""
        ids = []
        for place, layer in enumerate(self.layers, 1):
            for neuron in range(1, len(layer.weights) + 1):
                ids += [f"z.{place}.{neuron}", f"a.{place}.{neuron}"]
        terms = len(self.targets) if len(self.targets) > 1 else 0
        return (*ids, *(f"loss.{place}" for place in range(1, terms + 1)))

    def forward(
        self,
        numbers: Mapping[str, Any],
        m: Arithmetic,
        shifts: Mapping[str, Any] | None = None,
        settled: Mapping[str, Any] | None = None,
    ) -> dict[str, Any]:
        """Return every intermediate quantity, the loss, the penalty, and both together as ``objective``.

        Parameters
        ----------
        numbers
            Inputs, targets and parameters by id, in the arithmetic `m`.
        m
            The arithmetic.
        shifts
            What is added to intermediate quantities, by id; the derivative by such a shift, where it is 0, is the
            gradient of the quantity.
        settled
            What the definitions of stated quantities give before anything moves: a stated quantity moves with its
            definition from there. Left out, it has just the stated value.
        """
        shifts, found = shifts or {}, {}

        def settle(name: str, definition: Any) -> Any:
            if name in self.stated:
                found[BEFORE_SHIFTS + name] = definition
                moved = 0 if settled is None else definition - settled[BEFORE_SHIFTS + name]
                definition = m.number(self.stated[name]) + moved
            found[name] = definition + shifts.get(name, 0)
            return found[name]

        def used(name: str) -> Any:
            return numbers[self.tied.get(name, name)]

        for place, layer in enumerate(self.layers, 1):
            after, entered = [], []
            for to, row in enumerate(layer.weights, 1):
                total: Any = 0
                if layer.biases:
                    total = used(f"b.{place}" if layer.shares_bias else f"b.{place}.{to}")
                for number, (source, weight) in enumerate(zip(layer.sources, row, strict=True), layer.first):
                    if weight is not None:
                        value = 1 if source.endswith(".0") else numbers[source] if source[0] == "x" else found[source]
                        total = total + used(f"w.{place}.{to}.{number}") * value
                z = settle(f"z.{place}.{to}", total)
                entered.append(z)
                if not layer.joint:
                    after.append(settle(f"a.{place}.{to}", layer.functions[to - 1](z, m)))
            if layer.joint:
                joined = JOINT[layer.joint](entered, m)
                after = [settle(f"a.{place}.{to}", value) for to, value in enumerate(joined, 1)]
            before = after
        factor, term = m.number(self.factor), LOSSES[self.loss]
        targets = [numbers[f"t.{place}"] for place in range(1, len(before) + 1)]
        if self.loss in OBSERVED and len(before) == 1:
            targets = [1]
        terms = [factor * term(output, target, m) for output, target in zip(before, targets, strict=True)]
        if len(terms) > 1:
            terms = [settle(f"loss.{place}", value) for place, value in enumerate(terms, 1)]
        found["loss"] = sum(terms[1:], terms[0]) * m.number(self.share)
        found["objective"] = found["loss"]
        if self.penalty is not None:
            squares = [numbers[name] * numbers[name] for name in self.parameters if self.penalty.matches(name)]
            found["penalty"] = sum(squares[1:], squares[0]) * m.number(self.penalty.factor)
            found["objective"] = found["loss"] + found["penalty"]
        return found

    def numbers(self, m: Arithmetic) -> dict[str, Any]:
        """Return what is given, in the arithmetic `m`."""
        return {name: m.number(value) for name, value in self.given.items()}


def read_network(values: Mapping[str, Any], sample: int = 0, unknown: Iterator[Fraction] | None = None) -> Network:
    """Return the network that the values of a spec describe, with one of its samples.

    Parameters
    ----------
    values
        The values.
    sample
        Number of the sample, from 1; 0 is the one that the update names, or the first.
    unknown
        The numbers that stand in for unknown weights and biases.
    """
    update = values.get("update", {})
    worked = update.get("on", "batch")
    row = values["data"][(sample or (1 if worked == "batch" else worked)) - 1]
    loss = values["loss"] if isinstance(values["loss"], Mapping) else {"kind": values["loss"]}
    rate = update.get("learning_rate")
    targets = _targets(row, values["network"]["layers"][-1]["size"])
    return Network(
        layers=tuple(_layers(values["network"], values["parameters"], unknown)),
        inputs=_fractions(row["inputs"]),
        targets=targets,
        stated={name: Fraction(str(number)) for name, number in values.get("given", {}).items()},
        loss=loss["kind"],
        factor=_factor(str(loss.get("factor", 1)), len(targets)),
        share=Fraction(1, len(targets)) if loss.get("reduction", "sum") == "mean" else Fraction(1),
        learning_rate=None if rate is None else Fraction(str(rate)),
        tied=values["parameters"].get("tied", {}),
        frozen=update.get("frozen", ()),
        penalty=_penalty(loss.get("penalty")),
    )


def _penalty(values: Mapping[str, Any] | None) -> Penalty | None:
    if values is None:
        return None
    return Penalty(SHARES[values["kind"]], Fraction(str(values["factor"])), values.get("of", ("w.*",)))


def learned_root(values: Mapping[str, Any]) -> str:
    """Return what is differentiated where one sample is learned from, its penalty included, or in a batch of several."""
    on = values.get("update", {}).get("on", "batch")
    return "loss" if len(values["data"]) > 1 and on == "batch" else "objective"


def _targets(row: Mapping[str, Any], outputs: int) -> tuple[Fraction, ...]:
    """Return the targets of a sample: a class stands for 1 at its place and 0 elsewhere."""
    if "class" in row:
        return tuple(Fraction(place == int(row["class"])) for place in range(1, outputs + 1))
    return _fractions(row["targets"])


def _factor(text: str, outputs: int) -> Fraction:
    """Return a factor, in which n stands for the number of outputs."""
    shares = {"1/n": Fraction(1, outputs), "1/(2n)": Fraction(1, 2 * outputs)}
    return shares[text] if text in shares else Fraction(text)


def read_samples(values: Mapping[str, Any]) -> list[Network]:
    """Return the network once for each of its samples."""
    return [read_network(values, sample) for sample in range(1, len(values["data"]) + 1)]


def _layers(
    network: Mapping[str, Any], parameters: Mapping[str, Any], unknown: Iterator[Fraction] | None
) -> Iterator[Layer]:
    by_rows = parameters.get("orientation", "column") == "row"
    leaving = [[f"x.{place}" for place in range(1, network["inputs"] + 1)]]
    for place, layer in enumerate(network["layers"]):
        matrix = [_fractions(row, unknown) for row in parameters["weights"][place]]
        word, bias = layer["activation"], layer.get("bias", True)
        froms = layer.get("from", [place])
        sources = [source for number in froms for source in leaving[number]]
        constant = [sources[0].rpartition(".")[0] + ".0"] if bias == "input" else []
        yield Layer(
            weights=list(zip(*matrix, strict=True)) if by_rows else matrix,
            biases=_fractions(parameters["biases"][place], unknown) if bias in (True, "shared") else (),
            functions=[
                FUNCTIONS.get(one, FUNCTIONS["linear"])
                for one in ([word] * layer["size"] if isinstance(word, str) else word)
            ],
            sources=constant + sources,
            shares_bias=bias == "shared",
            joint=word if isinstance(word, str) and word in JOINT else "",
        )
        leaving.append([f"a.{place + 1}.{neuron}" for neuron in range(1, layer["size"] + 1)])


def _fractions(numbers: Sequence[Any], unknown: Iterator[Fraction] | None = None) -> tuple[Any, ...]:
    """Return numbers as fractions, None for an absent one; at a tied place any number does."""

    def read(number: Any) -> Fraction | None:
        if number is None:
            return next(unknown) if unknown is not None else Fraction(0)
        return None if number == "absent" else Fraction(str(number))

    return tuple(map(read, numbers))
