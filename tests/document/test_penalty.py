"""The penalty on pages and in numbers: its own path in every gradient, and once for a batch."""

from itertools import cycle

import mpmath
import pytest

import symback
from symback import resources
from symback.verify.claims import Verdict
from symback.verify.verify import audit
from tests.checker import check_page
from tests.oracles.differences import DIGITS, difference_gradients, exact_forward
from tests.oracles.network import read_samples
from tests.oracles.random_wiring import WAYS, wired_network
from tests.oracles.working import Worked, read

VALUES = {
    "schema": 1,
    "network": {"inputs": 1, "layers": [{"size": 2, "activation": "sigmoid"}, {"size": 1, "activation": "linear"}]},
    "parameters": {"weights": [[["0.4"], ["-0.3"]], [["1.5", "0.7"]]], "biases": [["0.1", "0"], ["-0.75"]]},
    "data": [{"inputs": ["1.5"], "targets": ["1"]}, {"inputs": ["0.4"], "targets": ["0.2"]}],
    "loss": {"kind": "squared-error", "factor": "1/2", "penalty": {"kind": "l2", "factor": "0.1"}},
}
ONE = {**VALUES, "data": VALUES["data"][:1], "update": {"learning_rate": "0.5"}}
FINE = frozenset({Verdict.GIVEN, Verdict.CORRECT, Verdict.ROUNDED})


def with_update(**update):
    return {**VALUES, "update": {"learning_rate": "0.5", **update}}


def plus(text):
    return mpmath.mpf(text)


@pytest.mark.parametrize("reduction", ["mean", "sum"])
def test_a_batch_has_the_penalty_once(reduction):
    found, networks = symback.evaluate(symback.load(with_update(reduction=reduction))), read_samples(VALUES)
    share = len(networks) if reduction == "mean" else 1
    with mpmath.workdps(DIGITS):
        losses = [exact_forward(network) for network in networks]
        expected = sum(row["loss"] for row in losses) / share + losses[0]["penalty"]
        assert abs(plus(found["loss"]) - expected) < 1e-15
        gradients, added = [difference_gradients(one) for one in networks], difference_gradients(networks[0], "penalty")
        for name, number in found["gradients"].items():
            assert abs(plus(number) - sum(row[name] for row in gradients) / share - added[name]) < 1e-15
        for row, gradient in zip(found["samples"], gradients, strict=True):
            assert all(abs(plus(number) - gradient[name]) < 1e-15 for name, number in row["gradients"].items())


def test_steps_one_after_the_other_have_it_in_each():
    spec = symback.load(with_update(on="each", epochs=2))
    after = Worked(read(symback.api.dump(spec))).after
    for step, expected in zip(symback.evaluate(spec)["steps"], after, strict=True):
        assert all(abs(plus(step["updated"][name]) - plus(str(number))) < 1e-14 for name, number in expected.items())


@pytest.mark.parametrize("style", resources.styles())
def test_a_page_shows_both_paths_and_holds_and_reads_clean(style):
    spec = symback.load(ONE)
    page = str(symback.render(spec, "md", style))
    assert check_page(page, rounding="half-up", carry="exact").failed == []
    claims, _ = audit(spec, page)
    assert [claim for claim in claims if claim.verdict not in FINE] == []
    assert page.count(r"\frac{\partial R}{\partial") >= 2
    assert r"2\lambda" in page or r"2 \cdot \lambda" in page or r"2 * \lambda" in page


@pytest.mark.parametrize(("way", "style"), [*zip(WAYS, cycle(reversed(resources.styles()))), ("tied", "matrix")])
def test_in_every_wiring_the_penalty_adds_no_line_that_does_not_hold(way, style):
    values = {**wired_network([*WAYS].index(way))}
    values.pop("given", None)
    plain = {key: value for key, value in values["loss"].items() if key != "penalty"}
    penalty = {"kind": "half-l2", "factor": "0.1", "of": ["*"]}
    pages = [
        str(symback.render(symback.load({**values, "loss": loss}), "md", style))
        for loss in (plain, {**plain, "penalty": penalty})
    ]
    without, having = (check_page(page, rounding="half-up", carry="exact").failed for page in pages)
    assert len(having) <= len(without)
    assert r"\lambda" in pages[1]


def test_a_frozen_weight_counts_in_the_penalty_and_has_no_gradient():
    values = {**ONE, "update": {"learning_rate": "0.5", "frozen": ["w.2.1.1"]}}
    found = symback.evaluate(symback.load(values))
    assert found["values"]["penalty"] == "0.299"
    assert "w.2.1.1" not in found["gradients"]
    assert "w.2.1.1" not in found["updated"]


def test_a_tied_weight_counts_once():
    parameters = {
        **VALUES["parameters"],
        "tied": {"w.2.1.2": "w.2.1.1"},
        "weights": [[["0.4"], ["-0.3"]], [["1.5", None]]],
    }
    found = symback.evaluate(symback.load({**ONE, "parameters": parameters}))
    assert found["values"]["penalty"] == "0.25"


def test_variants_keep_the_penalty():
    spec = symback.api.vary(symback.load(ONE), 3)
    assert spec.loss == symback.load(ONE).loss


def test_a_worksheet_states_the_penalty_and_a_solution_works_it_out():
    spec = symback.load(ONE)
    sheet, solution = (str(symback.render(spec, kind=kind)) for kind in ("worksheet", "solution"))
    assert r"\lambda = 0.1" in sheet
    assert "0.299" not in sheet  # 0.1 times the sum of the squares of the weights
    assert "0.299" in solution
