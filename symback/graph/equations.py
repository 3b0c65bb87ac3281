"""From the equations of a spec to the graph: every name is a quantity, in an order in which it can be computed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from symback.graph.quantity import Graph, Quantity, Role, System, children_of
from symback.rules.functions import expanded
from symback.rules.losses import NO_LOSS
from symback.spec.equation_checks import default_output, needed
from symback.spec.equations import Equation, free_names, in_order, read_equation
from symback.spec.exact import ExactNumber
from symback.spec.model import Spec
from symback.written.nodes import Number

LEARNING_RATE = "learning_rate"


def equation_graph(spec: Spec) -> Graph:
    """Return the graph of a spec that consists of equations."""
    names = tuple(dict.fromkeys(name for numbers in (spec.values, *spec.samples) for name in numbers))
    texts = [read_equation(text) for text in spec.equations]
    known = {*names, *(equation.name for equation in texts), *(name for each in texts for name in each.uses)}
    equations = [read_equation(text, known) for text in spec.equations]
    ordered, _ = in_order(equations)
    output = spec.output or default_output(equations, spec.given)
    upstream = tuple(key.partition(":")[2] for key in spec.given if ":" in key)
    free = tuple(free_names(ordered, names))
    quantities = {quantity.id: quantity for quantity in _quantities(spec, free, ordered, output, upstream)}
    samples = tuple(dict(_known(sample)) for sample in spec.samples) or ({},)
    wanted, learned = _wanted(spec, ordered, free, upstream or (output,))
    return Graph(
        quantities=quantities,
        layers=(),
        inputs=free,
        targets=(),
        loss_terms=(),
        loss_row=NO_LOSS,
        loss_derivative={},
        loss_values={},
        loss_combined={},
        given=dict(_given(spec)) | samples[spec.worked_sample - 1],
        stated=tuple(spec.given),
        samples=samples,
        worked=spec.worked_sample,
        averages_samples=spec.update is None or spec.update.reduction == "mean",
        learns_from_batch=len(samples) > 1 and (spec.update is None or spec.update.on == "batch"),
        children=children_of(quantities),
        root=output,
        system=System(
            formulas={equation.name: equation.formula for equation in ordered},
            listed=tuple(equation.name for equation in equations),
            wanted=wanted,
            learned=learned,
        ),
    )


def _quantities(
    spec: Spec, free: Sequence[str], ordered: Sequence[Equation], output: str, upstream: tuple[str, ...]
) -> Iterator[Quantity]:
    """Yield what is given, what equations define, and the output where only gradients of it are given."""
    yield from (Quantity(name, Role.VARIABLE) for name in free)
    for equation in ordered:
        yield Quantity(equation.name, Role.RESULT, expanded(equation.formula), equation.uses)
    if upstream:
        yield Quantity(output, Role.OUTPUT, None, upstream)
    if spec.update:
        yield Quantity(LEARNING_RATE, Role.LEARNING_RATE)


def _wanted(
    spec: Spec, ordered: Sequence[Equation], free: Sequence[str], start: Sequence[str]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the names whose gradients are found, and those that learn."""
    reached = needed(ordered, list(start))
    sampled = {name for sample in spec.samples for name in sample}
    inputs = tuple(name for name in free if name in reached)
    learned: tuple[str, ...] = ()
    if spec.update:
        learned = spec.update.parameters or tuple(name for name in spec.by or inputs if name in {*inputs} - sampled)
    return tuple(dict.fromkeys((*spec.by, *learned))) or inputs, learned


def _given(spec: Spec) -> Iterator[tuple[str, Number]]:
    yield from _known(spec.values)
    yield from _known(spec.given)
    if spec.update:
        yield LEARNING_RATE, Number(spec.update.learning_rate.text)


def _known(numbers: Mapping[str, ExactNumber | None]) -> Iterator[tuple[str, Number]]:
    for name, number in numbers.items():
        if number is not None:
            yield name, Number(number.text)
