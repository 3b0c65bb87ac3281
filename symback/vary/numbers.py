"""The numbers of a spec by id, and the spec with other numbers: everything else stays as it is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

from symback.spec.exact import ExactNumber
from symback.spec.model import Spec
from symback.spec.network import Sample

Numbers = dict[str, ExactNumber]
"""Numbers by id; those of a sample have ``@`` and its number behind."""

UPSTREAM = ":"
"""Stands in the id of a gradient that is given, and in no other."""


def numbers_of(spec: Spec) -> Numbers:
    """Return the known weights and biases, the data and the stated values of a spec."""
    return {**dict(_of_equations(spec) if spec.equations else _of_network(spec)), **spec.given}


def _of_equations(spec: Spec) -> Iterator[tuple[str, ExactNumber]]:
    yield from ((name, number) for name, number in spec.values.items() if number is not None)
    for place, sample in enumerate(spec.samples, 1):
        yield from ((f"{name}@{place}", number) for name, number in sample.items() if number is not None)


def _of_network(spec: Spec) -> Iterator[tuple[str, ExactNumber]]:
    for place, entry in spec.entries.items():
        if isinstance(entry, ExactNumber) and place == spec.parameter_at(place):
            yield place, entry
    for number, sample in enumerate(spec.data, 1):
        for letter, numbers in (("x", sample.inputs), ("t", spec.targets(sample))):
            yield from ((f"{letter}.{index}@{number}", value) for index, value in enumerate(numbers, 1))


def with_numbers(spec: Spec, numbers: Mapping[str, ExactNumber]) -> Spec:
    """Return the spec with `numbers` in place of its own; unknown ones stay unknown, absent ones absent."""
    changed = dict(_in_equations(spec, numbers) if spec.equations else _in_network(spec, numbers))
    if spec.given:
        changed["given"] = {name: numbers[name] for name in spec.given}
    return spec.model_copy(update=changed)


def _in_equations(spec: Spec, numbers: Mapping[str, ExactNumber]) -> Iterator[tuple[str, object]]:
    """Yield the keys of equations that have numbers, with other numbers."""
    if spec.values:
        yield "values", {name: number and numbers[name] for name, number in spec.values.items()}
    if spec.samples:
        yield (
            "samples",
            tuple(
                {name: number and numbers[f"{name}@{place}"] for name, number in sample.items()}
                for place, sample in enumerate(spec.samples, 1)
            ),
        )


def _in_network(spec: Spec, numbers: Mapping[str, ExactNumber]) -> Iterator[tuple[str, object]]:
    """Yield the keys of a network that have numbers, with other numbers."""
    entries = {
        place: numbers[spec.parameter_at(place)] if isinstance(entry, ExactNumber) else entry
        for place, entry in spec.entries.items()
    }
    by_source = spec.parameters.orientation == "row"
    weights = []
    for wiring in spec.network.wirings:
        rows = tuple(tuple(entries[place] for place in row) for row in wiring.weights)
        weights.append(tuple(zip(*rows, strict=True)) if by_source else rows)
    biases = tuple(
        tuple(entries[place] for place in wiring.biases[: len(vector)])
        for wiring, vector in zip(spec.network.wirings, spec.parameters.biases, strict=False)
    )
    data = tuple(
        _with_numbers(
            sample,
            tuple(numbers[f"x.{index}@{place}"] for index in range(1, len(sample.inputs) + 1)),
            tuple(numbers[f"t.{index}@{place}"] for index in range(1, len(spec.targets(sample)) + 1)),
        )
        for place, sample in enumerate(spec.data, 1)
    )
    yield (
        "parameters",
        spec.parameters.model_copy(update={"weights": tuple(weights)} | ({"biases": biases} if biases else {})),
    )
    yield "data", data


def _with_numbers(sample: Sample, inputs: tuple[ExactNumber, ...], targets: tuple[ExactNumber, ...]) -> Sample:
    """Return a sample with other numbers; where it has a class, that is the output whose target is 1."""
    if sample.label is None:
        return sample.model_copy(update={"inputs": inputs} | ({"targets": targets} if targets else {}))
    label = 1 + [number.value for number in targets].index(Fraction(1))
    return Sample.model_validate({"inputs": inputs, "class": label})
