"""Affine forms ``w_1 x_1 + w_2 x_2 + … + b``: how they are written, and the coefficients of quantities in them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

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


def coefficients(form: Written) -> Mapping[str, Written]:
    """Return what each name is multiplied with in an affine form: the sum over the terms in which it stands."""
    found: dict[str, list[Written]] = {}
    for term in form.terms if isinstance(form, Sum) else (form,):
        factors = term.factors if isinstance(term, Product) else (term,)
        for name in dict.fromkeys(factors):
            if isinstance(name, Name):
                found.setdefault(name.id, []).append(_beside(factors, name))
    return {name: total(tuple(terms)) for name, terms in found.items()}


def _beside(factors: tuple[Written, ...], name: Name) -> Written:
    """Return the other factor of a product, or 1 where `name` stands alone."""
    place = factors.index(name)
    others = factors[:place] + factors[place + 1 :]
    return ONE if not others else others[0] if len(others) == 1 else Product(others, juxtaposed=True)


class Coefficients(dict[str, Mapping[str, Written]]):
    """The coefficients in each of `definitions`, found when they are first asked for; what is given has none."""

    def __init__(self, definitions: Mapping[str, Written | None]) -> None:
        super().__init__()
        self._definitions = definitions

    def __missing__(self, name: str) -> Mapping[str, Written]:
        """Find those in the definition of the quantity called `name`."""
        definition = self._definitions[name]
        found = self[name] = {} if definition is None else coefficients(definition)
        return found
