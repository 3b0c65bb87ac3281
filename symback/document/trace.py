"""The way from the loss back to one parameter: its factors, their product, and what the product simplifies to."""

from __future__ import annotations

from collections.abc import Sequence

from symback.derive.step import Rule
from symback.document.page import Page
from symback.written.nodes import Cases, Ellipsis, Number, Partial, Product, Sum, Written
from symback.written.substitute import leaves

MOST_TERMS = 5
"""How many terms a sum may have before dots stand for those in the middle."""

ZERO, ONE = Number("0"), Number("1")

_SHOWN = ("delta", "output", "closed", "input")
"""The forms in which a factor is shown, the first that it has."""


def factors(page: Page, parameter: str) -> tuple[Partial, ...]:
    """Return the factors of the gradient of the loss by a parameter, from the loss down.

    They begin with the derivative by an output, or by the last quantity from which several paths lead to the loss.
    """
    found = (Partial("loss", parameter),)
    while page.derivation[found[0].key].rule is Rule.CHAIN:
        form = page.derivation[found[0].key].forms["chain"]
        if isinstance(form, Sum):
            break
        found = (*(Partial(*key.split(":")) for key in leaves(form)), *found[1:])
    return found


def is_single(page: Page, parameter: str) -> bool:
    """Say whether a single path leads from the loss to a parameter."""
    return factors(page, parameter)[0].by in page.graph.outputs


def local_form(page: Page, factor: Partial) -> Written:
    """Return what a factor equals, as the page states it."""
    forms = page.derivation[factor.key].forms
    return shortened(next(forms[name] for name in _SHOWN if name in forms))


def product(page: Page, path: Sequence[Partial]) -> Written:
    """Return the product of the forms of all factors, case by case where one of them has cases.

    Where several have cases, only the last is split up, and the others keep their names.
    """
    return _joined(path, [local_form(page, factor) for factor in path])


def simplified(page: Page, path: Sequence[Partial]) -> Written:
    """Return the same product, with loss and output activation joined into what they are together."""
    together = None
    if path[0].by in page.graph.outputs:
        together = page.derivation[output_error(path).key].forms.get("combined")
    if together is None:
        return product(page, path)
    return _joined(path[1:], [together, *(local_form(page, factor) for factor in path[2:])])


def output_error(path: Sequence[Partial]) -> Partial:
    """Return the derivative of the loss by the output's pre-activation, which begins a single path."""
    return Partial("loss", path[1].by)


def shortened(form: Written) -> Written:
    """Return a long sum with dots for the terms in the middle."""
    if not isinstance(form, Sum) or len(form.terms) <= MOST_TERMS:
        return form
    return Sum((*form.terms[:2], Ellipsis(), *form.terms[-2:]))


def multiplied(forms: Sequence[Written]) -> Written:
    """Return the product of forms without factors of 1; it is 0 where one of them is."""
    if ZERO in forms:
        return ZERO
    telling = tuple(form for form in forms if form != ONE)
    if len(telling) < 2:
        return telling[0] if telling else ONE
    return Product(telling, juxtaposed=True)


def _joined(path: Sequence[Partial], forms: list[Written]) -> Written:
    split = [place for place, form in enumerate(forms) if isinstance(form, Cases)]
    for place in split[:-1]:
        forms[place] = path[place]
    if not split:
        return multiplied(forms)
    last = split[-1]
    cases = forms[last]
    assert isinstance(cases, Cases)
    return Cases(
        tuple(
            (multiplied([*forms[:last], value, *forms[last + 1 :]]), condition) for value, condition in cases.branches
        )
    )
