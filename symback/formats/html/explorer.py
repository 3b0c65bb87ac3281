"""What a page can be asked, ready for its skeleton: the map of links and an entry for every quantity."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from symback.document.blocks import Amount, Entry, Exploration, Worked
from symback.formats.drawings import svg
from symback.formats.html.mathematics import Mathematics
from symback.formats.writer import Printed
from symback.written.nodes import Name, Relation, Written


def ready(
    exploration: Exploration, words: Mapping[str, str], mathematics: Mathematics, prefix: str = ""
) -> dict[str, Any]:
    """Return the parts of an exploration, printed; `prefix` is what its anchors begin with.

    The factors along a way are those of its steps, so the page puts them together itself: written out they would be
    most of it.
    """
    spoken = {entry.id: _spoken(entry, words, mathematics) for entry in exploration.entries}
    return {
        "map": Printed(svg.map_of_links(exploration.drawing, mathematics.silent, words["map"], spoken, prefix)),
        "entries": [_entry(entry, words, mathematics, spoken) for entry in exploration.entries],
        "times": mathematics.times,
        "locals": [{"key": f"{each.by} {each.of}", **_worked(each.worked, mathematics)} for each in exploration.locals],
    }


def _spoken(entry: Entry, words: Mapping[str, str], mathematics: Mathematics) -> str:
    """Return the accessible name of a link to an entry: what it is, its name, and its value."""
    name = f"{words.get(entry.role, entry.role)} {mathematics.plain.print(Name(entry.id))}"
    return name if entry.value is None else f"{name} = {mathematics.plain.print(entry.value.rounded)}"


def _entry(
    entry: Entry, words: Mapping[str, str], mathematics: Mathematics, spoken: Mapping[str, str]
) -> dict[str, Any]:
    return {
        "id": entry.id,
        "role": words.get(entry.role, entry.role),
        "name": mathematics.formula(Name(entry.id)),
        "value": _amount(entry.value, mathematics),
        "gradient": _amount(entry.gradient, mathematics),
        "formula": _worked(entry.formula, mathematics),
        "made_of": _links(entry.made_of, mathematics, spoken),
        "used_in": _links(entry.used_in, mathematics, spoken),
        "back": _worked(entry.back, mathematics),
        "ways": [{"ids": " ".join(way.ids), **_worked(way.worked, mathematics), "first": ""} for way in entry.ways],
        "total": _worked(entry.total, mathematics),
        "count": entry.count,
    }


def _links(ids: Iterable[str], mathematics: Mathematics, spoken: Mapping[str, str]) -> list[dict[str, str]]:
    """Return links to the entries of those quantities that have one."""
    known = [each for each in ids if each in spoken]
    return [{"id": each, "name": mathematics.silent(Name(each)), "spoken": spoken[each]} for each in known]


def _amount(amount: Amount | None, mathematics: Mathematics) -> dict[str, Any]:
    """Return a number: as it is, or rounded and exact, which take turns."""
    if amount is None:
        return {}
    turns: list[tuple[str | None, Written]] = [(None, amount.exact)]
    if amount.rounded != amount.exact:
        turns = [("rounded", amount.rounded), ("exact", amount.exact)]
    return {
        "of": mathematics.formula(amount.of),
        "numbers": [mathematics.formula(number, kind) for kind, number in turns],
    }


def _worked(worked: Worked | None, mathematics: Mathematics) -> dict[str, Any]:
    """Return a chain: its links in symbols, and those that take turns: in rounded numbers, and with all digits."""
    if worked is None:
        return {}
    turns = (None, worked.symbols), ("rounded" if worked.exact else None, worked.rounded), ("exact", worked.exact)
    return {
        "first": mathematics.first(worked.first),
        "links": [link for kind, links in turns for link in mathematics.links(Relation(worked.first, links), kind)],
    }
