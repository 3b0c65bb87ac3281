"""Checking a gradient by hand: move the parameter a little, go forward again, and compare the quotient."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from symback.document.blocks import Block, Display, Paragraph
from symback.document.page import Page, Scope
from symback.document.working import applied_side, chain
from symback.graph.quantity import Quantity, Role
from symback.spec.network import FiniteDifference
from symback.values.difference import Difference, kinks_met, quotient
from symback.values.following import is_rounded
from symback.values.rounding import spell
from symback.values.values import Values
from symback.written.measure import Measure
from symback.written.nodes import Name, Negative, Number, Partial, Relation, Sum, Written
from symback.written.substitute import substitute

NEURON = (Role.PRE_ACTIVATION, Role.ACTIVATION)

WIDEST_LOSS = 10.0
"""A loss wider than this, in ems, is worked out on lines of its own before the quotient."""


def difference_check(page: Page, scope: Scope) -> Iterator[Block]:
    """Yield the forward pass with one parameter moved, and the quotient beside the gradient.

    Lines of an earlier check that the parameter does not touch are repeated where there are at most as many of them as
    the style's option ``unchanged`` says.
    """
    settings = page.spec.finite_difference or FiniteDifference()
    step = Number(settings.epsilon.text)
    central = settings.scheme == "central"
    found = page.checks.difference(page.values, scope.root, scope.parameter, step, central)
    parameter = Name(scope.parameter)
    if not _is_known(page, scope, found):
        yield Paragraph(page.phrases("difference-unknown"))
        return
    kinks = tuple(kinks_met(found))
    if kinks:
        is_output = page.graph.quantities[kinks[0]].role is Role.ACTIVATION
        phrase = "difference-at-loss-kink" if is_output else _own(page, "difference-at-kink")
        yield Paragraph(page.phrases(phrase, parameter=parameter, quantity=Name(kinks[0])))
        return
    yield Paragraph(page.phrases(_own(page, "difference-intro"), parameter=parameter, step=step, loss=Name(scope.root)))
    lines = _lines(page, scope.root)
    if is_rounded(page.values, (quantity.id for quantity in lines)):
        yield Paragraph(page.phrases("difference-digits"))
    yield from _forward(page, lines, found.moved, scope.parameter, Sum((parameter, step)))
    yield from _wide_loss(page, scope, found.moved)
    if central:
        yield Paragraph(page.phrases("difference-back", parameter=parameter, step=step))
        yield from _forward(page, lines, found.base, scope.parameter, Sum((parameter, Negative(step))))
        yield from _wide_loss(page, scope, found.base)
    elif _has_own_line(page, scope):
        before = found.base.number(scope.root)
        yield Paragraph(page.phrases(_own(page, "difference-loss-before"), loss=Name(scope.root), value=before))
    yield from _comparison(page, scope, found)


def _is_known(page: Page, scope: Scope, found: Difference) -> bool:
    """Say whether all numbers that the check needs were given."""
    moved = [name for name in page.graph.dependents(scope.parameter) if page.derivation.reaches(name, scope.root)]
    sides = all(side.knows(name) for side in (found.moved, found.base) for name in (*moved, scope.root))
    return sides and page.values.knows(Partial(scope.root, scope.parameter).key)


def _lines(page: Page, root: str) -> list[Quantity]:
    """Return the quantities up to the outputs on which a root depends."""
    found = page.checks.quantities
    if root not in found:
        found[root] = [
            quantity
            for name, quantity in page.graph.quantities.items()
            if (quantity.role in NEURON and page.derivation.reaches(name, root)) or _is_result(page, name, root)
        ]
    return found[root]


def _is_result(page: Page, name: str, root: str) -> bool:
    """Say whether a name is that of an equation which the output needs, or of the output."""
    is_needed = name == root or page.derivation.reaches(name, root)
    return page.graph.quantities[name].role is Role.RESULT and is_needed


def _forward(page: Page, lines: Sequence[Quantity], moved: Values, parameter: str, shifted: Written) -> Iterator[Block]:
    """Yield the forward pass up to the outputs on which the root depends, with `shifted` for the parameter."""
    there = replace(page, values=moved)
    touched, checks = page.graph.dependents(parameter), page.checks
    new = [line for line in lines if line.id in touched or line.id not in checks.unmoved]
    if len(lines) - len(new) > page.option("unchanged"):
        if not checks.leaves_out:
            yield Paragraph(page.phrases("difference-unchanged"))
        lines, checks.leaves_out = new, True
    checks.unmoved.update(line.id for line in lines if line.id not in touched)
    for line in lines:
        place = line.id, shifted
        if place not in checks.lines:
            checks.lines[place] = _line(there, line, {parameter: shifted})
        yield checks.lines[place]


def _line(page: Page, quantity: Quantity, shifted: Mapping[str, Written]) -> Display:
    form = substitute(page.derivation[quantity.id].forms["definition"], shifted)
    start = applied_side(page, quantity)
    return Display((chain(page, Name(quantity.id), [form, "numbers", "value"], start),))


def _form_of_root(page: Page, scope: Scope) -> Written:
    """Return the loss over outputs and targets."""
    return page.derivation[scope.root].forms[next(iter(page.graph.loss_values))]


def _has_own_line(page: Page, scope: Scope) -> bool:
    """Say whether the root is worked out by its name before the quotient: the output of equations, or a wide loss."""
    return page.graph.system is not None or Measure(page.names)(_form_of_root(page, scope)) > WIDEST_LOSS


def _own(page: Page, phrase: str) -> str:
    """Return the name of a phrase as it is for a network, or for equations, which need not end in a loss."""
    return phrase if page.graph.system is None else f"{phrase}-equations"


def _wide_loss(page: Page, scope: Scope, moved: Values) -> Iterator[Block]:
    """Yield the working of a loss that is too wide for the quotient."""
    if page.graph.system is None and _has_own_line(page, scope):
        there = replace(page, values=moved)
        yield Display((chain(there, Name(scope.root), [_form_of_root(page, scope), "numbers", "value"]),))


def _comparison(page: Page, scope: Scope, found: Difference) -> Iterator[Block]:
    """Yield the quotient beside the gradient, and say so where the gradient found by hand is not the exact one."""
    key = Partial(scope.root, scope.parameter).key
    form = Name(scope.root) if _has_own_line(page, scope) else _form_of_root(page, scope)
    tree, value = quotient(found, form)
    policy = page.values.policy
    exact = Number(spell(page.values.exact[key], policy.digits_of(key), policy.rounding).text)
    links: list[tuple[str, Written]] = [("=" if value.exact else "≈", Number(value.text))]
    if exact.text != value.text:
        links.append(("≈", exact))
    yield Display((Relation(tree, tuple(links)),))
    by_hand = page.values.number(key)
    if by_hand.value != exact.value:
        yield Paragraph(page.phrases("difference-by-hand", exact=exact, by_hand=by_hand))
