"""The graph of a spec against the oracle's own reading of the same values."""

import copy

import mpmath
import pytest
import sympy

from symback.graph.affine import ZERO, affine_form, coefficients
from symback.graph.build import LEARNING_RATE, build_graph
from symback.graph.quantity import Role
from symback.spec.load import load_mapping
from symback.written.nodes import Number
from symback.written.substitute import leaves
from tests.oracles.differences import DIGITS, exact_forward
from tests.oracles.examples import EXAMPLES, example, filled
from tests.oracles.meaning import meaning, real
from tests.oracles.network import read_network, read_samples
from tests.oracles.random_networks import random_networks
from tests.oracles.symbolic import value

CASES = [pytest.param(values, id=f"seed {seed}") for seed, values in random_networks(range(25))] + [
    pytest.param(filled(example(name)), id=name) for name in EXAMPLES
]
LETTERS = {
    "x": Role.INPUT,
    "t": Role.TARGET,
    "w": Role.WEIGHT,
    "b": Role.BIAS,
    "z": Role.PRE_ACTIVATION,
    "a": Role.ACTIVATION,
    "loss": Role.LOSS,
    "penalty": Role.PENALTY,
    "penalty_factor": Role.PENALTY_FACTOR,
}


def graph_of(values):
    return build_graph(load_mapping(values))


def transposed(values):
    """The same network with its matrices written the other way round."""
    other = copy.deepcopy(dict(values))
    parameters = other["parameters"]
    was_row = parameters.get("orientation", "column") == "row"
    parameters["orientation"] = "column" if was_row else "row"
    parameters["weights"] = [[list(row) for row in zip(*matrix, strict=True)] for matrix in parameters["weights"]]
    return other


@pytest.mark.parametrize("values", CASES)
def test_every_quantity_has_its_id_and_role(values):
    graph, network = graph_of(values), read_network(values)
    rate = {LEARNING_RATE} if network.learning_rate is not None else set()
    penalty = {"penalty", "penalty_factor"} if network.penalty is not None else set()
    assert set(graph.quantities) == {*network.given, *network.constants, *network.intermediate, "loss"} | rate | penalty
    for name, quantity in graph.quantities.items():
        letter, *indices = name.split(".")
        assert quantity.id == name
        if name != LEARNING_RATE:
            expected = LETTERS[letter] if letter != "loss" or not indices else Role.LOSS_TERM
            assert quantity.role is (Role.CONSTANT if name in network.constants else expected)
        found = (quantity.layer, quantity.neuron, quantity.source)
        assert [index for index in found if index] == [int(index) for index in indices if index != "0"]


@pytest.mark.parametrize("values", CASES)
def test_parents_stand_before_and_are_what_the_definition_uses(values):
    graph = graph_of(values)
    seen = set()
    for name, quantity in graph.quantities.items():
        assert seen.issuperset(quantity.parents)
        if quantity.definition is None:
            assert quantity.parents == ()
            assert name in graph.given
        else:
            assert set(leaves(quantity.definition)) == set(quantity.parents)
        seen.add(name)


@pytest.mark.parametrize("values", CASES)
def test_children_are_the_parents_seen_from_the_other_side(values):
    graph = graph_of(values)
    edges = {(parent, name) for name, quantity in graph.quantities.items() for parent in quantity.parents}
    assert edges == {(name, child) for name, children in graph.children.items() for child in children}


@pytest.mark.parametrize("values", CASES)
def test_the_given_numbers_are_those_of_the_values(values):
    graph, network = graph_of(values), read_network(values)
    given = {name: number.value for name, number in graph.given.items()}
    assert given.pop(LEARNING_RATE, None) == network.learning_rate
    assert given == {**network.given, **network.constants, **network.stated, **network.of_penalty}
    for sample, numbers in zip(read_samples(values), graph.samples, strict=True):
        assert sample.given == {**network.given, **{name: number.value for name, number in numbers.items()}}


