"""Pages of learning sample by sample, cut at their steps; and the parameters of each step, worked out in another way."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

import mpmath

from symback.document.compose import compose
from symback.spec.model import Spec
from symback.written.latex import LatexPrinter
from symback.written.nodes import Name
from tests.oracles.differences import difference_gradients
from tests.oracles.network import Network, read_samples

STEP = re.compile(r"(?m)^### (?=Step \d+: Sample)|^(?=The parameters at the start and after each step:)")
"""Where what is said about one step ends: the symbols have other values from there on."""

Numbers = Mapping[str, mpmath.mpf]


def cut(page: str) -> tuple[str, list[str], str]:
    """Return what stands before the second step, each later step, and the tables behind the last."""
    first, *steps, tables = STEP.split(page)
    return first, steps, tables


def learned(values: Mapping[str, Any]) -> list[Numbers]:
    """Return all parameters at the start and after each step, from differences with 50 digits."""
    update = values["update"]
    rate = mpmath.mpf(str(update["learning_rate"]))
    samples = read_samples(values)
    found = [{name: mpmath.mpf(each.numerator) / each.denominator for name, each in samples[0].parameters.items()}]
    for sample in samples * int(update.get("epochs", 1)):
        network = moved(sample, found[-1])
        gradients = difference_gradients(network, "objective")
        found.append({name: value - rate * gradients[name] for name, value in found[-1].items()})
    return found


def moved(network: Network, parameters: Numbers) -> Network:
    """Return the same network and sample with other parameters."""

    def number(name: str) -> Any:
        return fraction(parameters[name])

    layers = [
        replace(
            layer,
            weights=[
                [number(f"w.{at}.{to}.{of}") for of in range(1, len(row) + 1)]
                for to, row in enumerate(layer.weights, 1)
            ],
            biases=[number(f"b.{at}.{neuron}") for neuron in range(1, len(layer.biases) + 1)],
        )
        for at, layer in enumerate(network.layers, 1)
    ]
    return replace(network, layers=layers)


def fraction(number: mpmath.mpf) -> Any:
    from fractions import Fraction

    sign, mantissa, exponent, _ = number._mpf_
    return (-1) ** sign * Fraction(int(mantissa)) * Fraction(2) ** exponent


def in_full(spec: Spec, style: str, parameters: Numbers) -> str:
    """Return lines that state parameters with 30 digits, in the symbols of a style's page."""
    _, names = compose(spec, style)
    printer = LatexPrinter(names, names.notation.product)
    return "".join(_lines(printer, parameters))


def _lines(printer: LatexPrinter, parameters: Numbers) -> Iterator[str]:
    for name, value in parameters.items():
        yield f"$$\n{printer.print(Name(name))} = {mpmath.nstr(value, 30, min_fixed=-100, max_fixed=100)}\n$$\n\n"
