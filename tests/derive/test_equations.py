"""Gradients of plain equations against three oracles that know nothing of the package, over random systems."""

from __future__ import annotations

from fractions import Fraction

import autograd
import mpmath
import pytest
import sympy

import symback
from symback.derive.check import check_derivation
from symback.document.compose import values_of
from tests.oracles.differences import slope
from tests.oracles.functions import DECIMAL, FLOATING
from tests.oracles.random_equations import DIGITS, Equations, random_equations
from tests.oracles.symbolic import COMPOSED, value

SEEDS = range(120)
GOOD_TO = Fraction(1, 10**14)
"""`evaluate` gives 17 significant digits."""


@pytest.fixture(scope="module")
def drawn() -> list[tuple[Equations, dict[str, object]]]:
    return [(system, symback.evaluate(symback.load(system.spec()))) for system in map(random_equations, SEEDS)]


def near(found: str, expected: mpmath.mpf, bound: float = 1e-14) -> bool:
    return abs(mpmath.mpf(found) - expected) <= bound * max(1, abs(expected))


def test_the_forward_pass(drawn):
    with mpmath.workdps(DIGITS):
        for system, found in drawn:
            given = {name: DECIMAL.number(number) for name, number in system.numbers.items()}
            for name, expected in system.forward(given, DECIMAL).items():
                assert near(found["values"][name], expected), (system.spec(), name)


def test_every_gradient_against_differences(drawn):
    with mpmath.workdps(DIGITS):
        for system, found in drawn:
            given = {name: DECIMAL.number(number) for name, number in system.numbers.items()}
            for name in system.needed():

                def moved(step, name=name, system=system, given=given):
                    if name in given:
                        return system.forward({**given, name: given[name] + step}, DECIMAL)[system.output]
                    return system.forward(given, DECIMAL, {name: step})[system.output]

                assert near(found["gradients"][name], slope(moved)), (system.spec(), name)


def test_every_gradient_against_sympy_on_the_whole_output(drawn):
    for system, found in drawn:
        names = [*system.numbers, *system.formulas]
        symbols = {name: sympy.Symbol(name, real=True) for name in names}
        shifts = {name: symbols[name] for name in system.formulas}
        whole = system.forward({name: symbols[name] for name in system.numbers}, COMPOSED, shifts)[system.output]
        with mpmath.workdps(DIGITS):
            known = {symbols[name]: DECIMAL.number(number) for name, number in system.numbers.items()}
            known |= {symbol: mpmath.mpf(0) for symbol in shifts.values()}
            for name in system.needed():
                expected = value(sympy.diff(whole, symbols[name]), dict(known))
                assert near(found["gradients"][name], expected), (system.spec(), name)


def test_every_gradient_against_autograd(drawn):
    for system, found in drawn:
        numbers = {name: float(number) for name, number in system.numbers.items()}
        for name in system.needed() & numbers.keys():

            def output(x, name=name, system=system, numbers=numbers):
                return system.forward({**numbers, name: x}, FLOATING)[system.output]

            assert near(found["gradients"][name], mpmath.mpf(float(autograd.grad(output)(numbers[name]))), 1e-9)


def test_what_is_not_needed_has_no_gradient(drawn):
    for system, found in drawn:
        assert set(found["gradients"]) == system.needed()


def test_the_derivations_stand_on_their_own_feet():
    for seed in SEEDS:
        check_derivation(values_of(symback.load(random_equations(seed).spec())).derivation)


def test_the_check_command_agrees_with_all_of_them():
    verdicts = {
        finding.verdict for seed in SEEDS for finding in symback.check(symback.load(random_equations(seed).spec()))
    }
    assert verdicts == {"agrees"}


def test_the_systems_show_all_that_they_should():
    systems = [random_equations(seed) for seed in SEEDS]
    texts = " ".join(text for system in systems for text in system.spec()["equations"])
    for word in ("sigmoid", "relu", "tanh", "exp", "log", "sqrt", "sin", "cos", "max", "min", "abs", "^", "/"):
        assert word in texts
    assert sum(system.order != tuple(system.formulas) for system in systems) > 60
    graphs = [values_of(symback.load(system.spec())).derivation for system in systems]
    several = [
        graph for graph in graphs if any(len(graph.children(graph.root, name)) > 1 for name in graph.graph.inputs)
    ]
    twice = [
        graph
        for graph in graphs
        if any(graph.acts_twice(child, name) for name in graph.graph.quantities for child in graph.graph.children[name])
    ]
    assert len(several) > 30
    assert len(twice) > 20
