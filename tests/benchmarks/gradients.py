"""How exact the gradients are: 300 random networks and the examples against three oracles, and all forms of steps."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from time import perf_counter
from typing import Any

import mpmath

from symback.derive.derivation import Derivation
from symback.graph.build import build_graph
from symback.spec.load import load_mapping
from symback.values.policy import policy_of
from symback.values.values import Values
from symback.written.nodes import partial_key
from symback.written.substitute import leaves
from tests.oracles.automatic import automatic_gradients
from tests.oracles.differences import DIGITS, difference_gradients, exact_forward
from tests.oracles.examples import EXAMPLES, example, filled
from tests.oracles.meaning import meaning, real
from tests.oracles.network import read_network
from tests.oracles.random_networks import random_networks
from tests.oracles.reading import decimal, error
from tests.oracles.symbolic import symbolic_gradients, value

NETWORKS = 300
SYMBOLIC_UP_TO = 45
"""Up to so many quantities the whole loss is differentiated symbolically."""

BARS = {
    "values, mpmath": 1e-20,
    "gradients, differences": 1e-20,
    "gradients, SymPy": 1e-20,
    "gradients, autograd": 1e-9,
    "forms of steps": 1e-20,
}
"""What is compared with what, and how far the two may lie apart, relative to the larger of 1 and the number."""


def main() -> None:
    """Print how many numbers were compared, the largest error of each kind, and whether it stays under its bar."""
    counts, worst = dict.fromkeys(BARS, 0), dict.fromkeys(BARS, mpmath.mpf(0))
    start, cases = perf_counter(), [values for _, values in random_networks(range(NETWORKS))]
    for values in [*cases, *(filled(example(name)) for name in EXAMPLES)]:
        for kind, found in _errors(values):
            counts[kind] += 1
            worst[kind] = max(worst[kind], found)
    for kind, bar in BARS.items():
        verdict = "met" if worst[kind] < bar else "MISSED"
        figures = f"largest error {mpmath.nstr(worst[kind], 2):>8}   < {bar:.0e} {verdict}"
        print(f"{kind:<24} {counts[kind]:>8,} compared   {figures}")
    print(f"{NETWORKS} random networks and {len(EXAMPLES)} examples in {perf_counter() - start:.0f} s")


def _errors(values: Mapping[str, Any]) -> Iterator[tuple[str, mpmath.mpf]]:
    """Yield every error of one network, with the name of its kind."""
    spec = load_mapping(values)
    numbers = Values(Derivation(build_graph(spec)), policy_of(spec))
    for sample in range(1, len(values["data"]) + 1):
        exact, network = numbers.sample(sample).exact, read_network(values, sample)
        oracles = {
            "gradients, differences": difference_gradients(network),
            "gradients, autograd": automatic_gradients(values, sample),
        }
        if len(network.given) + len(network.intermediate) <= SYMBOLIC_UP_TO:
            oracles["gradients, SymPy"] = symbolic_gradients(network)
        with mpmath.workdps(DIGITS):
            for name, expected in exact_forward(network).items():
                yield "values, mpmath", error(decimal(exact[name]), expected)
            for kind, gradients in oracles.items():
                for name, expected in gradients.items():
                    if not name.startswith("t."):
                        yield kind, error(decimal(exact[partial_key("loss", name)]), expected)
            yield from _errors_of_forms(numbers.derivation, exact)


def _errors_of_forms(derivation: Derivation, exact: Mapping[str, Any]) -> Iterator[tuple[str, mpmath.mpf]]:
    for key in derivation:
        if key in derivation.graph.given:
            continue  # a stated value, whatever its definition gives
        for form in derivation[key].forms.values():
            known = {real(leaf): decimal(exact[leaf]) for leaf in leaves(form)}
            yield "forms of steps", error(value(meaning(form), known), decimal(exact[key]))
