"""Stated values that the other numbers of a spec contradict: a pre-activation that is not ``W x + b``, say.

A stated value is taken for what its digits say, up to half a unit of the last one, and so is every other stated value
that it follows from: what was rounded by hand contradicts nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from symback.spec.problems import Problem, SpecError
from symback.values.interpret import UnknownValue
from symback.values.real import Real
from symback.values.rounding import Digits, significant_string, spell
from symback.values.values import Values
from symback.written.nodes import Number


@dataclass(frozen=True, slots=True)
class Contradiction:
    """A stated value, and what the quantity is when it is worked out from the other numbers.

    ``sample`` counts from 1; ``printed`` has digits enough to differ from what is stated.
    """

    key: str
    sample: int
    stated: Number
    found: Real
    printed: Number

    def problem_in(self, part: int = 0) -> Problem:
        """Return what is wrong with the spec, or with one of its parts, counted from 1."""
        sample = f" in sample {self.sample}" if self.sample > 1 else ""
        expected = f"{self.printed.text}, which they give{sample}; the stated value is used"
        came = f"{self.stated.text}, which contradicts the other numbers"
        return Problem((*(("parts", part - 1) if part else ()), "given", self.key), came, expected)

    def texts(self) -> dict[str, str | int]:
        """Return what the JSON output says of it."""
        found = significant_string(self.found)
        return {"quantity": self.key, "sample": self.sample, "stated": self.stated.text, "worked_out": found}


def contradictions(values: Values) -> Iterator[Contradiction]:
    """Yield every stated value, sample by sample, that cannot be what the numbers before it give."""
    graph = values.derivation.graph
    for number in range(1, len(graph.samples) + 1):
        sample = values.sample(number)
        stated = {key: sample.given[key] for key in graph.stated if key in sample.given and ":" not in key}
        loose = sample.moved(sample.policy, {key: Real.within(half_a_unit(text.text)) for key, text in stated.items()})
        for key, text in stated.items():
            try:
                found = sample.by_definition(key)
                if all(loose.exact[key].compare(other) != 0 for other in (found, loose.by_definition(key))):
                    yield Contradiction(key, number, text, found, _telling(sample, key, text, found))
            except (UnknownValue, SpecError):  # not known, or not defined for some of the rounded numbers
                continue


def half_a_unit(text: str) -> Real:
    """Return half a unit of the last digit of a number as it is spelled."""
    return Real.of(5) / Real.of(10) ** (len(text.partition(".")[2]) + 1)


def _telling(values: Values, key: str, stated: Number, found: Real) -> Number:
    """Return what was found with the digits of its policy, or as many as are stated where those are more."""
    digits = values.policy.digits_of(key)
    decimals = len(stated.text.partition(".")[2])
    if digits.decimals is not None and digits.decimals < decimals:
        digits = replace(digits, decimals=decimals)
    elif digits.decimals is None:
        digits = Digits(decimals=decimals + 1)
    return spell(found, digits, values.policy.rounding).number
