"""Agreement: how well the numbers that a document prints fit what names may mean."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from symback.graph.quantity import Graph
from symback.verify.balls import prints_as
from symback.verify.by_policy import ByPolicy
from symback.verify.duals import Unknown
from symback.verify.evidence import Evidence
from symback.verify.network import Point
from symback.verify.printed import Printed, PrintedRows, shape_of
from symback.verify.schemes.scheme import Scheme, Target
from symback.verify.targets import gradient, new, opposite

LARGEST_UNIT = Fraction(1, 10)
"""Nobody who rounds to whole numbers is understood: without decimals a number is taken to have one, which is 0."""


class Agreement:
    """Compares printed numbers with those of the network.

    Parameters
    ----------
    graph
        The network.
    truth
        The network at the author's numbers.
    by_policy
        The numbers as the spec has them rounded and carried on.
    """

    def __init__(self, graph: Graph, truth: Point, by_policy: ByPolicy) -> None:
        self._truth = truth
        self._by_policy = by_policy
        count = len(graph.samples)
        self._samples = range(1, count + 1) if count > 1 else range(0)

    def with_scheme(
        self, scheme: Scheme, items: Iterable[Evidence], unmarked: frozenset[str] = frozenset()
    ) -> tuple[float, int]:
        """Return how many numbers agree with a scheme, and how many it says something of.

        `unmarked` are bases whose prime does not mean the value after the update.
        """
        agreed, compared = 0.0, 0
        for item in items:
            target = scheme.table.get((item.name.below, item.name.above))
            if target is None:
                continue
            compared += 1
            is_new = (item.name.is_new and item.name.base not in unmarked) or item.is_update
            meant = new(target) if is_new else target
            share = self._share(gradient(meant) if item.is_gradient else meant, item.rows)
            if scheme.role == "delta":  # some have the minus of the update in it
                share = max(share, self._share(opposite(meant), item.rows))
            agreed += share
        return agreed, compared

    def _share(self, target: Target, rows: PrintedRows) -> float:
        """Return how well numbers agree with a target, from 0 to 1; the shape of a vector counts for a half."""
        ids = ((target,),) if isinstance(target, str) else target
        shape = (len(ids), len(ids[0]))
        if shape != shape_of(rows):
            if 1 not in shape or shape[::-1] != shape_of(rows):
                return 0.0
            ids = tuple(zip(*ids, strict=True))
        agree = [
            self.prints(name, number)
            for row, numbers in zip(ids, rows, strict=True)
            for name, number in zip(row, numbers, strict=True)
        ]
        right = sum(agree) / len(agree)
        return right if len(agree) == 1 else 0.5 + 0.5 * right

    def prints(self, name: str, number: Printed) -> bool:
        """Say whether a quantity prints as a number, at the worked sample or at another."""
        points = [self._truth]
        if "@" not in name:
            points.extend(map(self._truth.sample, self._samples))
        return any(_prints(point, name, number) for point in points) or self._by_policy.gives(name, number)

    def sign(self, name: str) -> int:
        """Return the sign of a quantity, 0 where that is not certain."""
        try:
            value = self._truth.value(name)
        except Unknown:
            return 0
        return int(value > 0) - int(value < 0)


def _prints(point: Point, name: str, number: Printed) -> bool:
    value, unit = number
    try:
        return prints_as(point.value(name), value, min(unit, LARGEST_UNIT))
    except Unknown:
        return False
