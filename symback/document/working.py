"""Working a quantity out: its forms from general to particular, then numbers in place, then the value."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from symback.derive.step import Step
from symback.document.page import Page
from symback.document.wording import function_symbol
from symback.graph.quantity import Quantity
from symback.values.following import is_rounded, printed, substituted
from symback.values.interpret import UnknownValue, chosen_case
from symback.values.parts import Kind, worked_out
from symback.values.policy import Carry
from symback.written.nodes import (
    NEW,
    Call,
    Cases,
    Matrix,
    Name,
    Number,
    Partial,
    Power,
    Product,
    Relation,
    Sum,
    Valued,
    Written,
)
from symback.written.substitute import equals_substituted, leaves, rewrite, substitute


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a chain, whether a number in it is rounded, and whether the author stated it."""

    tree: Written
    rounded: bool = False
    stated: bool = False


def applied_side(page: Page, quantity: Quantity) -> tuple[Side, ...]:
    """Return the function at the pre-activation behind an activation, if it is of that one alone; else nothing."""
    if quantity.function is None or quantity.is_joint:
        return ()
    return (Side(Call(function_symbol(page, quantity.function), (Name(quantity.parents[0]),))),)


Form = str | Written
"""A form by its name, or written out for one occasion."""


def sides(page: Page, target: Written, forms: Sequence[Form]) -> Iterator[Side]:
    """Yield what `target` equals, one side for each of `forms` that says something new.

    A form is one of the step's own, or ``numbers`` (the last symbolic form with numbers in place), ``kept weights``
    (the same with the weights left as symbols), ``sums``, ``powers`` and ``products`` (the same with its inner sums,
    powers or products worked out), ``value``. `target` is one leaf or a matrix of leaves.
    """
    symbolic: Written | None = None
    last: Written | None = None
    for form in _runs(forms):
        found: Iterable[Side | None]
        base = symbolic if symbolic is not None else target
        if isinstance(form, tuple):
            found = _parts_worked_out(page, base if not isinstance(last, Valued) else last, form, target)
        elif isinstance(form, str) and form in IN_NUMBERS:
            found = [IN_NUMBERS[form](page, base, target)]
        else:
            tree = form if isinstance(form, Written) else _symbolic(page, target, form)
            if tree is None:
                continue
            found = [Side(tree)]
            if form != "unevaluated":
                symbolic = tree
        for side in found:
            if side is not None and not _same(side.tree, last):
                last = side.tree
                yield side


def lines(page: Page, target: Written, forms: Sequence[Form]) -> tuple[Relation, ...]:
    """Return one row per side, the target repeated on each."""
    return tuple(
        Relation(target, ((_first_sign(page, target, side), side.tree),)) for side in sides(page, target, forms)
    )


def chain(page: Page, target: Written, forms: Sequence[Form], start: Iterable[Side] = ()) -> Relation:
    """Return the target and all its sides as one chain."""
    return linked(page, target, (*start, *sides(page, target, forms)))


def linked(page: Page, target: Written, found: Iterable[Side]) -> Relation:
    """Join a target and its sides to a chain; a side that prints like the one before it is left out."""
    links: list[tuple[str, Written]] = []
    before: Side | None = None
    for side in found:
        if before is not None and _same(before.tree, side.tree):
            continue
        links.append((sign(page, side, before) if links else _first_sign(page, target, side), side.tree))
        before = side
    return Relation(target, tuple(links))


def sign(page: Page, side: Side, before: Side | None = None) -> str:
    """Return ``=``, ``≈`` where a number on one side is rounded and what is carried is exact, ``:=`` if stated."""
    if side.stated:
        return ":="
    rounded = side.rounded or (before is not None and before.rounded)
    return "≈" if rounded and page.values.policy.carry is Carry.EXACT else "="


def _first_sign(page: Page, target: Written, side: Side) -> str:
    """Return the sign behind the target: a new value has the notation's sign of an update."""
    first = target.rows[0][0] if isinstance(target, Matrix) else target
    is_new = isinstance(first, Name) and first.id.endswith(NEW)
    return page.names.notation.update if is_new and page.names.notation.update != "=" else sign(page, side)


def value(page: Page, target: Written) -> Side:
    """Return the printed value of a leaf, or of every leaf of a matrix."""
    return _valued(page, printed(page.values, target))