@pytest.mark.parametrize("values", CASES)
def test_the_definitions_work_out_to_the_forward_pass(values):
    graph, network = graph_of(values), read_network(values)
    expected = exact_forward(network)
    with mpmath.workdps(DIGITS):
        known = {real(name): number for name, number in expected.items() if name in graph.given}
        known |= {real(name): mpmath.mpf(1) for name in network.constants}
        for name, quantity in graph.quantities.items():
            if name not in graph.given:
                known[real(name)] = value(meaning(quantity.definition), known)
                assert abs(known[real(name)] - expected[name]) < mpmath.mpf(10) ** -40


@pytest.mark.parametrize("values", CASES)
def test_the_orientation_of_the_matrices_changes_nothing(values):
    assert graph_of(values) == graph_of(transposed(values))


@pytest.mark.parametrize("values", CASES[:3])
def test_the_same_values_give_the_same_order(values):
    assert list(graph_of(values).quantities) == list(graph_of(values).quantities)
    assert repr(graph_of(values)) == repr(graph_of(values))


@pytest.mark.parametrize("values", CASES)
def test_the_views_hold_the_ids_in_matrix_order(values):
    graph, network = graph_of(values), read_network(values)

    def used(place):
        return network.tied.get(place, place)

    for number, (layer, expected) in enumerate(zip(graph.layers, network.layers, strict=True), 1):
        assert (layer.number, layer.size) == (number, len(expected.weights))
        assert layer.weights == tuple(
            tuple(
                None if weight is None else used(f"w.{number}.{to}.{source}")
                for source, weight in enumerate(row, expected.first)
            )
            for to, row in enumerate(expected.weights, 1)
        )
        own = tuple(used(f"b.{number}.{neuron}") for neuron in range(1, len(expected.biases) + 1))
        assert layer.biases == ((used(f"b.{number}"),) * layer.size if expected.shares_bias else own)
        assert layer.inputs == tuple(expected.sources)
    assert sorted(graph.parameters) == sorted(network.parameters)
    assert graph.outputs == tuple(f"a.{len(network.layers)}.{k}" for k in range(1, len(network.targets) + 1))


@pytest.mark.parametrize("values", CASES)
def test_one_output_has_no_terms_besides_the_loss(values):
    graph, outputs = graph_of(values), len(read_network(values).targets)
    assert graph.loss_terms == (() if outputs == 1 else tuple(f"loss.{k}" for k in range(1, outputs + 1)))


def test_numbers_keep_their_spelling():
    values = example("scalar-check")
    values["parameters"]["weights"][0][0] = ["0.50"]
    assert graph_of(values).given["w.1.1.1"] == Number("0.50")


@pytest.mark.parametrize("inputs", [1, 2, 5])
@pytest.mark.parametrize("bias", ["", "b"])
def test_an_affine_form_is_the_weighted_sum_in_the_order_of_the_inputs(inputs, bias):
    weights = [f"w{place}" for place in range(inputs)]
    sources = [f"x{place}" for place in range(inputs)]
    form = affine_form(zip(weights, sources, strict=True), bias)
    added = [bias] if bias else []
    expected = sum(real(w) * real(s) for w, s in zip(weights, sources, strict=True)) + sum(map(real, added))
    assert sympy.expand(meaning(form) - expected) == 0
    assert leaves(form) == (*(name for pair in zip(weights, sources, strict=True) for name in pair), *added)


@pytest.mark.parametrize("products", [[("u", "x"), ("v", "y")], [("u", "x"), ("u", "y")], [("u", "x"), ("v", "x")], []])
@pytest.mark.parametrize("name", ["u", "v", "x", "y", "b", "elsewhere"])
def test_the_coefficient_of_a_name_is_the_derivative_by_it(products, name):
    form = affine_form(products, "b")
    found = meaning(coefficients(form).get(name, ZERO))
    assert sympy.expand(found - sympy.diff(meaning(form), real(name))) == 0
