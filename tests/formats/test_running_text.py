"""Mathematics in running text and in tables stays on its line: in Markdown a row of a table ends where the line ends."""

from __future__ import annotations

import re

import pytest

import symback
from symback import resources

SPEC = {
    "schema": 1,
    "network": {"inputs": 1, "layers": [{"size": 1, "activation": "cases(x, x > 0, e^x - 1, x <= 0)"}] * 2},
    "parameters": {"weights": [[["0.5"]], [["0.7"]]], "biases": [["0.1"], ["-0.2"]]},
    "data": [{"inputs": ["1"], "targets": ["0.3"]}],
    "loss": {"kind": "squared-error", "factor": "1/2"},
}


@pytest.mark.parametrize("style", resources.styles())
def test_a_function_with_cases_breaks_no_line(style: str):
    page = symback.render(symback.load(SPEC), style=style)
    text = re.sub(r"\$\$.*?\$\$", "", page, flags=re.DOTALL)
    assert r"\begin{cases}" in page
    assert [line for line in text.splitlines() if line.count("$") % 2] == []
