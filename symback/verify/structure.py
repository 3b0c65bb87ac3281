"""Where names can be read in several ways: the way in which most of the document's formulas are true."""

from __future__ import annotations

from collections.abc import Sequence

from symback.graph.quantity import Graph
from symback.verify.above import agree_on_numbers_above
from symback.verify.ascents import added_products
from symback.verify.binding import Binding
from symback.verify.definitions import settle_definitions
from symback.verify.deltas import settle_deltas
from symback.verify.equations import Pair, derivatives_of, differing, formulas_of, holds
from symback.verify.families import Meaning
from symback.verify.gradients import settle_gradients
from symback.verify.joined import agreeing, find_joined
from symback.verify.network import Point
from symback.verify.orientation import settle_layout, settle_orientation
from symback.verify.reading import Document
from symback.verify.schemes.scheme import Target
from symback.verify.spelling import Spelling, spelling
from symback.verify.trees import symbols
from symback.written.nodes import Symbol

MOST_FORMULAS = 40
"""How many formulas are tried for each family."""


def settle(binding: Binding, document: Document, graph: Graph, points: Sequence[Point]) -> None:
    """Choose, family by family, the reading in which most formulas in symbols hold."""
    formulas = list(formulas_of(document))
    agree_on_numbers_above(binding.families)
    settle_orientation(binding, formulas[:MOST_FORMULAS], document, graph, points[:2])
    find_joined(binding, graph)
    settle_deltas(binding)
    trial = _settle_families(binding, [*formulas, *derivatives_of(document), *differing(document)], graph, points)
    settle_layout(binding, formulas, graph, points[:2])
    for family in binding.families:
        is_delta = binding.families.role(family) == "delta"
        if is_delta and not _settle_sign(binding, family, trial.about(family), graph, points[:2]):
            binding.negate(family, _is_added(binding, family, document))
    settle_gradients(binding)
    settle_definitions(binding, formulas[:MOST_FORMULAS], graph, points)


def _settle_families(binding: Binding, formulas: Sequence[Pair], graph: Graph, points: Sequence[Point]) -> _Trial:
    """Read families as most formulas hold; derivatives of joined samples are divided by their number, or are not."""
    if not binding.joins_samples or not graph.averages_samples:
        return _tried(binding, formulas, graph, points)
    scores = {}
    for binding.divides_samples in (False, True):
        trial = _tried(binding, formulas, graph, points)
        scores[binding.divides_samples] = trial.held() + agreeing(binding, graph)
    if scores[True] > scores[False]:
        return trial
    binding.divides_samples = False
    return _tried(binding, formulas, graph, points)


def _tried(binding: Binding, formulas: Sequence[Pair], graph: Graph, points: Sequence[Point]) -> _Trial:
    trial = _Trial(binding, formulas, graph, points)
    for _ in range(2):  # once more, as what one family means depends on the others
        for rivals in binding.families.rivals():
            trial.choose(rivals)
    return trial


class _Trial:
    """Tries formulas with names read in one way or another, once for each way to read the names in it.

    Parameters
    ----------
    binding, graph
        What is settled, and the network.
    formulas
        What the document asserts.
    points
        Where formulas are tried.
    """

    def __init__(self, binding: Binding, formulas: Sequence[Pair], graph: Graph, points: Sequence[Point]) -> None:
        self._binding = binding
        self._graph = graph
        self._points = points
        self._formulas = formulas
        self._families: list[tuple[str, ...]] = []
        self._names: list[tuple[Spelling, ...]] = []
        self._found: dict[tuple[int, tuple[Target | Meaning | None, ...]], bool] = {}
        self._about: dict[str, list[int]] = {}
        for place, pair in enumerate(formulas):
            names = dict.fromkeys(spelling(name) for side in pair for name in symbols(side))
            families = dict.fromkeys(name.family for name in names)
            self._names.append(tuple(names))
            self._families.append(tuple(dict.fromkeys((*families, *map(str.swapcase, families)))))
            for family in families:
                self._about.setdefault(family, []).append(place)

    def about(self, family: str) -> list[Pair]:
        """Return the formulas in which names of a family stand."""
        return [self._formulas[place] for place in self._about.get(family, ())]

    def held(self) -> int:
        """Return how many formulas hold as everything is read now."""
        return self._held(range(len(self._formulas)), -1)

    def choose(self, rivals: Sequence[Meaning]) -> None:
        """Read a family in the first of the ways in which most formulas hold."""
        about = self._about.get(rivals[0].family, [])[:MOST_FORMULAS]
        most, chosen = -1, rivals[0]
        for meaning in rivals:
            self._binding.families.prefer(meaning)
            held = self._held(about, most)
            if held > most:
                most, chosen = held, meaning
            if most == len(about):  # none can be better
                break
        self._binding.families.prefer(chosen)

    def _held(self, about: Sequence[int], most: int) -> int:
        """Return how many formulas hold; they are counted no further once they cannot be more than `most`."""
        held = 0
        for done, place in enumerate(about):
            if held + len(about) - done <= most:
                break
            held += self._holds(place)
        return held

    def _holds(self, place: int) -> bool:
        ways = place, self._read(place)
        if ways not in self._found:
            self._found[ways] = holds(self._formulas[place], self._binding, self._graph, self._points)
        return self._found[ways]

    def _read(self, place: int) -> tuple[Target | Meaning | None, ...]:
        """Return what the names in a formula mean now; how their families are read if one of them is a name for all."""
        targets = tuple(map(self._binding.target, self._names[place]))
        return tuple(map(self._binding.families.best, self._families[place])) if None in targets else targets


def _settle_sign(binding: Binding, family: str, about: Sequence[Pair], graph: Graph, points: Sequence[Point]) -> bool:
    """Take δ with the opposite sign where the document defines it so and its formulas are true only then.

    Whether the document defines it in symbols at all is returned.
    """
    if not any(isinstance(pair[0], Symbol) and spelling(pair[0]).family == family for pair in about):
        return False
    as_it_is = sum(holds(pair, binding, graph, points) for pair in about)
    binding.negate(family, True)
    held = [pair for pair in about if holds(pair, binding, graph, points)]
    is_defined_so = any(isinstance(pair[0], Symbol) and spelling(pair[0]).family == family for pair in held)
    if len(held) <= as_it_is or not is_defined_so:
        binding.negate(family, False)
    return True


def _is_added(binding: Binding, family: str, document: Document) -> bool:
    """Whether the numbers of a δ without a formula have the opposite sign, and updates add them: its minus is in it."""
    numbers = [(item.rows[0][0][0], binding.target(item.name)) for item in binding.families.evidence.get(family, ())]
    signs = [binding.agreement.sign(target) * number for number, target in numbers if isinstance(target, str)]
    if not signs or 2 * sum(sign < 0 for sign in signs) <= len(signs):
        return False
    added = added_products(document)
    return sum(added[number] for number, _ in numbers) > 0
