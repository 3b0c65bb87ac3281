"""Networks wired in every way against the three oracles, and what frozen and tied parameters mean for a derivation."""

import mpmath
import pytest

from symback.derive.check import check_derivation
from symback.derive.derivation import BATCH
from symback.derive.formulas import Formulas
from symback.values.evaluate import evaluate
from symback.values.interpret import interpret
from symback.values.straight_line import reverse_mode
from symback.written.nodes import NEW, partial_key
from tests.derive.setting import SETTINGS, derivation_of, values_of
from tests.oracles.automatic import automatic_gradients
from tests.oracles.differences import DIGITS, difference_gradients, exact_forward
from tests.oracles.network import read_network, read_samples
from tests.oracles.random_wiring import WAYS, wired_networks
from tests.oracles.reading import decimal, error
from tests.oracles.symbolic import symbolic_gradients, value

CLOSE, FLOATS_CLOSE = mpmath.mpf(10) ** -20, 1e-9
SMALL = 32
DRAWN = wired_networks(range(30))
EVERY = [pytest.param(values, id=f"seed {seed}") for seed, values in DRAWN]
FEW = [
    pytest.param(values, id=f"seed {seed}")
    for seed, values in DRAWN
    for network in [read_network(values)]
    if len(network.given) + len(network.intermediate) <= SMALL
][:12]


@pytest.fixture(autouse=True)
def _digits():
    with mpmath.workdps(DIGITS):
        yield


def wanted(network, expected):
    """Return what is worked out of some gradients: not those by targets and frozen parameters."""
    return {
        name: number for name, number in expected.items() if not name.startswith("t.") and name not in network.frozen
    }


def worst(found, expected, root="loss"):
    return max(error(decimal(found[partial_key(root, name)]), number) for name, number in expected.items())


@pytest.mark.parametrize("values", EVERY)
def test_the_forward_pass_and_every_gradient_against_differences(values):
    network, found = read_network(values), values_of(derivation_of(values), values).exact
    assert max(error(decimal(found[name]), number) for name, number in exact_forward(network).items()) < CLOSE
    assert worst(found, wanted(network, difference_gradients(network))) < CLOSE


@pytest.mark.parametrize("values", FEW)
def test_every_gradient_against_sympy_on_the_whole_loss(values):
    network = read_network(values)
    assert worst(values_of(derivation_of(values), values).exact, wanted(network, symbolic_gradients(network))) < CLOSE


@pytest.mark.parametrize("values", EVERY)
def test_every_parameter_of_every_sample_against_autograd_and_straight_line_code(values):
    derivation = derivation_of(values)
    for number, network in enumerate(read_samples(values), 1):
        sample = values_of(derivation, values).sample(number)
        expected = wanted(network, automatic_gradients(values, number))
        assert set(expected) == {*derivation.graph.learned}
        assert worst(sample.exact, expected) < FLOATS_CLOSE
        floats = reverse_mode(derivation, sample.given, tuple(expected))
        assert max(abs(floats[name] - slope) for name, slope in expected.items()) < FLOATS_CLOSE


@pytest.mark.parametrize(("anchors", "by_terms"), SETTINGS)
@pytest.mark.parametrize("values", EVERY[:6])
def test_every_gradient_in_every_setting(values, anchors, by_terms):
    network, derivation = read_network(values), derivation_of(values, anchors, by_terms)
    check_derivation(derivation)
    found = values_of(derivation, values)
    for root in {*derivation.roots, "loss"}:
        expected = wanted(network, difference_gradients(network, root))
        reached = {name: number for name, number in expected.items() if derivation.reaches(name, root)}
        assert all(number == 0 for name, number in expected.items() if name not in {*reached, root})
        assert worst(found.exact, reached, root) < CLOSE


@pytest.mark.parametrize("values", EVERY)
def test_every_form_of_every_gradient_is_the_gradient(values):
    derivation = derivation_of(values)
    found = values_of(derivation, values)
    for name in (*derivation.graph.learned, *read_network(values).intermediate):
        key = partial_key("loss", name)
        if derivation.reaches(name, "loss"):
            for form in ("chain", "applied", "delta", "direct", "closed", "combined"):
                written = derivation[key].forms.get(form)
                if written is not None:
                    assert error(decimal(interpret(written, found.exact)), decimal(found.exact[key])) < CLOSE, form


@pytest.mark.parametrize("values", EVERY)
def test_frozen_parameters_are_used_but_neither_differentiated_nor_updated(values):
    derivation, network = derivation_of(values), read_network(values)
    keys = set(derivation)
    result = evaluate(values_of(derivation, values))
    for name in network.frozen:
        assert result["values"][name] is not None
        assert name not in result["gradients"]
        assert name not in result["updated"]
        assert not {partial_key("loss", name), partial_key(BATCH, name), name + NEW} & keys
    if network.learning_rate is not None:
        assert set(result["updated"]) == set(network.learned)


@pytest.mark.parametrize("values", [case for case in EVERY if "given" not in case.values[0]][:12])
def test_formulas_over_activations_give_the_gradients(values):
    derivation, network = derivation_of(values), read_network(values)
    formulas, numbers = Formulas(derivation), exact_forward(network)
    expected = difference_gradients(network, "loss" if derivation.graph.learns_from_batch else "objective")
    symbols = {name.replace(".", "_"): number for name, number in numbers.items()}
    for name in derivation.graph.learned:
        formula = formulas.gradient(name)
        known = {symbol: symbols.get(symbol.name, mpmath.mpf(1)) for symbol in formula.free_symbols}
        assert error(value(formula, known), expected[name]) < CLOSE


def test_the_networks_show_every_way_of_wiring():
    drawn = [values for _, values in DRAWN]
    layers = [layer for values in drawn for layer in values["network"]["layers"]]
    assert {layer.get("bias") for layer in layers} == {True, False, "shared", "input"}
    assert any(isinstance(layer["activation"], list) and len(set(layer["activation"])) > 1 for layer in layers)
    assert any(len(layer.get("from", ())) > 1 for layer in layers)
    assert any("absent" in row for values in drawn for matrix in values["parameters"]["weights"] for row in matrix)
    ties = [tie for values in drawn for tie in values["parameters"].get("tied", {}).items()]
    assert {place[0] for place, _ in ties} == {"w", "b"}
    assert any(place.split(".")[:2] != parameter.split(".")[:2] for place, parameter in ties)
    assert any(values.get("update", {}).get("frozen") for values in drawn)
    assert len(WAYS) == 6
    assert drawn == [values for _, values in wired_networks(range(30))]
