"""Pairs of formulas of which it is known, and proved by numbers, whether they are equal.

`equivalent` and `different` draw them from a seed: the formula of a derivation, and beside it the same formula rewritten
by valid rules, or spoilt by a mistake of the genre and then rewritten. What is equal holds given the definitions that come
with the names (``a_1`` is declared to be the sigmoid of ``z_1``, and so on).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from random import Random
from typing import NamedTuple

from mpmath import mp, mpf

from tests.reading.mistakes import MISTAKES, Mistake, mistaken
from tests.reading.networks import Network, some_formula, some_network
from tests.reading.printing import Hand, Printer, python, some_hand
from tests.reading.rewriting import rewritten, spoken
from tests.reading.trees import Tree, evaluate, functions_in, names_in

POINTS = 30
DIGITS = 50
EQUAL = mpf(10) ** -38
"""How far equal values may be apart, of their size: what 50 digits leave after the cancellations of such formulas."""

APART = mpf(10) ** -6


@dataclass(frozen=True, slots=True)
class Word:
    """A name of a formula, or of a function in it."""

    spellings: tuple[str, ...]
    definition: str = ""
    """What the name is declared to be, as a side that `meaning.value` reads; empty if it is free."""

    range: str = "real"
    """Where a free name lies: `real`, or `unit` for the open interval from 0 to 1."""

    function: str = ""
    """For the name of a function: which one it is, as keyed in `functions.ACTIVATIONS`."""


class Pair(NamedTuple):
    """Two formulas in LaTeX with the names in them, and how the second came about."""

    left: str
    right: str
    names: Mapping[str, Word]
    comment: str


@dataclass(frozen=True, slots=True)
class Draft:
    """A pair before it is printed: what is proved is said of its trees."""

    network: Network
    left: Tree
    right: Tree
    comment: str


def equivalent(count: int, seed: int) -> Iterator[Pair]:
    """Yield `count` pairs of equal formulas, no two alike."""
    yield from islice(_printed(equal_drafts(seed), seed), count)


def different(count: int, seed: int) -> Iterator[Pair]:
    """Yield `count` pairs of formulas that differ, no two alike; each is proved to differ before it is yielded."""
    yield from islice(_printed(unequal_drafts(seed), seed), count)


def equal_drafts(seed: int) -> Iterator[Draft]:
    """Yield drafts of equal pairs without end."""
    random = Random(f"equivalent {seed}")
    while True:
        network = some_network(random)
        title, formula = some_formula(network, random)
        left, _ = rewritten(formula, network, random, random.randrange(3))
        right, rules = rewritten(left, network, random, random.randint(1, 6))
        draft = Draft(network, left, right, f"{title}: {', '.join(rules)}")
        if not agrees(draft, points=4):
            raise AssertionError(f"a rule is wrong: {draft.comment}")
        if left != right:
            yield draft


def unequal_drafts(seed: int) -> Iterator[Draft]:
    """Yield drafts of different pairs without end, each with the proof done."""
    random = Random(f"different {seed}")
    while True:
        mistake = random.choice(MISTAKES)
        draft = None
        while draft is None or not differs(draft):
            draft = spoilt(mistake, random)
        yield draft


def spoilt(mistake: Mistake, random: Random) -> Draft | None:
    """Make the mistake in some formula; None if it has no place in the formula drawn."""
    network = some_network(random)
    title, formula = some_formula(network, random)
    wrong = mistaken(formula, network, mistake, random)
    if wrong is None:
        return None
    left, _ = rewritten(formula, network, random, random.randrange(3))
    right, rules = rewritten(wrong, network, random, random.randrange(4))
    return Draft(network, left, right, f"{title}: {', '.join([spoken(mistake), *rules])}")


def _printed(drafts: Iterator[Draft], seed: int) -> Iterator[Pair]:
    random, seen = Random(f"hand {seed}"), set()
    for draft in drafts:
        hand = some_hand(random)
        other = hand if random.random() < 0.7 else some_hand(random)
        left = Printer(hand, draft.network.spelling).latex(draft.left)
        right = Printer(other, draft.network.spelling).latex(draft.right)
        if left != right and (left, right) not in seen:
            seen.add((left, right))
            yield Pair(left, right, words(draft, hand, other), draft.comment)


def words(draft: Draft, *hands: Hand) -> dict[str, Word]:
    """Return the names of both formulas, of the definitions behind them, and of their functions."""
    definitions = draft.network.definitions
    waiting, found = sorted(names_in(draft.left) | names_in(draft.right)), set()
    while waiting:
        key = waiting.pop()
        found.add(key)
        waiting += sorted(names_in(definitions[key]) - found) if key in definitions else []
    trees = [draft.left, draft.right, *(definitions[key] for key in found & set(definitions))]
    functions = set().union(*map(functions_in, trees)) - {"exp", "ln"}
    return {
        key: Word(
            spellings=(draft.network.spelling(key),),
            definition=python(definitions[key]) if key in definitions else "",
            range="unit" if key.startswith("t_") else "real",
        )
        for key in sorted(found)
    } | {key: Word(tuple(sorted({hand.functions[key] for hand in hands})), function=key) for key in sorted(functions)}


def differs(draft: Draft) -> bool:
    """Tell whether the two formulas are apart at one of the points."""
    with mp.workdps(DIGITS):
        return any(abs(left - right) > APART for left, right in values(draft))


def agrees(draft: Draft, points: int) -> bool:
    """Tell whether the two formulas have the same value to nearly 50 digits at the first of the points.

    Four points are enough for every pattern of neurons on and off.
    """
    with mp.workdps(DIGITS):
        return all(abs(left - right) <= EQUAL * (1 + abs(left)) for left, right in islice(values(draft), points))


def values(draft: Draft) -> Iterator[tuple[mpf, mpf]]:
    """Yield the values of both formulas at points among which every pattern of neurons on and off occurs."""
    random = Random(0)
    for number in range(POINTS):
        point = point_with(draft.network, number, random)
        yield evaluate(draft.left, point), evaluate(draft.right, point)


def point_with(network: Network, pattern: int, random: Random) -> Mapping[str, mpf]:
    """Draw values for all names, defined ones by their definitions, until the gates are on and off as `pattern` says."""
    while True:
        point = _Values(network, random)
        if all((point[gate] > 0) == bool(pattern >> place & 1) for place, gate in enumerate(network.gates)):
            return point


class _Values(dict[str, mpf]):
    """Values of names, each drawn or computed when it is first asked for."""

    def __init__(self, network: Network, random: Random) -> None:
        super().__init__()
        self._network, self._random = network, random

    def __missing__(self, key: str) -> mpf:
        if key in self._network.definitions:
            self[key] = evaluate(self._network.definitions[key], self)
        elif key.startswith("t_"):
            self[key] = mpf(self._random.randint(50, 950)) / 1000
        else:
            self[key] = mpf(self._random.choice([-1, 1]) * self._random.randint(100, 2000)) / 1000
        return self[key]
