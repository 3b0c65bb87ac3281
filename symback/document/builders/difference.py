"""Checking a gradient by hand: move the parameter a little, go forward again, and compare the quotient."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from symback.document.blocks import Block, Display, Paragraph
from symback.document.page import Page, Scope
from symback.document.wording import function_symbol
from symback.document.working import Side, chain
from symback.graph.quantity import Role
from symback.spec.model import FiniteDifference
from symback.values.difference import Difference, affected, difference, kinks_met, quotient
from symback.values.rounding import spell
from symback.values.values import Values
from symback.written.nodes import Call, Name, Negative, Number, Partial, Relation, Sum, Written
from symback.written.substitute import substitute


def difference_check(page: Page, scope: Scope, unchanged: int) -> Iterator[Block]:
    """Yield the forward pass with one parameter moved, and the quotient beside the gradient.

    Values that the parameter does not touch are repeated where there are at most `unchanged` of them.
    """
    settings = page.spec.finite_difference or FiniteDifference()
    step = Number(settings.epsilon.text)
    central = settings.scheme == "central"
    found = difference(page.values, scope.root, scope.parameter, step, central)
    parameter = Name(scope.parameter)
    kinks = tuple(kinks_met(found))
    if kinks:
        yield Paragraph(page.phrases("difference-at-kink", parameter=parameter, quantity=Name(kinks[0])))
        return
    yield Paragraph(page.phrases("difference-intro", parameter=parameter, step=step))
    yield from _forward(page, scope, found.moved, Sum((parameter, step)), unchanged)
    if central:
        yield Paragraph(page.phrases("difference-back", parameter=parameter, step=step))
        yield from _forward(page, scope, found.base, Sum((parameter, Negative(step))), unchanged)
    yield _comparison(page, scope, found)
    yield from _remark(page, scope)


def _forward(page: Page, scope: Scope, moved: Values, shifted: Written, unchanged: int) -> Iterator[Block]:
    """Yield the forward pass up to the outputs on which the root depends, with `shifted` for the parameter."""
    graph = page.graph
    touched = affected(graph, scope.parameter)
    needed = [
        quantity
        for name, quantity in graph.quantities.items()
        if quantity.role in (Role.PRE_ACTIVATION, Role.ACTIVATION) and page.derivation.reaches(name, scope.root)
    ]
    untouched = sum(quantity.id not in touched for quantity in needed)
    there = replace(page, values=moved)
    for quantity in needed:
        if quantity.id not in touched and untouched > unchanged:
            continue
        form = substitute(page.derivation[quantity.id].forms["definition"], {scope.parameter: shifted})
        start = ()
        if quantity.role is Role.ACTIVATION:
            start = (Side(Call(function_symbol(page, quantity.layer), (Name(quantity.parents[0]),))),)
        yield Display((chain(there, Name(quantity.id), [form, "numbers", "value"], start),))


def _comparison(page: Page, scope: Scope, found: Difference) -> Display:
    form = page.derivation[scope.root].forms[next(iter(page.graph.loss_values))]
    tree, value = quotient(found, form)
    exact = page.values.exact[Partial(scope.root, scope.parameter).key]
    policy = page.values.policy
    gradient = spell(exact, policy.digits_of(Partial(scope.root, scope.parameter).key), policy.rounding)
    links: list[tuple[str, Written]] = [("=" if value.exact else "≈", Number(value.text))]
    if gradient.text != value.text:
        links.append(("≈", Number(gradient.text)))
    return Display((Relation(tree, tuple(links)),))


def _remark(page: Page, scope: Scope) -> Iterator[Block]:
    """Say so where the gradient found by hand is not the exact one at its own digits."""
    key = Partial(scope.root, scope.parameter).key
    policy = page.values.policy
    exact = spell(page.values.exact[key], policy.digits_of(key), policy.rounding)
    by_hand = page.values.spelled(key)
    if Number(exact.text).value != Number(by_hand.text).value:
        yield Paragraph(
            page.phrases("difference-by-hand", exact=Number(exact.text), by_hand=Number(by_hand.text))
        )
