"""The network at a point: what every quantity and every derivative is worth, for the author's numbers or for others."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Mapping
from fractions import Fraction

from flint import arb

from symback.graph.build import LEARNING_RATE
from symback.graph.quantity import ABSENT, BATCH, PENALTY, Graph, Quantity, Role
from symback.verify.balls import exact
from symback.verify.duals import Dual, Unknown, Value, constant
from symback.verify.evaluate import evaluate
from symback.written.nodes import Name, Written

NEW = "+"
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
        self._slopes: dict[str, dict[str, arb]] = {}
        self._at: dict[int, Point] = {}

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
        for parameter in self.graph.parameters:
            try:
                new[parameter] = self.value(parameter + NEW)
            except Unknown:
                continue
        return Point(self.graph, {**self.given, **new}, self.samples, self.kinks)

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
        if "@" in key:
            return self._find_at(key)
        if ":" in key:
            return self.partial(*key.split(":"))
        if key.startswith("delta."):
            return self.partial("loss", key.replace("delta.", "z.", 1))
        if key.endswith(NEW):
            root = self.graph.learned_root
            parameter = key.removesuffix(NEW)
            return self.value(parameter) - self.value(LEARNING_RATE) * self.partial(root, parameter)
        if key == BATCH:
            penalty = self.value(PENALTY) if self.graph.penalty_row is not None else _NOTHING
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

    def _leaf(self, node: Written) -> Value:
        if not isinstance(node, Name):
            raise Unknown("a formula that is not known")
        return constant(self.value(node.id))

    def _over_samples(self, key: str) -> arb:
        if not self.graph.learns_from_batch:
            return self.value(key)
        total = sum((self.sample(number).value(key) for number in range(1, len(self.samples) + 1)), arb(0))
        return total / len(self.samples) if self.graph.averages_samples else total

    def partial(self, of: str, by: str) -> arb:
        """Return the derivative of one quantity by another, through everything between them.

        Raises
        ------
        Unknown
            If a number that it needs is not known.
        """
        if of == BATCH:
            penalty = self.partial(PENALTY, by) if by in self.graph.penalised else _NOTHING
            return self._over_samples(f"{self.graph.root}:{by}") + penalty
        if by.endswith(NEW) or of.endswith(NEW):
            raise Unknown("a derivative by a new value")
        slopes = self._slopes.setdefault(by, {by: arb(1)})
        if of in slopes:
            return slopes[of]
        if by not in self.graph.quantities or of not in self.graph.quantities:
            raise Unknown(f"{of} or {by} is not known")
        reached = self.graph.dependents(by)
        if of not in reached:
            return arb(0)
        for name in self.graph.quantities:
            if name in reached and name not in slopes:
                try:
                    slopes[name] = self._slope(name, slopes)
                except Unknown:
                    if name == of:
                        raise
            if name == of:
                break
        return slopes[of]

    def _slope(self, name: str, slopes: Mapping[str, arb]) -> arb:
        quantity = self.graph.quantities[name]
        if quantity.definition is None:
            return arb(0)
        if quantity.role is Role.PRE_ACTIVATION:
            return self._weighted_slope(quantity, slopes)
        if quantity.role is Role.ACTIVATION and name in self.kinks:
            (pre,) = quantity.parents
            if self.value(pre) == 0:
                return self.kinks[name] * slopes.get(pre, _NOTHING)

        def leaf(node: Written) -> Value:
            if not isinstance(node, Name):
                raise Unknown("a formula that is not known")
            return Dual(self.value(node.id), slopes.get(node.id, _NOTHING))

        return _scalar(evaluate(quantity.definition, leaf)).slope

    def _weighted_slope(self, quantity: Quantity, slopes: Mapping[str, arb]) -> arb:
        """Return the slope of a weighted sum, for which a number that is not known may not matter."""
        layer = self.graph.layers[quantity.layer - 1]
        total = _NOTHING
        for weight, source in layer.products(quantity.neuron - 1):
            for moving, partner in ((weight, source), (source, weight)):
                slope = slopes.get(moving, _NOTHING)
                if slope != 0:
                    total = total + slope * self.value(partner)
        for bias in layer.biases[quantity.neuron - 1 : quantity.neuron]:
            total = total + slopes.get(bias, _NOTHING)
        return total


_NOTHING = arb(0)


def _scalar(value: Value) -> Dual:
    if not isinstance(value, Dual):
        raise Unknown("a number was expected")
    return value


def true_point(graph: Graph, kinks: Mapping[str, Fraction]) -> Point:
    """Return the network at the author's numbers."""
    given = {name: exact(number.value) for name, number in graph.given.items()}
    samples = tuple({name: exact(number.value) for name, number in sample.items()} for sample in graph.samples)
    return Point(graph, given, samples, _kinks(graph, kinks))


