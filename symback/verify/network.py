"""The network at a point: what every quantity and every derivative is worth, for the author's numbers or for others."""

from __future__ import annotations

import re
from collections.abc import Mapping
from fractions import Fraction
from functools import cached_property

from flint import arb

from symback.graph.build import LEARNING_RATE
from symback.graph.quantity import ABSENT, BATCH, PENALTY, Graph, Role
from symback.verify.balls import exact
from symback.verify.claims import SHARE
from symback.verify.duals import ONE, ZERO, Dual, Unknown, Value, constant
from symback.verify.evaluate import evaluate
from symback.verify.slopes import slope_of
from symback.written.nodes import NEW, Name, Written

SMALLEST = arb(10) ** -30
"""A ball with a smaller radius than this is one number."""

_SAMPLE = re.compile(r"@(\d+)")


class Point:
    """All values of a network for one set of numbers.

    Parameters
    ----------
    graph
        The network.
    given
        Numbers of parameters, inputs, targets and whatever else is stated, by id.
    samples
        The inputs and targets of every sample.
    kinks
        What the derivative of ReLU is taken to be at 0.
    """

    def __init__(
        self,
        graph: Graph,
        given: Mapping[str, arb],
        samples: tuple[Mapping[str, arb], ...] = (),
        kinks: Mapping[str, arb] | None = None,
    ) -> None:
        self.graph = graph
        self.given = given
        self.samples = samples
        self.kinks = kinks or {}
        self._values: dict[str, arb] = {}
        self._partials: dict[tuple[str, str], arb] = {}
        self._locals: dict[tuple[str, str], arb] = {}
        self._at: dict[int, Point] = {}
        self._decimals: frozenset[float] | None = None

    def sample(self, number: int) -> Point:
        """Return the same network at another sample.

        Raises
        ------
        Unknown
            If there is no such sample.
        """
        if number not in self._at:
            if not 1 <= number <= len(self.samples):
                raise Unknown(f"there is no sample {number}")
            self._at[number] = Point(self.graph, {**self.given, **self.samples[number - 1]}, self.samples, self.kinks)
        return self._at[number]

    def moved(self, parameter: str, size: arb) -> Point:
        """Return the same network with one parameter moved, and with it the pre-activation that it enters if stated."""
        given = {**self.given, parameter: self.value(parameter) + size}
        for child in self.graph.children.get(parameter, ()):
            if child in given:
                given[child] = given[child] + size * self.partial(child, parameter)
        return Point(self.graph, given, self.samples, self.kinks)

    def updated(self) -> Point:
        """Return the network after one step of learning."""
        new = {}
        for parameter in self.graph.learned:
            try:
                new[parameter] = self.value(parameter + NEW)
            except Unknown:
                continue
        return Point(self.graph, {**self.given, **new}, self.samples, self.kinks)

    @cached_property
    def _after_update(self) -> Point:
        return self.updated()

    def value(self, key: str) -> arb:
        """Return the value of a quantity, of a new value ``w.1.1.1+``, or of a derivative ``of:by``.

        Raises
        ------
        Unknown
            If a number that it needs is not known, or there is no such quantity.
        """
        found = self._values.get(key)
        if found is None:
            found = self._values[key] = self._find(key)
        return found

    def _find(self, key: str) -> arb:
        if ABSENT in key:
            return arb(0)
        if key.startswith("-"):
            return -self.value(key[1:])
        if key.startswith(SHARE):
            return self.value(key[1:]) / (len(self.samples) if self.graph.averages_samples else 1)
        if "@" in key:
            return self._find_at(key)
        if ":" in key:
            of, _, by = key.partition(":")
            return self.local(of, by) if self.is_ambiguous(of, by) else self.partial(of, by)
        if key.startswith("delta."):
            return self.partial("loss", key.replace("delta.", "z.", 1))
        if key.endswith(NEW):
            root = self.graph.learned_root
            parameter = key.removesuffix(NEW)
            if parameter not in self.graph.given and parameter not in self.graph.learned:
                return self._after_update.value(parameter)
            if parameter in self.graph.frozen:
                return self.value(parameter)
            return self.value(parameter) - self.value(LEARNING_RATE) * self.partial(root, parameter)
        if key == BATCH:
            penalty = self.value(PENALTY) if self.graph.penalty_row is not None else ZERO
            return self._over_samples(self.graph.root) + penalty
        if key in self.given:
            return self.given[key]
        quantity = self.graph.quantities.get(key)
        if quantity is None or quantity.definition is None:
            raise Unknown(f"{key} is not known")
        return _scalar(evaluate(quantity.definition, self._leaf)).value

    def _find_at(self, key: str) -> arb:
        """Return a value at the sample that the key names, which may stand on either side of a derivative."""
        numbers = set(_SAMPLE.findall(key))
        if len(numbers) != 1 or key.endswith(NEW):
            raise Unknown(f"{key} is not known")
        return self.sample(int(numbers.pop())).value(_SAMPLE.sub("", key))

    def worth(self, formula: Written) -> arb | None:
        """Return what a formula over ids is worth; None where a number that it needs is not known."""
        try:
            return _scalar(evaluate(formula, self._leaf)).value
        except Unknown:
            return None

    def has_value(self, number: Fraction) -> bool:
        """Whether a quantity that has a formula is worth exactly this number."""
        names = [name for name, quantity in self.graph.quantities.items() if quantity.definition is not None]
        if self._decimals is None:  # floats, as a filter: balls are compared only where these agree
            balls = (self.worth(Name(name)) for name in names)
            self._decimals = frozenset(
                round(float(ball), 12) for ball in balls if ball is not None and ball.rad() < SMALLEST
            )
        return float(number) in self._decimals and any(self._equals(name, number) for name in names)

    def _equals(self, name: str, number: Fraction) -> bool:
        ball = self.worth(Name(name))
        return ball is not None and bool((ball - exact(number)).contains(0))

    def _leaf(self, node: Written) -> Value:
        if not isinstance(node, Name):
            raise Unknown("a formula that is not known")
        return constant(self.value(node.id))

    def _over_samples(self, key: str) -> arb:
        if not self.graph.joins_samples:
            return self.value(key)
        total = sum((self.sample(number).value(key) for number in range(1, len(self.samples) + 1)), arb(0))
        return total / len(self.samples) if self.graph.averages_samples else total

    def is_ambiguous(self, of: str, by: str) -> bool:
        """Whether a quantity is made from another directly and through others too: a factor of a chain is the first."""
        quantity = self.graph.quantities.get(of)
        if quantity is None or quantity.role in (Role.LOSS, Role.LOSS_TERM) or of == self.graph.root:
            return False
        if by not in quantity.parents or len(self.graph.children[by]) < 2:
            return False
        return not self.graph.dependents(by).isdisjoint(quantity.parents)

    def local(self, of: str, by: str) -> arb:
        """Return the derivative of one quantity by another from which it is made, all else that makes it being held.

        Raises
        ------
        Unknown
            If a number that it needs is not known.
        """
        return self._factor(of, by)

    def partial(self, of: str, by: str) -> arb:
        """Return the derivative of one quantity by another, through everything between them.

        Raises
        ------
        Unknown
            If a number that it needs is not known.
        """
        if of == BATCH:
            penalty = self.partial(PENALTY, by) if by in self.graph.penalised else ZERO
            return self._over_samples(f"{self.graph.root}:{by}") + penalty
        if by.endswith(NEW) or of.endswith(NEW):
            raise Unknown("a derivative by a new value")
        found = self._partials.get((of, by))
        if found is None:
            found = self._partials[of, by] = self._over_paths(of, by)
        return found

    def _over_paths(self, of: str, by: str) -> arb:
        """Return the sum, over what is made from `by`, of its own derivative times that of `of` by it."""
        if of == by:
            return ONE
        if by not in self.graph.quantities or of not in self.graph.quantities:
            raise Unknown(f"{of} or {by} is not known")
        if of not in self.graph.dependents(by):
            return ZERO
        on_the_way = (child for child in self.graph.children[by] if child == of or of in self.graph.dependents(child))
        return sum((self._along(of, child, by) for child in on_the_way), ZERO)

    def _along(self, of: str, child: str, by: str) -> arb:
        """Return what reaches a quantity by way of a child; what is not known does not matter beside a factor of 0."""
        try:
            factor = self._factor(child, by)
        except Unknown:
            if self.partial(of, child) == 0:
                return ZERO
            raise
        return ZERO if factor == 0 else factor * self.partial(of, child)

    def _factor(self, of: str, by: str) -> arb:
        """Return the derivative of a quantity by what makes it, with that at a kink as the author has it."""
        quantity = self.graph.quantities[of]
        if quantity.role is Role.OUTPUT:  # no more is known of it than gradients
            return self.given[f"{of}:{by}"]
        if quantity.role is Role.ACTIVATION and of in self.kinks and self.value(by) == 0:
            return self.kinks[of]
        return self._local(of, by)

    def _local(self, of: str, by: str) -> arb:
        """Return the derivative of a quantity by what stands in its definition; it is found once for all chains."""
        found = self._locals.get((of, by))
        if found is None:
            definition = self.graph.quantities[of].definition
            assert definition is not None
            found = self._locals[of, by] = slope_of(definition, self.value, {by: ONE})
        return found


def _scalar(value: Value) -> Dual:
    if not isinstance(value, Dual):
        raise Unknown("a number was expected")
    return value
