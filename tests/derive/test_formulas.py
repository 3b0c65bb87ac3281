"""Exact formulas of gradients, over activations and over parameters alone, against the whole loss differentiated."""

import mpmath
import pytest
import sympy

from symback.api import formulas as formulas_of
from symback.derive.formulas import Formulas, python_name
from symback.spec.load import load_mapping
from tests.derive.setting import SETTINGS, cases, derivation_of
from tests.oracles.differences import DIGITS, difference_gradients, exact_forward
from tests.oracles.network import read_network
from tests.oracles.reading import error
from tests.oracles.symbolic import value, whole_loss

CASES = [case for case in cases(0, 4, 6, 7, 12, 19, 23, 27) if "given" not in case.values[0]]
POLYNOMIAL = {
    "schema": 1,
    "network": {
        "inputs": 2,
        "layers": [{"size": 2, "activation": "x^2/4"}, {"size": 2, "activation": "2*x", "bias": False}],
    },
    "parameters": {"weights": [[[1, 2], [3, 4]], [[5, 6], [7, 8]]], "biases": [[1, 2], None]},
    "data": [{"inputs": [1, 2], "targets": [3, 4]}],
    "loss": {"kind": "squared-error", "factor": "1/2"},
}


def symbol(name):
    return sympy.Symbol(name.replace(".", "_"), real=True)


def numbers(network):
    known = {**exact_forward(network), **{name: mpmath.mpf(1) for name in network.constants}}
    return {symbol(name): number for name, number in known.items()}


def differentiated(network):
    return [name for name in (*network.given, *network.intermediate) if not name.startswith("t.")]


@pytest.mark.parametrize("in_parameters", [False, True], ids=["activations", "parameters"])
@pytest.mark.parametrize("values", CASES)
def test_every_formula_is_worth_the_gradient(values, in_parameters):
    network = read_network(values)
    derivation = derivation_of(values)
    root = "loss" if derivation.graph.learns_from_batch else "objective"
    found, expected = Formulas(derivation, in_parameters), difference_gradients(network, root)
    with mpmath.workdps(DIGITS):
        known = numbers(network)
        for name in differentiated(network):
            assert error(value(found.gradient(name), known), expected[name]) < mpmath.mpf(10) ** -30


@pytest.mark.parametrize("values", CASES)
def test_every_quantity_is_worth_its_value(values):
    network = read_network(values)
    found, expected = Formulas(derivation_of(values)), exact_forward(network)
    with mpmath.workdps(DIGITS):
        known = numbers(network)
        for name in (*network.intermediate, "loss"):
            assert error(value(found.quantity(name), known), expected[name]) < mpmath.mpf(10) ** -40


@pytest.mark.parametrize("values", CASES)
def test_the_symbols_are_those_that_were_asked_for(values):
    network, derivation = read_network(values), derivation_of(values)
    given = {symbol(name) for name in (*network.given, *network.constants, *network.of_penalty)}
    activations = {symbol(name) for name in network.intermediate if name.startswith("a.")}
    in_parameters, in_activations = Formulas(derivation, in_parameters=True), Formulas(derivation)
    for name in network.parameters:
        assert in_parameters.gradient(name).free_symbols <= given
        assert in_activations.gradient(name).free_symbols <= given | activations


@pytest.mark.parametrize(("anchors", "by_terms"), SETTINGS)
def test_a_polynomial_network_has_exactly_the_formulas_of_sympy(anchors, by_terms):
    network = read_network(POLYNOMIAL)
    found = Formulas(derivation_of(POLYNOMIAL, anchors, by_terms), in_parameters=True)
    loss, symbols, _ = whole_loss(network)
    still = {symbols[name]: 0 for name in network.intermediate}
    renamed = {symbols[name]: symbol(name) for name in network.given}
    for name in network.parameters:
        truth = sympy.diff(loss, symbols[name]).subs(still).xreplace(renamed)
        assert sympy.expand(found.gradient(name) - truth) == 0


def test_the_term_of_one_output_has_formulas_too():
    network = read_network(POLYNOMIAL)
    found = Formulas(derivation_of(POLYNOMIAL, (), by_terms=True), in_parameters=True)
    expected = difference_gradients(network, "loss.2")
    with mpmath.workdps(DIGITS):
        for name in ("w.1.1.1", "w.2.2.1", "b.1.2"):
            assert (
                error(value(found.gradient(name, "loss.2"), numbers(network)), expected[name]) < mpmath.mpf(10) ** -30
            )


def test_the_entry_point_gives_every_parameter():
    found = formulas_of(load_mapping(POLYNOMIAL), in_parameters=True)
    assert set(found) == set(read_network(POLYNOMIAL).parameters)
    direct = Formulas(derivation_of(POLYNOMIAL), in_parameters=True)
    assert all(sympy.expand(formula - direct.gradient(name)) == 0 for name, formula in found.items())


@pytest.mark.parametrize(("name", "python"), [("w.1.2.1", "w_1_2_1"), ("a.1.2@3", "a_1_2__3"), ("loss", "loss")])
def test_names_for_python(name, python):
    assert python_name(name) == python
