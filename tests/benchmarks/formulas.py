"""Formulas of all gradients: the chain rule over named quantities against composing, differentiating and printing.

The other side is what one does first with SymPy: substitute every layer into the next until the loss stands there in
one expression, ask `sympy.diff` for each parameter and `sympy.latex` for the result. Both sides take a network of
sigmoids with squared error; ours starts from the validated spec, the other from the sizes.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence

import sympy

from symback.derive.derivation import Derivation
from symback.graph.build import build_graph
from symback.notation.names import Names
from symback.notation.notation import load_notation
from symback.spec.load import load_text
from symback.spec.model import Spec
from symback.written.latex import LatexPrinter
from symback.written.nodes import Partial, Relation
from tests.benchmarks.measuring import Ratio, at_least, report, seconds, side_by_side, spread
from tests.benchmarks.networks import MIDDLE, SMALL, spec_text

SAMPLES_PER_LAYER = 2
"""How many parameters of a layer stand for all of them where doing all would take minutes."""


def main() -> None:
    """Measure a network with 21 parameters whole, and one with 139 by a sample of the naive gradients."""
    small, middle = (load_text(spec_text(sizes, ("sigmoid",) * (len(sizes) - 1))) for sizes in (SMALL, MIDDLE))
    ratio = side_by_side(lambda: naive(SMALL), lambda: chain_rule(small), turns=7)
    report("1-4-2-1, all 21 gradients: naive SymPy / symback", ratio, at_least(20))
    report(
        f"4-8-8-3, 139 gradients: naive SymPy (from {SAMPLES_PER_LAYER} per layer, scaled) / symback",
        scaled(middle, MIDDLE, turns=3),
        at_least(1000),
    )


def chain_rule(spec: Spec) -> list[str]:
    """Return every gradient and every local derivative it is made of, in all their written forms."""
    derivation = Derivation(build_graph(spec))
    names = Names(load_notation("layer-letters"), spec.network.sizes)
    printer = LatexPrinter(names, names.notation.product)
    return [
        printer.print(Relation(Partial(*key.split(":")), tuple(("=", form) for form in derivation[key].forms.values())))
        for key in derivation
        if ":" in key
    ]


def naive(sizes: Sequence[int]) -> list[str]:
    """Return the gradient of the composed loss by every parameter."""
    _forget()
    loss, layers = composed(sizes)
    return [gradient(loss, parameter) for layer in layers for parameter in layer]


def scaled(spec: Spec, sizes: Sequence[int], turns: int) -> Ratio:
    """Return how much slower the naive way is, from the mean time of some parameters in each layer."""
    chain_rule(spec)
    ratios = []
    for _ in range(turns):
        _forget()
        start = seconds(lambda: composed(sizes))
        loss, layers = composed(sizes)
        for layer in layers:
            sample = layer[:: len(layer) // SAMPLES_PER_LAYER][:SAMPLES_PER_LAYER]
            spent = sum(
                seconds(lambda parameter=parameter, loss=loss: gradient(loss, parameter)) for parameter in sample
            )
            start += spent / len(sample) * len(layer)
        ratios.append(start / min(seconds(lambda: chain_rule(spec)) for _ in range(3)))
    return spread(ratios)


def composed(sizes: Sequence[int]) -> tuple[sympy.Expr, list[list[sympy.Symbol]]]:
    """Return the loss as one expression, and the parameters layer by layer."""
    values = list(sympy.symbols(f"x1:{sizes[0] + 1}"))
    layers = []
    for number, (before, size) in enumerate(itertools.pairwise(sizes), 1):
        weights = [list(sympy.symbols(f"w{number}_{to}_1:{before + 1}")) for to in range(1, size + 1)]
        biases = list(sympy.symbols(f"b{number}_1:{size + 1}"))
        sums = [
            sum((w * x for w, x in zip(row, values, strict=True)), bias)
            for row, bias in zip(weights, biases, strict=False)
        ]
        values = [1 / (1 + sympy.exp(-total)) for total in sums]
        layers.append([weight for row in weights for weight in row] + biases)
    targets = sympy.symbols(f"t1:{sizes[-1] + 1}")
    return sum((target - output) ** 2 for output, target in zip(values, targets, strict=True)) / 2, layers


def gradient(loss: sympy.Expr, parameter: sympy.Symbol) -> str:
    """Return the derivative of the whole loss by one parameter, printed."""
    return str(sympy.latex(sympy.diff(loss, parameter)))


def _forget() -> None:
    """Empty SymPy's cache, so that each turn does the work again."""
    sympy.core.cache.clear_cache()
