"""Where names can be read in several ways: the way in which most of the document's formulas are true."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from symback.graph.quantity import Graph
from symback.verify.above import agree_on_numbers_above
from symback.verify.binding import Binding
from symback.verify.definitions import settle_definitions
from symback.verify.equations import Pair, formulas_of, holds
from symback.verify.families import Meaning
from symback.verify.network import Point
from symback.verify.orientation import settle_orientation
from symback.verify.reading import Document
from symback.verify.spelling import spelling
from symback.verify.trees import symbols
from symback.written.nodes import Symbol

MOST_FORMULAS = 40
"""How many formulas are tried for each family."""


def settle(binding: Binding, document: Document, graph: Graph, points: Sequence[Point]) -> None:
    """Choose, family by family, the reading in which most formulas in symbols hold."""
    formulas = list(formulas_of(document))
    about = _by_family(formulas)
    agree_on_numbers_above(binding.families)
    settle_orientation(binding, formulas[:MOST_FORMULAS], document, graph, points[:2])
    for _ in range(2):  # once more, as what one family means depends on the others
        for rivals in binding.families.rivals():
            _choose(binding, rivals, about.get(rivals[0].family, ())[:MOST_FORMULAS], graph, points)
    for family in binding.families:
        if binding.families.role(family) == "delta":
            _settle_sign(binding, family, about.get(family, ()), graph, points[:2])
    settle_definitions(binding, formulas[:MOST_FORMULAS], graph, points)


def _by_family(formulas: Iterable[Pair]) -> dict[str, list[Pair]]:
    """Return for each family the formulas in which names of it stand."""
    about: dict[str, list[Pair]] = {}
    for pair in formulas:
        for family in dict.fromkeys(spelling(name).family for side in pair for name in symbols(side)):
            about.setdefault(family, []).append(pair)
    return about


def _choose(
    binding: Binding, rivals: Sequence[Meaning], about: Sequence[Pair], graph: Graph, points: Sequence[Point]
) -> None:
    """Read a family in the first of the ways in which most formulas hold."""
    most, chosen = -1, rivals[0]
    for meaning in rivals:
        binding.families.prefer(meaning)
        held = _held(binding, about, most, graph, points)
        if held > most:
            most, chosen = held, meaning
        if most == len(about):  # none can be better
            break
    binding.families.prefer(chosen)


def _held(binding: Binding, about: Sequence[Pair], most: int, graph: Graph, points: Sequence[Point]) -> int:
    """Return how many formulas hold; they are counted no further once they cannot be more than `most`."""
    held = 0
    for place, pair in enumerate(about):
        if held + len(about) - place <= most:
            break
        held += holds(pair, binding, graph, points)
    return held


def _settle_sign(binding: Binding, family: str, about: Sequence[Pair], graph: Graph, points: Sequence[Point]) -> None:
    """Take δ with the opposite sign where the document defines it so and its formulas are true only then."""
    if not any(isinstance(pair[0], Symbol) and spelling(pair[0]).family == family for pair in about):
        return
    as_it_is = sum(holds(pair, binding, graph, points) for pair in about)
    binding.negate(family, True)
    held = [pair for pair in about if holds(pair, binding, graph, points)]
    is_defined_so = any(isinstance(pair[0], Symbol) and spelling(pair[0]).family == family for pair in held)
    if len(held) <= as_it_is or not is_defined_so:
        binding.negate(family, False)
