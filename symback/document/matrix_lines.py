"""Lines worked out in matrices: symbols, then numbers where they are needed, then the value."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from symback.document import matrix_rules
from symback.document.arrange import members
from symback.document.matrices import LayerSymbols, Matrices
from symback.document.page import Scope
from symback.document.wiring import in_a_row
from symback.document.working import Side, in_numbers, linked
from symback.graph.quantity import PENALTY
from symback.values.following import printed, substituted
from symback.written.measure import Measure
from symback.written.nodes import Derivative, Name, Relation, Written
from symback.written.substitute import leaves, substitute

WIDEST = 38
"""How wide, in ems, numbers in place of symbols may get before a page leaves them out."""


def worked(
    matrices: Matrices,
    target: Written,
    result: Written,
    forms: Sequence[Written],
    written_out: Written | None = None,
    always: bool = False,
) -> Relation:
    """Return the chain ``target = forms = numbers in place = value``.

    Numbers are put in place `always`, or where the printed numbers of other lines would not lead to the printed
    `result`; but not where they would not fit on a line. A value that is stated stands alone. Where nothing is known
    the chain ends with the last form.

    Parameters
    ----------
    matrices : Matrices
        The symbols that `forms` use.
    target : Written
        The symbol in front.
    result : Written
        The quantities that stand in it.
    forms : Sequence of Written
        What it equals, in symbols.
    written_out : Written or None
        The last form over quantities, where it says more than that form with its matrices written out, or where the
        form itself is not repeated.
    always : bool
        Whether numbers are put in place even where the line can be followed without.
    """
    page = matrices.page
    value = in_numbers(page, printed(page.values, result))
    if page.states(result):
        return Relation(target, ((":=", value.tree),))
    found = [Side(matrices.with_shapes(form)) for form in forms]
    tree = written_out or (matrices.written_out(forms[-1]) if forms else None)
    if tree is not None:
        found.extend(_numbers(matrices, tree, result, always))
    if any(map(page.values.knows, leaves(result))):
        found.append(value)
    return replace(linked(page, result, found), first=target)


def _numbers(matrices: Matrices, tree: Written, result: Written, always: bool) -> Iterator[Side]:
    page = matrices.page
    line = substituted(page.values, tree, result)
    if line is None or Measure(page.names)(line) > WIDEST:
        return
    if always or dict(line.numbers) != dict(printed(page.values, tree).numbers):
        yield in_numbers(page, line)


def pre_activation(matrices: Matrices, at: LayerSymbols) -> Relation:
    """Return ``z = W x + b = value``; behind ``z`` its entries, where the next line applies a function to each."""
    entries = matrices.entries(at.pre)
    named = [entries] if _differ(at) else []
    return worked(matrices, at.pre, entries, [*named, matrix_rules.affine(matrices, at, at.source)])


def activation(matrices: Matrices, at: LayerSymbols) -> Relation:
    """Return ``a = f(z) = value``; behind ``a`` its entries, where they stand beside other values later on."""
    entries = matrices.entries(at.post)
    named = [] if at is matrices.layers[-1] or in_a_row(matrices.page) else [entries]
    forms: list[Written] = [*named, at.applied]
    if _differ(at):
        forms.append(matrices.each_applied(at.layer))
    return worked(matrices, at.post, entries, forms)


def _differ(at: LayerSymbols) -> bool:
    """Say whether the neurons of a layer have different activations."""
    return len(set(at.layer.functions)) > 1


def loss(matrices: Matrices) -> Relation:
    """Return the loss, its formula and its value."""
    form = matrix_rules.loss(matrices)
    return worked(matrices, matrices.loss, matrices.loss, [form], written_out=matrix_rules.loss_terms(matrices))


def slope(matrices: Matrices, at: LayerSymbols) -> Relation:
    """Return ``f'(z) = value``; without a link where it is unknown."""
    return worked(matrices, at.slope, matrices.entries(at.slope), matrices.jacobian(at))


def delta(matrices: Matrices, at: LayerSymbols, forms: Sequence[Written]) -> Relation:
    """Return ``delta = forms = numbers = value``."""
    return worked(matrices, at.delta, matrices.entries(at.delta), forms, always=True)


def gradient(matrices: Matrices, at: LayerSymbols, kind: str) -> Relation:
    """Return ``dL/dW = delta x^T = numbers = value``, or ``dL/db = delta = value``."""
    target = Derivative(matrices.loss, at.parameters[kind])
    form = matrix_rules.gradient(matrices, at, kind)
    return worked(matrices, target, matrices.entries(target), [form], always=kind == "weight")


def penalty_gradient(matrices: Matrices, at: LayerSymbols, kind: str) -> Relation:
    """Return ``dR/dW = 2 lambda W = numbers = value``; entries that are not in the penalty are 0."""
    target = Derivative(Name(PENALTY), at.parameters[kind])
    entries, form = matrices.entries(target), matrix_rules.penalty(matrices, at, kind)
    derivation = matrices.page.derivation
    closed = substitute(entries, {key: derivation[key].forms["closed"] for key in leaves(entries)})
    return worked(matrices, target, entries, [form] if form else [], written_out=closed, always=True)


def new_values(matrices: Matrices, at: LayerSymbols, kind: str) -> Relation:
    """Return ``W' = value``; without a link where it is unknown."""
    new = matrices.new(at, kind)
    result = members(matrices.page, Scope(layer=at.layer), f"updated.{kind}")
    updated = matrices.written_out(matrix_rules.updated(matrices, at, kind))
    return worked(matrices, new, result, [], written_out=updated)
