"""Every gradient against three oracles: SymPy on the whole loss, extrapolated differences, HIPS autograd."""

from fractions import Fraction

import mpmath
import pytest

from symback.derive.derivation import BATCH
from symback.values.real import Real
from symback.written.nodes import NEW, partial_key
from tests.derive.setting import SETTINGS, cases, derivation_of, values_of
from tests.oracles.automatic import automatic_gradients
from tests.oracles.differences import DIGITS, difference_gradients, exact_forward, slope
from tests.oracles.examples import EXAMPLES, example, filled, smooth
from tests.oracles.functions import LOSSES
from tests.oracles.network import read_network, read_samples
from tests.oracles.random_networks import random_networks
from tests.oracles.reading import decimal, error
from tests.oracles.symbolic import symbolic_gradients

SMALL = 32
"""Up to so many quantities the whole loss is differentiated symbolically; time grows with their square and more."""

CLOSE, EXAMPLES_CLOSE, FLOATS_CLOSE = mpmath.mpf(10) ** -20, mpmath.mpf(10) ** -25, 1e-9
EVERY = cases(*range(30))
FEW = [
    case
    for case in EVERY
    for network in [read_network(*case.values)]
    if len(network.given) + len(network.intermediate) <= SMALL
]
LEARNING = [case for case in EVERY if read_network(*case.values).learning_rate is not None]
SOME = cases(3, 15, 21)
PENALISED = [case for case in EVERY if "penalty" in case.values[0]["loss"]]


@pytest.fixture(autouse=True)
def _digits():
    with mpmath.workdps(DIGITS):
        yield


def exact(values, *setting, sample=None):
    numbers = values_of(derivation_of(values, *setting), values)
    return (numbers if sample is None else numbers.sample(sample)).exact


def worst(exact, expected, root="loss"):
    """The largest error among the gradients of `root` that `expected` has; targets are never differentiated by."""
    names = [name for name in expected if not name.startswith("t.")]
    return max(error(decimal(exact[partial_key(root, name)]), expected[name]) for name in names)


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
    found, expected = exact(values), exact_forward(read_network(values))
    assert max(error(decimal(found[name]), number) for name, number in expected.items()) < CLOSE


@pytest.mark.parametrize("values", EVERY)
def test_every_gradient_against_differences(values):
    assert worst(exact(values), difference_gradients(read_network(values))) < CLOSE


@pytest.mark.parametrize("values", FEW)
def test_every_gradient_against_sympy_on_the_whole_loss(values):
    assert worst(exact(values), symbolic_gradients(read_network(values))) < CLOSE


@pytest.mark.parametrize("values", EVERY)
def test_every_parameter_of_every_sample_against_autograd(values):
    for sample in range(1, len(values["data"]) + 1):
        expected = automatic_gradients(values, sample)
        assert set(expected) == set(read_network(values).parameters)
        assert worst(exact(values, sample=sample), expected) < FLOATS_CLOSE


@pytest.mark.parametrize(("anchors", "by_terms"), SETTINGS)
@pytest.mark.parametrize("values", SOME)
def test_every_gradient_in_every_setting(values, anchors, by_terms):
    network, derivation = read_network(values), derivation_of(values, anchors, by_terms)
    found = values_of(derivation, values).exact
    for root in {*derivation.roots, "loss"}:
        expected = difference_gradients(network, root)
        reached = {name: number for name, number in expected.items() if derivation.reaches(name, root)}
        assert all(number == 0 for name, number in expected.items() if name not in {*reached, root})
        assert worst(found, reached, root) < CLOSE


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_examples_against_both_exact_oracles(name):
    values = filled(smooth(example(name)))
    for sample, network in enumerate(read_samples(values), 1):
        found = exact(values, sample=sample)
        assert worst(found, symbolic_gradients(network)) < EXAMPLES_CLOSE
        assert worst(found, difference_gradients(network)) < EXAMPLES_CLOSE


