"""From a spec to the graph: layers are a convenience that builds scalars."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fnmatch import fnmatchcase
from itertools import chain

from symback.graph.affine import affine_form, total
from symback.graph.equations import LEARNING_RATE, equation_graph
from symback.graph.quantity import PENALTY, PENALTY_FACTOR, Graph, Layer, Quantity, Role, children_of
from symback.rules.activations import (
    INPUT,
    SUM,
    Activation,
    UnsupportedExpression,
    activation,
    derivative_form,
    function_form,
)
from symback.rules.losses import (
    OUTPUT,
    TARGET,
    UPSTREAM,
    Loss,
    combined_forms,
    derivative_forms,
    loss_for,
    other_target,
    value_forms,
)
from symback.rules.penalties import PENALTIES, penalty_form
from symback.spec.exact import ExactNumber
from symback.spec.model import Spec
from symback.spec.network import Sample
from symback.spec.problems import LimitationError, Problem, show
from symback.spec.wiring import ABSENT, SHARED
from symback.written.nodes import Constant, Name, Number, Power, Product, Quotient, Sum, Written, partial_key
from symback.written.substitute import leaves, substitute

__all__ = ["LEARNING_RATE", "averaged", "build_graph"]


def build_graph(spec: Spec) -> Graph:
    """Return the graph of `spec`: every weight, pre-activation, activation and loss term as a named scalar."""
    if spec.equations:
        return equation_graph(spec)
    layers = tuple(_layers(spec))
    targets = tuple(f"t.{k}" for k in range(1, layers[-1].size + 1))
    row, factor = loss_for(spec.loss.kind, len(targets)) if spec.loss else UPSTREAM, spec.loss_factor
    inputs = tuple(f"x.{place}" for place in range(1, spec.network.inputs + 1))
    values = value_forms(row, factor)
    averages = spec.loss is not None and spec.loss.reduction == "mean" and len(targets) > 1
    samples = tuple(dict(_sample(spec, sample, inputs, targets)) for sample in spec.data)
    quantities: dict[str, Quantity] = {}
    for quantity in chain(
        (Quantity(name, Role.INPUT, neuron=place) for place, name in enumerate(inputs, 1)),
        (Quantity(name, Role.TARGET, neuron=place) for place, name in enumerate(targets, 1)),
        chain.from_iterable(_layer_quantities(layer) for layer in layers),
        _loss_quantities(layers[-1].activations, targets, next(iter(values.values())), averages, bool(spec.loss)),
        _penalty_quantities(spec, layers),
        [Quantity(LEARNING_RATE, Role.LEARNING_RATE)] if spec.update else [],
    ):
        quantities.setdefault(quantity.id, quantity)
    return Graph(
        quantities=quantities,
        layers=layers,
        inputs=inputs,
        targets=targets,
        loss_terms=tuple(name for name, quantity in quantities.items() if quantity.role is Role.LOSS_TERM),
        loss_row=row,
        loss_derivative=derivative_forms(row, factor),
        loss_values=values,
        loss_combined={}
        if spec.given.keys() & {*layers[-1].activations}
        else dict(_combined(spec, layers[-1], row, targets)),
        given={**dict(_given(spec, layers, targets)), **samples[spec.worked_sample - 1]},
        stated=tuple(name for name in spec.given if ":" not in name),
        samples=samples,
        worked=spec.worked_sample,
        frozen=frozenset(_frozen(spec, layers)),
        averages_outputs=averages,
        averages_samples=spec.update is None or spec.update.reduction == "mean",
        steps=_steps(spec),
        learns_from_batch=len(samples) > 1 and (spec.update is None or spec.update.on == "batch"),
        children=children_of(quantities),
        penalty_row=PENALTIES[spec.loss.penalty.kind] if spec.loss and spec.loss.penalty else None,
    )


def _steps(spec: Spec) -> tuple[int, ...]:
    """Return the numbers of the samples in the order in which single steps learn from them."""
    if spec.update is None or spec.update.on != "each":
        return ()
    return tuple(range(1, len(spec.data) + 1)) * spec.update.epochs


def _layers(spec: Spec) -> Iterator[Layer]:
    entries = spec.entries
    for place, (wiring, layer) in enumerate(zip(spec.network.wirings, spec.network.layers, strict=True)):
        neurons = range(1, layer.size + 1)
        rows = [_activation(place, number, word) for number, word in enumerate(layer.activation)]
        biases = tuple(map(spec.parameter_at, wiring.biases))
        yield Layer(
            number=wiring.layer,
            inputs=wiring.sources,
            weights=tuple(
                tuple(None if entries[name] == ABSENT else spec.parameter_at(name) for name in row)
                for row in wiring.weights
            ),
            biases=biases * layer.size if wiring.bias == SHARED else biases,
            pre_activations=tuple(f"z.{wiring.layer}.{neuron}" for neuron in neurons),
            activations=tuple(f"a.{wiring.layer}.{neuron}" for neuron in neurons),
            functions=tuple(rows if len(rows) == layer.size else rows * layer.size),
        )


def _activation(layer: int, number: int, text: str) -> Activation:
    """Return the row of an activation of a layer, with a derivative that can be written down.

    Raises
    ------
    symback.spec.problems.LimitationError
        If SymPy cannot differentiate an expression, or the result cannot be written.
    """
    try:
        row = activation(text)
        derivative_form(row)
    except UnsupportedExpression as error:
        path = ("network", "layers", layer, "activation", number)
        expected = f"an expression whose derivative can be found and written ({error})"
        raise LimitationError([Problem(path, show(text), expected, limitation=True)]) from None
    return row


def _layer_quantities(layer: Layer) -> Iterator[Quantity]:
    """Yield the quantities of one layer: constants, parameters, the pre-activation and activation of each neuron."""
    for constant in filter(is_constant, layer.inputs):
        yield Quantity(constant, Role.CONSTANT, layer=layer.number - 1)
    for name in layer.parameters:
        role = Role.WEIGHT if name.startswith("w.") else Role.BIAS
        number, neuron, source = (*(int(part) for part in name.split(".")[1:]), 0, 0)[:3]
        yield Quantity(name, role, layer=number, neuron=neuron, source=source)
    for place, pre in enumerate(layer.pre_activations):
        products = tuple(layer.products(place))
        added = layer.biases[place] if layer.biases else None
        weights, sources = zip(*products, strict=True) if products else ((), ())
        parents = (*weights, *sources, *((added,) if added else ()))
        yield Quantity(
            pre,
            Role.PRE_ACTIVATION,
            affine_form(products, added),
            tuple(dict.fromkeys(parents)),
            layer=layer.number,
            neuron=place + 1,
        )
        if not layer.functions[place].is_joint:
            yield _activated(layer, place)
    for place, row in enumerate(layer.functions):
        if row.is_joint:
            yield _activated(layer, place)


def _activated(layer: Layer, place: int) -> Quantity:
    """Return the activation of a neuron, counted from 0."""
    parts = {INPUT: Name(layer.pre_activations[place]), SUM: exponential_sum(layer)}
    definition = substitute(function_form(layer.functions[place]), parts)
    parents = layer.pre_activations if layer.functions[place].is_joint else layer.pre_activations[place : place + 1]
    return Quantity(
        layer.activations[place],
        Role.ACTIVATION,
        definition,
        parents,
        layer=layer.number,
        neuron=place + 1,
        function=layer.functions[place],
    )


def exponential_sum(layer: Layer) -> Written:
    """Return the sum of ``e^z`` over all neurons of a layer."""
    return total(tuple(Power(Constant("e"), Name(pre)) for pre in layer.pre_activations))


def _combined(
    spec: Spec, layer: Layer, row: Loss, targets: Sequence[str]
) -> Iterator[tuple[str, Mapping[str, Written]]]:
    """Yield the pre-activation of each output whose activation makes the loss simpler, with the forms."""
    adds_up = all(sum(number.value for number in spec.targets(sample)) == 1 for sample in spec.data)
    names = {other_target(place): Name(target) for place, target in enumerate(targets)}
    for place, (pre, function) in enumerate(zip(layer.pre_activations, layer.functions, strict=True)):
        forms = combined_forms(row, spec.loss_factor, function.name, place, len(targets))
        if function.is_joint and not adds_up:
            forms.pop("combined", None)
        if forms:
            yield pre, {name: substitute(form, names) for name, form in forms.items()}


def _loss_quantities(
    outputs: Sequence[str], targets: Sequence[str], form: Written, averages: bool, by_terms: bool
) -> Iterator[Quantity]:
    """Yield the term of each output and their sum or mean, or the loss alone where it has no terms with names."""
    terms = [substitute(form, {OUTPUT: Name(y), TARGET: Name(t)}) for y, t in zip(outputs, targets, strict=True)]
    if len(terms) == 1:
        yield Quantity("loss", Role.LOSS, terms[0], tuple(leaves(terms[0])))
        return
    if not by_terms:
        yield Quantity("loss", Role.LOSS, Sum(tuple(terms)), (*outputs, *targets))
        return
    names = tuple(f"loss.{k}" for k in range(1, len(terms) + 1))
    for place, (name, term) in enumerate(zip(names, terms, strict=True), 1):
        yield Quantity(name, Role.LOSS_TERM, term, tuple(leaves(term)), neuron=place)
    total = Sum(tuple(Name(name) for name in names))
    yield Quantity("loss", Role.LOSS, averaged(total, len(names)) if averages else total, names)


def averaged(total: Written, count: int) -> Written:
    """Return ``total`` divided by `count`, written with a fraction in front."""
    return Product((Quotient(Number("1"), Number(str(count))), total), juxtaposed=True)


def _sample(spec: Spec, sample: Sample, inputs: Sequence[str], targets: Sequence[str]) -> Iterator[tuple[str, Number]]:
    """Yield the numbers of one sample, under the ids of inputs and targets."""
    for names, numbers in ((inputs, sample.inputs), (targets, spec.targets(sample) or (None,) * len(targets))):
        for name, number in zip(names, numbers, strict=True):
            if number is not None:
                yield name, Number(number.text)


def _frozen(spec: Spec, layers: Sequence[Layer]) -> Iterator[str]:
    """Yield the parameters that are not learned."""
    yield from _matching(spec.update.frozen if spec.update else (), layers)


def _matching(patterns: Sequence[str], layers: Sequence[Layer]) -> Iterator[str]:
    """Yield the parameters that match one of the patterns."""
    for layer in layers:
        yield from (name for name in layer.parameters if any(fnmatchcase(name, pattern) for pattern in patterns))


def _penalty_quantities(spec: Spec, layers: Sequence[Layer]) -> Iterator[Quantity]:
    """Yield the factor of the penalty and the penalty, if there is one."""
    penalty = spec.loss.penalty if spec.loss else None
    if penalty is not None:
        weights = tuple(dict.fromkeys(_matching(penalty.of, layers)))
        form = penalty_form(PENALTIES[penalty.kind], PENALTY_FACTOR, weights)
        yield Quantity(PENALTY_FACTOR, Role.PENALTY_FACTOR)
        yield Quantity(PENALTY, Role.PENALTY, form, (PENALTY_FACTOR, *weights))


def is_constant(name: str) -> bool:
    """Say whether this is the id of an input that is always 1."""
    return name.startswith(("x.", "a.")) and name.endswith(".0")


def _given(spec: Spec, layers: Sequence[Layer], targets: Sequence[str]) -> Iterator[tuple[str, Number]]:
    """Yield every known number that holds for all samples, under the id of its quantity."""
    entries = spec.entries
    for layer in layers:
        yield from ((name, Number("1")) for name in filter(is_constant, layer.inputs))
        for name in layer.parameters:
            number = entries[name]
            if isinstance(number, ExactNumber):
                yield name, Number(number.text)
    upstream = {partial_key("loss", output): name for output, name in zip(layers[-1].activations, targets, strict=True)}
    for name, number in spec.given.items():
        yield upstream.get(name, name), Number(number.text)
    if spec.loss and spec.loss.penalty:
        yield PENALTY_FACTOR, Number(spec.loss.penalty.factor.text)
    if spec.update:
        yield LEARNING_RATE, Number(spec.update.learning_rate.text)
