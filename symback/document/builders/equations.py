"""Plain equations: how they stand, what is given, and their values."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from symback.document.blocks import Block, Display, Inline, Paragraph, Table
from symback.document.own_formulas import called_functions, own_formula, start
from symback.document.page import Page, Scope
from symback.document.wording import listed
from symback.document.working import chain, lines, value
from symback.graph.quantity import Role
from symback.rules.activations import INPUT, OUTPUT, derivative_form, explained_form, output_form
from symback.written.nodes import Call, Derivative, Name, Partial, Relation, Symbol
from symback.written.substitute import substitute

_X = Symbol("x")


def listing(page: Page, scope: Scope) -> Iterator[Block]:
    """Yield all equations, in the order in which they can be worked out."""
    rows = tuple(Relation(Name(name), (("=", own_formula(page, name)),)) for name in page.system.formulas)
    yield Display(rows)


def given_values(page: Page, scope: Scope) -> Iterator[Block]:
    """Yield the numbers of the worked sample, and which names have none."""
    names = [name for name, quantity in page.graph.quantities.items() if quantity.role is Role.VARIABLE]
    known = [name for name in names if name in page.graph.given]
    if known:
        yield Display(tuple(Relation(Name(name), (("=", page.graph.given[name]),)) for name in known), beside=True)
    unknown = tuple(Name(name) for name in names if name not in page.graph.given)
    if unknown:
        yield Paragraph(page.phrases("equations-unknown", names=listed(page, unknown)))


def functions(page: Page, scope: Scope, slopes: bool = True) -> Iterator[Block]:
    """Yield each activation that the equations call, with its derivative unless `slopes` says no."""
    for function, row in called_functions(page):
        applied = Call(function, (_X,))
        form = output_form(row) or derivative_form(row, page.derivation.kinks.get(row.name))
        slope = substitute(form, {INPUT: _X, OUTPUT: applied})
        own = Relation(applied, (("=", substitute(explained_form(row), {INPUT: _X})),))
        derived = Relation(Derivative(applied, _X, total=True), (("=", slope),))
        yield Display((own, derived) if slopes else (own,))


def forward(page: Page, scope: Scope, forms: Sequence[str]) -> Iterator[Block]:
    """Yield every equation worked out on a line of its own."""
    for name in page.system.formulas:
        yield Display((chain(page, Name(name), forms, start(page, name)),))


def equation(page: Page, scope: Scope, forms: Sequence[str]) -> Iterator[Block]:
    """Yield one equation worked out, a row for each form."""
    target = Name(scope.parameter)
    first = tuple(Relation(target, (("=", side.tree),)) for side in start(page, scope.parameter))
    yield Display((*first, *lines(page, target, forms)))


def table(page: Page, scope: Scope) -> Iterator[Block]:
    """Yield every name with what defines it and its value."""
    rows = [_row(page, name) for name, quantity in page.graph.quantities.items() if quantity.role is Role.VARIABLE]
    rows += [_row(page, name) for name in page.system.formulas]
    words = ("equations-name", "equations-equation", "equations-value")
    yield Table(tuple(map(page.phrases, words)), tuple(rows))


def _row(page: Page, name: str) -> tuple[Inline, ...]:
    is_defined = name in page.system.formulas
    formula: Inline = (own_formula(page, name),) if is_defined else page.phrases("equations-given")
    return (Name(name),), formula, cell(page, Name(name))


def cell(page: Page, leaf: Name | Partial) -> Inline:
    """Return the value of a leaf as it stands in a table."""
    return (value(page, leaf).tree,) if page.values.knows(leaf.key) else page.phrases("equations-symbolic")
