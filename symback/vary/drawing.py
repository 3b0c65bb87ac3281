"""Drawing the numbers of a network anew, layer by layer: a neuron that breaks a condition is drawn again at once."""

from __future__ import annotations

from collections.abc import Iterable
from random import Random

from symback.graph.build import is_constant
from symback.graph.quantity import Layer
from symback.values.interpret import UnknownValue
from symback.values.real import Real
from symback.vary.conditions import EXISTS, breach, neuron_at
from symback.vary.draft import Draft, UnfriendlyError
from symback.vary.numbers import UPSTREAM, Numbers
from symback.vary.plan import Plan
from symback.written.nodes import Number

NEURON_TRIES = 60
"""How often one neuron is drawn before all is begun anew."""


def draw(plan: Plan, chance: Random) -> Numbers:
    """Return a number for every id that has one in the spec of `plan`, which has a network.

    Raises
    ------
    UnfriendlyError
        If no numbers were found for a neuron that meet the conditions.
    """
    draft = _NetworkDraft(plan, chance)
    draft.inputs()
    for layer in plan.graph.layers:
        for place in range(layer.size):
            draft.neuron(layer, place)
    draft.aims()
    if not plan.spec.given.keys().isdisjoint((*plan.graph.loss_terms, "loss")):
        draft.losses()
    return draft.numbers


class _NetworkDraft(Draft):
    """The numbers of a network that were drawn so far."""

    def __init__(self, plan: Plan, chance: Random) -> None:
        super().__init__(plan, chance)
        constants = [name for layer in plan.graph.layers for name in layer.inputs if is_constant(name)]
        for values in self.values.values():
            values |= dict.fromkeys(constants, Real.of(1))
        self._kinks = {activation: Number(value.text) for activation, value in plan.spec.at_kinks.items()}

    def inputs(self) -> None:
        """Draw the inputs of each sample."""
        for sample in self.samples:
            self._draw("x", [f"{name}@{sample}" for name in self.plan.graph.inputs])

    def aims(self) -> None:
        """Draw the targets, or the upstream gradients in their place: labels are shuffled, or one of two is drawn."""
        self._draw(UPSTREAM, [name for name in self.plan.numbers if UPSTREAM in name])
        for sample in self.samples:
            names = [name for name in self.plan.numbers if name.startswith("t.") and name.endswith(f"@{sample}")]
            if not self.plan.shuffles or not self.plan.kept.isdisjoint(names):
                self._draw("t", names)
                continue
            labels = [self.plan.numbers[name] for name in names]
            if len(labels) == 1:
                grid = self.plan.grids["t"]
                labels = [grid.spell(self.chance.randrange(2) * 10**grid.decimals)]
            for name in names:
                self.put(name, labels.pop(self.chance.randrange(len(labels))))

    def losses(self) -> None:
        """Set stated values of the loss and of its terms."""
        for name in (*self.plan.graph.loss_terms, "loss"):
            if name in self.plan.spec.given:
                self.put(name, self.stated(name))
            else:
                self._work_out(self.plan.spec.worked_sample, [name])

    def neuron(self, layer: Layer, place: int) -> None:
        """Draw weights, bias and stated values of a neuron until it meets the conditions."""
        known = self._undrawn(weight for weight, _ in layer.products(place))
        biases = self._undrawn(layer.biases[place : place + 1])
        for _ in range(NEURON_TRIES):
            self._draw("w", known)
            self._draw("b", biases)
            broken = self._breach(layer, place)
            if not broken:
                return
        raise UnfriendlyError(broken, layer.pre_activations[place])

    def _undrawn(self, names: Iterable[str]) -> list[str]:
        """Return those of some names, each once, that have numbers which were not drawn yet."""
        return [name for name in dict.fromkeys(names) if name in self.plan.numbers and name not in self.numbers]

    def _draw(self, group: str, names: list[str]) -> None:
        for name, number in self.row(group, names).items():
            self.put(name, number)

    def _breach(self, layer: Layer, place: int) -> str:
        """Return the first condition that a neuron breaks in any sample, or nothing; set what it gives.

        Where an activation goes by the whole layer, its last neuron brings the activations of all.
        """
        last = place == layer.size - 1
        joint = layer.activations if last and layer.functions[place].is_joint else ()
        names = (layer.pre_activations[place], *(joint or layer.activations[place : place + 1]))
        try:
            for name in names:
                if name in self.plan.spec.given:
                    self.put(name, self.stated(name))
            for sample in self.samples:
                self._work_out(sample, names)
                for each in range(layer.size) if joint else (place,):
                    if broken := self._breach_in(sample, layer, each):
                        return broken
        except (ValueError, ZeroDivisionError, OverflowError):
            return EXISTS
        return ""

    def _work_out(self, sample: int, names: Iterable[str]) -> None:
        """Set what quantities of a neuron are in a sample, as far as it is known."""
        values, given = self.values[sample], self.plan.spec.given
        for name in names:
            if name not in given:
                values.pop(name, None)
                try:
                    values[name] = self.defined(name, sample)
                except UnknownValue:
                    continue

    def _breach_in(self, sample: int, layer: Layer, place: int) -> str:
        name = layer.pre_activations[place]
        found = neuron_at(
            layer,
            place,
            self.values[sample],
            self._kinks,
            worked=sample in (self.plan.graph.steps or (self.plan.spec.worked_sample,)),
            stated=name in self.plan.spec.given and name not in self.plan.following,
        )
        return breach(found) if found else ""
