"""Where mistakes can be made: the formulas and steps of one person."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tests.verify.generator.expressions import references
from tests.verify.generator.matrices import MatrixBook
from tests.verify.generator.textbook import Forms, Step, Textbook, resolved
from tests.verify.generator.working import Change, Grids

Changes = Iterator[tuple[str, Change]]
"""Steps by their keys, with what a mistake changes there."""


@dataclass(frozen=True, slots=True)
class Scene:
    """What a mistake can be made in: the formulas and the steps of one document, and a source of chance."""

    book: Textbook
    matrices: MatrixBook | None  # where the person computes layer by layer
    grids: Grids
    steps: Sequence[Step]
    draw: random.Random

    def deltas(self, hidden: bool) -> list[tuple[int, int]]:
        """Return the layer and number of the output neurons, or of the hidden ones."""
        net = self.book.net
        layers = range(1, net.depth) if hidden else (net.depth,)
        return [(layer, i) for layer in layers for i in net.neurons(layer)]

    def changes(self, key: str, change: Change) -> bool:
        """Say whether a step is taken here and changed, by what is known when it is taken."""
        place = next((place for place, step in enumerate(self.steps) if step.key == key), None)
        if place is None or change.symbols == self.steps[place].forms:
            return False
        known = {id for step in self.steps[:place] for row in step.entries for id in row} | set(self.book.net.given)
        formulas = [*(change.symbols or ()), *([change.numbers] if change.numbers else [])]
        keys = {resolved(id) for form in formulas for id in references(form)}
        return {id for key in keys for row in self.grids.get(key, ((key,),)) for id in row} <= known


def formula(forms: Forms) -> Change:
    """Return the change that a wrong formula makes."""
    return Change(symbols=forms)
