"""Finite differences: the values of a network whose parameter is moved a little, with digits enough to see it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from symback.graph.quantity import Role
from symback.rules.losses import OUTPUT, TARGET
from symback.values.following import follows_number
from symback.values.interpret import interpret
from symback.values.kinks import switches
from symback.values.policy import Carry, Policy
from symback.values.real import Real
from symback.values.rounding import Digits, Spelled, spell
from symback.values.values import Values
from symback.written.nodes import Name, Negative, Number, Quotient, Sum, Valued, Written
from symback.written.reader import read
from symback.written.substitute import leaves, substitute

QUOTIENT_DIGITS = Digits(decimals=8)
"""Digits of a difference quotient, unless the policy has a row called ``difference``."""

MOST_EXTRA_DIGITS = 8
"""How many digits the values inside a quotient may get beyond those that it seems to need.

A quotient that is almost 0 has more digits than it was asked to have, and the values inside it have as many more."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A difference of `root` by one parameter.

    ``moved`` has the parameter moved by ``step``; ``base`` has it where it was, or, for a central difference, moved
    the other way. ``width`` is how far the two lie apart.
    """

    root: str
    parameter: str
    step: Number
    width: Number
    moved: Values
    base: Values
    digits: Digits


class Differences:
    """Differences of the network behind `values`, forward or central, which share what they can.

    The values before a move are found once, and those behind a move for all roots that are asked for one after another.
    """

    def __init__(self, values: Values, step: Number, central: bool) -> None:
        policy, self._move = values.policy, Real.of(step.text)
        self._digits = policy.by.get("difference", QUOTIENT_DIGITS)
        decimals = (self._digits.decimals or self._digits.significant or 0) + len(step.text.partition(".")[2])
        self._policy = Policy(Digits(decimals=min(decimals, 40)), policy.rounding, Carry.EXACT)
        self._step, self._central = step, central
        width = self._move + self._move if central else self._move
        self._width = Number(spell(width, Digits(decimals=40), policy.rounding).text)
        self._base = values.moved(self._policy, {})
        self._last: Difference | None = None

    def of(self, root: str, parameter: str) -> Difference:
        """Return the difference of a root by a parameter."""
        if self._last is None or self._last.parameter != parameter:
            moved = self._base.moved(self._policy, {parameter: self._move})
            base = self._base.moved(self._policy, {parameter: -self._move}) if self._central else self._base
            self._last = Difference(root, parameter, self._step, self._width, moved, base, self._digits)
        return self._last if self._last.root == root else replace(self._last, root=root)


def quotient(found: Difference, form: Written) -> tuple[Written, Spelled]:
    """Return the quotient with numbers in place and its value; `form` is the root over outputs and targets.

    The values inside get the fewest digits from which the printed value of the quotient follows.
    """
    rise = found.moved.exact[found.root] - found.base.exact[found.root]
    value = spell(rise / Real.of(found.width.text), found.digits, found.moved.policy.rounding)
    beyond = len(value.text.partition(".")[2]) - (found.digits.decimals or found.digits.significant or 0)
    for extra in range(MOST_EXTRA_DIGITS + max(beyond, 0) + 1):
        after, before = (
            Valued(form, {key: side.number(key, extra) for key in leaves(form)}) for side in (found.moved, found.base)
        )
        tree = Quotient(Sum((after, Negative(before))), found.width)
        if follows_number(tree, Number(value.text), found.moved.policy.rounding):
            break
    return tree, value


def kinks_met(found: Difference) -> Iterator[str]:
    """Yield what lies on a kink, or crosses one between the two points.

    These are pre-activations, at a kink of their activation, outputs, where the loss has a kink, and among plain
    equations the results whose formula has one.
    """
    graph = found.moved.derivation.graph
    moving = graph.dependents(found.parameter) | {found.parameter}
    for name in sorted(graph.dependents(found.parameter)):
        quantity = graph.quantities[name]
        if quantity.role is Role.PRE_ACTIVATION and all(side.knows(name) for side in (found.moved, found.base)):
            for kink in graph.kinks(name):
                sides = {side.exact[name].compare(Real.of(kink)) for side in (found.moved, found.base)}
                if len(sides) > 1 or 0 in sides:
                    yield name
        if quantity.role is Role.RESULT and quantity.definition is not None:
            for switch in switches(quantity.definition, moving):
                signs = {_sign(switch, side) for side in (found.moved, found.base)}
                if len(signs) > 1 or 0 in signs:
                    yield name
    if graph.loss_row.kink:
        yield from _outputs_at_kinks(found)


def _outputs_at_kinks(found: Difference) -> Iterator[str]:
    """Yield the outputs on which the root depends at which the loss has no derivative."""
    graph, reaches = found.moved.derivation.graph, found.moved.derivation.reaches
    moved = graph.dependents(found.parameter)
    for output, target in zip(graph.outputs, graph.targets, strict=True):
        if output in moved and reaches(output, found.root):
            form = read(graph.loss_row.kink, names=(OUTPUT, TARGET))
            place = substitute(form, {OUTPUT: Name(output), TARGET: Name(target)})
            signs = {_sign(place, side) for side in (found.moved, found.base)}
            if len(signs) > 1 or 0 in signs:
                yield output


def _sign(form: Written, side: Values) -> int:
    value = interpret(form, side.exact)
    assert isinstance(value, Real)
    return value.sign()
