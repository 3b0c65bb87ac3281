"""What a page can be asked is true: paths, contributions and sums, against networks worked out without the program."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import pytest

import symback
from symback.document.blocks import Entry, Exploration
from symback.document.compose import compose
from symback.document.explore.explore import MOST_PATHS
from symback.spec.model import Spec
from symback.values.interpret import interpret
from symback.values.real import Real
from symback.written.nodes import Name, Number, Valued, Written
from tests.oracles.differences import difference_gradients
from tests.oracles.network import learned_root, read_samples
from tests.oracles.paths import paths_by_hand
from tests.oracles.random_networks import random_networks, with_unknowns

EXAMPLES = ("formula-sheet", "matrix", "notes", "scalar-check", "slides")


def explored(spec: Spec) -> Exploration:
    found = compose(spec)[0].explore()
    assert found is not None
    return found


def entries(spec: Spec) -> dict[str, Entry]:
    return {entry.id: entry for entry in explored(spec).entries}


def number(tree: Written) -> float:
    value = interpret(tree, {})
    assert isinstance(value, Real)
    return float(value)


@pytest.mark.parametrize("example", [*EXAMPLES, "softmax"])
def test_the_paths_are_those_of_the_network(example: str):
    spec = symback.load(example)
    sizes = [spec.network.inputs, *(layer.size for layer in spec.network.layers)]
    joint = [number for number, layer in enumerate(spec.network.layers, 1) if "softmax" in layer.activation]
    found = entries(spec)
    for name, entry in found.items():
        if name[0] in "wbza":
            by_hand = list(paths_by_hand(sizes, name, joint))
            assert entry.count == len(by_hand), name
            assert [way.ids for way in entry.ways] == (by_hand if len(by_hand) <= MOST_PATHS else []), name
    assert {"loss", *(f"x.{j}" for j in range(1, sizes[0] + 1))} < set(found)


@pytest.mark.parametrize("example", ["matrix", "notes", "slides"])
def test_everything_can_be_reached_from_what_is_computed_from_it(example: str):
    spec = symback.load(example)
    found = entries(spec)
    for layer, (before, size) in enumerate(pairwise([spec.network.inputs, *spec.network.sizes[1:]]), 1):
        for to in range(1, size + 1):
            weights = {f"w.{layer}.{to}.{start}" for start in range(1, before + 1)}
            neurons = {f"a.{layer - 1}.{start}" if layer > 1 else f"x.{start}" for start in range(1, before + 1)}
            made_of = found[f"z.{layer}.{to}"].made_of
            assert set(made_of) == {*weights, *neurons, f"b.{layer}.{to}"}
            assert all(f"z.{layer}.{to}" in found[name].used_in for name in made_of)


@pytest.mark.parametrize(("seed", "values"), random_networks(range(40)), ids=lambda value: str(value)[:4])
def test_contributions_of_paths_add_up_to_the_gradient(seed: int, values: dict[str, object]):
    """The gradient comes from differences of the whole loss, which know nothing of paths."""
    spec = symback.load(values)
    found = entries(spec)
    network = read_samples(values)[spec.worked_sample - 1]
    for name, gradient in difference_gradients(network, learned_root(values)).items():
        entry = found.get(name)
        if entry is None or not entry.ways:
            continue
        parts = [number((way.worked.exact or way.worked.rounded)[-1][1]) for way in entry.ways]
        size = 1 + sum(map(abs, parts))
        assert abs(sum(parts) - float(gradient)) < 1e-12 * size, (name, seed)
        assert entry.gradient is not None
        assert abs(number(entry.gradient.exact) - float(gradient)) <= 1e-14 * abs(float(gradient)) + 1e-40, (name, seed)


@pytest.mark.parametrize("example", EXAMPLES)
def test_the_numbers_are_those_of_evaluate(example: str):
    spec = symback.load(example)
    answers = symback.evaluate(spec)
    gradients = (
        answers["samples"][spec.worked_sample - 1]["gradients"] if "samples" in answers else answers["gradients"]
    )
    own = f"@{spec.worked_sample}" if "samples" in answers else ""
    for name, entry in entries(spec).items():
        value = answers["values"].get(name, answers["values"].get(name + own))
        assert (entry.value is None) == (value is None), name
        if entry.value is not None:
            assert number(entry.value.exact) == pytest.approx(float(value), rel=1e-16), name
        if entry.gradient is not None:
            assert number(entry.gradient.exact) == pytest.approx(float(gradients[name]), rel=1e-16), name


def chains(entry: Entry) -> Iterator[tuple[tuple[str, Written], ...]]:
    worked = [entry.formula, entry.back, entry.total, *(way.worked for way in entry.ways)]
    yield from (each.rounded for each in worked if each is not None)


@pytest.mark.parametrize(("seed", "values"), random_networks(range(60, 90)), ids=lambda value: str(value)[:4])
def test_every_line_can_be_followed(seed: int, values: dict[str, object]):
    """What stands before the last sign, worked out from its printed digits, rounds to what stands behind it."""
    exploration = explored(symback.load(values))
    lines = [line for entry in exploration.entries for line in chains(entry)]
    lines += [local.worked.rounded for local in exploration.locals]
    followed = 0
    for line in lines:
        for (_, before), (_, result) in pairwise(line):
            assert isinstance(result, Number)
            digits = len(result.text.partition(".")[2])
            assert abs(number(before) - float(result.text)) <= 0.5 * 10.0**-digits * (1 + 1e-9), (seed, before, result)
            followed += 1
    assert followed


def test_an_equals_sign_stands_only_between_equal_numbers():
    for example in EXAMPLES:
        exploration = explored(symback.load(example))
        lines = [line for entry in exploration.entries for line in chains(entry)]
        for line in (*lines, *(local.worked.rounded for local in exploration.locals)):
            for (_, before), (sign, result) in pairwise(line):
                if sign == "=" and not isinstance(before, Name):
                    assert interpret(before, {}).compare(interpret(result, {})) == 0, (before, result)


def test_unknown_numbers_leave_the_symbols():
    for seed, values in random_networks(range(3)):
        for entry in entries(symback.load(with_unknowns(values, seed))).values():
            assert all(isinstance(link[1], Valued | Number | Written) for line in chains(entry) for link in line)
    unknown = entries(symback.load("formula-sheet"))["w.1.1.1"]
    assert unknown.value is None
    assert unknown.gradient is not None


def test_a_large_network_is_a_page_alone():
    size = 20
    spec = symback.load(
        {
            "schema": 1,
            "network": {"inputs": size, "layers": [{"size": size, "activation": "relu", "bias": False}]},
            "parameters": {"weights": [[[0.5] * size] * size]},
            "data": [{"inputs": [1] * size, "targets": [1] * size}],
            "loss": {"kind": "squared-error"},
        }
    )
    assert compose(spec, "matrix")[0].explore() is None


@pytest.mark.parametrize("kind", ["handout", "worksheet", "solution"])
def test_a_worksheet_answers_nothing(kind: str):
    spec = symback.load("slides")
    page = symback.render(spec, "html", kind=kind)
    assert ("0.00136" in page) == (kind != "worksheet")
    assert (compose(spec, kind=kind)[0].explore() is None) == (kind == "worksheet")