@pytest.mark.parametrize("values", LEARNING)
def test_the_update_is_a_step_against_the_gradient_that_it_names(values):
    networks, update = read_samples(values), values["update"]
    gradients = [difference_gradients(network) for network in networks]
    found = exact(values)
    penalty = difference_gradients(networks[0], "penalty") if networks[0].penalty else {}
    for name, number in networks[0].parameters.items():
        if update.get("on", "batch") == "batch":
            gradient = sum(row[name] for row in gradients)
            if update.get("reduction", "mean") == "mean":
                gradient /= len(gradients)
        else:
            gradient = gradients[update["on"] - 1][name]
        gradient += penalty.get(name, 0)
        if penalty or (len(networks) > 1 and update.get("on", "batch") == "batch"):
            assert error(decimal(found[partial_key(BATCH, name)]), gradient) < CLOSE
        expected = _number(number) - _number(networks[0].learning_rate) * gradient
        assert error(decimal(found[name + NEW]), expected) < CLOSE


@pytest.mark.parametrize("values", [case for case in EVERY if len(case.values[0]["data"]) > 1])
def test_the_loss_of_a_batch_is_the_mean_or_sum_of_its_samples(values):
    losses = [exact_forward(network)["loss"] for network in read_samples(values)]
    total = sum(losses) if values.get("update", {}).get("reduction") == "sum" else sum(losses) / len(losses)
    total += exact_forward(read_network(values)).get("penalty", 0)
    is_joined = values.get("update", {}).get("on", "batch") == "batch"
    if is_joined:
        assert error(decimal(exact(values)[BATCH]), total) < CLOSE


@pytest.mark.parametrize("values", PENALISED)
def test_the_loss_with_its_penalty_against_all_three_oracles(values):
    """The penalty by itself, and the sum of two gradients, against the gradient of the sum."""
    found = exact(values)
    for number, network in enumerate(read_samples(values), 1):
        sample = exact(values, sample=number)
        oracles = {
            CLOSE: difference_gradients(network, "objective"),
            FLOATS_CLOSE: automatic_gradients(values, number, "objective"),
        }
        if len(network.given) + len(network.intermediate) <= SMALL:
            assert worst_joined(sample, symbolic_gradients(network, "objective")) < CLOSE
        for bar, gradients in oracles.items():
            assert worst_joined(sample, gradients) < bar
        assert error(decimal(found["penalty"]), exact_forward(network)["penalty"]) < CLOSE


def worst_joined(found, expected):
    """The largest error of the gradients through the network and through the penalty, added up."""
    return max(
        error(decimal(found[partial_key("loss", name)]) + decimal(_added(found, name)), number)
        for name, number in expected.items()
        if name[0] in "wb"
    )


def _added(found, name):
    try:
        return found[partial_key("penalty", name)]
    except KeyError:
        return Real.of(0)


def test_the_random_networks_show_all_that_they_should():
    drawn = [values for _, values in random_networks(range(30))]
    networks = [read_network(values) for values in drawn]
    assert {len(network.layers) - 1 for network in networks} == {1, 2, 3}
    assert {len(layer.weights) for network in networks for layer in network.layers} == {1, 2, 3, 4}
    assert {network.factor for network in networks} >= {Fraction(1), Fraction(1, 2), Fraction(3, 4)}
    assert {values["loss"]["factor"] for values in drawn} >= {"1/n", "1/(2n)"}
    assert {network.loss for network in networks} == set(LOSSES)
    assert {bool(layer.joint) for network in networks for layer in network.layers} == {True, False}
    assert {network.share == 1 for network in networks} == {True, False}
    assert {bool(network.stated) for network in networks} == {True, False}
    assert {len(network.targets) > 1 for network in networks} == {True, False}
    assert {network.learning_rate is None for network in networks} == {True, False}
    assert {values["loss"].get("penalty", {}).get("kind") for values in drawn} == {None, "l2", "half-l2"}
    assert {values["parameters"]["orientation"] for values in drawn} == {"row", "column"}
    assert {layer["bias"] for values in drawn for layer in values["network"]["layers"]} == {True, False}
    assert {len(values["data"]) for values in drawn} == {1, 2, 3}
    assert {values.get("update", {}).get("reduction") for values in drawn} == {None, "mean", "sum"}
    numbers = [number for network in networks for number in network.parameters.values()]
    assert min(numbers) < 0
    assert 0 in numbers
    assert drawn == [values for _, values in random_networks(range(30))]


def _number(fraction):
    return mpmath.mpf(fraction.numerator) / fraction.denominator
