"""Gradients of plain equations: local derivatives, the chain rule name by name, the update, and further samples."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from symback.document.blocks import Block, Display, Inline, Paragraph, Table
from symback.document.builders.equations import cell
from symback.document.own_formulas import own_formula
from symback.document.page import Page, Scope
from symback.document.wording import listed
from symback.document.working import Form, chain, lines
from symback.values.interpret import UnknownValue, interpret
from symback.values.real import Real
from symback.values.rounding import spell
from symback.written.nodes import NEW, Derivative, IndexedSum, Matrix, Name, Partial, Product, Relation, Symbol, Written

CHILD, PARENT, ROOT = Symbol("c"), Symbol("v"), Symbol("f")
"""The letters of the general rule."""


def local_derivatives(page: Page, scope: Scope, forms: Sequence[str]) -> Iterator[Block]:
    """Yield the derivative of one equation by each name in it."""
    plain, twice = _parents(page, scope.parameter)
    if plain:
        yield Display(tuple(chain(page, Partial(scope.parameter, parent), forms) for parent in plain))
    yield from _held_fixed(page, scope.parameter, twice)


def local_row(page: Page, scope: Scope, forms: Sequence[str]) -> Iterator[Block]:
    """Yield the derivatives of one equation by the names in it, as one row."""
    plain, twice = _parents(page, scope.parameter)
    if plain:
        yield Display((chain(page, Matrix((tuple(Partial(scope.parameter, parent) for parent in plain),)), forms),))
    yield from _held_fixed(page, scope.parameter, twice)


def _held_fixed(page: Page, name: str, parents: Sequence[str]) -> Iterator[Block]:
    """Yield, for names that also act on an equation through others in it, the derivative with those held fixed."""
    for parent in parents:
        form = page.derivation.own_derivative(name, parent)
        fixed = listed(page, tuple(Name(other) for other in _through(page, name, parent)))
        yield Paragraph(
            page.phrases("equations-held-fixed", result=Name(name), parameter=Name(parent), fixed=fixed, form=form)
        )


def _through(page: Page, name: str, parent: str) -> tuple[str, ...]:
    """Return the names in an equation that depend on another name in it."""
    behind = page.graph.dependents(parent)
    return tuple(other for other in page.graph.quantities[name].parents if other in behind)


def local_table(page: Page, scope: Scope) -> Iterator[Block]:
    """Yield the derivatives of all equations, a row for each name in them."""
    rows: list[tuple[Inline, ...]] = []
    for name in page.system.formulas:
        equation: Inline = (Relation(Name(name), (("=", own_formula(page, name)),)),)
        plain, twice = _parents(page, name)
        for parent in plain:
            partial = Partial(name, parent)
            rows.append((equation, (partial,), (page.derivation.own_derivative(name, parent),), cell(page, partial)))
        for parent in twice:
            fixed = listed(page, tuple(Name(other) for other in _through(page, name, parent)))
            by = page.phrases("equations-by-held-fixed", parameter=Name(parent), fixed=fixed)
            own = page.derivation.own_derivative(name, parent)
            rows.append((equation, by, (own,), _worth(page, own, Partial(name, parent).key)))
    words = ("equations-equation", "equations-derivative", "equations-formula", "equations-value")
    yield Table(tuple(map(page.phrases, words)), tuple(rows))


def _worth(page: Page, form: Written, key: str) -> Inline:
    """Return what a form is worth, with the digits of the derivative that has this key."""
    policy = page.values.policy
    try:
        value = interpret(form, page.values.carried)
    except UnknownValue:
        return page.phrases("equations-symbolic")
    assert isinstance(value, Real)
    return (spell(value, policy.digits_of(key), policy.rounding).number,)


def _parents(page: Page, name: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the names in an equation on a wanted way: those that stand in it alone, and those that act twice."""
    root = page.graph.root
    if name != root and not page.derivation.reaches(name, root):
        return (), ()
    found = [parent for parent in page.graph.quantities[name].parents if parent in page.on_the_way]
    twice = tuple(parent for parent in found if page.derivation.acts_twice(name, parent))
    return tuple(parent for parent in found if parent not in twice), twice


def gradient(page: Page, scope: Scope, forms: Sequence[str]) -> Iterator[Block]:
    """Yield the gradient by one name as one chain."""
    yield Display((chain(page, *_gradient(page, scope, forms)),))


def gradient_lines(page: Page, scope: Scope, forms: Sequence[str]) -> Iterator[Block]:
    """Yield the gradient by one name, a row for each form."""
    yield Display(lines(page, *_gradient(page, scope, forms)))


def _gradient(page: Page, scope: Scope, forms: Sequence[Form]) -> tuple[Partial, Sequence[Form]]:
    """Return a gradient and its forms; of one that is given there is only the value."""
    target = Partial(scope.root, scope.parameter)
    return target, ("value",) if target.key in page.graph.given else forms


def gradient_table(page: Page, scope: Scope) -> Iterator[Block]:
    """Yield the gradients by all names on the way, from the output back."""
    words = ("equations-name", "equations-gradient", "equations-value")
    rows = tuple(
        (
            (Name(name),),
            (chain(page, *_gradient(page, Scope(root=page.graph.root, parameter=name), ("chain", "closed"))),),
            cell(page, Partial(page.graph.root, name)),
        )
        for name in page.backward
    )
    yield Table(tuple(map(page.phrases, words)), rows)


def all_gradients(page: Page, scope: Scope, forms: Sequence[str]) -> Iterator[Block]:
    """Yield the wanted gradients together, as one row."""
    entries = tuple(Partial(page.graph.root, name) for name in page.system.wanted)
    yield Display((chain(page, Matrix((entries,)), forms),))


def chain_rule(page: Page, scope: Scope) -> Iterator[Block]:
    """Yield the rule by which a gradient is found from those of all that use a name, with its number."""
    body = Product((Derivative(ROOT, CHILD), Derivative(CHILD, PARENT)))
    rule = Relation(Derivative(ROOT, PARENT), ((":=", IndexedSum(body, CHILD)),))
    yield Display((rule,), tag=str(page.number("rule-chain")))


def updated(page: Page, scope: Scope, forms: Sequence[str]) -> Iterator[Block]:
    """Yield the new value of every name that learns."""
    for name in page.system.learned:
        yield Display((chain(page, Name(name + NEW), forms),))
