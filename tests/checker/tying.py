"""Names of single parameters tied to the matrices whose entries they are: ``w_{13}`` is in row 1 and column 3 of ``W``.

A page in matrices may name an entry nowhere but in its penalty; the indices then say which entry it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from itertools import chain, product

from tests.checker.knowing import Formula, Knowledge
from tests.checker.reading import Chain
from tests.checker.tree import Matrix, Name, names

PARTS = re.compile(r"(?:bold )?\\?(?P<base>[A-Za-z]+)(?:_(?P<below>[^^⟨]+))?(?P<layer>\^\(\d+\))?")
"""The letter of a name, what stands below it, and its layer."""


@dataclass(frozen=True, slots=True)
class Indexed:
    """A name taken apart: its letter, the letters and the numbers below it, and its layer."""

    base: str
    letters: str
    numbers: tuple[int, ...]
    layer: str

    @property
    def form(self) -> tuple[str, str, int, bool]:
        """What it has in common with names of its kind: b_2 is a vector where b_1 is one."""
        return self.base, self.letters, len(self.numbers), bool(self.layer)


def taken_apart(key: str) -> Indexed | None:
    found = PARTS.fullmatch(key)
    if found is None:
        return None
    below = found["below"] or ""
    return Indexed(
        found["base"], re.sub(r"[^A-Za-z]", "", below), tuple(map(int, re.findall(r"\d", below))), found["layer"] or ""
    )


def tie(knowledge: Knowledge, chains: Iterable[Chain]) -> None:
    """Tie what names the same: a matrix and its only entry where the page says so, an entry and its place by indices."""
    lone = dict(only_entries(knowledge, chains))
    for matrix, entry in lone.items():
        tie_to(knowledge, matrix, entry)
    tie_entries(knowledge, {*lone.values()})


def tie_to(knowledge: Knowledge, key: str, entry: str) -> None:
    knowledge.formulas[key].append(Formula(Name(entry), None))
    knowledge.tied[key] = entry


def only_entries(knowledge: Knowledge, chains: Iterable[Chain]) -> Iterator[tuple[str, str]]:
    """Yield matrices without a formula of which a page says that a name is their only entry: ``W = [w] = [0.5]``."""
    for each in chains:
        match each.sides:
            case (Name(matrix, ""), Matrix(((Name(entry, ""),),)), *_) if matrix != entry:
                if knowledge.is_given(matrix) and not knowledge.formulas.get(matrix):
                    yield matrix, entry


def tie_entries(knowledge: Knowledge, known: Set[str]) -> None:
    """Note of which matrix a name without a formula is an entry, by its indices, where their numbers agree."""
    used = {name.key for formulas in knowledge.formulas.values() for each in formulas for name in names(each.node)}
    named = {each for rows in knowledge.members.values() for row in rows for each in row}
    free = sorted(used - named - known - {*knowledge.shapes, *knowledge.formulas})
    vectors = {each.form for each in map(taken_apart, knowledge.shapes) if each is not None}
    apart = {
        key: name
        for key in free
        if knowledge.is_given(key) and (name := taken_apart(key)) is not None and name.form not in vectors
    }
    matrices = [key for key in {**knowledge.shapes, **knowledge.values} if key not in knowledge.members]
    for matrix in sorted(matrices):
        in_every_order = [
            {
                key: entry
                for key, name in apart.items()
                if (entry := entry_of(knowledge, matrix, name, is_turned, begins)) is not None
                and has_number_of(knowledge, entry, key)
            }
            for is_turned, begins in product((False, True), ((1, 1), (1, 0), (0, 1)))
        ]
        for key, entry in max(in_every_order, key=len).items():
            if key not in knowledge.formulas and entry != key:
                tie_to(knowledge, key, entry)
    tie_counted(knowledge, {key: name for key, name in apart.items() if key not in knowledge.tied}, matrices)


def tie_counted(knowledge: Knowledge, apart: Mapping[str, Indexed], matrices: Sequence[str]) -> None:
    """Tie names that have no row and column of their matrix, but a number, or those of the units at their ends."""
    for base in sorted({name.base for name in apart.values() if name.base.islower()}):
        named = {key: name for key, name in apart.items() if (name.base, name.letters) == (base, "") and name.numbers}
        whole = [key for key in matrices if is_whole(knowledge, key, base)]
        in_every_way = [
            {
                key: entry
                for key, name in named.items()
                if (entry := entries.get(name.numbers)) is not None and has_number_of(knowledge, entry, key)
            }
            for entries in numberings(knowledge, whole)
        ]
        for key, entry in max(in_every_way, key=len).items():
            tie_to(knowledge, key, entry)


def is_whole(knowledge: Knowledge, key: str, base: str) -> bool:
    """Whether a name is that of a matrix or vector with a letter, or with it as a capital."""
    found = taken_apart(key)
    if found is None or found.base not in (base, base.upper()):
        return False
    return key in knowledge.shapes or found.base != base or not found.numbers


Numbers = tuple[int, ...]


def numberings(knowledge: Knowledge, matrices: Sequence[str]) -> Iterator[Mapping[Numbers, str]]:
    """Yield the entries of matrices by their numbers: counted row by row in each or through all, or by their ends.

    Entries that are 0 may be no parameters, and have no numbers then. What is counted through may begin behind the
    inputs, and lie on its side.
    """
    grids = [knowledge.entry_keys(key) or ((key,),) for key in matrices]
    rows = [[each for row in grid for each in row] for grid in grids]
    for lists in (rows, [[each for each in row if not is_zero(knowledge, each)] for row in rows]):
        for inputs in range(MOST_INPUTS):
            yield {digits(number): each for number, each in enumerate(chain(*lists), inputs + 1)}
        yield {(layer, *digits(n)): each for layer, row in enumerate(lists, 1) for n, each in enumerate(row, 1)}
    for laid in (grids, [tuple(zip(*grid, strict=True)) for grid in grids]):
        before, by_ends = 0, dict[Numbers, str]()
        for grid in laid:
            behind = before + len(grid)
            for source, row in enumerate(grid, before + 1):
                by_ends |= {digits(source) + digits(to): each for to, each in enumerate(row, behind + 1)}
            before = behind
        yield by_ends


MOST_INPUTS = 10
"""So many inputs may be counted before the first neuron."""


def digits(number: int) -> Numbers:
    return tuple(map(int, str(number)))


def is_zero(knowledge: Knowledge, key: str) -> bool:
    known = knowledge.best(key)
    return known is not None and known.value == 0


def entry_of(knowledge: Knowledge, matrix: str, name: Indexed, is_turned: bool, begins: tuple[int, int]) -> str | None:
    """Return the entry of a matrix that a name speaks of, if the row comes first in it, or (`is_turned`) the column.

    Either number begins at 1, or at 0 where that is the input of a bias. Beside a bias vector that has the letter of
    the weights in small, index 0 makes a name one of its entries.
    """
    whole = taken_apart(matrix)
    if whole is None or whole.letters != name.letters:
        return None
    layer = "".join(f"^({number})" for number in whole.numbers)  # W_1 beside w_{12}^{(1)}
    if name.layer != (whole.layer or layer) or (whole.layer and layer):
        return None
    rows = knowledge.entry_keys(matrix) or ((matrix,),)
    flat = [each for row in rows for each in row]
    is_capital = whole.base == name.base.upper() != name.base
    match name.numbers:
        case (to, 0) if whole.base == name.base.lower() != name.base and to <= len(flat):
            return flat[to - 1]
        case (one, two) if is_capital or whole.base == name.base:
            place = (one - begins[0], two - begins[1])
            row, column = place[::-1] if is_turned else place
            return rows[row][column] if 0 <= row < len(rows) and 0 <= column < len(rows[0]) else None
        case (one,) if (is_capital or whole.base == name.base) and 1 in (len(rows), len(rows[0])):
            return flat[one - 1] if 0 < one <= len(flat) else None
        case () if is_capital and len(flat) == 1:
            return flat[0]
    return None


def has_number_of(knowledge: Knowledge, one: str, other: str) -> bool:
    known, same = knowledge.best(one), knowledge.best(other)
    return known is not None and same is not None and known.value == same.value
