"""One wrong length among the parameters is found, alone, at its place."""

from __future__ import annotations

import random
from itertools import pairwise
from typing import Any

import pytest

from symback.spec.problems import Path
from symback.spec.shapes import shape_problems


def random_spec(chance: random.Random) -> dict[str, Any]:
    """Return the network, parameters and data of a random spec whose shapes are right."""
    sizes = [chance.randrange(1, 6) for _ in range(chance.randrange(2, 6))]
    biases = [chance.random() < 0.7 for _ in sizes[1:]]
    orientation = chance.choice(["column", "row"])
    shapes = [(before, after) if orientation == "row" else (after, before) for before, after in pairwise(sizes)]
    return {
        "network": {
            "inputs": sizes[0],
            "layers": [{"size": size, "bias": bias} for size, bias in zip(sizes[1:], biases, strict=True)],
        },
        "parameters": {
            "orientation": orientation,
            "weights": [[["1"] * columns for _ in range(rows)] for rows, columns in shapes],
            "biases": [["0"] * size if bias else None for size, bias in zip(sizes[1:], biases, strict=True)],
        },
        "data": [{"inputs": ["1"] * sizes[0], "targets": ["1"] * sizes[-1]}],
        "loss": "squared-error",
    }


def lists_in(value: Any, path: Path) -> list[tuple[Path, list[Any]]]:
    """Return every list in `value` with its path."""
    if not isinstance(value, list):
        return []
    inner = [found for place, each in enumerate(value) for found in lists_in(each, (*path, place))]
    return [(path, value), *inner]


def test_right_shapes_have_no_problem():
    chance = random.Random(1)
    for _ in range(300):
        assert list(shape_problems(random_spec(chance))) == []


def test_a_wrong_length_is_found_where_it_is():
    chance = random.Random(2)
    for _ in range(1_000):
        spec = random_spec(chance)
        parameters, sample = spec["parameters"], spec["data"][0]
        path, chosen = chance.choice(
            [
                *lists_in(parameters["weights"], ("parameters", "weights")),
                *lists_in(parameters["biases"], ("parameters", "biases")),
                (("data", 0, "inputs"), sample["inputs"]),
                (("data", 0, "targets"), sample["targets"]),
            ]
        )
        before = len(chosen)
        if chance.random() < 0.5 and before > 1:
            del chosen[-1]
        else:
            chosen.append(chosen[-1].copy() if isinstance(chosen[-1], list) else chosen[-1])
        (problem,) = (found for found in shape_problems(spec) if not is_about_the_extra_item(found.path, path, before))
        assert problem.path == path
        assert problem.came.split()[0] == str(len(chosen)) or "transpose" in problem.came
        assert problem.expected.split()[0] == str(before) or "transpose" in problem.came


def is_about_the_extra_item(found: Path, path: Path, before: int) -> bool:
    """Return whether a problem is about the inside of the item that was added."""
    return found[: len(path) + 1] == (*path, before)


@pytest.mark.parametrize("orientation", ["column", "row"])
def test_a_transposed_matrix_is_called_so(orientation: str):
    chance = random.Random(3)
    found = 0
    while found < 100:
        spec = random_spec(chance)
        spec["parameters"]["orientation"], other = (
            ("row", "column") if spec["parameters"]["orientation"] == "column" else ("column", "row")
        )
        oblong = [place for place, matrix in enumerate(spec["parameters"]["weights"]) if len(matrix) != len(matrix[0])]
        problems = list(shape_problems(spec))
        assert [problem.path for problem in problems] == [("parameters", "weights", place) for place in oblong]
        assert {problem.nearest for problem in problems} <= {f"orientation: {other}"}
        found += len(problems)


def test_lengths_are_checked_beside_other_mistakes():
    spec = random_spec(random.Random(4))
    spec["network"]["inputs"] = "many"
    spec["data"][0]["targets"].append("oops")
    assert [problem.path for problem in shape_problems(spec)] == [("data", 0, "targets")]


@pytest.mark.parametrize("value", [None, 1, "text", [], {}, [None], [[None]], [[[None]]], {"layers": [{}]}])
def test_nonsense_raises_nothing(value: Any):
    good = random_spec(random.Random(5))
    for key in ("network", "parameters", "data"):
        list(shape_problems({**good, key: value}))
    for key in ("weights", "biases"):
        list(shape_problems({**good, "parameters": {**good["parameters"], key: value}}))
