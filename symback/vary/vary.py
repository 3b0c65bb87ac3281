"""Finding a variation: numbers are drawn until every condition holds, each time a little less like the author's."""

from __future__ import annotations

from collections import Counter
from functools import partial
from random import Random

from symback.spec.model import Spec
from symback.spec.problems import LimitationError, Problem, SpecError, show
from symback.vary.conditions import EXISTS
from symback.vary.draft import UnfriendlyError
from symback.vary.drawing import draw
from symback.vary.gradients import GRADIENTS, gradients_of
from symback.vary.numbers import UPSTREAM, with_numbers
from symback.vary.parts import vary_parts
from symback.vary.plan import MANNERS, Plan, plan_for
from symback.vary.systems import draw_system

MOST_TRIES, FEWEST_TRIES, WORK = 30, 3, 6000
"""How often all numbers are drawn in one manner before the next is tried: less often where there are many."""

SYSTEM_TRIES = 200
"""The same for equations, whose numbers are drawn all at once."""

OTHER = "other numbers than before"


def vary(spec: Spec, seed: int) -> Spec:
    """Return a spec of the same shape with other friendly numbers; the same seed gives the same numbers everywhere.

    Numbers have no more decimals than the author's and at most 2. In the new spec no pre-activation lies within 0.05
    of a kink, no ReLU is dead in the worked sample, no sigmoid has a slope below 0.05, and in the worked sample no
    gradient is 0 and no two weights of a layer have equal gradients, unless kept numbers force it; where learning goes
    sample by sample this holds in every step. Among equations no two gradients are equal that were not before. Parts
    of a page that shared numbers still share them.

    Parameters
    ----------
    spec : Spec
        The author's spec; the module `symback.vary.plan` says what stays of its numbers.
    seed : int
        A whole number from 0 on.

    Raises
    ------
    symback.spec.problems.SpecError
        If the seed is not such a number.
    symback.spec.problems.LimitationError
        If no friendly numbers are found, with the condition that failed most.
    """
    if isinstance(seed, bool) or not isinstance(seed, int) or seed < 0:
        raise SpecError([Problem(("seed",), show(seed), "a whole number, at least 0")])
    return vary_parts(spec, partial(vary_network, chance=Random(seed)))


def vary_network(spec: Spec, kept: frozenset[str], chance: Random) -> Spec:
    """Return a spec of one network with other friendly numbers, but for those of the `kept` ids.

    Raises
    ------
    symback.spec.problems.LimitationError
        If no friendly numbers are found, with the condition that failed most.
    """
    author = plan_for(spec).keeping(kept)
    count = spec.network.parameter_count
    tries = max(FEWEST_TRIES, min(MOST_TRIES, WORK // count)) if count else SYSTEM_TRIES
    draw_numbers = draw_system if spec.equations else draw
    broken: Counter[tuple[str, str]] = Counter()
    for manner in MANNERS:
        plan = author.in_manner(manner)
        for _ in range(tries):
            try:
                varied = with_numbers(spec, draw_numbers(plan, chance))
                _check(varied, plan)
            except UnfriendlyError as error:
                broken[error.condition, error.name] += 1
            else:
                return varied
    (condition, name), times = broken.most_common(1)[0]
    came = f"a spec for which {tries * len(MANNERS)} draws gave no friendly numbers"
    expected = f"one for which this can be met: {condition} ({times} times not met, by {name})"
    raise LimitationError([Problem((), came, expected, limitation=True)])


def _check(varied: Spec, plan: Plan) -> None:
    """Accept a finished variation.

    Raises
    ------
    UnfriendlyError
        If it is the author's spec again or breaks a condition on gradients.
    """
    if varied == plan.spec:
        raise UnfriendlyError(OTHER, "every number")
    worked = f"@{plan.spec.worked_sample}"
    free = {name for name in plan.spec.given if name not in plan.following and UPSTREAM not in name}
    kept = frozenset(name.removesuffix(worked) for name in plan.kept | free)
    try:
        for found in gradients_of(varied, kept, plan.graph):
            for condition, broken in GRADIENTS.items():
                for name in broken(found):
                    raise UnfriendlyError(condition, name)
    except SpecError:  # a number does not exist
        raise UnfriendlyError(EXISTS, plan.graph.root) from None
