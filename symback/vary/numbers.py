"""The numbers of a spec by id, and the spec with other numbers: everything else stays as it is."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from symback.spec.exact import ExactNumber
from symback.spec.model import Spec
from symback.spec.network import Sample

Numbers = dict[str, ExactNumber]
"""Numbers by id; those of a sample have ``@`` and its number behind."""


def numbers_of(spec: Spec) -> Numbers:
    """Return the known weights and biases, the data and the stated values of a spec."""
    found: Numbers = {}
    for layer, (before, size) in enumerate(zip(spec.network.sizes, spec.network.sizes[1:], strict=False), 1):
        for to in range(1, size + 1):
            for source in range(1, before + 1):
                _keep(found, f"w.{layer}.{to}.{source}", spec.weight(layer, to, source))
    for layer, vector in enumerate(spec.parameters.biases, 1):
        for neuron, bias in enumerate(vector, 1):
            _keep(found, f"b.{layer}.{neuron}", bias)
    for place, sample in enumerate(spec.data, 1):
        for letter, numbers in (("x", sample.inputs), ("t", spec.targets(sample))):
            found.update({f"{letter}.{index}@{place}": number for index, number in enumerate(numbers, 1)})
    return {**found, **spec.given}


def with_numbers(spec: Spec, numbers: Mapping[str, ExactNumber]) -> Spec:
    """Return the spec with `numbers` in place of its own; unknown ones stay unknown."""
    by_source = spec.parameters.orientation == "row"
    weights = tuple(
        tuple(
            tuple(
                numbers.get(f"w.{layer}.{column}.{row}" if by_source else f"w.{layer}.{row}.{column}")
                for column in range(1, len(entries) + 1)
            )
            for row, entries in enumerate(matrix, 1)
        )
        for layer, matrix in enumerate(spec.parameters.weights, 1)
    )
    biases = tuple(
        tuple(numbers.get(f"b.{layer}.{neuron}") for neuron in range(1, len(vector) + 1))
        for layer, vector in enumerate(spec.parameters.biases, 1)
    )
    data = tuple(
        _with_numbers(
            sample,
            tuple(numbers[f"x.{index}@{place}"] for index in range(1, len(sample.inputs) + 1)),
            tuple(numbers[f"t.{index}@{place}"] for index in range(1, len(spec.targets(sample)) + 1)),
        )
        for place, sample in enumerate(spec.data, 1)
    )
    changed: dict[str, object] = {
        "parameters": spec.parameters.model_copy(update={"weights": weights} | ({"biases": biases} if biases else {})),
        "data": data,
    }
    if spec.given:
        changed["given"] = {name: numbers[name] for name in spec.given}
    return spec.model_copy(update=changed)


def _with_numbers(sample: Sample, inputs: tuple[ExactNumber, ...], targets: tuple[ExactNumber, ...]) -> Sample:
    """Return a sample with other numbers; where it has a class, that is the output whose target is 1."""
    if sample.label is None:
        return Sample(inputs=inputs, targets=targets)
    label = 1 + [number.value for number in targets].index(Fraction(1))
    return Sample.model_validate({"inputs": inputs, "class": label})


def _keep(found: Numbers, name: str, number: ExactNumber | None) -> None:
    if number is not None:
        found[name] = number
