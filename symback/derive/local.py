"""Local derivatives: of one quantity by one of its parents, each rule differentiated once and then instantiated."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from symback.derive.step import Forms, Rule, Step
from symback.graph.affine import ONE
from symback.graph.build import averaged, exponential_sum
from symback.graph.quantity import PENALTY_FACTOR, Graph, Quantity, Role
from symback.rules import activations, losses
from symback.rules.by_hand import derivative_by_hand
from symback.rules.penalties import penalty_slope
from symback.written.nodes import Derivative, Group, Name, Number, Quotient, Sum, Written
from symback.written.substitute import substitute


def local_step(graph: Graph, kinks: Mapping[str, Number], child: str, parent: str) -> Step:
    """Return the step that finds ∂child/∂parent.

    Its forms are ``unevaluated`` (∂ of the definition) and then those of the rule: ``closed`` for an affine form,
    ``input`` and, where one is in use, ``output`` for an activation, the named forms of the row for a loss.
    """
    quantity = graph.quantities[child]
    return _STEPS[quantity.role](graph, kinks, quantity, parent)


def loss_by_output(graph: Graph, root: str, output: str) -> Step:
    """Return the step that finds the derivative of the loss, or of one term of it, by a network output."""
    written_out = loss_forms(graph, root)[next(iter(graph.loss_values))]
    forms = {name: _at_output(graph, root, output, form) for name, form in graph.loss_derivative.items()}
    return Step(Rule.LOSS, {"unevaluated": Derivative(written_out, Name(output))} | forms)


def combined(graph: Graph, root: str, pre_activation: str, form: Written) -> Written:
    """Return the derivative of the loss by an output's pre-activation that loss and activation give together."""
    return _at_output(graph, root, graph.outputs[graph.quantities[pre_activation].neuron - 1], form)


def _at_output(graph: Graph, root: str, output: str, form: Written) -> Written:
    """Write a form of one output's derivative for this output, with its share in the loss that `root` is."""
    target = graph.targets[graph.outputs.index(output)]
    written = substitute(form, {losses.OUTPUT: Name(output), losses.TARGET: Name(target)})
    return averaged(written, len(graph.outputs)) if root == "loss" and graph.averages_outputs else written


def loss_forms(graph: Graph, name: str) -> dict[str, Written]:
    """Return the forms of the loss, or of one term of it: its definition, then each form of its row written out."""
    outputs = graph.quantities[name].parents if not graph.loss_terms or name in graph.loss_terms else graph.outputs
    pairs = [(output, graph.targets[graph.outputs.index(output)]) for output in outputs if output in graph.outputs]
    forms = {"definition": _definition(graph.quantities[name])}
    for form, row in graph.loss_values.items():
        terms = tuple(substitute(row, {losses.OUTPUT: Name(y), losses.TARGET: Name(t)}) for y, t in pairs)
        forms[form] = _joined(graph, terms)
    return forms


def _joined(graph: Graph, terms: tuple[Written, ...]) -> Written:
    """Return the sum of the terms of the outputs, or their mean, as the loss takes it."""
    if len(terms) == 1:
        return terms[0]
    return averaged(Sum(terms), len(terms)) if graph.averages_outputs else Sum(terms)


def _definition(quantity: Quantity) -> Written:
    if quantity.definition is None:
        raise KeyError(f"{quantity.id} is given and has no definition")
    return quantity.definition


def _unevaluated(child: Quantity, parent: str) -> Derivative:
    """Return ∂(definition)/∂parent; a definition that is one name alone stands in brackets of its own."""
    definition = _definition(child)
    return Derivative(Group(definition) if isinstance(definition, Name) else definition, Name(parent))


def _affine(graph: Graph, kinks: Mapping[str, Number], child: Quantity, parent: str) -> Step:
    return Step(Rule.AFFINE, Forms(_AFFINE, graph, child, parent))


