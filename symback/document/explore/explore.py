"""From a page to what it can be asked on the screen: the drawing of its network and an entry for every quantity."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from symback.document.blocks import Entry, Exploration, Local, Way, Worked
from symback.document.explore.paths import ends, factor, factors, path_counts, paths, product
from symback.document.explore.working import amount, exactly, summed, worked
from symback.document.figures.network import draw, is_drawn
from symback.document.page import Page
from symback.graph.quantity import BATCH, PENALTY, Quantity, Role
from symback.written.nodes import Name, Partial, Written

MOST_PATHS = 24
"""From more paths than these none is listed: the sum over what uses a quantity says the same."""

MOST_QUANTITIES = 160
"""A network with more quantities than these is shown as a page alone."""

NOT_ASKED = (Role.LEARNING_RATE, Role.PENALTY_FACTOR)

GIVEN = (Role.INPUT, Role.TARGET)
"""Roles of quantities by which nothing is differentiated."""


def explore(page: Page) -> Exploration | None:
    """Return what a page can be asked; None where a network is too large to list, or its end is only given."""
    is_open = page.graph.quantities[page.graph.root].definition is None
    if is_open or len(page.graph.quantities) > MOST_QUANTITIES or not is_drawn(page):
        return None
    exact = exactly(page)
    counts = path_counts(page.graph)
    entries = tuple(
        _entry(exact, quantity, counts) for quantity in page.graph.quantities.values() if quantity.role not in NOT_ASKED
    )
    return Exploration(draw(exact, "gradients"), entries, tuple(_locals(exact, entries)))


def _entry(page: Page, quantity: Quantity, counts: Mapping[str, int]) -> Entry:
    name, last = quantity.id, ends(page.graph)
    count = counts[name] if name not in last and quantity.role not in GIVEN else 0
    leaf = Partial(BATCH if PENALTY in last and PENALTY in page.graph.children[name] else page.graph.root, name)
    ways: tuple[Way, ...] = ()
    sum_of_ways: Worked | None = None
    if 0 < count <= MOST_PATHS:
        every = list(paths(page.graph, name))
        found, sum_of_ways = summed(page, leaf, [product(factors(page.derivation, path)) for path in every])
        ways = tuple(Way(path, each) for path, each in zip(every, found, strict=True))
    return Entry(
        id=name,
        role=quantity.role,
        value=amount(page, Name(name)),
        gradient=amount(page, leaf) if count else None,
        formula=_formula(page, quantity),
        made_of=tuple(before for before, uses in page.graph.children.items() if name in uses),
        used_in=page.graph.children[name],
        back=_back(page, leaf) if count > 1 else None,
        ways=ways,
        total=sum_of_ways if count > 1 else None,
        count=count,
    )


def _formula(page: Page, quantity: Quantity) -> Worked | None:
    """Return a quantity's definition; of one that has a definition and yet is given, what is given counts."""
    if quantity.definition is None:
        return None
    return worked(page, Name(quantity.id), quantity.definition)


def _back(page: Page, leaf: Partial) -> Worked:
    """Return the gradient as the sum over what uses the quantity."""
    forms = page.derivation[leaf.key].forms
    return worked(page, leaf, next(forms[name] for name in ("chain", "closed", "sum") if name in forms))


def _locals(page: Page, entries: Sequence[Entry]) -> Iterator[Local]:
    """Yield every local derivative on the paths, each once, from the loss back."""
    paths = (way.ids for entry in entries for way in entry.ways)
    steps = dict.fromkeys(step for path in paths for step in pairwise(path))
    order = {name: place for place, name in enumerate(page.graph.quantities)}
    for by, of in sorted(steps, key=lambda step: (-order[step[1]], order[step[0]])):
        local = factor(page.derivation, of, by)
        yield Local(of, by, worked(page, local, _form(page, local)) if isinstance(local, Partial) else Worked(local))


def _form(page: Page, local: Partial) -> Written:
    """Return what a local derivative is equal to: the number that is given for it, or its form in most use."""
    if local.key in page.graph.given:
        return page.graph.given[local.key]
    forms = page.derivation[local.key].forms
    return next(forms[name] for name in ("output", "closed", "input", "chain") if name in forms)
