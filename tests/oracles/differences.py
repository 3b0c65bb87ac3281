"""Oracle (b): central differences at 60 digits, extrapolated to a vanishing step (Richardson), good to 1e-30.

No derivative of anything is written down here: only the forward pass is used.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import pairwise

import mpmath

from tests.oracles.functions import DECIMAL
from tests.oracles.network import Network

DIGITS = 60
STEP = mpmath.mpf(10) ** -8
HALVINGS = 2
"""Each halving of the step removes the leading term of the error: with two of them it is of the order of STEP^6."""


def slope(function: Callable[[mpmath.mpf], mpmath.mpf]) -> mpmath.mpf:
    """Return the derivative of `function` at 0."""
    row = []
    for halving in range(HALVINGS + 1):
        step = STEP / 2**halving
        row.append((function(step) - function(-step)) / (2 * step))
    for order in range(1, HALVINGS + 1):
        row = [(4**order * fine - rough) / (4**order - 1) for rough, fine in pairwise(row)]
    return row[0]


def difference_gradients(network: Network, root: str = "loss", by: Iterable[str] = ()) -> dict[str, mpmath.mpf]:
    """Return the derivative of the loss, or of another quantity, by all that is given and in between, or by some."""
    with mpmath.workdps(DIGITS):
        numbers = network.numbers(DECIMAL)
        settled = network.forward(numbers, DECIMAL)

        def root_with(name: str, shift: mpmath.mpf) -> mpmath.mpf:
            if name in numbers:
                return network.forward({**numbers, name: numbers[name] + shift}, DECIMAL, {}, settled)[root]
            return network.forward(numbers, DECIMAL, {name: shift}, settled)[root]

        return {
            name: slope(lambda shift, name=name: root_with(name, shift))
            for name in tuple(by) or (*network.given, *network.intermediate)
        }


def exact_forward(network: Network) -> dict[str, mpmath.mpf]:
    """Return every quantity of the network at 60 digits."""
    with mpmath.workdps(DIGITS):
        numbers = network.numbers(DECIMAL)
        found = network.forward(numbers, DECIMAL)
        penalty = ("penalty",) if network.penalty is not None else ()
        factor = {name: DECIMAL.number(number) for name, number in network.of_penalty.items()}
        return numbers | factor | {name: found[name] for name in (*network.intermediate, "loss", *penalty)}
