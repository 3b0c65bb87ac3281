"""Judging a document in process: in units of loading SymPy, and how the time grows with the number of claims."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from symback.spec.load import load_file
from symback.verify.verify import audit
from tests.benchmarks.measuring import Ratio, at_most, python, report, side_by_side

FIXTURES = Path(__file__).parents[1] / "verify"
DOCUMENTS = (
    "documents/entropia-cruzada", "documents/unicode-notes", "documents/vorlesung-matrizen", "founding/matrix",
)  # fmt: skip
"""Hand-worked documents of about as many claims as a student hands in; two of them are about matrices."""

CLAIMS = 150
"""Times are given for so many claims."""


def main() -> None:
    """Measure documents of about 150 claims, and one that is eight times as long."""
    sympy = python("-c", "import sympy")
    for name in DOCUMENTS:
        judged, claims = judging(name)
        ratio = scaled(side_by_side(judged, sympy, turns=9), CLAIMS / claims)
        report(f"{CLAIMS} claims of {Path(name).name} ({claims} judged) / import sympy", ratio, at_most(0.5))
    for name in DOCUMENTS:
        long, many = judging(name, 8)
        short, few = judging(name)
        ratio = scaled(side_by_side(long, short, turns=5), few / many)
        report(f"{Path(name).name}: time a claim of eight copies / of one", ratio, at_most(1.3))


def judging(name: str, copies: int = 1) -> tuple[Callable[[], object], int]:
    """Return the work of judging a fixture, or several copies of it as one document, and how many claims it has."""
    spec = load_file(FIXTURES / name / "spec.yaml")
    (document,) = (FIXTURES / name).glob("document.*")
    text = "\n\n".join([document.read_text(encoding="utf-8")] * copies)
    claims, _ = audit(spec, text)
    return lambda: audit(spec, text), len(claims)


def scaled(ratio: Ratio, factor: float) -> Ratio:
    """Return a ratio times a number."""
    return Ratio(ratio.median * factor, ratio.low * factor, ratio.high * factor)
