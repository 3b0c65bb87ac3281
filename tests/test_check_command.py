"""`evaluate` and `check` from the command line: what they print, and that `check` notices broken mathematics."""

import dataclasses
import json
import random
import re
import subprocess
import sys
from decimal import Decimal
from fractions import Fraction

import mpmath
import pytest

from symback.cli import main
from symback.derive.derivation import Derivation
from symback.resources import styles
from symback.rules.activations import ACTIVATIONS
from symback.rules.losses import LOSSES
from tests.oracles.differences import DIGITS, difference_gradients, exact_forward
from tests.oracles.examples import EXAMPLES, example, filled, smooth
from tests.oracles.network import read_network, read_samples
from tests.oracles.random_networks import random_networks, with_unknowns

NUMBER = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?(e[+-][0-9]{2,})?")
PRINTED = mpmath.mpf(10) ** -16
"""How far a number of 17 significant digits may lie from the true one, relatively."""

RANDOM = [pytest.param(values, id=f"seed {seed}") for seed, values in random_networks(range(40, 54))]
SPECS = [*RANDOM, *(pytest.param(filled(smooth(example(name))), id=name) for name in EXAMPLES)]
HOLED = [
    pytest.param(with_unknowns(values, seed), id=f"seed {seed} with holes")
    for seed, values in random_networks(range(45, 55))
    if seed != 47  # bounded whatever the unknown number is, which makes a slope 0 that could be another
] + [pytest.param(smooth(example(name)), id=name) for name in EXAMPLES]
SMALL = {
    "schema": 1,
    "network": {"inputs": 1, "layers": [{"size": 2, "activation": "sigmoid"}, {"size": 1, "activation": "relu"}]},
    "parameters": {"weights": [[["0.5"], ["-0.3"]], [["0.7", "0.2"]]], "biases": [["0.1", "0"], ["0.4"]]},
    "data": [{"inputs": ["1.5"], "targets": ["2"]}],
    "loss": {"kind": "squared-error", "factor": "3/4"},
    "update": {"learning_rate": "0.1"},
}


STAND_IN_SIZES = (2, 1, 30, 0.5, 8)
"""Sizes of the numbers that stand in for unknown ones: large ones turn signs that small ones leave."""


@pytest.fixture
def run(tmp_path, capsys):
    """Run a command on the values of a spec; return its exit code and what it printed."""

    def run_command(command, values, *options):
        path = tmp_path / "spec.yaml"
        path.write_text(json.dumps(values), encoding="utf-8")
        code = main([command, str(path), *options])
        printed = capsys.readouterr()
        return code, printed.out, printed.err

    return run_command


@pytest.fixture
def numbers(run):
    """Return what `evaluate` gives for the values of a spec."""

    def numbers_of(values):
        code, text, errors = run("evaluate", values, "--format", "json")
        assert (code, errors) == (0, "")
        return json.loads(text)

    return numbers_of


@pytest.fixture
def verdicts(run):
    """Return exit code and verdicts of `check`: by parameter, for the first sample."""

    def verdicts_of(values):
        code, text, _ = run("check", values, "--format", "json")
        return code, {
            finding["parameter"]: finding["verdict"]
            for finding in json.loads(text)["findings"]
            if finding["sample"] == 1
        }

    return verdicts_of


def one_neuron(activation, x, weight="1", **others):
    """The values of a spec with one input, one weight and one neuron."""
    return {
        "schema": 1,
        "network": {"inputs": 1, "layers": [{"size": 1, "activation": activation, "bias": False}]},
        "parameters": {"weights": [[[weight]]]},
        "data": [{"inputs": [x], "targets": ["1"]}],
        "loss": "squared-error",
        **others,
    }


def stand_ins(seed):
    """Random numbers for unknown weights and biases, without end; each seed has another size of them."""
    draw = random.Random(seed)
    while True:
        yield Fraction(f"{draw.uniform(-1, 1) * STAND_IN_SIZES[seed]:.3f}")


def is_near(text, expected):
    with mpmath.workdps(DIGITS):
        return abs(mpmath.mpf(text) - expected) <= PRINTED * abs(expected) + mpmath.mpf(10) ** -50


