"""What no page may say: a stated value as if it followed from a formula, a function by a name that nothing defines."""

from __future__ import annotations

import re

import pytest

import symback
from symback import resources

STATED = {
    "schema": 1,
    "network": {
        "inputs": 2,
        "layers": [
            {"size": 2, "activation": "relu", "bias": False},
            {"size": 1, "activation": "sigmoid", "bias": False},
        ],
    },
    "parameters": {"weights": [[["1", "0.5"], ["-0.5", "0.25"]], [["-1", "0.5"]]]},
    "data": [{"inputs": ["0.5", "1"], "targets": ["0"]}],
    "loss": "squared-error",
    "given": {"z.2.1": "-0.85"},
}

REPEATED = {
    "schema": 1,
    "network": {
        "inputs": 1,
        "layers": [
            {"size": 2, "activation": "2*x", "bias": False},
            {"size": 2, "activation": "2*x", "bias": False},
            {"size": 1, "activation": "x^2/4", "bias": False},
        ],
    },
    "parameters": {"weights": [[["0.5"], ["0.25"]], [["0.3", "0.1"], ["0.2", "0.4"]], [["0.6", "0.7"]]]},
    "data": [{"inputs": ["1.5"], "targets": ["1"]}],
    "loss": "squared-error",
    "update": {"learning_rate": "0.1"},
}

EQUALS_STATED = re.compile(r"(?:(?<!:)=|\\approx) (?:\\begin\{bmatrix\} )?-0\.85(?!\d)")
FUNCTION = re.compile(r"(?<![A-Za-z\\])f_(\d)")
DEFINED = re.compile(r"(?<![A-Za-z\\])f_(\d)\([xz]\) &?=")


@pytest.mark.parametrize("others", [[], [{"inputs": ["2", "1"], "targets": ["1"]}]], ids=["one sample", "two samples"])
@pytest.mark.parametrize("style", resources.styles())
def test_a_stated_value_does_not_stand_behind_an_equals_sign(style: str, others: list[object]):
    page = symback.render(symback.load({**STATED, "data": [*STATED["data"], *others]}), style=style)
    assert "-0.85" in page
    assert EQUALS_STATED.findall(page) == []


@pytest.mark.parametrize("kind", ["handout", "solution"])
@pytest.mark.parametrize("style", resources.styles())
def test_every_function_that_is_used_is_defined(style: str, kind: str):
    page = symback.render(symback.load(REPEATED), style=style, kind=kind)
    assert set(FUNCTION.findall(page)) <= set(DEFINED.findall(page))
