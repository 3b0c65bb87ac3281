"""Numbers in place of the letters in indices: every choice with which the names of a rule mean something."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from itertools import islice

from symback.verify.trees import rebuilt
from symback.written.nodes import Number, Symbol, Text, Written

LETTERS = frozenset("ijklmnpqrst")

MOST = 400
"""How many numbers are tried for each letter, in all."""

Means = Callable[[Symbol], bool]
"""Whether a name means something."""


def numberings(
    letters: Sequence[str], names: Collection[Symbol], largest: int, means: Means
) -> Iterator[Mapping[str, int]]:
    """Yield numbers up to the largest for letters, with which all names mean something.

    The letters get their numbers one after the other, and a name is asked as soon as all of its letters have theirs.
    """
    due: list[list[Symbol]] = [[] for _ in (*letters, "")]
    for name in names:
        due[max((letters.index(letter) + 1 for letter in letters_of(name) if letter in letters), default=0)].append(
            name
        )
    chosen: Iterator[Mapping[str, int]] = iter([{}] if all(map(means, due[0])) else [])
    for letter, asked in zip(letters, due[1:], strict=True):
        chosen = _with_one_more(chosen, letter, asked, largest, means)
    return chosen


def _with_one_more(
    chosen: Iterable[Mapping[str, int]], letter: str, names: Collection[Symbol], largest: int, means: Means
) -> Iterator[Mapping[str, int]]:
    tries = ({**before, letter: number} for before in chosen for number in range(1, largest + 1))
    for tried in islice(tries, MOST):
        if all(means(_numbered(name, tried)) for name in names):
            yield tried


def letters_of(symbol: Symbol) -> set[str]:
    """Return the letters in the indices of a name that may stand for numbers."""
    return set(_of_items((*symbol.subscript, *symbol.superscript)))


def _of_items(items: tuple[Written, ...]) -> Iterator[str]:
    for item in items:
        if isinstance(item, Symbol):
            if item.base in LETTERS:
                yield item.base
            yield from _of_items((*item.subscript, *item.superscript))


def with_numbers(node: Written, chosen: Mapping[str, int]) -> Written:
    """Return a formula with numbers for letters in indices; ``l-1`` is worked out."""
    if isinstance(node, Symbol):
        return _numbered(node, chosen)
    return rebuilt(node, lambda part: with_numbers(part, chosen))


def _numbered(symbol: Symbol, chosen: Mapping[str, int]) -> Symbol:
    below, above = _items(symbol.subscript, chosen), _items(symbol.superscript, chosen)
    if below is symbol.subscript and above is symbol.superscript:
        return symbol
    return Symbol(symbol.base, below, above, symbol.mark, symbol.accent, symbol.bold)


def _items(items: tuple[Written, ...], chosen: Mapping[str, int]) -> tuple[Written, ...]:
    """Return indices with numbers for letters; the same ones where there are none of these letters."""
    replaced = [_item(item, chosen) for item in items]
    if all(one is other for one, other in zip(items, replaced, strict=True)):
        return items
    return tuple(_worked_out(replaced))


def _item(item: Written, chosen: Mapping[str, int]) -> Written:
    if not isinstance(item, Symbol):
        return item
    return Number(str(chosen[item.base])) if item.base in chosen and not item.subscript else _numbered(item, chosen)


def _worked_out(items: list[Written]) -> Iterator[Written]:
    place = 0
    while place < len(items):
        match items[place : place + 3]:
            case [Number(first), Text("+" | "-" as sign), Number(second)] if first.isdigit() and second.isdigit():
                yield Number(str(int(first) + int(sign + second)))
                place += 3
            case [item, *_]:
                yield item
                place += 1