def _kinks(graph: Graph, kinks: Mapping[str, Fraction]) -> dict[str, arb]:
    return {
        name: exact(kinks[quantity.function.name])
        for name, quantity in graph.quantities.items()
        if quantity.function is not None and quantity.function.name in kinks
    }


def other_points(
    graph: Graph, kinks: Mapping[str, Fraction], truth: Point, keeps_targets: bool = True
) -> Iterator[tuple[Point, bool]]:
    """Yield the network at other numbers, and whether every unit is on the same side of its kink as in truth.

    The numbers are rational, drawn from a fixed seed. Equal biases of a layer stay equal, as people call them by one
    name; targets of a cross-entropy stay what they are if asked, as 0 and 1 are what its formulas are simplified for.
    """
    generator = random.Random(20)
    keeps_targets = keeps_targets and graph.loss_row.name != "squared-error"
    pattern = _pattern(graph, truth)
    for place in range(MOST_POINTS):
        near = place % 2 == 0

        def drawn(name: str, number: Fraction, near: bool = near) -> arb:
            if name == LEARNING_RATE:
                return exact(number * Fraction(generator.randint(5, 20), 11))
            if name in graph.targets and graph.loss_row.name != "squared-error":
                return exact(Fraction(generator.randint(20, 80), 101))
            if near:
                shift = Fraction(generator.randint(-99, 99), 1000)
                return exact(number * (1 + shift) + Fraction(generator.randint(-99, 99), 9000))
            return exact(Fraction(generator.randint(-1999, 1999), 997))

        shared: dict[tuple[int, Fraction], arb] = {}
        stays = frozenset(graph.targets) if keeps_targets else frozenset[str]()
        given = {}
        for name, quantity in graph.quantities.items():
            if quantity.definition is not None:
                continue
            if name in graph.given:
                number = graph.given[name].value
                given[name] = exact(number) if name in stays else drawn(name, number)
                if quantity.role is Role.BIAS:
                    given[name] = shared.setdefault((quantity.layer, number), given[name])
            else:
                given[name] = drawn(name, Fraction(1, 3))
        samples = tuple(
            {
                name: exact(number.value) if name in stays else drawn(name, number.value)
                for name, number in sample.items()
            }
            for sample in graph.samples
        )
        worked = {**given, **samples[graph.worked - 1]}
        point = Point(graph, worked, samples, _kinks(graph, kinks))
        yield point, _agree(_pattern(graph, point), pattern)


MOST_POINTS = 24
"""Points at which two formulas are compared."""


def _pattern(graph: Graph, point: Point) -> tuple[int, ...]:
    """Return on which side of its kink each unit is, in every sample."""
    signs = []
    for number in range(1, len(point.samples) + 1):
        at = point.sample(number)
        for layer in graph.layers:
            for name in filter(graph.kinks, layer.pre_activations):
                try:
                    value = at.value(name)
                except Unknown:
                    signs.append(0)
                    continue
                signs.append(1 if value > 0 else -1 if value < 0 else 0)
    return tuple(signs)


def _agree(found: tuple[int, ...], wanted: tuple[int, ...]) -> bool:
    """Say whether units are on the sides wanted; one that stands on its kink may be on either."""
    return all(one in (0, other) or other == 0 for one, other in zip(found, wanted, strict=True))