def asked(network, gradients):
    """Return the gradients that are found: not those by what is given, or is used and not learned."""
    left_out = {*network.given} - {*network.learned}
    return {name: number for name, number in gradients.items() if name not in left_out}


# What `evaluate` prints.


@pytest.mark.parametrize("values", SPECS)
def test_every_value_and_gradient_is_there_and_right(values, numbers):
    found, networks = numbers(values), read_samples(values)
    several = len(networks) > 1
    rate = networks[0].learning_rate
    expected = {} if rate is None else {"learning_rate": mpmath.mpf(rate.numerator) / rate.denominator}
    for place, network in enumerate(networks, 1):
        for name, number in exact_forward(network).items():
            of_sample = several and name not in (*network.parameters, "penalty", "penalty_factor")
            expected[f"{name}@{place}" if of_sample else name] = number
        row = found["samples"][place - 1]["gradients"] if several else found["gradients"]
        gradients = asked(network, difference_gradients(network, "loss" if several else "objective"))
        assert set(row) == set(gradients)
        assert all(is_near(row[name], gradients[name]) for name in gradients)
    constants = {name for name in found["values"] if name[0] in "xa" and name.partition("@")[0].endswith(".0")}
    assert all(found["values"][name] == "1" for name in constants)
    assert set(found["values"]) - constants == set(expected)
    assert all(is_near(found["values"][name], expected[name]) for name in expected)


@pytest.mark.parametrize("values", SPECS)
def test_loss_gradients_and_update_are_those_of_the_samples_learned_from(values, numbers):
    found, networks, update = numbers(values), read_samples(values), values.get("update", {})
    worked = networks if update.get("on", "batch") == "batch" else [networks[update["on"] - 1]]
    count = 1 if update.get("reduction") == "sum" else len(worked)
    with mpmath.workdps(DIGITS):
        penalty = exact_forward(networks[0]).get("penalty", 0)
        assert is_near(found["loss"], sum(exact_forward(network)["loss"] for network in worked) / count + penalty)
        gradients = [difference_gradients(network) for network in worked]
        added = difference_gradients(networks[0], "penalty") if penalty else {}
        for name, number in networks[0].learned.items():
            gradient = sum(row[name] for row in gradients) / count + added.get(name, 0)
            assert is_near(found["gradients"][name], gradient)
            if networks[0].learning_rate is not None:
                new = _number(number) - _number(networks[0].learning_rate) * gradient
                assert is_near(found["updated"][name], new)
    assert set(found["updated"]) == (set(networks[0].learned) if update else set())


@pytest.mark.parametrize("values", SPECS)
def test_numbers_have_seventeen_digits_or_are_exact(values, numbers):
    found = numbers(values)
    assert found["schema"] == 1
    for section in (found["values"], found["gradients"], found["updated"], {"loss": found["loss"]}):
        for text in section.values():
            assert NUMBER.fullmatch(text), text
            digits = Decimal(text).as_tuple().digits
            assert len(digits) <= 17
            if "." in text and len(digits) < 17:
                assert text.partition("e")[0][-1] != "0", f"{text} has a needless zero"


def test_fewer_digits_mean_that_the_number_is_exact(numbers):
    values = one_neuron("2*x", "0.3", weight="0.7", update={"learning_rate": "0.25"})
    found = numbers(values)
    assert found["values"]["a.1.1"] == "0.42"
    assert found["loss"] == str((Decimal("0.42") - 1) ** 2)
    assert Fraction(found["updated"]["w.1.1.1"]) == Fraction("0.7") - Fraction("0.25") * 2 * Fraction(
        "-0.58"
    ) * Fraction("0.6")


def test_large_and_small_numbers_have_an_exponent(numbers):
    assert numbers(one_neuron("linear", "1000000000000", weight="1000000"))["values"]["z.1.1"] == "1e+18"
    assert numbers(one_neuron("linear", "0.0000001", weight="1.5"))["values"]["z.1.1"] == "1.5e-07"


