"""The points at which formulas are tried: the network at other numbers than the author's."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from symback.graph.quantity import Graph
from symback.verify.drawing import other_points
from symback.verify.network import Point

Tried = tuple[Point, bool]
"""A point, and whether the same units are active there as at the author's numbers."""

FEWER = 10
"""How many points keep the targets where formulas are tried at other targets too."""


class Points:
    """The network at other numbers.

    Parameters
    ----------
    graph
        The network.
    others
        The network at other numbers.
    kinks
        What derivatives are taken to be at kinks, by the name of the activation.
    """

    def __init__(self, graph: Graph, others: Sequence[Tried], kinks: Mapping[str, Fraction]) -> None:
        self.others = others
        self._graph = graph
        self._kinks = kinks
        self._with_targets: list[Tried] = []

    def at(self, sample: int) -> Points:
        """Return the same points, at which a sample is at hand."""
        others = [(point.sample(sample), is_alike) for point, is_alike in self.others]
        return Points(self._graph, others, self._kinks)

    def with_targets(self, truth: Point) -> Sequence[Tried]:
        """Return points of which most have other targets, where a cross-entropy keeps them elsewhere."""
        if self._graph.loss_row.name == "squared-error":
            return self.others
        if not self._with_targets:
            self._with_targets = list(other_points(self._graph, self._kinks, truth, False))
        return [*self.others[:FEWER], *self._with_targets]
