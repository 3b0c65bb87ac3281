"""From a spec to the graph: layers are a convenience that builds scalars."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import chain

from symback.graph.affine import affine_form
from symback.graph.quantity import Graph, Layer, Quantity, Role
from symback.rules.activations import (
    INPUT,
    Activation,
    UnsupportedExpression,
    activation,
    derivative_form,
    function_form,
)
from symback.rules.losses import LOSSES, OUTPUT, TARGET, Loss, combined_forms, derivative_forms, value_forms
from symback.spec.model import Spec
from symback.spec.network import Sample
from symback.spec.problems import LimitationError, Problem, show
from symback.written.nodes import Name, Number, Product, Quotient, Sum, Written
from symback.written.substitute import substitute

LEARNING_RATE = "learning_rate"


def build_graph(spec: Spec) -> Graph:
    """Return the graph of `spec`: every weight, pre-activation, activation and loss term as a named scalar."""
    layers = tuple(_layers(spec))
    targets = tuple(f"t.{k}" for k in range(1, layers[-1].size + 1))
    row, factor = LOSSES[spec.loss.kind], spec.loss.factor.value
    inputs = layers[0].inputs
    values = value_forms(row, factor)
    averages = spec.loss.reduction == "mean" and len(targets) > 1
    samples = tuple(dict(_sample(sample, inputs, targets)) for sample in spec.data)
    quantities = {
        quantity.id: quantity
        for quantity in chain(
            (Quantity(name, Role.INPUT, neuron=place) for place, name in enumerate(inputs, 1)),
            (Quantity(name, Role.TARGET, neuron=place) for place, name in enumerate(targets, 1)),
            chain.from_iterable(_layer_quantities(layer) for layer in layers),
            _loss_quantities(layers[-1].activations, targets, next(iter(values.values())), averages),
            [Quantity(LEARNING_RATE, Role.LEARNING_RATE)] if spec.update else [],
        )
    }
    children: dict[str, list[str]] = {name: [] for name in quantities}
    for quantity in quantities.values():
        for parent in quantity.parents:
            children[parent].append(quantity.id)
    return Graph(
        quantities=quantities,
        layers=layers,
        inputs=inputs,
        targets=targets,
        loss_terms=tuple(name for name, quantity in quantities.items() if quantity.role is Role.LOSS_TERM),
        loss_row=row,
        loss_derivative=derivative_forms(row, factor),
        loss_values=values,
        loss_combined={} if spec.given.keys() & {*layers[-1].activations} else dict(_combined(layers[-1], row, factor)),
        given={**dict(_given(spec, layers)), **samples[spec.worked_sample - 1]},
        samples=samples,
        worked=spec.worked_sample,
        averages_outputs=averages,
        averages_samples=spec.update is None or spec.update.reduction == "mean",
        learns_from_batch=len(samples) > 1 and (spec.update is None or spec.update.on == "batch"),
        children={name: tuple(found) for name, found in children.items()},
    )


def _layers(spec: Spec) -> Iterator[Layer]:
    inputs = tuple(f"x.{j}" for j in range(1, spec.network.inputs + 1))
    for number, layer in enumerate(spec.network.layers, 1):
        neurons = range(1, layer.size + 1)
        yield Layer(
            number=number,
            inputs=inputs,
            weights=tuple(
                tuple(f"w.{number}.{neuron}.{source}" for source in range(1, len(inputs) + 1)) for neuron in neurons
            ),
            biases=tuple(f"b.{number}.{neuron}" for neuron in neurons) if layer.bias else (),
            pre_activations=tuple(f"z.{number}.{neuron}" for neuron in neurons),
            activations=tuple(f"a.{number}.{neuron}" for neuron in neurons),
            functions=(_activation(number, layer.activation),) * layer.size,
        )
        inputs = tuple(f"a.{number}.{neuron}" for neuron in neurons)


def _activation(layer: int, text: str) -> Activation:
    """Return the row of a layer's activation, with a derivative that can be written down.

    Raises
    ------
    symback.spec.problems.LimitationError
        If SymPy cannot differentiate an expression, or the result cannot be written.
    """
    try:
        row = activation(text)
        derivative_form(row)
    except UnsupportedExpression as error:
        path = ("network", "layers", layer - 1, "activation")
        expected = f"an expression whose derivative can be found and written ({error})"
        raise LimitationError([Problem(path, show(text), expected, limitation=True)]) from None
    return row


def _layer_quantities(layer: Layer) -> Iterator[Quantity]:
    """Yield the quantities of one layer: parameters, then the pre-activation and activation of each neuron."""
    for neuron, row in enumerate(layer.weights, 1):
        for source, weight in enumerate(row, 1):
            if weight is not None:
                yield Quantity(weight, Role.WEIGHT, layer=layer.number, neuron=neuron, source=source)
    for neuron, bias in enumerate(layer.biases, 1):
        yield Quantity(bias, Role.BIAS, layer=layer.number, neuron=neuron)
    for place, (pre, post) in enumerate(zip(layer.pre_activations, layer.activations, strict=True)):
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
        yield Quantity(
            post,
            Role.ACTIVATION,
            substitute(function_form(layer.functions[place]), {INPUT: Name(pre)}),
            (pre,),
            layer=layer.number,
            neuron=place + 1,
            function=layer.functions[place],
        )


def _combined(layer: Layer, row: Loss, factor: Fraction) -> Iterator[tuple[str, Mapping[str, Written]]]:
    """Yield the pre-activation of each output whose activation makes the loss simpler, with the forms."""
    for pre, function in zip(layer.pre_activations, layer.functions, strict=True):
        forms = combined_forms(row, factor, function.name)
        if forms:
            yield pre, forms


def _loss_quantities(
    outputs: Sequence[str], targets: Sequence[str], form: Written, averages: bool
) -> Iterator[Quantity]:
    """Yield the term of each output and their sum or mean, or the loss alone where there is one output."""
    terms = [substitute(form, {OUTPUT: Name(y), TARGET: Name(t)}) for y, t in zip(outputs, targets, strict=True)]
    if len(terms) == 1:
        yield Quantity("loss", Role.LOSS, terms[0], (outputs[0], targets[0]))
        return
    names = tuple(f"loss.{k}" for k in range(1, len(terms) + 1))
    for place, (name, term) in enumerate(zip(names, terms, strict=True)):
        yield Quantity(name, Role.LOSS_TERM, term, (outputs[place], targets[place]), neuron=place + 1)
    total = Sum(tuple(Name(name) for name in names))
    yield Quantity("loss", Role.LOSS, averaged(total, len(names)) if averages else total, names)


def averaged(total: Written, count: int) -> Written:
    """Return ``total`` divided by `count`, written with a fraction in front."""
    return Product((Quotient(Number("1"), Number(str(count))), total), juxtaposed=True)


def _sample(sample: Sample, inputs: Sequence[str], targets: Sequence[str]) -> Iterator[tuple[str, Number]]:
    """Yield the numbers of one sample, under the ids of inputs and targets."""
    for names, numbers in ((inputs, sample.inputs), (targets, sample.targets)):
        for name, number in zip(names, numbers, strict=True):
            yield name, Number(number.text)


def _given(spec: Spec, layers: Sequence[Layer]) -> Iterator[tuple[str, Number]]:
    """Yield every known number that holds for all samples, under the id of its quantity."""
    for layer in layers:
        for to, row in enumerate(layer.weights, 1):
            for source, name in enumerate(row, 1):
                weight = spec.weight(layer.number, to, source)
                if name is not None and weight is not None:
                    yield name, Number(weight.text)
        for neuron, name in enumerate(layer.biases):
            bias = spec.parameters.biases[layer.number - 1][neuron]
            if bias is not None:
                yield name, Number(bias.text)
    for name, number in spec.given.items():
        yield name, Number(number.text)
    if spec.update:
        yield LEARNING_RATE, Number(spec.update.learning_rate.text)
