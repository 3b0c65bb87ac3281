"""Drawing the numbers of a spec anew, layer by layer: a neuron that breaks a condition is drawn again at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from random import Random

from symback.graph.build import is_constant
from symback.graph.quantity import Layer
from symback.spec.exact import ExactNumber
from symback.values.interpret import UnknownValue, interpret
from symback.values.real import Real
from symback.values.rounding import Rounding, round_real
from symback.vary.conditions import EXISTS, NEURONS, Neuron, slope
from symback.vary.grid import decimals_of, spelled
from symback.vary.numbers import Numbers
from symback.vary.plan import Plan
from symback.written.nodes import Number

NEURON_TRIES = 60
"""How often one neuron is drawn before all is begun anew."""


class UnfriendlyError(Exception):
    """Drawn numbers break a condition at the quantity `name`."""

    def __init__(self, condition: str, name: str) -> None:
        super().__init__(f"{condition}: {name}")
        self.condition, self.name = condition, name


def draw(plan: Plan, chance: Random) -> Numbers:
    """Return a number for every id that has one in the spec of `plan`.

    Raises
    ------
    UnfriendlyError
        If no numbers were found for a neuron that meet the conditions.
    """
    draft = _Draft(plan, chance)
    draft.data("x", plan.graph.inputs)
    for layer in plan.graph.layers:
        for place in range(layer.size):
            draft.neuron(layer, place)
    draft.targets()
    return draft.numbers


class _Draft:
    """The numbers drawn so far, and what they give in each sample."""

    def __init__(self, plan: Plan, chance: Random) -> None:
        self._plan = plan
        self._chance = chance
        self._samples = range(1, len(plan.spec.data) + 1)
        constants = {name: Real.of("1") for layer in plan.graph.layers for name in filter(is_constant, layer.inputs)}
        self._values: Mapping[int, dict[str, Real]] = {sample: dict(constants) for sample in self._samples}
        kinks = plan.spec.at_kinks.items()
        self._kinks = {activation: Number(value.text) for activation, value in kinks}
        self.numbers: Numbers = {}

    def data(self, letter: str, names: tuple[str, ...]) -> None:
        """Draw the inputs or the targets of each sample."""
        for sample in self._samples:
            for name, number in self._row(letter, [f"{name}@{sample}" for name in names]).items():
                self.numbers[name] = number
                self._values[sample][name.partition("@")[0]] = Real.of(number.text)

    def targets(self) -> None:
        """Draw the targets: labels are shuffled, or drawn where there is only one."""
        names = [f"{name}@1" for name in self._plan.graph.targets]
        if not self._plan.has_labels or names[0] in self._plan.kept:
            self.data("t", self._plan.graph.targets)
            return
        chance, grid = self._chance, self._plan.grids["t"]
        labels = [self._plan.numbers[name] for name in names]
        if len(labels) == 1:
            labels = [grid.spell(chance.randrange(2) * 10**grid.decimals)]
        self.numbers |= {name: labels.pop(chance.randrange(len(labels))) for name in names}

    def neuron(self, layer: Layer, place: int) -> None:
        """Draw weights, bias and stated values of a neuron until it meets the conditions."""
        known = self._undrawn(weight for weight, _ in layer.products(place))
        biases = self._undrawn(layer.biases[place : place + 1])
        for _ in range(NEURON_TRIES):
            for name, number in (self._row("w", known) | self._row("b", biases)).items():
                self._put(name, number)
            breach = self._breach(layer, place)
            if not breach:
                return
        raise UnfriendlyError(breach, layer.pre_activations[place])

    def _undrawn(self, names: Iterable[str]) -> list[str]:
        """Return those of some names, each once, that have numbers which were not drawn yet."""
        return [name for name in dict.fromkeys(names) if name in self._plan.numbers and name not in self.numbers]

    def _row(self, letter: str, names: list[str]) -> Numbers:
        """Return numbers for some names: those that are kept, else drawn ones."""
        kept = self._plan.kept
        drawn = iter(self._plan.grids[letter].row(self._chance, sum(name not in kept for name in names)))
        return {name: self._plan.numbers[name] if name in kept else next(drawn) for name in names}

    def _put(self, name: str, number: ExactNumber) -> None:
        """Set a number that holds for all samples."""
        self.numbers[name] = number
        for values in self._values.values():
            values[name] = Real.of(number.text)

    def _breach(self, layer: Layer, place: int) -> str:
        """Return the first condition that a neuron breaks in any sample, or nothing; set what it gives."""
        try:
            for name in (layer.pre_activations[place], layer.activations[place]):
                if name in self._plan.spec.given:
                    self._put(name, self._stated(name))
            for sample in self._samples:
                if breach := self._breach_in(sample, layer, place):
                    return breach
        except (ValueError, ZeroDivisionError, OverflowError):
            return EXISTS
        return ""

    def _breach_in(self, sample: int, layer: Layer, place: int) -> str:
        values, stated = self._values[sample], self._plan.spec.given
        try:
            for name in (layer.pre_activations[place], layer.activations[place]):
                if name not in stated:
                    values.pop(name, None)
                    values[name] = self._defined(name, sample)
        except UnknownValue:
            pass
        pre_activation = values.get(name := layer.pre_activations[place])
        if pre_activation is None:
            return ""
        row = layer.functions[place]
        neuron = Neuron(
            activation=row,
            pre_activation=pre_activation,
            slope=slope(row, self._kinks.get(row.name), pre_activation),
            worked=sample == self._plan.spec.worked_sample,
            stated=name in stated and name not in self._plan.following,
        )
        return next((name for name, holds in NEURONS.items() if not holds(neuron)), "")

    def _stated(self, name: str) -> ExactNumber:
        """Return a stated value: what its definition gives if it was that, else a number with the author's sign."""
        author = self._plan.numbers[name]
        if name in self._plan.kept:
            return author
        if name in self._plan.following:
            decimals = decimals_of(author)
            try:
                defined = self._defined(name, self._plan.spec.worked_sample)
                return spelled(round_real(defined, decimals, Rounding.HALF_UP), decimals, decimals)
            except UnknownValue:  # a number times 0 was known for the author's numbers only
                pass
        size = self._plan.grids[name[0]].draw(self._chance).text.removeprefix("-")
        return ExactNumber(f"-{size}" if author.value < 0 else size)

    def _defined(self, name: str, sample: int) -> Real:
        definition = self._plan.graph.quantities[name].definition
        assert definition is not None
        found = interpret(definition, self._values[sample])
        assert isinstance(found, Real)
        return found
