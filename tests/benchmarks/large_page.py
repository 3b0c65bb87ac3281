"""The page of a network with 2,410 parameters, against the least work that could write it: joining ready strings."""

from __future__ import annotations

import re

import sympy  # noqa: F401 (a page in a program that uses SymPy: its objects are there for the garbage collector)

import symback
from symback.spec.load import load_text
from tests.benchmarks.measuring import Work, at_most, report, side_by_side
from tests.benchmarks.networks import LARGE, spec_text

NAME = r"\\?[A-Za-z]+'?(?:[_^](?:\{(?:[^{}]|\{[^{}]*\})*\}|[A-Za-z0-9]))*"
NUMBER = r"-?\d+(?:\.\d+)?"
READY = re.compile(f"({NAME}|{NUMBER})")
"""What a page could have at hand as one string: a number, or a word or symbol with its indices."""


def floor(page: str) -> Work:
    """Return the work of joining the pieces of `page`: every ready string, and what stands between two of them."""
    pieces = READY.split(page)
    return lambda: "".join(pieces)


def main() -> None:
    """Measure the page with exact and with printed numbers carried on."""
    for carry in ("exact", "printed"):
        spec = load_text(spec_text(LARGE, ("sigmoid", "relu"), carry))
        page = symback.render(spec, kind="full")
        ratio = side_by_side(lambda spec=spec: symback.render(spec, kind="full"), floor(page), turns=9)
        report(f"64-32-10, slides, carry {carry}: spec to page / joining its ready strings", ratio, at_most(60))
