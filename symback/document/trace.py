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

_SHOWN = ("delta", "output", "closed", "input", "combined", "filled")
"""The forms in which a factor is shown, the first that it has."""


def factors(page: Page, parameter: str) -> tuple[Partial, ...]:
    """Return the factors of the gradient of the loss by a parameter, from the loss down.

    They begin with the derivative by an output, or by the last quantity from which several paths lead to the loss.
    """
    found: tuple[Partial, ...] = (Partial("loss", parameter),)
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
    return _case_by_case([(factor, local_form(page, factor)) for factor in path])


def simplified(page: Page, path: Sequence[Partial]) -> Written:
    """Return the same product, with loss and output activation joined into what they are together."""
    return _case_by_case(joined(page, path))


def joined(page: Page, path: Sequence[Partial]) -> list[tuple[Partial, Written]]:
    """Return every factor with its form; those of loss and output activation are one where that is simpler."""
    if path[0].by in page.graph.outputs:
        error = Partial("loss", path[1].by)
        form = page.derivation[error.key].forms.get("combined")
        if form is not None:
            return [(error, form), *((factor, local_form(page, factor)) for factor in path[2:])]
    return [(factor, local_form(page, factor)) for factor in path]


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


def _case_by_case(pairs: Sequence[tuple[Partial, Written]]) -> Written:
    split = [place for place, (_, form) in enumerate(pairs) if isinstance(form, Cases)]
    forms = [factor if place in split[:-1] else form for place, (factor, form) in enumerate(pairs)]
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
