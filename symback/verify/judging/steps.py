"""Steps of learning with numbers in place: whether they are made from the gradient that the document printed."""

from __future__ import annotations

from symback.graph.build import LEARNING_RATE
from symback.verify.balls import decimal, printing_like
from symback.verify.duals import Dual, Unknown, Value
from symback.verify.judging.state import State
from symback.verify.trees import numbers
from symback.written.nodes import NEW, Written

OTHER_STEP = "not the old value less the learning rate times the gradient, though that is shown as printed before"


def is_other_step(state: State, key: str, node: Written, value: Value) -> bool:
    """Whether a formula shows the gradient printed last for a parameter, and steps by something else all the same.

    What lies behind the gradient cannot explain it then.
    """
    parameter = key.removesuffix(NEW)
    said = state.carried.stated(f"{state.graph.learned_root}:{parameter}")
    if not key.endswith(NEW) or not said or not isinstance(value, Dual):
        return False
    size, unit = said[-1].number
    if (abs(size), unit) not in {(abs(found[0]), found[1]) for found in map(decimal, numbers(node)) if found}:
        return False
    try:
        old, rate = state.latest(parameter), state.latest(LEARNING_RATE)
    except Unknown:
        return False
    return not value.value.overlaps(old - rate * printing_like(size, unit))
