"""What a document's own earlier numbers make of a quantity: every way in which a person could have worked it out."""

from __future__ import annotations

from collections.abc import Iterator

from flint import arb

from symback.graph.quantity import Graph
from symback.verify.balls import exact, printing_like
from symback.verify.claims import FALSE, SHARE
from symback.verify.duals import Unknown
from symback.verify.network import Point
from symback.verify.printed import Printed
from symback.verify.stated import Stated, StatedNumbers
from symback.verify.workings import COMBINATIONS, Worked, Workings
from symback.written.nodes import NEW

DEEPEST = 4
"""How many printed steps a person may have skipped, using what lies behind them."""


class Carried(StatedNumbers):
    """The document's own numbers.

    Parameters
    ----------
    graph
        The network.
    truth
        The network at the author's numbers.
    data
        Names whose numbers are exact however they are printed: the data of the spec.
    sample
        The number of the sample whose numbers `truth` has.
    before
        The document's own numbers before the step of learning that made the parameters what they are here.
    """

    def __init__(
        self, graph: Graph, truth: Point, data: frozenset[str], sample: int, before: Carried | None = None
    ) -> None:
        super().__init__(len(graph.samples) if graph.averages_samples else 1, sample)
        self._graph = graph
        self._truth = truth
        self._data = data
        self._before = before
        self._memo: dict[tuple[str, int, bool, bool], tuple[Worked, ...]] = {}
        self._asked: set[str] = set()
        self._open: set[tuple[str, int, bool, bool]] = set()
        self._is_cut = False
        self._literal = False

    def state(self, key: str, stated: Stated) -> str:
        """Remember that the document printed a number, and forget what was worked out without it."""
        key = super().state(key, stated)
        if key in self._asked:
            self._memo.clear()
            self._asked.clear()
        return key

    def ways(self, key: str, sound: bool, literal: bool = False) -> Iterator[Worked]:
        """Yield what a key is worth, worked out from what the document printed before.

        With `sound`, what is not true is replaced by the truth; with `literal`, printed digits count as they stand.
        """
        if key.startswith("-"):
            yield from (Worked(-one.ball, one.causes) for one in self.ways(key[1:], sound, literal))
            return
        if key.startswith(SHARE):
            yield from (Worked(one.ball / self.shares, one.causes) for one in self.ways(key[1:], sound, literal))
            return
        self._literal = literal
        try:
            yield from list(self._ways(key, sound))
        finally:
            self._literal = False

    def _ways(self, key: str, sound: bool) -> Iterator[Worked]:
        seen: list[arb] = []
        for depth in range(DEEPEST):
            for worked in self._work(key, depth, sound):
                if not any(worked.ball.contains(other) and other.contains(worked.ball) for other in seen):
                    seen.append(worked.ball)
                    yield worked

    def values(self, key: str, depth: int, sound: bool) -> tuple[Worked, ...]:
        """Return what a key may be worth to the author: the printed number, unless `depth` looks behind it."""
        if key.startswith("-"):
            return tuple(Worked(-one.ball, one.causes) for one in self.values(key[1:], depth, sound))
        if key.startswith(SHARE):
            return tuple(Worked(one.ball / self.shares, one.causes) for one in self.values(key[1:], depth, sound))
        key = self.unmarked(key)
        self._asked.add(key)
        found = (key, depth, sound, self._literal)
        known = self._memo.get(found)
        if known is not None:
            return known
        if found in self._open:
            self._is_cut = True
            return ()
        self._open.add(found)
        try:
            values = tuple(self._values(key, depth, sound))
        finally:
            self._open.remove(found)
        if not self._is_cut or not self._open:  # within a circle, what is found may lack what waits for it
            self._memo[found] = values
            self._is_cut = False
        return values

    def _values(self, key: str, depth: int, sound: bool) -> Iterator[Worked]:
        stated = self._stated.get(key, [])
        if stated and depth <= 0:
            latest = [one for one in stated if not (sound and one.verdict in FALSE)]
            shown: list[Printed] = []
            for one in reversed(latest):
                if one.number not in shown:
                    shown.append(one.number)
                    causes = frozenset({one.claim}) if one.verdict in FALSE else frozenset[int]()
                    yield Worked(self._ball(key, one), causes)
            if latest:
                return
        if self._before is not None and key in self._graph.learned and not stated:
            yield from self._before.values(key + NEW, 0, sound)
            return
        if key.partition("@")[0] in self._graph.given or (sound and stated):
            yield Worked(self._truth.value(key))
            return
        yield from self._work(key, depth - 1, sound)

    def _ball(self, key: str, stated: Stated) -> arb:
        """Return what a printed number may stand for: what prints like it, and the true value if it is sound."""
        name = key.partition("@")[0]
        if name in self._data and stated.verdict not in FALSE:
            return self._truth.value(key)
        if self._literal:
            return exact(stated.number[0])
        ball = printing_like(*stated.number)
        if stated.verdict in FALSE:
            return ball
        try:
            truth = self._truth.value(key)
        except Unknown:
            return ball
        return truth if truth == 0 and stated.number[0] == 0 else ball.union(truth)

    def _work(self, key: str, depth: int, sound: bool) -> tuple[Worked, ...]:
        if depth < -DEEPEST - 8:
            return ()
        try:
            workings = Workings(self._graph, self._truth, lambda one: self.values(one, depth, sound), self._is_said)
            return tuple(workings.of(key))[:COMBINATIONS]
        except Unknown:
            return ()

    def _is_said(self, key: str) -> bool:
        self._asked.add(self.unmarked(key))
        return bool(self.stated(key))
