"""Learning from a batch: the rule for the traced bias and weight, with a letter for the sample, and its numbers."""

from __future__ import annotations

from collections.abc import Iterator

from symback.derive.delta import DELTA, delta_id
from symback.document import trace
from symback.document.blocks import Block, Display, Paragraph
from symback.document.builders.one_step import NUMBERS
from symback.document.builders.tracing import traced_bias
from symback.document.delta_rules import letters
from symback.document.page import Page, Scope
from symback.document.wording import function_symbol
from symback.document.working import chain
from symback.graph.affine import total
from symback.graph.quantity import BATCH, PENALTY, Role
from symback.written.nodes import (
    Call,
    Cases,
    Derivative,
    IndexedSum,
    Name,
    Number,
    Partial,
    Product,
    Quotient,
    Relation,
    Written,
)
from symback.written.nodes import Sequence as Items
from symback.written.substitute import leaves, substitute

SAMPLED = (Role.INPUT, Role.TARGET, Role.PRE_ACTIVATION, Role.ACTIVATION)
"""The roles of the quantities that change from sample to sample."""

MOST_TERMS = 6
"""How many samples a batch may have before its sum is not written out."""


def batch_rules(page: Page, scope: Scope) -> Iterator[Block]:
    """Yield the gradients of the batch by the traced bias and weight: the mean (or the sum) of those of its samples."""
    found = letters(page)
    example = Name(page.graph.inputs[0]), page.names.of_sample(page.graph.inputs[0], found.sample)
    phrase = "batch-mean" if page.graph.averages_samples else "batch-sum"
    arguments = dict(zip(("input", "of_sample", "sample", "count"), (*example, found.sample, found.count), strict=True))
    yield Paragraph(page.phrases(phrase, **arguments))
    for parameter in (*traced_bias(page, scope), scope.parameter):
        penalty = (Partial(PENALTY, parameter),) if parameter in page.graph.penalised else ()
        joined = (gradient_of_samples(page, parameter), summed(page, sample_gradient(page, parameter)))
        sides = [total((each, *penalty)) for each in joined]
        left = Derivative(page.names.by_notation(BATCH), page.names(parameter))
        yield Display((Relation(left, tuple(("=", side) for side in sides)),))
    yield from _explained(page, sample_gradient(page, scope.parameter))


def _explained(page: Page, tree: Written) -> Iterator[Block]:
    """Yield what the indicator means, where there is one among the factors."""
    factors = tree.factors if isinstance(tree, Product) else ()
    for factor in factors:
        if isinstance(factor, Product) and isinstance(factor.factors[-1], Items):
            yield Paragraph(page.phrases("indicator", one=factor))
            return


def gradient_of_samples(page: Page, parameter: str) -> Written:
    """Return the mean (or the sum) of the derivatives of the losses of all samples."""
    loss = page.names.of_sample("loss", letters(page).sample)
    return summed(page, Derivative(loss, Name(parameter)))


def sample_gradient(page: Page, parameter: str) -> Written:
    """Return the gradient of one sample, whose number is a letter, in a single product.

    A derivative with cases becomes a factor that says when it counts, ``1[z > 0]``. Where several paths lead to the
    parameter, the error signal stands for what comes from the loss.
    """
    path = trace.factors(page, parameter)
    if trace.is_single(page, parameter):
        forms = [_without_cases(page, factor, form) for factor, form in trace.joined(page, path)]
    else:
        forms = [Name(delta_id(path[-1].of)), trace.local_form(page, path[-1])]
    tree, sample = trace.multiplied(forms), letters(page).sample
    sampled = [key for key in leaves(tree) if key.startswith(DELTA) or page.graph.quantities[key].role in SAMPLED]
    return substitute(tree, {key: page.names.of_sample(key, sample) for key in sampled})


def summed(page: Page, body: Written) -> Written:
    """Return the mean (or the sum) over all samples."""
    found = letters(page)
    total = IndexedSum(body, found.sample, Number("1"), found.count)
    if not page.graph.averages_samples:
        return total
    return Product((Quotient(Number("1"), found.count), total), juxtaposed=True)


def _without_cases(page: Page, factor: Partial, form: Written) -> Written:
    """Return a form without cases: an indicator where they are 1 and 0, else the derivative by its name."""
    if not isinstance(form, Cases):
        return form
    (value, condition), *others = form.branches
    if value == trace.ONE and [other for other, _ in others] == [trace.ZERO]:
        return Product((trace.ONE, Items((condition,))), juxtaposed=True)
    row = page.graph.quantities[factor.of].function
    assert row is not None
    return Call(function_symbol(page, row), (Name(factor.by),), primes=1)


def batch_gradients(page: Page, scope: Scope) -> Iterator[Block]:
    """Yield the gradients of the batch with numbers; with many samples only what the table adds up to."""
    forms = ["sum", *NUMBERS] if len(page.graph.samples) <= MOST_TERMS else ["value"]
    for parameter in (*traced_bias(page, scope), scope.parameter):
        if parameter in page.graph.penalised:
            yield Display((chain(page, Partial(PENALTY, parameter), ["closed", *NUMBERS]),))
        yield Display((chain(page, Partial(BATCH, parameter), forms),))
