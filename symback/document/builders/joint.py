"""A layer whose activations depend on all its pre-activations: the Jacobian, and the gradients that it joins."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from symback.derive.derivation import Derivation
from symback.document.arrange import members
from symback.document.blocks import Block, Display
from symback.document.joint import slopes_of
from symback.document.page import Page, Scope
from symback.document.working import chain, lines
from symback.written.nodes import Matrix, Partial, Symbol

JOINED = ("filled", "multiplied", "gathered", "combined")
"""The forms by which the sum over the paths becomes what it is in the end."""


def jacobian(page: Page, scope: Scope, forms: Sequence[str]) -> Iterator[Block]:
    """Yield one derivative by its own pre-activation, one by another's, and then all of them as a matrix.

    The matrix has a row for each activation and a column for each pre-activation.
    """
    layer = scope.here
    first = layer.activations[0]
    for pre in layer.pre_activations[:2]:
        yield Display(lines(page, Partial(first, pre), forms))
    rows = (tuple(Partial(post, pre) for pre in layer.pre_activations) for post in layer.activations)
    yield Display((chain(page, Matrix(tuple(rows)), [*forms[:1], "value"]),), stacked=True)


def jacobian_rule(page: Page, scope: Scope) -> Iterator[Block]:
    """Yield the derivative of any activation of a layer by any of its pre-activations, with letters for indices."""
    yield Display((slopes_of(page, scope.here.activation, Symbol("z")),))


def joined_gradients(page: Page, scope: Scope, forms: Sequence[str], all_forms: Sequence[str]) -> Iterator[Block]:
    """Yield the gradient by the first pre-activation as the sum over its paths, and then those by all of them.

    The paths are filled in where they can be gathered then; else the numbers of their factors are multiplied.
    """
    first = Partial(scope.root, scope.here.pre_activations[0])
    if page.derivation[first.key].forms.get("gathered") is None:
        forms = [form for form in forms if form not in JOINED]
    yield Display(lines(page, first, forms))
    yield Display((chain(page, members(page, scope, "gradient.pre-activation"), all_forms),), stacked=True)


def closed_form(page: Page, scope: Scope) -> Iterator[Block]:
    """Yield how the paths of the whole loss to the first output's pre-activation add up, and the same for all."""
    whole = replace(page, derivation=Derivation(page.graph, kinks=page.derivation.kinks))
    first, *others = (Partial("loss", pre) for pre in page.graph.layers[-1].pre_activations)
    yield Display(lines(whole, first, ["chain", *JOINED]))
    rows = (line for other in others for line in lines(whole, other, JOINED[-1:]))
    yield from (Display((row,)) for row in rows)
