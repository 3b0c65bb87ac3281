"""Gradients worked scalar by scalar, loss term by loss term: chain, factors, product."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from symback.derive.step import Rule
from symback.document.blocks import Block, Display, Paragraph
from symback.document.delta_rules import letters
from symback.document.page import Page, Scope
from symback.document.working import chain
from symback.graph.build import averaged
from symback.written.nodes import Derivative, IndexedSum, Name, Partial, Product, Relation, Written
from symback.written.nodes import Sequence as Items
from symback.written.substitute import leaves


def targets(page: Page, scope: Scope) -> Iterator[Block]:
    """Yield the targets as a list of numbers."""
    numbers = tuple(page.graph.given[name] for name in page.graph.targets)
    yield Paragraph(page.phrases("targets", values=Items(numbers)))


def upstream(page: Page, scope: Scope) -> Iterator[Block]:
    """Yield the gradients of the loss by the outputs, where they are given in place of the loss."""
    yield Display(tuple(chain(page, Partial("loss", name), ["closed", "value"]) for name in page.graph.outputs))


def loss_list(page: Page, scope: Scope) -> Iterator[Block]:
    """Yield the list of the losses of all outputs."""
    names = tuple(Name(name) for name in page.graph.loss_terms)
    yield Paragraph(page.phrases("losses", values=Items(names)))


def loss_terms(page: Page, scope: Scope, forms: Sequence[str]) -> Iterator[Block]:
    """Yield the loss of each output, and their sum where there are several."""
    for name in (*page.graph.loss_terms, "loss"):
        yield Display((chain(page, Name(name), forms),))


def explain(page: Page, scope: Scope, forms: Mapping[str, Sequence[str]]) -> Iterator[Block]:
    """Yield the gradient of one loss term by one parameter: its chain, the factors, and their product.

    `forms` says per rule which forms of a factor are shown. Gradients that the chain starts from and that are not
    yet known, because paths meet in them, are explained first.
    """
    yield from _explain(page, Partial(scope.root, scope.parameter), forms)


def _explain(page: Page, target: Partial, forms: Mapping[str, Sequence[str]]) -> Iterator[Block]:
    step = page.derivation[target.key]
    if "chain" not in step.forms:  # the target stands in what is differentiated and nowhere else
        yield Display((chain(page, target, forms[step.rule]),))
        page.explained.add(target.key)
        return
    factors = [Partial(*key.split(":")) for key in leaves(step.forms["chain"]) if ":" in key]
    for factor in factors:
        if factor.key not in page.explained and _is_chain(page, factor):
            yield Paragraph(page.phrases("needed-first", gradient=factor))
            yield from _explain(page, factor, forms)
    yield Display((chain(page, target, ["chain"]),))
    known = [factor for factor in factors if factor.key in page.explained]
    new = [factor for factor in factors if factor.key not in page.explained]
    if known:
        yield Paragraph(page.phrases("already-known"))
        for factor in known:
            yield Display((chain(page, factor, ["value"]),))
    if new:
        yield Paragraph(page.phrases("further-factors" if known else "factors"))
        for factor in new:
            yield Display((chain(page, factor, _forms(page, factor, forms)),))
    page.explained.update(factor.key for factor in (*factors, target))
    yield Paragraph(page.phrases("together"))
    yield Display((chain(page, target, ["chain", "numbers", "value"]),))


def _is_chain(page: Page, factor: Partial) -> bool:
    """Say whether a factor is itself found by the chain rule, and not given."""
    return factor.key not in page.graph.given and page.derivation[factor.key].rule is Rule.CHAIN


def _forms(page: Page, factor: Partial, forms: Mapping[str, Sequence[str]]) -> Sequence[str]:
    return ("value",) if factor.key in page.graph.given else forms[page.derivation[factor.key].rule]


def total(page: Page, scope: Scope, forms: Sequence[str]) -> Iterator[Block]:
    """Yield the gradient of the whole loss as the sum over its terms."""
    yield Display((chain(page, Partial("loss", scope.parameter), forms),))


def conclusion(page: Page, scope: Scope) -> Iterator[Block]:
    """Yield the rules with indices in place of numbers: a weight of the output layer, and what goes further back."""
    found = letters(page)
    yield Paragraph(page.phrases("conclusion-rule", neuron_index=found.neuron, source_index=found.source))
    output = page.names.general_neuron(len(page.graph.layers), found.neuron, found.source)
    path = Product((Derivative(output.loss, output.activation), Derivative(output.activation, output.pre_activation)))
    weight = Product((*path.factors, Derivative(output.pre_activation, output.weight)))
    yield Display((Relation(Derivative(output.loss, output.weight), (("=", weight),)),))
    if len(page.graph.layers) > 1:
        back = Product((*path.factors, Derivative(output.pre_activation, output.source)))
        total = page.names("loss")
        summed: Written = IndexedSum(back, output.index)
        if page.graph.averages_outputs:
            summed = averaged(summed, len(page.graph.outputs))
        yield Display((Relation(Derivative(total, output.source), (("=", summed),)),))