@pytest.mark.parametrize("style", styles())
@pytest.mark.parametrize("values", SPECS[:6])
def test_what_is_carried_and_shown_on_a_page_changes_nothing(values, style, numbers):
    other = {**values, "style": style, "numbers": {"decimals": 1, "carry": "printed", "rounding": "truncate"}}
    assert numbers(other) == numbers(values)


@pytest.mark.parametrize("style", styles())
def test_a_mean_over_outputs_is_the_same_in_every_style(style, numbers):
    values = filled(example("scalar-check"))
    found = numbers({**values, "loss": {"kind": "squared-error", "reduction": "mean"}, "style": style})
    assert found["gradients"] == {
        name: number if name == "loss" else str((Decimal(number) / 2).normalize())
        for name, number in numbers({**values, "style": style})["gradients"].items()
    }


@pytest.mark.parametrize("values", HOLED)
def test_a_gradient_that_depends_on_an_unknown_number_is_null_and_no_other(values, numbers):
    """A gradient is known if it is the same whatever numbers fill the holes."""
    found = numbers(values)
    rows = found["samples"] if len(values["data"]) > 1 else [found]
    for sample, row in enumerate(rows, 1):
        trials = [
            difference_gradients(read_network(values, sample, stand_ins(seed)), "loss" if rows[1:] else "objective")
            for seed in range(len(STAND_IN_SIZES))
        ]
        for name, number in row["gradients"].items():
            tried = [trial[name] for trial in trials]
            is_known = max(tried) - min(tried) <= mpmath.mpf(10) ** -30 * max(map(abs, tried)) + mpmath.mpf(10) ** -36
            assert (number is not None) == is_known, name
            assert number is None or is_near(number, tried[0])


def test_a_text_for_people_has_the_same_numbers(run, numbers):
    code, text, _ = run("evaluate", SMALL)
    assert code == 0
    found = numbers(SMALL)
    for section in ("values", "gradients", "updated"):
        assert all(f"  {name} = {number}\n" in text for name, number in found[section].items())


# What `check` finds.


@pytest.mark.parametrize("values", SPECS)
def test_sound_mathematics_agrees(values, run):
    code, text, errors = run("check", values, "--format", "json")
    found = json.loads(text)
    assert (code, errors, found["schema"]) == (0, "", 1)
    assert {finding["verdict"] for finding in found["findings"]} == {"agrees"}
    places = [(finding["sample"], finding["parameter"]) for finding in found["findings"]]
    assert sorted(places) == sorted(
        (sample, name) for sample in range(1, len(values["data"]) + 1) for name in read_network(values).learned
    )


def test_the_numbers_beside_a_verdict(run):
    code, text, _ = run("check", SMALL, "--format", "json")
    expected = difference_gradients(read_network(SMALL))
    for finding in json.loads(text)["findings"]:
        assert is_near(finding["gradient"], expected[finding["parameter"]])
        assert abs(mpmath.mpf(finding["difference"]) - expected[finding["parameter"]]) < mpmath.mpf(10) ** -15
        assert abs(float(finding["float64"]) - float(expected[finding["parameter"]])) < 1e-12
    assert code == 0


@pytest.mark.parametrize("values", HOLED)
def test_unknown_numbers_are_no_disagreement(values, run):
    code, text, _ = run("check", values, "--format", "json")
    assert {finding["verdict"] for finding in json.loads(text)["findings"]} <= {"agrees", "unknown"}
    assert code == 0


PLANTED_ACTIVATIONS = {
    "a wrong derivative": ("sigmoid", {"derivative": "1/(1 + e^(-x))"}),
    "a wrong sign": ("sigmoid", {"derivative": "-1/(1 + e^(-x)) * (1 - 1/(1 + e^(-x)))"}),
    "a missing factor": ("sigmoid", {"derivative": "1 - 1/(1 + e^(-x))"}),
    "a wrong form in the output": ("sigmoid", {"output_derivative": "y*(1 + y)"}),
    "branches the wrong way round": ("relu", {"derivative": "cases(0, x > 0, 1, x < 0)"}),
    "a slope a millionth too large": ("relu", {"derivative": "cases(1.000001, x > 0, 0, x < 0)"}),
}
PLANTED_LOSSES = {
    "a wrong sign": {"closed": "{k} (t - y)"},
    "a missing factor": {"closed": "{c} (y - t)"},
    "a missing factor in front": {"closed": "2 (y - t)"},
    "a wrong power": {"closed": "{k} (y - t)^2"},
}