def _activation(graph: Graph, kinks: Mapping[str, Number], child: Quantity, parent: str) -> Step:
    row = child.function
    if row is None:
        raise KeyError(f"{child.id} has no activation function")
    if row.is_joint:
        return _joint_activation(graph, child, row, parent)
    forms = {
        "unevaluated": _unevaluated(child, parent),
        "input": substitute(activations.derivative_form(row, kinks.get(row.name)), {activations.INPUT: Name(parent)}),
    }
    output = activations.output_form(row)
    if output is not None and child.id not in graph.given:  # a stated activation need not fit its pre-activation
        forms["output"] = substitute(output, {activations.OUTPUT: Name(child.id)})
    return Step(Rule.ACTIVATION, forms)


def _joint_activation(graph: Graph, child: Quantity, row: activations.Activation, parent: str) -> Step:
    """Return the step for an activation that all pre-activations of its layer act on, its own and the others.

    It is worked from the activations, as people do; only where these are stated from the pre-activations.
    """
    layer = graph.layers[child.layer - 1]
    place = layer.pre_activations.index(parent)
    own, other = layer.pre_activations[child.neuron - 1], layer.activations[place]
    written: dict[str, Written | None] = dict(activations.cross_forms(row))
    if parent == own:
        written = {"input": activations.derivative_form(row), "output": activations.output_form(row)}
    names = {
        activations.INPUT: Name(own),
        activations.OTHER_INPUT: Name(parent),
        activations.OUTPUT: Name(child.id),
        activations.OTHER_OUTPUT: Name(other),
        activations.SUM: exponential_sum(layer),
    }
    forms: dict[str, Written] = {"unevaluated": _unevaluated(child, parent)}
    forms |= {name: substitute(form, names) for name, form in written.items() if form is not None}
    if graph.given.keys().isdisjoint((child.id, other)):
        forms["input"] = forms["output"]
    else:
        del forms["output"]
    return Step(Rule.ACTIVATION, forms)


def _loss(graph: Graph, kinks: Mapping[str, Number], child: Quantity, parent: str) -> Step:
    if parent in graph.loss_terms:
        share = Quotient(ONE, Number(str(len(graph.outputs)))) if graph.averages_outputs else ONE
        forms = {"unevaluated": _unevaluated(child, parent), "closed": share}
        return Step(Rule.LOSS, forms)
    return loss_by_output(graph, child.id, parent)


_AFFINE: Mapping[str, Callable[[Graph, Quantity, str], Written]] = {
    "unevaluated": lambda graph, child, parent: _unevaluated(child, parent),
    "closed": lambda graph, child, parent: graph.coefficients[child.id][parent],
}


def _equation(graph: Graph, kinks: Mapping[str, Number], child: Quantity, parent: str) -> Step:
    """Return the derivative of an equation's right side, in its own value where people write it so."""
    if graph.system is None or child.id not in graph.system.formulas:
        raise KeyError(f"{child.id} has no equation")
    formula = graph.system.formulas[child.id]
    own = "" if child.id in graph.given else child.id  # a stated value need not fit the equation
    return Step(
        Rule.EQUATION,
        {"unevaluated": _unevaluated(child, parent), "closed": derivative_by_hand(formula, parent, own, kinks)},
    )


def _penalty(graph: Graph, kinks: Mapping[str, Number], child: Quantity, parent: str) -> Step:
    if graph.penalty_row is None or parent not in graph.penalised:
        raise KeyError(f"{parent} is in no penalty")
    closed = penalty_slope(graph.penalty_row, Name(PENALTY_FACTOR), Name(parent))
    return Step(Rule.PENALTY, {"unevaluated": _unevaluated(child, parent), "closed": closed})


_STEPS = {
    Role.PRE_ACTIVATION: _affine,
    Role.ACTIVATION: _activation,
    Role.LOSS_TERM: _loss,
    Role.LOSS: _loss,
    Role.PENALTY: _penalty,
    Role.RESULT: _equation,
    Role.OUTPUT: _equation,
}
