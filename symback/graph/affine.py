"""Affine forms ``w_1 x_1 + w_2 x_2 + … + b``: how they are written, and the coefficient of a quantity in them."""

from __future__ import annotations

from collections.abc import Iterable

from symback.written.nodes import Name, Number, Product, Sum, Written

ZERO, ONE = Number("0"), Number("1")


def affine_form(products: Iterable[tuple[str, str]], bias: str | None) -> Written:
    """Return the sum of the products of a weight and what it is multiplied with, and of the bias if there is one."""
    terms: tuple[Written, ...] = tuple(Product((Name(w), Name(x)), juxtaposed=True) for w, x in products)
    return total((*terms, Name(bias)) if bias else terms)


def total(terms: tuple[Written, ...]) -> Written:
    """Return the sum of `terms`: the only one as it stands, and 0 where there is none."""
    if not terms:
        return ZERO
    return terms[0] if len(terms) == 1 else Sum(terms)


def coefficient(form: Written, name: str) -> Written:
    """Return what `name` is multiplied with in an affine form: the sum over the terms in which it stands."""
    terms = form.terms if isinstance(form, Sum) else (form,)
    return total(tuple(found for term in terms for found in _factors_beside(term, name)))


def _factors_beside(term: Written, name: str) -> Iterable[Written]:
    """Yield the other factor of a product in which `name` stands, or 1 where it stands alone."""
    factors = term.factors if isinstance(term, Product) else (term,)
    if Name(name) in factors:
        place = factors.index(Name(name))
        others = factors[:place] + factors[place + 1 :]
        yield ONE if not others else others[0] if len(others) == 1 else Product(others, juxtaposed=True)