@pytest.mark.parametrize("fault", PLANTED_ACTIVATIONS)
def test_a_broken_activation_is_noticed(fault, verdicts, monkeypatch):
    assert verdicts(SMALL)[0] == 0
    name, wrong = PLANTED_ACTIVATIONS[fault]
    monkeypatch.setitem(ACTIVATIONS, name, dataclasses.replace(ACTIVATIONS[name], **wrong))
    code, found = verdicts(SMALL)
    assert code == 1
    assert found["w.1.1.1"] == "disagrees"


@pytest.mark.parametrize("fault", PLANTED_LOSSES)
def test_a_broken_loss_is_noticed(fault, verdicts, monkeypatch):
    wrong = dataclasses.replace(LOSSES["squared-error"], **PLANTED_LOSSES[fault])
    monkeypatch.setitem(LOSSES, "squared-error", wrong)
    code, found = verdicts(SMALL)
    assert code == 1
    assert set(found.values()) == {"disagrees"}


def test_a_path_left_out_is_noticed(verdicts, monkeypatch):
    values = {
        **SMALL,
        "network": {"inputs": 1, "layers": [*SMALL["network"]["layers"][:1], {"size": 2, "activation": "linear"}]},
    }
    values["parameters"] = {
        "weights": [[["0.5"], ["-0.3"]], [["0.7", "0.2"], ["1", "2"]]],
        "biases": [["0.1", "0"], ["0", "1"]],
    }
    values["data"] = [{"inputs": ["1.5"], "targets": ["2", "0"]}]
    assert verdicts(values)[0] == 0
    whole = Derivation.children
    monkeypatch.setattr(Derivation, "children", lambda self, root, name: whole(self, root, name)[:1])
    code, found = verdicts(values)
    assert code == 1
    assert found["w.1.1.1"] == "disagrees"
    assert found["w.2.2.1"] == "agrees"


def test_only_the_parameters_behind_a_fault_disagree(verdicts, monkeypatch):
    wrong = dataclasses.replace(ACTIVATIONS["sigmoid"], derivative="1", output_derivative="1")
    monkeypatch.setitem(ACTIVATIONS, "sigmoid", wrong)
    _, found = verdicts(SMALL)
    assert {name for name, verdict in found.items() if verdict == "agrees"} == {"w.2.1.1", "w.2.1.2", "b.2.1"}


# At a kink.


@pytest.mark.parametrize(("convention", "gradient"), [(None, "0"), ("0", "0"), ("1", "-4"), ("0.5", "-2")])
def test_the_convention_at_the_kink_is_used_and_reported(convention, gradient, verdicts, numbers):
    kinks = {} if convention is None else {"kinks": {"relu": convention}}
    values = one_neuron("relu", "2", weight="0", **kinks)
    assert numbers(values)["values"]["z.1.1"] == "0"
    assert numbers(values)["gradients"]["w.1.1.1"] == gradient
    assert verdicts(values) == (0, {"w.1.1.1": "kink"})


def test_only_what_passes_through_the_kink_is_left_out(verdicts):
    values = {**SMALL, "parameters": {**SMALL["parameters"], "biases": [["0.1", "0"], ["0"]]}}
    values["network"] = {
        "inputs": 1,
        "layers": [{"size": 2, "activation": "relu"}, {"size": 1, "activation": "sigmoid"}],
    }
    values["parameters"]["weights"] = [[["0"], ["-0.3"]], [["0.7", "0.2"]]]
    values["parameters"]["biases"] = [["0", "1"], ["0"]]
    assert verdicts(values) == (
        0,
        {"w.1.1.1": "kink", "w.1.2.1": "agrees", "b.1.1": "kink", "b.1.2": "agrees"}
        | dict.fromkeys(["w.2.1.1", "w.2.1.2", "b.2.1"], "agrees"),
    )


