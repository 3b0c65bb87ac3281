"""The network at the author's numbers, and at others that are drawn for comparing formulas."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from fractions import Fraction

from flint import arb

from symback.graph.build import LEARNING_RATE
from symback.graph.quantity import Graph, Role
from symback.verify.balls import exact
from symback.verify.network import Point
from symback.verify.trees import parts
from symback.written.nodes import Call, Name, Negative, Relation, Sum, Written

MOST_POINTS = 20
"""Points at which two formulas are compared."""


def true_point(graph: Graph, kinks: Mapping[str, Fraction]) -> Point:
    """Return the network at the author's numbers."""
    given = {name: exact(number.value) for name, number in graph.given.items()}
    samples = tuple({name: exact(number.value) for name, number in sample.items()} for sample in graph.samples)
    return Point(graph, given, samples, _kinks(graph, kinks))


def _kinks(graph: Graph, kinks: Mapping[str, Fraction]) -> dict[str, arb]:
    return {
        name: exact(kinks[quantity.function.name])
        for name, quantity in graph.quantities.items()
        if quantity.function is not None and quantity.function.name in kinks
    }


def other_points(
    graph: Graph, kinks: Mapping[str, Fraction], truth: Point, keeps_targets: bool = True
) -> Iterator[tuple[Point, bool]]:
    """Yield the network at other numbers, and whether every unit is on the same side of its kink as in truth.

    The numbers are rational, drawn from a fixed seed. Equal biases of a layer stay equal, as people call them by one
    name; targets of a cross-entropy stay what they are if asked, as 0 and 1 are what its formulas are simplified for.
    """
    generator = random.Random(20)
    keeps_targets = keeps_targets and graph.loss_row.name != "squared-error"
    pattern = _pattern(graph, truth)
    for place in range(MOST_POINTS):
        near = place % 2 == 0

        def drawn(name: str, number: Fraction, near: bool = near) -> arb:
            if name == LEARNING_RATE:
                return exact(number * Fraction(generator.randint(5, 20), 11))
            if name in graph.targets and graph.loss_row.name != "squared-error":
                return exact(Fraction(generator.randint(20, 80), 101))
            if near:
                shift = Fraction(generator.randint(-99, 99), 1000)
                return exact(number * (1 + shift) + Fraction(generator.randint(-99, 99), 9000))
            return exact(Fraction(generator.randint(-1999, 1999), 997))

        shared: dict[tuple[int, Fraction], arb] = {}
        stays = frozenset(graph.targets or _labels(graph)) if keeps_targets else frozenset[str]()
        given = {}
        for name, quantity in graph.quantities.items():
            if quantity.definition is not None:
                continue
            if name in graph.given:
                number = graph.given[name].value
                is_kept = name in stays or quantity.role is Role.CONSTANT  # the input 1 of a bias is always 1
                given[name] = exact(number) if is_kept else drawn(name, number)
                if quantity.role is Role.BIAS:
                    given[name] = shared.setdefault((quantity.layer, number), given[name])
            else:
                given[name] = drawn(name, Fraction(1, 3))
        given |= {name: drawn(name, number.value) for name, number in graph.given.items() if ":" in name}
        samples = tuple(
            {
                name: exact(number.value) if name in stays else drawn(name, number.value)
                for name, number in sample.items()
            }
            for sample in graph.samples
        )
        if _add_up(graph):
            samples = tuple({**sample, graph.targets[-1]: 1 - _total(graph, sample)} for sample in samples)
        worked = {**given, **samples[graph.worked - 1]}
        point = Point(graph, worked, samples, _kinks(graph, kinks))
        yield point, _agree(_pattern(graph, point), pattern)


def _labels(graph: Graph) -> Iterator[str]:
    """Yield what plain equations have for targets of a cross-entropy: numbers 0 and 1 in a formula with a logarithm."""
    for formula in graph.system.formulas.values() if graph.system is not None else ():
        inside = [*parts(formula)]
        if any(isinstance(part, Call) and part.function in ("ln", "log") for part in inside):
            names = dict.fromkeys(part.id for part in inside if isinstance(part, Name))
            yield from (name for name in names if name in graph.given and graph.given[name].value in (0, 1))


def _add_up(graph: Graph) -> bool:
    """Whether the targets of every sample are shares of 1 behind a function of the whole layer: its formulas use it."""
    is_joint = any(layer.activation.is_joint for layer in graph.layers[-1:])
    if not is_joint or any(name not in sample for sample in graph.samples for name in graph.targets):
        return False
    return all(sum(sample[name].value for name in graph.targets) == 1 for sample in graph.samples)


def _total(graph: Graph, sample: Mapping[str, arb]) -> arb:
    return sum((sample[name] for name in graph.targets[:-1]), arb(0))


def _pattern(graph: Graph, point: Point) -> tuple[int, ...]:
    """Return on which side of its kink each unit is, in every sample, and in which of its cases."""
    samples = [point.sample(number) for number in range(1, len(point.samples) + 1)]
    kinked = [Name(name) for layer in graph.layers for name in layer.pre_activations if graph.kinks(name)]
    return tuple(_sign(at.worth(side)) for at in samples for side in (*kinked, *_bends(graph)))


def _bends(graph: Graph) -> Iterator[Written]:
    """Yield the differences whose signs decide between the branches of the equations, or of the activations."""
    definitions = (
        quantity.definition
        for quantity in graph.quantities.values()
        if graph.system is not None or quantity.role is Role.ACTIVATION
    )
    for part in (part for definition in definitions if definition is not None for part in parts(definition)):
        if isinstance(part, Call) and part.function in ("max", "min") and len(part.arguments) == 2:
            yield Sum((part.arguments[0], Negative(part.arguments[1])))
        elif isinstance(part, Call) and part.function == "abs":
            yield part.arguments[0]
        elif isinstance(part, Relation):
            yield from (Sum((part.first, Negative(side))) for _, side in part.links)


def _sign(value: arb | None) -> int:
    return 0 if value is None else 1 if value > 0 else -1 if value < 0 else 0


def _agree(found: tuple[int, ...], wanted: tuple[int, ...]) -> bool:
    """Say whether units are on the sides wanted; one that stands on its kink may be on either."""
    return all(one in (0, other) or other == 0 for one, other in zip(found, wanted, strict=True))
