"""One weight and one bias traced back to the loss: chain, factors, product, and the error signal in it."""

from __future__ import annotations

from collections.abc import Iterator

from symback.derive.delta import delta_id
from symback.document import trace
from symback.document.blocks import Block, Display
from symback.document.builders.joint import JOINED
from symback.document.page import Page, Scope
from symback.document.wiring import has_own_biases
from symback.graph.quantity import Layer
from symback.written.nodes import Annotation, Name, Partial, Product, Relation, Written

NAMED_WEIGHTS = 2
"""How many weights of the traced neuron get their gradient in terms of delta; the general rule has the rest."""


def full_chain(page: Page, scope: Scope) -> Iterator[Block]:
    """Yield the gradient by the traced weight as the product along its way."""
    yield Display((equal(_gradient(scope), Product(trace.factors(page, scope.parameter))),))


def path_sum(page: Page, scope: Scope) -> Iterator[Block]:
    """Yield the first factor of the chain as the sum over the paths that meet in it."""
    first = trace.factors(page, scope.parameter)[0]
    forms = page.derivation[first.key].forms
    sides = [trace.shortened(forms["chain"]), *(forms[name] for name in JOINED if name in forms)]
    yield Display((Relation(first, tuple(("=", side) for side in sides)),))


def factors(page: Page, scope: Scope) -> Iterator[Block]:
    """Yield what each factor of the chain is."""
    path = trace.factors(page, scope.parameter)
    yield Display(tuple(equal(factor, trace.local_form(page, factor)) for factor in path))


def product(page: Page, scope: Scope) -> Iterator[Block]:
    """Yield the product of the factors, case by case."""
    yield Display((equal(_gradient(scope), trace.product(page, trace.factors(page, scope.parameter))),))


def joined_factors(page: Page, scope: Scope) -> Iterator[Block]:
    """Yield what loss and output activation give together, multiplied out and simplified where that is possible."""
    post, pre = page.graph.layers[-1].activations[0], page.graph.layers[-1].pre_activations[0]
    pair = Partial("loss", post), Partial(post, pre)
    forms = page.derivation[Partial("loss", pre).key].forms
    sides = [trace.product(page, pair), *(forms[name] for name in ("multiplied", "combined") if name in forms)]
    yield Display((Relation(Product(pair), tuple(("=", side) for side in sides)),))


def simplified(page: Page, scope: Scope) -> Iterator[Block]:
    """Yield the gradient by the traced weight after that."""
    yield Display((equal(_gradient(scope), trace.simplified(page, trace.factors(page, scope.parameter))),))


def underbraced(page: Page, scope: Scope) -> Iterator[Block]:
    """Yield the chain of the bias (of the weight, where there is none), with the name of what is known of it."""
    parameter = (*traced_bias(page, scope), scope.parameter)[0]
    path = trace.factors(page, parameter)
    known = Annotation(Product(path[:-1]), Name(_delta(scope)))
    yield Display((equal(Partial("loss", parameter), Product((known, path[-1]))),))


def delta(page: Page, scope: Scope) -> Iterator[Block]:
    """Yield the error signal of the traced neuron."""
    pre = Partial("loss", scope.here.pre_activations[0])
    form = trace.simplified(page, trace.factors(page, scope.parameter)[:-1])
    yield Display((Relation(Name(_delta(scope)), (("=", pre), ("=", form))),))


def deltas_behind(page: Page, scope: Scope) -> Iterator[Block]:
    """Yield the error signal of the first neuron of every layer behind the traced one, from the output back."""
    for layer in reversed(page.graph.layers[scope.here.number :]):
        yield Display((_delta_of(page, layer),))


def _delta_of(page: Page, layer: Layer) -> Relation:
    pre, post = layer.pre_activations[0], layer.activations[0]
    partial, pair = Partial("loss", pre), (Partial("loss", post), Partial(post, pre))
    forms = page.derivation[partial.key].forms
    if layer.activation.is_joint:
        shown = ("chain", "delta", *JOINED)
        sides = [partial, *(forms[name] for name in shown if name in forms)]
        return Relation(Name(delta_id(pre)), tuple(("=", side) for side in sides))
    sides = [partial, Product(pair), trace.product(page, pair)]
    sides += [forms[name] for name in ("multiplied", "combined") if name in forms]
    return Relation(Name(delta_id(pre)), tuple(("=", side) for side in sides))


def reused_delta(page: Page, scope: Scope) -> Iterator[Block]:
    """Yield the gradients by the bias and the first weights of the traced neuron in terms of its error signal."""
    weights = tuple(weight for weight, _ in scope.here.products(0))
    single = [weight for weight in weights if weight not in page.graph.frozen and page.graph.uses[weight] == 1]
    parameters = (*traced_bias(page, scope), *single[:NAMED_WEIGHTS])
    partials = (Partial("loss", parameter) for parameter in parameters)
    yield Display(tuple(equal(partial, page.derivation[partial.key].forms["delta"]) for partial in partials))


def traced_bias(page: Page, scope: Scope) -> tuple[str, ...]:
    """Return the bias of the traced neuron, if each neuron of its layer learns its own."""
    return scope.here.biases[:1] if has_own_biases(page.graph, scope.here) else ()


def equal(left: Written, right: Written) -> Relation:
    """Return ``left = right``."""
    return Relation(left, (("=", right),))


def _gradient(scope: Scope) -> Partial:
    return Partial("loss", scope.parameter)


def _delta(scope: Scope) -> str:
    return delta_id(scope.here.pre_activations[0])
