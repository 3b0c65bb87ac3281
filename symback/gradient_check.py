"""Checking the mathematics of a spec: symbolic gradients against central differences and against float64."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from symback.derive.check import check_derivation
from symback.derive.derivation import Derivation
from symback.graph.quantity import PENALTY
from symback.values.difference import Differences, kinks_met
from symback.values.interpret import UnknownValue
from symback.values.real import Real
from symback.values.rounding import significant_string
from symback.values.straight_line import reverse_mode
from symback.values.values import Values
from symback.written.nodes import Number, partial_key

STEP = Number("0." + "0" * 29 + "1")
"""How far a parameter is moved: 1e-30, so that inputs in the thousands and jumps of a second derivative do not show."""

TOLERANCE = Real.of("1e-25")
"""How far a gradient may lie from its central difference, relative to the larger of 1 and the gradient."""

FLOAT_TOLERANCE = 1e-9


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found for one parameter and one sample, with the three numbers; a penalty counts with every sample.

    Where the network learns sample by sample, ``step`` is the number of the step; else it is 0. So is ``part`` where
    the page has no parts.

    The verdict is ``agrees``, ``disagrees``, ``kink`` (not comparable there) or ``unknown`` (numbers are missing, and
    the three are empty).
    """

    sample: int
    parameter: str
    verdict: str
    gradient: str = ""
    difference: str = ""
    float64: str = ""
    step: int = 0
    part: int = 0


def check(values: Values) -> Iterator[Finding]:
    """Yield a finding for every sample and parameter.

    Raises
    ------
    symback.derive.check.DerivationError
        If a step of the derivation uses what is not known by then.
    """
    derivation = values.derivation
    check_derivation(derivation)
    root, graph = derivation.root, derivation.graph
    for step, number, sample in _cases(values):
        known = tuple(name for name in graph.wanted if sample.knows(name))
        comparable = [name for name in known if sample.knows(partial_key(root, name)) and sample.knows(root)]
        learned = {name: Number(significant_string(sample.exact[name])) for name in graph.learned if name in known}
        floats = _in_float64(derivation, {**sample.given, **learned}, comparable)
        differences = Differences(sample, STEP, central=True)
        for parameter in graph.wanted:
            if parameter in comparable:
                yield replace(_compare(sample, differences, number, parameter, floats[parameter]), step=step)
            else:
                yield Finding(number, parameter, "unknown", step=step)


def _in_float64(derivation: Derivation, given: Mapping[str, Number], parameters: Sequence[str]) -> Mapping[str, float]:
    """Return the gradients in float64, of a penalised parameter with what the penalty adds."""
    found = reverse_mode(derivation, given, parameters)
    penalised = [name for name in parameters if name in derivation.graph.penalised]
    added = reverse_mode(derivation, given, penalised, PENALTY) if penalised else {}
    return {name: number + added.get(name, 0.0) for name, number in found.items()}


def _cases(values: Values) -> Iterator[tuple[int, int, Values]]:
    """Yield the values of every step, or of every sample, behind the numbers of step and sample."""
    graph = values.derivation.graph
    for step, sample in enumerate(graph.steps, 1):
        yield step, sample, values.step(step)
    for sample in range(1, len(graph.samples) + 1) if not graph.steps else ():
        yield 0, sample, values.sample(sample)


def _compare(values: Values, differences: Differences, sample: int, parameter: str, float64: float) -> Finding:
    root, graph = values.derivation.root, values.derivation.graph
    roots = (root, PENALTY) if parameter in graph.penalised else (root,)
    found = differences.of(root, parameter)
    gradient = rise = Real.of(0)
    try:
        at_kink = any(kinks_met(found))
        for each in roots:
            gradient += values.exact[partial_key(each, parameter)]
            rise += found.moved.exact[each] - found.base.exact[each]
    except UnknownValue:
        return Finding(sample, parameter, "unknown")
    quotient = rise / Real.of(found.width.text)
    near = _near(gradient, quotient) and _near_in_float64(float(gradient), float64)
    verdict = "kink" if at_kink else "agrees" if near else "disagrees"
    return Finding(
        sample, parameter, verdict, significant_string(gradient), significant_string(quotient), repr(float64)
    )


def _near(gradient: Real, quotient: Real) -> bool:
    size = abs(gradient)
    bound = TOLERANCE * (size if size.compare(Real.of(1)) > 0 else Real.of(1))
    return abs(gradient - quotient).compare(bound) <= 0


def _near_in_float64(gradient: float, found: float) -> bool:
    if not math.isfinite(found):  # float64 cannot say; the exact difference decides alone
        return True
    return abs(gradient - found) <= FLOAT_TOLERANCE * max(1.0, abs(gradient))
