"""Which pairs of an example and something else the tests go through: all of them would take too long for every change."""

from __future__ import annotations

import os
from collections.abc import Sequence
from itertools import product

from symback import resources

FOUNDING = ("formula-sheet", "matrix", "notes", "scalar-check", "slides")
"""The examples that are paired with everything."""


def in_turn(others: Sequence[str]) -> list[tuple[str, str]]:
    """Return pairs: the founding examples with all `others`, each further example with one, in turn.

    With SYMBACK_EVERY_PAIR=1 every example is paired with everything.
    """
    further = [name for name in resources.examples() if name not in FOUNDING]
    if os.environ.get("SYMBACK_EVERY_PAIR") == "1":
        return [*product(resources.examples(), others)]
    turns = [(name, others[place % len(others)]) for place, name in enumerate(further)]
    return [*product(FOUNDING, others), *turns]