@pytest.mark.parametrize("activation", ["abs(x)", "max(0, x) - x/10", "min(1, max(0, x))"])
def test_an_expression_has_kinks_of_its_own(activation, verdicts):
    assert verdicts(one_neuron(activation, "2", weight="0")) == (0, {"w.1.1.1": "kink"})


@pytest.mark.parametrize("activation", ["cases(x, x > 0, e^x - 1, x <= 0)", "max(0, x)^2", "x * abs(x)"])
def test_where_two_pieces_meet_smoothly_there_is_no_kink(activation, verdicts):
    assert verdicts(one_neuron(activation, "2", weight="0")) == (0, {"w.1.1.1": "agrees"})


def test_a_kink_on_one_side_of_the_step_is_not_compared(verdicts):
    assert verdicts(one_neuron("relu", "1", weight="0.0000000000000000000001"))[0] == 0


# No false alarm, no traceback.


@pytest.mark.parametrize("values", [
    pytest.param(one_neuron("sigmoid", "1000", weight="0.001"), id="a large input"),
    pytest.param(one_neuron("sin(10000*x)", "0.3"), id="a fast wave"),
    pytest.param(one_neuron("log(1 + e^x)", "800"), id="beyond float64"),
    pytest.param(one_neuron("sigmoid", "40", loss="binary-cross-entropy"), id="a saturated sigmoid"),
        pytest.param(
            one_neuron("sigmoid", "10", loss="binary-cross-entropy", numbers={"decimals": 4, "carry": "printed"}),
            id="a probability that prints as 1",
        ),
    pytest.param(one_neuron("sigmoid", "0.3", given={"a.1.1": "0.7"}), id="a stated activation"),
    pytest.param(
        {**one_neuron("sigmoid", "0.3"), "given": {"z.1.1": "0.7"}, "network": {
            "inputs": 2, "layers": [{"size": 1, "activation": "sigmoid", "bias": False}]
        }, "parameters": {"weights": [[["1", None]]]}, "data": [{"inputs": ["0.3", "0.2"], "targets": ["1"]}]},
        id="a stated pre-activation behind an unknown weight",
    ),
])  # fmt: skip
def test_extreme_numbers_raise_no_alarm(values, run):
    code, text, _ = run("check", values)
    assert code == 0, text


@pytest.mark.parametrize("command", ["evaluate", "check"])
@pytest.mark.parametrize(("activation", "x"), [
    ("log(x)", "-1"), ("1/x", "0"), ("sqrt(x)", "0"), ("x^(1/3)", "-1"), ("cases(x, x > 0)", "-1"), ("e^(e^x)", "30"),
])  # fmt: skip
def test_a_number_that_does_not_exist_is_bad_input(command, activation, x, run):
    code, _, errors = run(command, one_neuron(activation, x))
    assert code == 2
    assert len(errors.strip().splitlines()) >= 1


@pytest.mark.parametrize("activation", ["sqrt(x^2)", "log(abs(x))", "max(e^x, 2 - sin(x))", "abs(sin(x))"])
def test_an_unusual_activation_works_or_is_refused(activation, run):
    code, _, _ = run("check", one_neuron(activation, "-0.7"))
    assert code in (0, 2)


def test_the_exit_code_reaches_the_shell():
    done = subprocess.run(
        [sys.executable, "-m", "symback", "check", "slides"], capture_output=True, text=True, timeout=60, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert "0 disagree" in done.stdout


def _number(fraction):
    return mpmath.mpf(fraction.numerator) / fraction.denominator


def test_a_sample_at_a_kink_is_reported_and_not_failed(run):
    code, text, _ = run("check", example("notes"), "--format", "json")
    verdicts = {(found["sample"], found["parameter"]): found["verdict"] for found in json.loads(text)["findings"]}
    assert code == 0
    assert [place for place, verdict in verdicts.items() if verdict == "kink"] == [
        (3, "w.1.2.1"),
        (3, "w.1.2.2"),
        (3, "b.1.2"),
    ]
    assert set(verdicts.values()) == {"agrees", "kink"}
