"""Documents read as text: what they say is computed by Python itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

import mpmath

from tests.verify.generator import Case, clean, faulty
from tests.verify.generator.faults import KINDS

NUMBER = re.compile(r"(?<![\w₀-₉.⁽\[])(?:\d+\.?\d*|\.\d+)(?:e-?\d+)?(?![\w₀-₉])")
RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")


def as_python(text: str) -> str:
    """Return a stage of a chain, in Unicode or ASCII, as Python."""
    text = re.sub(r"·10([⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)", lambda found: "e" + found[1].translate(RAISED), text)
    for sign, meant in (
        ("−", "-"),
        ("·", "*"),
        ("×", "*"),
        ("²", "**2"),
        ("^", "**"),
        ("′", "_slope"),
        ("'", "_slope"),
    ):
        text = text.replace(sign, meant)
    return text.replace("σ", "sigmoid").replace("ReLU", "relu")


def sigmoid(z: float) -> float:
    return float(1 / (1 + mpmath.exp(-z)))


FUNCTIONS = {
    "exp": lambda z: float(mpmath.exp(z)),
    "ln": lambda z: float(mpmath.log(z)),
    "log": lambda z: float(mpmath.log(z)),
    "max": max,
    "sigmoid": sigmoid,
    "sigmoid_slope": lambda z: sigmoid(z) * (1 - sigmoid(z)),
    "relu": lambda z: max(z, 0.0),
    "relu_slope": lambda z: float(z > 0),
}


def bounds(stage: str, certain: frozenset[str]) -> tuple[float, float]:
    """Return what a stage may be worth, when each of its decimals but the certain ones may be off by one in its last place."""
    python = as_python(stage)
    value = eval(python, dict(FUNCTIONS))
    doubt = 0.0
    for found in NUMBER.finditer(python):
        digits, _, power = found[0].partition("e")
        tail = digits.partition(".")[2]
        if tail and found[0] not in certain:
            place = 10.0 ** (int(power or 0) - len(tail))
            moved = [f"{python[: found.start()]}({found[0]} + {s * place}){python[found.end() :]}" for s in (1, -1)]
            doubt += max(abs(eval(m, dict(FUNCTIONS)) - value) for m in moved)
    return value - 1.5 * doubt - 1e-9, value + 1.5 * doubt + 1e-9


def chains(case: Case) -> Iterator[list[str]]:
    """Yield the numeric stages of every chain of a document in Unicode or ASCII."""
    chain: list[str] = []
    for line in case.text.splitlines():
        head, *stages = re.split(r" (?:=|≈|~=|←|<-) ", line.replace("\t", " "))
        if not stages or "," in head or re.search(r", \S+ = ", line):
            continue
        chain = (chain if not head.strip() else []) + stages
        numeric = [stage for stage in chain if not re.search(r"[^\W\d_][₀-₉_]|[∂δ]|d[A-Z]|[a-z]\d", stage)]
        numeric = [
            stage
            for stage in numeric
            if re.search(r"\d", stage) and "[" not in stage and NUMBER.search(as_python(stage))
        ]
        if len(numeric) > 1:
            yield numeric


def holds(one: str, other: str, certain: frozenset[str] = frozenset()) -> bool:
    (low, high), (least, most) = bounds(one, certain), bounds(other, certain)
    return low <= most and least <= high


def readable(case: Case) -> bool:
    return not any(mark in case.text for mark in ("$", "\\", "[["))


def test_honest_chains_hold_as_python() -> None:
    count = 0
    for case in filter(readable, clean(150, 11)):
        for chain in chains(case):
            for one, other in pairwise(chain):
                assert holds(one, other), (case.name, one, other)
                count += 1
    assert count > 800


def test_planted_slips_break_a_chain() -> None:
    """A wrong operand beside a right result is seen by Python too; a wrong formula with its own result is not."""
    broken = {kind: [0, 0] for kind in KINDS}
    for case in filter(readable, faulty(230, 12)):
        kind = case.name.partition(" ")[2]
        planted = min(claim.line for claim in case.claims if claim.kind)
        if case.text.splitlines()[planted - 1].startswith("|"):
            continue  # `chains` reads no tables
        given = frozenset(re.findall(r"\d+\.\d+", case.spec_yaml))
        broken[kind][0] += any(not holds(*pair, given) for chain in chains(case) for pair in pairwise(chain))
        broken[kind][1] += 1
    found, all_ = broken["slip of an operand"]
    assert found == all_ > 2
    assert sum(broken[kind][0] for kind in ("18 learning rate", "23 operand miscopied, carried", "17 bias")) == 0
