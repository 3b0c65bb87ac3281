"""Networks that are too large to write out: a summary, with matrices cut to their corners and one entry worked."""

from __future__ import annotations

import random
import re
from typing import Any

import pytest

import symback
from symback import resources

SUMMARY = "This page is a summary"


def network(*sizes: int) -> dict[str, Any]:
    draw = random.Random(len(sizes))
    inputs, *layers = sizes
    before = (inputs, *layers)
    weights = [
        [[str(round(draw.uniform(-1, 1), 2)) for _ in range(width)] for _ in range(size)]
        for width, size in zip(before, layers, strict=False)
    ]
    return {
        "schema": 1,
        "network": {"inputs": inputs, "layers": [{"size": size, "activation": "sigmoid"} for size in layers]},
        "parameters": {"weights": weights, "biases": [["0.1"] * size for size in layers]},
        "data": [{"inputs": [0.5] * inputs, "targets": [1] * layers[-1]}],
        "loss": {"kind": "squared-error"},
        "update": {"learning_rate": 0.1},
    }


LARGE = symback.load(network(64, 32, 10))
"""2,410 parameters."""


@pytest.mark.parametrize("style", resources.styles())
@pytest.mark.parametrize(("to", "most"), [("md", 60_000), ("html", 500_000), ("tex", 60_000), ("pdf", 500_000)])
def test_a_large_network_gets_a_summary(style: str, to: str, most: int):
    page = symback.render(LARGE, to, style=style)
    assert len(page) < most
    assert to == "pdf" or SUMMARY in page


def test_a_summary_gives_the_numbers_of_evaluate():
    page = symback.render(symback.load(network(64, 32, 10) | {"numbers": {"decimals": 6}}))
    for name in ("w.2.1.1", "w.1.1.1", "b.2.1"):
        wanted = float(symback.evaluate(LARGE)["gradients"][name])
        assert any(abs(float(text) - wanted) <= 5.1e-7 for text in re.findall(r"-?\d+\.\d+", page)), name


def test_matrices_show_their_corners_and_one_entry():
    page = symback.render(LARGE)
    matrices = re.findall(r"\\begin\{bmatrix\}(.*?)\\end\{bmatrix\}", page, re.DOTALL)
    assert matrices
    for matrix in matrices:
        rows = matrix.split(r"\\")
        assert len(rows) <= 24
        assert all(row.count("&") < 24 for row in rows)
    assert any(r"\ddots" in matrix and r"\vdots" in matrix and r"\cdots" in matrix for matrix in matrices)
    assert re.search(r"\$\$\nw_\{[^$]*\} = -?\d\.\d+\n\$\$", page)


@pytest.mark.parametrize("style", ["slides", "matrix"])
def test_a_full_handout_leaves_nothing_out_where_lines_scroll(style: str):
    spec = symback.load(network(30, 10, 2) | {"numbers": {"decimals": 6}})  # 332 parameters
    assert SUMMARY in symback.render(spec, style=style)
    page = symback.render(spec, style=style, kind="full")
    assert SUMMARY not in page
    assert not re.search(r"\\[cvd]dots", page)
    printed = [float(text) for text in re.findall(r"-?\d+\.\d+", page)]
    found = symback.evaluate(spec)
    for name, wanted in (found["gradients"] | found["updated"]).items():
        if name[0] in "wb":
            assert any(abs(number - float(wanted)) <= 5.1e-7 for number in printed), name


def test_matrices_keep_their_corners_on_paper_even_in_a_full_handout():
    page = symback.render(symback.load(network(30, 10, 2)), "tex", kind="full")
    assert SUMMARY not in page
    assert r"\cdots" in page


def test_a_small_network_is_written_out():
    small = symback.load("slides")
    assert symback.render(small) == symback.render(small, kind="full")
