"""Conditions by which rows of a plan drop out."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from symback.document.own_formulas import called_functions
from symback.document.page import Page, Scope
from symback.document.trace import is_single
from symback.document.wiring import has_own_biases, in_a_row, is_regular, owned, traced_weight, used_once
from symback.graph.quantity import Role
from symback.rules.vectors import plain_slope
from symback.values.following import is_rounded
from symback.values.real import Real
from symback.written.nodes import partial_key


def _vanishing(page: Page, scope: Scope) -> bool:
    """Say whether all derivatives of the layer's activation are below the style's option ``vanishing``, but not 0."""
    layer = scope.here
    if layer.activation.is_joint:
        return False
    small = Real.of(str(page.option("vanishing")))
    keys = [partial_key(post, pre) for post, pre in zip(layer.activations, layer.pre_activations, strict=True)]
    if not all(map(page.values.knows, keys)):
        return False
    derivatives = [page.values.exact[key] for key in keys]
    return all(abs(found).sign() > 0 and abs(found).compare(small) < 0 for found in derivatives)


def _at_kink(page: Page, scope: Scope) -> bool:
    layer = scope.here
    known = [pre for pre in layer.pre_activations if page.values.knows(pre)]
    return any(page.values.exact[pre].compare(Real.of(kink)) == 0 for pre in known for kink in page.graph.kinks(pre))


def _rounded_values(page: Page, scope: Scope) -> bool:
    """Say whether a value of the forward pass, or a gradient of a parameter, is rounded where it is printed."""
    forward = [name for name, quantity in page.graph.quantities.items() if quantity.definition is not None]
    gradients = (partial_key(page.derivation.root, name) for name in page.graph.wanted)
    return is_rounded(page.values, (*forward, *gradients))


CONDITIONS: Mapping[str, Callable[[Page, Scope], bool]] = {
    "learning rate": lambda page, scope: page.spec.update is not None,
    "several outputs": lambda page, scope: len(page.graph.outputs) > 1,
    "one output": lambda page, scope: len(page.graph.outputs) == 1,
    "output layer": lambda page, scope: scope.here.number == len(page.graph.layers),
    "hidden layers": lambda page, scope: len(page.graph.layers) > 1,
    "several hidden layers": lambda page, scope: len(page.graph.layers) > 2,
    "hidden biases": lambda page, scope: any(layer.biases for layer in page.graph.layers[:-1]),
    "several samples": lambda page, scope: len(page.graph.samples) > 1,
    "layers in a row": lambda page, scope: in_a_row(page),
    "each used once": lambda page, scope: used_once(page),
    "paths join": lambda page, scope: not (in_a_row(page) and used_once(page)),
    "regular": lambda page, scope: is_regular(page),
    "absent weights": lambda page, scope: any(None in row for layer in page.graph.layers for row in layer.weights),
    "learned weights": lambda page, scope: any(name.startswith("w.") for name in owned(page.graph, scope.here)),
    "learned biases": lambda page, scope: any(name.startswith("b.") for name in owned(page.graph, scope.here)),
    "learned here": lambda page, scope: bool(owned(page.graph, scope.here)),
    "own biases": lambda page, scope: has_own_biases(page.graph, scope.here),
    "learned hidden biases": lambda page, scope: any(
        name.startswith("b.") for layer in page.graph.layers[:-1] for name in owned(page.graph, layer)
    ),
    "known parameters": lambda page, scope: any(map(page.values.knows, page.graph.parameters)),
    "unknown parameters": lambda page, scope: not all(map(page.values.knows, page.graph.parameters)),
    "first layer": lambda page, scope: scope.here.number == 1,
    "several paths": lambda page, scope: (
        scope.here.number < len(page.graph.layers) and page.graph.layers[scope.here.number].size > 1
    ),
    "squared error": lambda page, scope: page.graph.loss_row.name == "squared-error",
    "numerator layout": lambda page, scope: page.is_numerator,
    "letters": lambda page, scope: (
        "<letter>" in page.names.notation.pre_activation and "<from>" in page.names.notation.weight
    ),
    "traced": lambda page, scope: traced_weight(page.graph) is not None,
    "closes": lambda page, scope: any("combined" in forms for forms in page.graph.loss_combined.values()),
    "joint": lambda page, scope: scope.here.activation.is_joint,
    "any joint": lambda page, scope: any(layer.activation.is_joint for layer in page.graph.layers),
    "joint output": lambda page, scope: page.graph.layers[-1].activation.is_joint,
    "biases": lambda page, scope: bool(scope.here.biases),
    "any biases": lambda page, scope: any(layer.biases for layer in page.graph.layers),
    "kinked": lambda page, scope: bool(scope.function.kinks),
    "one activation here": lambda page, scope: len(set(scope.here.functions)) == 1,
    "one activation": lambda page, scope: len({row for layer in page.graph.layers for row in layer.functions}) == 1,
    "reordered": lambda page, scope: page.system.is_reordered,
    "known variables": lambda page, scope: any(name in page.graph.given for name in page.graph.inputs),
    "used in several places": lambda page, scope: len(page.derivation.children(scope.root, scope.parameter)) > 1,
    "acts twice": lambda page, scope: any(
        page.derivation.acts_twice(child, scope.parameter)
        for child in page.derivation.children(scope.root, scope.parameter)
    ),
    "named functions": lambda page, scope: any(True for _ in called_functions(page)),
    "upstream": lambda page, scope: page.graph.quantities[page.graph.root].role is Role.OUTPUT,
    "given gradient": lambda page, scope: partial_key(scope.root, scope.parameter) in page.graph.given,
    "stated values": lambda page, scope: bool(page.graph.stated),
    "loss": lambda page, scope: page.spec.loss is not None,
    "penalty": lambda page, scope: page.graph.penalty_row is not None,
    "learns from batch": lambda page, scope: page.graph.learns_from_batch,
    "learns from each": lambda page, scope: len(page.graph.steps) > 1,
    "averages samples": lambda page, scope: page.graph.averages_samples,
    "carries printed": lambda page, scope: page.carries_printed,
    "rounded values": _rounded_values,
    "named slope": lambda page, scope: plain_slope(scope.function) is None,
    "several paths to trace": lambda page, scope: not is_single(page, scope.parameter),
    "simpler together": lambda page, scope: bool(page.graph.loss_combined),
    "no gradient": lambda page, scope: (
        page.values.knows(f"loss:{scope.parameter}") and page.values.exact[f"loss:{scope.parameter}"].sign() == 0
    ),
    "vanishing": _vanishing,
    "at kink": _at_kink,
    "total differs": lambda page, scope: (
        len(page.derivation.roots_of(scope.parameter)) > 1 or page.graph.averages_outputs
    ),
    "several roots": lambda page, scope: len(page.derivation.roots_of(scope.parameter)) > 1,
}
"""What a plan may ask for; ``not`` in front asks for the opposite."""
