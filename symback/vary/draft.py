"""The numbers that were drawn so far, with what they give in each sample."""

from __future__ import annotations

from collections.abc import Mapping
from random import Random

from symback.spec.exact import ExactNumber
from symback.values.interpret import UnknownValue, interpret
from symback.values.real import Real
from symback.values.rounding import Rounding, round_real
from symback.vary.grid import decimals_of, spelled
from symback.vary.numbers import Numbers
from symback.vary.plan import Plan


class UnfriendlyError(Exception):
    """Drawn numbers break a condition at the quantity `name`."""

    def __init__(self, condition: str, name: str) -> None:
        super().__init__(f"{condition}: {name}")
        self.condition, self.name = condition, name


class Draft:
    """Numbers by id, and the value of every quantity that is known by now in each sample."""

    def __init__(self, plan: Plan, chance: Random) -> None:
        self.plan = plan
        self.chance = chance
        self.samples = range(1, len(plan.graph.samples) + 1)
        self.values: Mapping[int, dict[str, Real]] = {sample: {} for sample in self.samples}
        self.numbers: Numbers = {}

    def row(self, group: str, names: list[str]) -> Numbers:
        """Return numbers for some names of a group: those that are kept, else drawn ones."""
        kept = self.plan.kept
        drawn = iter(self.plan.grids[group].row(self.chance, sum(name not in kept for name in names)))
        return {name: self.plan.numbers[name] if name in kept else next(drawn) for name in names}

    def put(self, name: str, number: ExactNumber) -> None:
        """Set a number, for all samples or for the one behind its ``@``."""
        self.numbers[name] = number
        quantity, _, sample = name.partition("@")
        for values in [self.values[int(sample)]] if sample else self.values.values():
            values[quantity] = Real.of(number.text)

    def stated(self, name: str) -> ExactNumber:
        """Return a stated value: what its definition gives if it was that, else a number with the author's sign."""
        author = self.plan.numbers[name]
        if name in self.plan.kept:
            return author
        if name in self.plan.following:
            decimals = decimals_of(author)
            try:
                defined = self.defined(name, self.plan.spec.worked_sample)
                return spelled(round_real(defined, decimals, Rounding.HALF_UP), decimals, decimals)
            except UnknownValue:  # a number times 0 was known for the author's numbers only
                pass
        size = self.plan.grids[self.plan.group(name)].draw(self.chance).text.removeprefix("-")
        return ExactNumber(f"-{size}" if author.value < 0 else size)

    def defined(self, name: str, sample: int) -> Real:
        """Return what the definition of a quantity gives in a sample."""
        definition = self.plan.graph.quantities[name].definition
        assert definition is not None
        found = interpret(definition, self.values[sample])
        assert isinstance(found, Real)
        return found
