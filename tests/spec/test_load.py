"""A good spec is read into what its author said, from YAML and from Python alike."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pydantic
import pytest

from symback import resources, shipped
from symback.spec.load import KnownNames, load_file, load_mapping, load_text
from symback.spec.model import Spec
from symback.spec.problems import LimitationError, SpecError, SymbackError

ANY_NAMES = KnownNames()

TEXT = """\
schema: 1
title: "Two inputs: one hidden layer"
front: {subtitle: Worked example, author: A. Lecturer, course: 101, date: 28 January}
network:
  inputs: 2
  layers:
    - {size: 3, activation: relu, name: hidden}
    - {size: 1, activation: 2*x, bias: false}
parameters:
  weights: [[[.4, -0.20], [+0.1, 7e-1], ["1.50", 0]], [[1.5, -0.6, 1]]]
  biases: [[0.0, 0.3, -1], null]
data:
  - {inputs: [1.0, 0.5], targets: [1]}
loss: {kind: squared-error, factor: 1/2, name: \\ell}
update: {learning_rate: 0.10}
given: {z.1.2: -0.50}
finite_difference: {scheme: central}
kinks: {relu: 0.5}
numbers: {significant: 3, rounding: half-even, carry: printed, by: {gradient.*: {decimals: 5}, a.2.*: {significant: 2}}}
notation: {preset: layer-superscript, learning_rate: \\eta}
style: notes
"""

VALUES = {
    "schema": 1,
    "title": "Two inputs: one hidden layer",
    "front": {"subtitle": "Worked example", "author": "A. Lecturer", "course": "101", "date": "28 January"},
    "network": {
        "inputs": 2,
        "layers": [
            {"size": 3, "activation": "relu", "name": "hidden"},
            {"size": 1, "activation": "2*x", "bias": False},
        ],
    },
    "parameters": {
        "weights": [[[0.4, "-0.20"], [0.1, 0.7], [Decimal("1.50"), 0]], [(1.5, -0.6, Fraction(1))]],
        "biases": [[0.0, 0.3, -1], None],
    },
    "data": [{"inputs": [1.0, 0.5], "targets": [1]}],
    "loss": {"kind": "squared-error", "factor": Fraction(1, 2), "name": "\\ell"},
    "update": {"learning_rate": "0.10"},
    "given": {"z.1.2": "-0.50"},
    "finite_difference": {"scheme": "central"},
    "kinks": {"relu": 0.5},
    "numbers": {
        "significant": 3,
        "rounding": "half-even",
        "carry": "printed",
        "by": {"gradient.*": {"decimals": 5}, "a.2.*": {"significant": 2}},
    },
    "notation": {"preset": "layer-superscript", "learning_rate": "\\eta"},
    "style": "notes",
}

SHORTEST = """\
schema: 1
network: {inputs: 1, layers: [{size: 1, activation: linear, bias: false}]}
parameters: {weights: [[[2]]]}
data: [{inputs: [1], targets: [1]}]
loss: squared-error
"""


def test_every_word_of_the_author_is_kept():
    spec = load_text(TEXT, names=ANY_NAMES)
    assert (spec.schema_version, spec.title) == (1, "Two inputs: one hidden layer")
    assert (spec.front.course, spec.front.date) == ("101", "28 January")
    assert spec.network.sizes == (2, 3, 1)
    assert spec.network.parameter_count == 6 + 3 + 3
    assert [(layer.activation, layer.bias, layer.name) for layer in spec.network.layers] == [
        (("relu",), True, "hidden"),
        (("2*x",), False, ""),
    ]
    assert [[number.text for number in row] for row in spec.parameters.weights[0]] == [
        ["0.4", "-0.20"],
        ["0.1", "0.7"],
        ["1.50", "0"],
    ]
    assert [[number.text for number in vector] for vector in spec.parameters.biases] == [["0.0", "0.3", "-1"], []]
    assert (spec.loss.kind, spec.loss.factor.text, spec.loss.factor.value) == ("squared-error", "1/2", Fraction(1, 2))
    assert (spec.loss.name, spec.loss.reduction) == ("\\ell", "sum")
    assert spec.update is not None
    assert (spec.update.rule, spec.update.learning_rate.text) == ("sgd", "0.10")
    assert spec.finite_difference is not None
    assert (spec.finite_difference.epsilon.text, spec.finite_difference.scheme) == ("0.000001", "central")
    assert spec.at_kinks["relu"].value == Fraction(1, 2)
    assert (spec.numbers.decimals, spec.numbers.significant) == (None, 3)
    assert (spec.numbers.rounding, spec.numbers.carry) == ("half-even", "printed")
    assert list(spec.numbers.by) == ["gradient.*", "a.2.*"], "the last match wins, so the order counts"
    assert spec.notation is not None
    assert (spec.notation.preset, spec.notation.overrides) == ("layer-superscript", {"learning_rate": "\\eta"})
    assert spec.style is not None
    assert (spec.style.name, spec.style.options) == ("notes", {})


def test_python_values_say_the_same_as_yaml():
    assert load_mapping(VALUES, ANY_NAMES) == load_text(TEXT, names=ANY_NAMES) == Spec(**VALUES)


def test_samples_unknown_numbers_and_stated_values():
    spec = load_text(
        "schema: 1\n"
        "network: {inputs: 1, layers: [{size: 2, activation: relu}]}\n"
        "parameters: {weights: [[[null], [~]]], biases: [[-1.50, null]]}\n"
        "data: [{inputs: [1], targets: [0, 1]}, {inputs: [2], targets: [1, 0]}]\n"
        "given: {z.1.1: 0.610}\n"
        "loss: {kind: binary-cross-entropy, reduction: mean}\n"
        "update: {learning_rate: 0.1, on: 2, reduction: sum}\n",
        names=ANY_NAMES,
    )
    assert spec.parameters.weights == (((None,), (None,)),)
    assert [number and number.text for number in spec.parameters.biases[0]] == ["-1.50", None]
    assert [sample.inputs[0].text for sample in spec.data] == ["1", "2"]
    assert {name: number.text for name, number in spec.given.items()} == {"z.1.1": "0.610"}
    assert spec.loss.reduction == "mean"
    assert spec.update is not None
    assert (spec.update.on, spec.update.reduction, spec.worked_sample) == (2, "sum", 2)
    assert load_text(SHORTEST, names=ANY_NAMES).worked_sample == 1


def test_what_is_left_out_has_its_default():
    spec = load_text(SHORTEST, names=ANY_NAMES)
    assert (spec.title, spec.front.author) == ("", "")
    assert (spec.update, spec.finite_difference, spec.notation, spec.style) == (None, None, None, None)
    assert spec.parameters.orientation == "column"
    assert (spec.loss.factor.text, spec.loss.name) == ("1", None)
    assert (spec.given, spec.loss.reduction) == ({}, "sum")
    assert spec.at_kinks["relu"].value == 0
    assert (spec.numbers.decimals, spec.numbers.significant) == (4, None)
    assert (spec.numbers.rounding, spec.numbers.carry, spec.numbers.by) == ("half-up", "exact", {})
    spec = load_text(SHORTEST + "numbers: {carry: printed}\nkinks: {}\n", names=ANY_NAMES)
    assert spec.numbers.decimals == 4
    assert spec.at_kinks["relu"].value == 0


def test_a_title_in_a_block_ends_with_its_last_word():
    assert load_text(SHORTEST + "title: >\n  two\n  words\n\n", names=ANY_NAMES).title == "two words"


def test_a_spec_written_out_and_read_again_is_the_same():
    spec = load_text(TEXT, names=ANY_NAMES)
    assert Spec(**json.loads(spec.model_dump_json(by_alias=True))) == spec


@pytest.mark.parametrize("orientation", ["column", "row"])
def test_weights_are_found_in_either_orientation(orientation: str):
    column = [[[11, 12], [21, 22], [31, 32]], [[11, 12, 13]]]
    weights = (
        column if orientation == "column" else [[list(row) for row in zip(*matrix, strict=True)] for matrix in column]
    )
    network = {"inputs": 2, "layers": [{"size": size, "activation": "relu", "bias": False} for size in (3, 1)]}
    parameters = {"orientation": orientation, "weights": weights}
    spec = load_mapping({**VALUES, "network": network, "parameters": parameters}, ANY_NAMES)
    for layer, sizes in enumerate([(3, 2), (1, 3)], 1):
        for to in range(1, sizes[0] + 1):
            for source in range(1, sizes[1] + 1):
                assert spec.entries[f"w.{layer}.{to}.{source}"].value == 10 * to + source


def test_a_spec_is_read_only():
    spec = load_text(TEXT, names=ANY_NAMES)
    with pytest.raises(pydantic.ValidationError):
        spec.title = "other"  # type: ignore[misc]
    with pytest.raises(pydantic.ValidationError):
        spec.network.layers[0].size = 7  # type: ignore[misc]


def test_errors_from_python_have_paths_and_no_places():
    network = {"inputs": 2, "layers": [{"size": 3, "activation": "rellu"}]}
    with pytest.raises(SpecError) as caught:
        Spec(**{**VALUES, "network": network, "data": [{"inputs": [float("nan"), 1], "targets": [1, 2, 3]}]})
    assert {str(problem).partition(":")[0] for problem in caught.value.problems} == {
        "network.layers.1.activation",
        "data.1.inputs.1",
        "parameters.weights",
        "parameters.biases",
    }
    assert {(problem.line, problem.column, problem.file) for problem in caught.value.problems} == {(0, 0, "")}


@pytest.mark.parametrize("value", [None, 5, "text", [], {}])
def test_values_that_are_no_spec(value: object):
    with pytest.raises(SpecError):
        load_mapping(value)  # type: ignore[arg-type]
    with pytest.raises(SpecError):
        Spec.model_validate(value)


def test_shapes_are_checked_however_the_values_arrive():
    generated = {"weights": ((row for row in [[1, 2]]) for _ in range(2)), "biases": [[0, 0, 0], None]}
    with pytest.raises(SpecError) as caught:
        Spec(**{**VALUES, "parameters": generated})
    assert caught.value.problems[0].path == ("parameters", "weights", 0)


def test_names_of_styles_and_notations_are_those_that_ship():
    for key, known in (("style", resources.styles()), ("notation", resources.notations())):
        for name in known:
            load_mapping({**VALUES, "style": None, "notation": None, key: name})
        with pytest.raises(SpecError) as caught:
            load_mapping({**VALUES, "style": None, "notation": None, key: "no such thing"})
        assert [problem.path for problem in caught.value.problems] == [(key,)] if known else []


@pytest.mark.parametrize(
    ("notation", "path"),
    [
        ({"preset": ["x"]}, ("notation", "preset")),
        ({"preset": True}, ("notation", "preset")),
        ({"learning_rat": "x"}, ("notation", "learning_rat")),
        ({"learning_rate": ["x"]}, ("notation", "learning_rate")),
        ({"learning_rate": "\\input{/etc/passwd}"}, ("notation", "learning_rate")),
    ],
)
def test_entries_of_a_notation_are_checked_once(notation: dict[str, object], path: tuple[str, ...]):
    with pytest.raises(SpecError) as caught:
        load_mapping({**VALUES, "style": None, "notation": notation})
    assert [problem.path for problem in caught.value.problems] == [path]


@pytest.mark.parametrize("notation", [None, {}, {"preset": None}, {"learning_rate": "\\eta"}])
def test_a_notation_without_a_preset_is_that_of_the_style(notation: object):
    spec = load_mapping({**VALUES, "style": None, "notation": notation})
    assert spec.notation is None or spec.notation.preset is None


def test_files_are_called_by_their_name(tmp_path: Path):
    file = tmp_path / "xor.yaml"
    file.write_text(TEXT, encoding="utf-8")
    assert load_file(file, ANY_NAMES) == load_text(TEXT, names=ANY_NAMES)
    file.write_text(TEXT.replace("inputs: 2", "inputs: -2"), encoding="utf-8")
    with pytest.raises(SpecError) as caught:
        load_file(file, ANY_NAMES)
    assert str(caught.value).startswith(f"{file}:5:11: network.inputs: got -2; expected")


def test_a_dash_is_standard_input(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(TEXT.encode())))
    assert load_file("-", ANY_NAMES).network.sizes == (2, 3, 1)
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"schema: 1\nbad")))
    with pytest.raises(SpecError, match=r"^<stdin>:2:"):
        load_file("-", ANY_NAMES)


def test_examples_are_called_by_their_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    (tmp_path / "tiny.yaml").write_text(SHORTEST, encoding="utf-8")
    monkeypatch.setattr(shipped, "EXAMPLES", str(tmp_path))
    assert load_file("tiny", ANY_NAMES).network.sizes == (1, 1)
    with pytest.raises(SpecError, match='did you mean "tiny"'):
        load_file("tinny", ANY_NAMES)


@pytest.mark.parametrize("path", ["no/such/file.yaml", ".", "a\0b", "x" * 5000])
def test_files_that_cannot_be_read(path: str):
    with pytest.raises(SpecError) as caught:
        load_file(path)
    (problem,) = caught.value.problems
    assert problem.file == path
    assert "\n" not in str(problem)


def test_the_tree_of_errors():
    assert issubclass(SpecError, SymbackError)
    assert issubclass(LimitationError, SymbackError)
    assert not issubclass(LimitationError, SpecError)


def test_loading_a_spec_needs_no_calculus():
    script = f"""
import sys
from symback.spec.load import KnownNames, load_text
load_text({TEXT!r}, names=KnownNames())
print(*sorted({{name.partition(".")[0] for name in sys.modules}} & {{"sympy", "mpmath", "flint", "jinja2", "numpy"}}))
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout.strip() == ""
