"""Gradients of plain equations: local derivatives, the chain rule name by name, the update, and further samples."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from symback.derive.derivation import BATCH, NEW
from symback.document.blocks import Block, Display, Inline, Table
from symback.document.builders.equations import cell
from symback.document.own_formulas import own_formula
from symback.document.page import Page, Scope
from symback.document.working import Form, chain, lines
from symback.written.nodes import Derivative, Group, IndexedSum, Matrix, Name, Partial, Product, Relation, Symbol

CHILD, PARENT, ROOT = Symbol("c"), Symbol("v"), Symbol("f")
"""The letters of the general rule."""


def local_derivatives(page: Page, scope: Scope, forms: Sequence[str]) -> Iterator[Block]:
    """Yield the derivative of one equation by each name in it; what stands in brackets there is held fixed."""
    rows = tuple(_local(page, scope.parameter, parent, forms) for parent in _parents(page, scope.parameter))
    if rows:
        yield Display(rows)


def local_row(page: Page, scope: Scope, forms: Sequence[str]) -> Iterator[Block]:
    """Yield the derivatives of one equation by all names in it, as one row."""
    parents = _parents(page, scope.parameter)
    if any(_is_shared(page, scope.parameter, parent) for parent in parents):
        yield from local_derivatives(page, scope, forms)
    elif parents:
        yield Display((chain(page, Matrix((tuple(Partial(scope.parameter, parent) for parent in parents),)), forms),))


def local_table(page: Page, scope: Scope) -> Iterator[Block]:
    """Yield the derivatives of all equations, a row for each name in them."""
    rows: list[tuple[Inline, ...]] = []
    for name in page.system.formulas:
        for parent in _parents(page, name):
            relation = _local(page, name, parent, ("closed",))
            (_, closed), *_ = relation.links
            shared = _is_shared(page, name, parent)
            number: Inline = page.phrases("equations-own-part") if shared else cell(page, Partial(name, parent))
            rows.append(
                ((Relation(Name(name), (("=", own_formula(page, name)),)),), (relation.first,), (closed,), number)
            )
    words = ("equations-equation", "equations-derivative", "equations-formula", "equations-value")
    yield Table(tuple(map(page.phrases, words)), tuple(rows))


def _parents(page: Page, name: str) -> tuple[str, ...]:
    """Return the names in an equation on the way from a wanted name to the root, if the equation is on it."""
    on_way = page.on_the_way
    return tuple(parent for parent in page.graph.quantities[name].parents if parent in on_way and _counts(page, name))


def _counts(page: Page, name: str) -> bool:
    return name == page.graph.root or page.derivation.reaches(name, page.graph.root)


def _is_shared(page: Page, name: str, parent: str) -> bool:
    """Say whether a name acts on the root through its equation and through others: then ∂root/∂name is more."""
    return name == page.graph.root and len(page.derivation.children(name, parent)) > 1


def _local(page: Page, name: str, parent: str, forms: Sequence[str]) -> Relation:
    if not _is_shared(page, name, parent):
        return chain(page, Partial(name, parent), forms)
    own = Derivative(Group(own_formula(page, name)), Name(parent))
    return Relation(own, (("=", page.derivation.own_derivative(name, parent)),))


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


def batch(page: Page, scope: Scope, forms: Sequence[str]) -> Iterator[Block]:
    """Yield the gradients of all samples together."""
    for name in page.graph.parameters:
        yield Display((chain(page, Partial(BATCH, name), forms),))


def sample_table(page: Page, scope: Scope) -> Iterator[Block]:
    """Yield what changes from sample to sample, results included, a row for each sample."""
    quantities = page.graph.quantities
    sampled = [name for name in quantities if name in page.graph.samples[0]]
    results = [name for name in page.system.formulas if any(name in page.graph.dependents(each) for each in sampled)]
    yield _samples(page, [Name(name) for name in (*sampled, *results)])


def sample_gradients(page: Page, scope: Scope) -> Iterator[Block]:
    """Yield the gradients of every sample, a row for each."""
    yield _samples(page, [Partial(page.graph.root, name) for name in page.graph.parameters])


def _samples(page: Page, columns: Sequence[Name | Partial]) -> Table:
    rows: list[tuple[Inline, ...]] = []
    for number in range(1, len(page.graph.samples) + 1):
        there = page.values.sample(number)
        unknown = page.phrases("equations-symbolic")
        cells = [(there.number(leaf.key),) if there.knows(leaf.key) else unknown for leaf in columns]
        rows.append(((str(number),), *cells))
    return Table((page.phrases("equations-sample"), *((leaf,) for leaf in columns)), tuple(rows))