def _valued(page: Page, tree: Valued) -> Side:
    return replace(in_numbers(page, tree), stated=page.states(tree.body))


def in_numbers(page: Page, tree: Valued) -> Side:
    """Return a side in which numbers stand in place of symbols."""
    return Side(tree, is_rounded(page.values, tree.numbers))


def _symbolic(page: Page, target: Written, form: str) -> Written | None:
    if isinstance(target, Matrix):
        rows = tuple(tuple(_symbolic(page, entry, form) for entry in row) for row in target.rows)
        return None if any(entry is None for row in rows for entry in row) else Matrix(rows)  # type: ignore[arg-type]
    if isinstance(target, Number):
        return target
    assert isinstance(target, Name | Partial)
    step: Step = page.derivation[target.key]
    return page.values.form(step) if form == "carrying" else step.forms.get(form)


def _numbers(page: Page, symbolic: Written, target: Written) -> Side | None:
    tree = _decided(page, symbolic)
    if _is_plain(tree):
        return None
    valued = substituted(page.values, tree, target)
    return None if valued is None else in_numbers(page, valued)


def _decided(page: Page, tree: Written) -> Written:
    """Return the case that holds in place of cases, wherever they stand and the numbers decide them."""

    def exchange(node: Written) -> Written | None:
        if not isinstance(node, Cases):
            return None
        try:
            return _decided(page, chosen_case(node, page.values.carried))
        except UnknownValue:
            return node

    return rewrite(tree, exchange)


def _kept_weights(page: Page, symbolic: Written, target: Written) -> Side | None:
    """Put numbers in place, but leave a weight that is the derivative of a pre-activation as its symbol."""
    keys = leaves(symbolic)
    forms = {key: page.derivation[key].forms.get("closed") for key in keys if ":" in key}
    kept = {key: form for key, form in forms.items() if isinstance(form, Name) and form.id.startswith("w.")}
    if not kept or not all(map(page.values.knows, keys)):
        return None
    valued = substituted(page.values, substitute(symbolic, kept), target)
    if valued is None:
        return None
    rest = {key: number for key, number in valued.numbers.items() if key in keys}
    return in_numbers(page, Valued(valued.body, rest))


def _value(page: Page, symbolic: Written, target: Written) -> Side | None:
    """Give the value, but say nothing where no number is known."""
    tree = printed(page.values, target)
    return _valued(page, tree) if tree.numbers else None


KINDS: dict[str, Kind] = {"sums": Sum, "powers": Power, "products": Product}
"""Forms that work out a kind of part of the line before."""


def _runs(forms: Sequence[Form]) -> Iterator[Form | tuple[Kind, ...]]:
    """Yield the forms, with those together that work out parts of lines, for their digits depend on each other."""
    for is_kind, run in groupby(forms, key=lambda form: isinstance(form, str) and form in KINDS):
        if is_kind:
            yield tuple(KINDS[form] for form in run if isinstance(form, str))
        else:
            yield from run


def _parts_worked_out(page: Page, line: Written, kinds: Sequence[Kind], target: Written) -> Iterator[Side]:
    """Work out parts of a line from the digits that stand there, one kind after the other."""
    start = substitute(line.body, line.numbers) if isinstance(line, Valued) else line
    for tree in worked_out(page.values, start, kinds, target):
        yield Side(tree, is_rounded(page.values, leaves(target)))


IN_NUMBERS: dict[str, Callable[[Page, Written, Written], Side | None]] = {
    "numbers": _numbers,
    "kept weights": _kept_weights,
    "value": _value,
}
"""Forms in which numbers stand, by their names."""


def _is_plain(tree: Written) -> bool:
    """Say whether numbers in place of symbols would show nothing but the value, or a choice already made."""
    if isinstance(tree, Matrix):
        return all(_is_plain(entry) for row in tree.rows for entry in row)
    return isinstance(tree, Name | Partial | Number | Cases)


def _same(tree: Written, last: Written | None) -> bool:
    """Say whether two sides would print alike."""
    if isinstance(tree, Valued) and isinstance(last, Valued):
        return tree.body == last.body and dict(tree.numbers) == dict(last.numbers)
    if isinstance(tree, Valued):
        return last is not None and equals_substituted(tree.body, tree.numbers, last)
    if isinstance(last, Valued):
        return equals_substituted(last.body, last.numbers, tree)
    return tree == last
