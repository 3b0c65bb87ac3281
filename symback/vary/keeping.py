"""What a variation keeps of a spec, and which stated values go on to follow from their definitions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from symback.derive.derivation import Derivation
from symback.graph.quantity import Graph
from symback.spec.exact import ExactNumber
from symback.spec.model import Spec
from symback.spec.problems import SpecError
from symback.values.interpret import UnknownValue
from symback.values.policy import policy_of
from symback.values.real import Real
from symback.values.values import Values
from symback.vary.grid import decimals_of
from symback.vary.numbers import UPSTREAM

SIGNS = {-1, 0, 1}


def kept_data(spec: Spec) -> Iterator[str]:
    """Yield the ids of inputs or targets of several samples that are all -1, 0 or 1."""
    if len(spec.data) < 2:
        return
    for letter, rows in (
        ("x", [sample.inputs for sample in spec.data]),
        ("t", [spec.targets(sample) for sample in spec.data]),
    ):
        if says_yes_and_no(number for row in rows for number in row):
            yield from (f"{letter}.{index}@{place}" for place, row in enumerate(rows, 1) for index in _places(row))


def zero_biases(spec: Spec) -> Iterator[str]:
    """Yield the ids of biases in layers where all are 0."""
    for wiring, vector in zip(spec.network.wirings, spec.parameters.biases, strict=False):
        if all(bias is not None and not bias.value for bias in vector):
            yield from map(spec.parameter_at, wiring.biases)


def following(spec: Spec, graph: Graph) -> Iterator[str]:
    """Yield the ids of stated values that lie within one unit of their last digit of what their definition gives."""
    derivation, policy = Derivation(graph), policy_of(spec)
    for name, stated in spec.given.items():
        if UPSTREAM in name:
            continue
        others = {key: number for key, number in graph.given.items() if key != name}
        try:
            defined = Values(derivation, policy, given=others).exact[name]
        except (UnknownValue, SpecError):
            continue
        unit = Real.of(f"1e-{decimals_of(stated)}")
        if abs(defined - Real.of(stated.text)).compare(unit) < 0:
            yield name


def says_yes_and_no(numbers: Iterable[ExactNumber]) -> bool:
    """Say whether numbers are all -1, 0 or 1."""
    return {number.value for number in numbers} <= SIGNS


def _places(row: tuple[object, ...]) -> range:
    return range(1, len(row) + 1)
