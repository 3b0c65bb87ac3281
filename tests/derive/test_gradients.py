"""Every gradient against three oracles: SymPy on the whole loss, extrapolated differences, HIPS autograd."""

from fractions import Fraction

import mpmath
import pytest

from symback.derive.derivation import NEW
from symback.written.nodes import partial_key
from tests.derive.setting import SETTINGS, cases, derivation_of, values_of
from tests.oracles.automatic import automatic_gradients
from tests.oracles.differences import DIGITS, difference_gradients, exact_forward, slope
from tests.oracles.examples import EXAMPLES, example
from tests.oracles.network import read_network
from tests.oracles.random_networks import random_networks
from tests.oracles.reading import decimal, error
from tests.oracles.symbolic import symbolic_gradients

SMALL = 40
"""Up to so many quantities the whole loss is differentiated symbolically; time grows with their square and more."""

CLOSE, EXAMPLES_CLOSE, FLOATS_CLOSE = mpmath.mpf(10) ** -20, mpmath.mpf(10) ** -25, 1e-9
EVERY = cases(*range(30))
FEW = [
    case for case in EVERY for network in [read_network(*case.values)] if len(network.given) + len(network.intermediate) <= SMALL
]
UPDATED = [case for case in EVERY if read_network(*case.values).learning_rate is not None]
SOME = cases(0, 3, 6, 9, 15, 21)
NEVER_DIFFERENTIATED = ("t.",)


@pytest.fixture(autouse=True)
def _digits():
    with mpmath.workdps(DIGITS):
        yield


def differentiated(expected):
    return {name: number for name, number in expected.items() if not name.startswith(NEVER_DIFFERENTIATED)}


def found_gradients(values, names, anchors=None, by_terms=False, root="loss"):
    setting = () if anchors is None else (anchors, by_terms)
    exact = values_of(derivation_of(values, *setting), values).exact
    return {name: decimal(exact[partial_key(root, name)]) for name in names}


def worst(found, expected):
    return max(error(found[name], expected[name]) for name in expected)


@pytest.mark.parametrize(("function", "at", "expected"), [
    (mpmath.exp, "0.3", mpmath.exp),
    (mpmath.sin, "-2", mpmath.cos),
    (lambda x: x**7, "1.5", lambda x: 7 * x**6),
])  # fmt: skip
def test_the_differences_are_good_to_thirty_digits(function, at, expected):
    point = mpmath.mpf(at)
    assert abs(slope(lambda shift: function(point + shift)) - expected(point)) < mpmath.mpf(10) ** -30


@pytest.mark.parametrize("values", EVERY)
def test_the_forward_pass(values):
    exact, expected = values_of(derivation_of(values), values).exact, exact_forward(read_network(values))
    assert max(error(decimal(exact[name]), number) for name, number in expected.items()) < CLOSE


@pytest.mark.parametrize("values", EVERY)
def test_every_gradient_against_differences(values):
    expected = differentiated(difference_gradients(read_network(values)))
    assert worst(found_gradients(values, expected), expected) < CLOSE


@pytest.mark.parametrize("values", FEW)
def test_every_gradient_against_sympy_on_the_whole_loss(values):
    expected = differentiated(symbolic_gradients(read_network(values)))
    assert worst(found_gradients(values, expected), expected) < CLOSE


@pytest.mark.parametrize("values", EVERY)
def test_every_parameter_against_autograd(values):
    expected = automatic_gradients(values)
    assert set(expected) == set(read_network(values).parameters)
    assert worst(found_gradients(values, expected), expected) < FLOATS_CLOSE


@pytest.mark.parametrize(("anchors", "by_terms"), SETTINGS)
@pytest.mark.parametrize("values", SOME)
def test_every_gradient_in_every_setting(values, anchors, by_terms):
    network = read_network(values)
    derivation = derivation_of(values, anchors, by_terms)
    for root in {*derivation.roots, "loss"}:
        expected = differentiated(difference_gradients(network, root))
        reached = {name: number for name, number in expected.items() if derivation.reaches(name, root)}
        assert all(number == 0 for name, number in expected.items() if name not in reached and name != root)
        assert worst(found_gradients(values, reached, anchors, by_terms, root), reached) < CLOSE


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_examples_against_both_exact_oracles(name):
    values = example(name)
    network = read_network(values)
    symbolic, differences = (
        differentiated(oracle(network)) for oracle in (symbolic_gradients, difference_gradients)
    )
    assert set(symbolic) == set(differences) == {*differentiated(network.given), *network.intermediate}
    found = found_gradients(values, symbolic)
    assert worst(found, symbolic) < EXAMPLES_CLOSE
    assert worst(found, differences) < EXAMPLES_CLOSE


@pytest.mark.parametrize("values", UPDATED)
def test_the_update_is_a_step_against_the_gradient(values):
    network = read_network(values)
    assert network.learning_rate is not None
    rate = mpmath.mpf(network.learning_rate.numerator) / network.learning_rate.denominator
    gradients = difference_gradients(network)
    exact = values_of(derivation_of(values), values).exact
    for name, number in network.parameters.items():
        expected = mpmath.mpf(number.numerator) / number.denominator - rate * gradients[name]
        assert error(decimal(exact[name + NEW]), expected) < CLOSE


def test_the_random_networks_show_all_that_they_should():
    drawn = [values for _, values in random_networks(range(30))]
    networks = [read_network(values) for values in drawn]
    assert {len(network.layers) - 1 for network in networks} == {1, 2, 3}
    assert {len(layer.weights) for network in networks for layer in network.layers} == {1, 2, 3, 4}
    assert {network.factor for network in networks} == {Fraction(1), Fraction(1, 2), Fraction(3, 4)}
    assert {values["parameters"]["orientation"] for values in drawn} == {"row", "column"}
    assert {layer["bias"] for values in drawn for layer in values["network"]["layers"]} == {True, False}
    assert {len(network.targets) > 1 for network in networks} == {True, False}
    assert {network.learning_rate is None for network in networks} == {True, False}
    numbers = [number for network in networks for number in network.parameters.values()]
    assert min(numbers) < 0
    assert 0 in numbers
    assert drawn == [values for _, values in random_networks(range(30))]
