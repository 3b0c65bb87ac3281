"""Judging: each claim of a document is asked if it is true, and if it follows from what was printed before."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

from symback.graph.quantity import Graph
from symback.reading.documents import Line, Table
from symback.reading.statements import Side
from symback.verify.balls import decimal
from symback.verify.binding import Binding
from symback.verify.by_policy import ByPolicy
from symback.verify.carried import Carried
from symback.verify.claims import Claim, in_order
from symback.verify.judging.chains import Chains
from symback.verify.judging.entry import Entry
from symback.verify.judging.losses import beside_the_loss
from symback.verify.judging.numbers import judge_number
from symback.verify.judging.points import Points, Tried
from symback.verify.judging.rounds import step, step_numbered
from symback.verify.judging.state import Label, State
from symback.verify.network import Point
from symback.verify.reading import Document
from symback.verify.tables.table import judge_table
from symback.verify.words import counts, sample_named, stated_data, step_named

LONGEST_LABEL = 30
"""A line with fewer letters may be a label of what comes next."""


class Judge:
    """Judges the claims of one document in order.

    Parameters
    ----------
    document, binding, graph
        What was read, what its names mean, and the network.
    truth
        The network at the author's numbers.
    others
        The network at other numbers, and whether each has the same units active.
    kinks
        What derivatives are taken to be at kinks, by the name of the activation.
    by_policy
        The numbers as the spec has them rounded and carried on.
    """

    def __init__(
        self,
        document: Document,
        binding: Binding,
        graph: Graph,
        truth: Point,
        others: Sequence[Tried],
        kinks: Mapping[str, Fraction],
        by_policy: ByPolicy,
    ) -> None:
        self._document = document
        self._state = State(
            document.source,
            binding,
            graph,
            truth,
            Points(graph, others, kinks),
            Carried(graph, truth, frozenset(graph.given), graph.worked),
            _data(graph),
            by_policy,
        )
        self._chains = Chains(self._state)

    def judge(self) -> list[Claim]:
        """Return every claim with its verdict."""
        for item in self._document.items:
            if isinstance(item.content, Line):
                self._line(item.content)
            elif isinstance(item.content, Table):
                judge_table(self._state, self._chains, item.content, self._document.vocabulary)
            else:
                self._chains.take(item.content, item.is_display)
        return in_order(beside_the_loss(self._state.claims))

    def _line(self, line: Line) -> None:
        """Take words around formulas: the sample that comes next, counts, data and labels."""
        state = self._state
        number = sample_named(line.words, len(state.graph.samples))
        if number is not None:
            step(state, number)
        else:
            number = step_numbered(state, step_named(line.words))
        if number is not None:
            state.scope = replace(state.scope, sample=number)
        if not line.is_code:
            state.claims.extend(count.placed(state.source) for count in counts(line, state.graph))
            for key, stated, start, end in stated_data(line, state.graph, self._document.vocabulary.comma):
                if not any(start < side.end and side.start < end for side in self._sides_in(line)):
                    state.is_certain = True  # words say what the number is
                    judge_number(state, Entry(key, state.truth.value(key), stated, (start, end)))
        words = line.words.strip().strip("#*-:. ")
        is_label = 0 < len(words) < LONGEST_LABEL
        state.label = Label(words, (line.start, line.start + len(line.words))) if is_label else None

    def _sides_in(self, line: Line) -> Iterator[Side]:
        """Yield the formulas of a line, whose numbers are judged there."""
        for statement in self._document.statements():
            if line.start <= statement.sides[0].start < line.start + len(line.words):
                yield from statement.sides


def _data(graph: Graph) -> dict[Fraction, Fraction]:
    """Return the numbers of the spec with the unit of the last digit of each."""
    stated = (number for numbers in (graph.given, *graph.samples) for number in numbers.values())
    return {number.value: (decimal(number) or (0, Fraction(1)))[1] for number in stated}
