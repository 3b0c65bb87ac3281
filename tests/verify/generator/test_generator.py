"""The generator is honest: judged by its texts alone, and by a second computation of everything."""

from __future__ import annotations

import json
import random
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import mpmath
import pytest

from tests.verify.generator import Case, clean, double, faulty
from tests.verify.generator.cases import Person, erring, random_person
from tests.verify.generator.faults import KINDS
from tests.verify.generator.measure import Judged, figures, judge, read_answer
from tests.verify.generator.networks import Network, exact, random_network, spec_text
from tests.verify.generator.numbers import exactly

FOLDER = Path(__file__).parent


def people(count: int) -> Iterator[Person]:
    return (random_person(random.Random(f"person {i}"), coarse=i % 4 == 3) for i in range(count))


def test_nothing_of_the_package_is_used() -> None:
    for path in FOLDER.glob("*.py"):
        assert not re.search(r"^\s*(import|from) symback", path.read_text(encoding="utf-8"), re.M), path


def test_the_same_seed_gives_the_same_documents() -> None:
    for kind in (clean, faulty, double):
        assert list(kind(6, 4)) == list(kind(6, 4))
        assert [case.text for case in kind(6, 4)] != [case.text for case in kind(6, 5)]


def mp_network(net: Network, given: dict[str, mpmath.mpf]) -> dict[str, mpmath.mpf]:
    """Return z, a and the loss, computed once more."""
    found, before = dict(given), [given[f"x.{j}"] for j in net.neurons(0)]
    functions: dict[str, Callable[[mpmath.mpf], mpmath.mpf]] = {
        "sigmoid": lambda z: mpmath.exp(z) / (mpmath.exp(z) + 1),
        "relu": lambda z: (abs(z) + z) / 2,
        "linear": lambda z: z,
    }
    for layer in range(1, net.depth + 1):
        for i in net.neurons(layer):
            row = [given[f"w.{layer}.{i}.{j}"] for j in net.neurons(layer - 1)]
            z = mpmath.fdot(row, before) + given.get(f"b.{layer}.{i}", 0)
            found[f"z.{layer}.{i}"], found[f"a.{layer}.{i}"] = z, functions[net.activation(layer)](z)
        before = [found[f"a.{layer}.{i}"] for i in net.neurons(layer)]
    pairs = [(y, given[f"t.{k}"]) for k, y in enumerate(before, 1)]
    if net.cross_entropy:
        found["loss"] = mpmath.fsum(-mpmath.log(y if t == 1 else 1 - y) for y, t in pairs)
    else:
        found["loss"] = mpmath.mpf(0.5 if net.factor == "1/2" else 1) * mpmath.fsum((y - t) ** 2 for y, t in pairs)
    return found


def test_gradients_are_differences_of_the_loss() -> None:
    with mpmath.workdps(60):
        for i in range(15):
            net = random_network(random.Random(f"differences {i}"))
            given = {key: mpmath.mpf(text) for key, text in net.given.items()}
            with exactly():
                found = exact(net)
            for key, value in mp_network(net, given).items():
                assert abs(mpmath.mpf(str(found[key])) - value) < 1e-40, key
            for key in [key for key in given if key[0] in "wb"]:
                step = mpmath.mpf(10) ** -20
                up, down = (mp_network(net, given | {key: given[key] + s})["loss"] for s in (step, -step))
                slope = (up - down) / (2 * step)
                assert abs(slope - mpmath.mpf(str(found[f"gradient.{key}"]))) < 1e-30, key
                new = given[key] - given["learning_rate"] * slope
                assert abs(new - mpmath.mpf(str(found[f"updated.{key}"]))) < 1e-30, key


def test_the_program_computes_the_same_network() -> None:
    for i in range(20):
        draw = random.Random(f"spec {i}")
        net, row = random_network(draw), draw.random() < 0.5
        done = subprocess.run(
            [sys.executable, "-m", "symback", "evaluate", "-", "--format", "json"],
            input=spec_text(net, row, {}, None),
            capture_output=True,
            text=True,
            check=True,
        )
        answer = json.loads(done.stdout)
        with exactly():
            found = exact(net)
        told = answer["values"] | {
            f"{part}.{k}": v for part in ("gradient", "updated") for k, v in answer[_key(part)].items()
        }
        told = {k.replace("gradient.z.", "delta."): float(v) for k, v in told.items()}
        assert {key for key in found if not key.startswith(("local", "loss."))} == {
            k for k in told if not k.startswith(("loss.", "gradient.loss."))
        }
        for key, value in [(key, value) for key, value in told.items() if key in found]:
            assert float(found[key]) == pytest.approx(value, rel=1e-12, abs=1e-14), key


def _key(part: str) -> str:
    return {"gradient": "gradients", "updated": "updated"}[part]


def test_the_spec_of_every_case_is_read_without_its_aliases() -> None:
    """The names at the end of a spec are for the reader of the document; the network stands before them."""
    for case in (*clean(4, 8), *faulty(4, 8)):
        spec = case.spec_yaml.partition("aliases:")[0]
        asked = [sys.executable, "-m", "symback", "evaluate", "-"]
        done = subprocess.run(asked, input=spec, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr


# What follows reads documents as text: numbers and formulas in Python's own arithmetic.

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


def test_every_honest_number_is_near_the_exact_one() -> None:
    """Bounds by mpmath's intervals, from formulas of their own: the printed number of an honest person is within them."""
    for person in people(120):
        net, texts = person.net, {}
        for record in person.records():
            texts |= dict(record.results)
        with exactly():
            values = {key: float(value) for key, value in exact(net).items()}
        if person.habits.evaluates or person.habits.coarse:
            continue  # the parts that are rounded on their own are judged as text, above
        known: dict[str, mpmath.mpi] = {key: mpmath.mpi(text) for key, text in net.given.items()}
        for id, text in texts.items():
            reached = formula(net, id, known, values)
            place = Fraction(1, 10 ** len(text.partition(".")[2])) if "." in text else Fraction(0)
            printed = mpmath.mpi(text) + mpmath.mpi(-float(place), float(place)) * (1 + 1e-9)
            assert printed.a <= reached.b, (id, text, reached)
            assert reached.a <= printed.b, (id, text, reached)
            known[id] = mpmath.mpi(min(printed.a, values[id]) - 1e-12, max(printed.b, values[id]) + 1e-12)


def formula(net: Network, id: str, v: dict[str, mpmath.mpi], values: dict[str, float]) -> mpmath.mpi:
    """Return one quantity in interval arithmetic from others that are known by intervals."""
    iv, (kind, *rest) = mpmath.iv, id.split(".")
    numbers = [int(part) for part in rest if part.isdigit()]
    if kind == "updated":
        key = id.removeprefix("updated.")
        return v[key] - v["learning_rate"] * v[f"gradient.{key}"]
    if kind == "loss":
        ks = numbers or list(net.neurons(net.depth))
        if not numbers and "loss.1" in v:
            return sum((v[f"loss.{k}"] for k in ks), mpmath.mpi(0))
        return sum((loss_term(net, v[f"a.{net.depth}.{k}"], v[f"t.{k}"]) for k in ks), mpmath.mpi(0))
    layer, i = numbers[0], numbers[1]
    if kind == "z":
        terms = [v[f"w.{layer}.{i}.{j}"] * v[source(layer, j)] for j in net.neurons(layer - 1)]
        return sum(terms, v.get(f"b.{layer}.{i}", mpmath.mpi(0)))
    z = v[f"z.{layer}.{i}"]
    if kind == "a":
        relu = mpmath.mpi(max(0, z.a), max(0, z.b))
        return {"linear": z, "relu": relu}.get(net.activation(layer)) or 1 / (1 + iv.exp(-z))
    if kind == "gradient" and rest[0] == "w":
        return v[f"delta.{layer}.{i}"] * v[source(layer, numbers[2])]
    if kind == "gradient" and rest[0] == "b":
        return v[f"delta.{layer}.{i}"]
    a = v[f"a.{layer}.{i}"]
    on = mpmath.mpi(values[f"z.{layer}.{i}"] > 0)
    slope = {"linear": mpmath.mpi(1), "relu": on}.get(net.activation(layer)) or a * (1 - a) + mpmath.mpi(
        -1, 1
    ) * 1.5 * (z.b - z.a)
    if kind == "local":
        return slope
    if layer == net.depth:
        y, t = a, v[f"t.{i}"]
        error = (y - t) * (1 if net.factor == "1/2" else 2)
        upstream = (1 - t) / (1 - y) - t / y if net.cross_entropy else error
    else:
        upstream = sum(
            (v[f"w.{layer + 1}.{k}.{i}"] * v[f"delta.{layer + 1}.{k}"] for k in net.neurons(layer + 1)), mpmath.mpi(0)
        )
    if kind == "gradient":
        return upstream
    if layer == net.depth and net.cross_entropy and f"gradient.a.{layer}.{i}" not in v:
        return a - v[f"t.{i}"]
    if f"gradient.a.{layer}.{i}" in v:
        return v[f"gradient.a.{layer}.{i}"] * v[f"local.a.{layer}.{i}"]
    return upstream * slope


def source(layer: int, j: int) -> str:
    return f"a.{layer - 1}.{j}" if layer > 1 else f"x.{j}"


def loss_term(net: Network, y: mpmath.mpi, t: mpmath.mpi) -> mpmath.mpi:
    if net.cross_entropy:
        return -t * mpmath.iv.log(y) - (1 - t) * mpmath.iv.log(1 - y)
    return (y - t) ** 2 * (mpmath.mpi(0.5) if net.factor == "1/2" else 1)


def test_clean_documents_have_nothing_to_blame() -> None:
    for case in clean(100, 2):
        assert {(claim.expect, claim.kind) for claim in case.claims} == {("right", "")}


def test_claims_are_written_where_they_are_said_to_be() -> None:
    for case in (*clean(40, 3), *faulty(46, 3)):
        lines = case.text.splitlines()
        assert all(claim.written in lines[claim.line - 1] for claim in case.claims)
        assert [claim.line for claim in case.claims] == sorted(claim.line for claim in case.claims)


def test_the_first_line_that_differs_from_the_clean_document_is_the_mistake() -> None:
    counts = dict.fromkeys(KINDS, 0)
    for i in range(184):
        draw = random.Random(f"differs {i}")
        kind = tuple(KINDS)[i % len(KINDS)]
        person, faults = erring(draw, (kind,))
        with_fault, without = person.case("", faults), person.case("")
        lines, others = with_fault.text.splitlines(), without.text.splitlines()
        first = next(n for n, (one, other) in enumerate(zip(lines, others, strict=False), 1) if one != other)
        planted = sorted(
            {claim.line for claim in with_fault.claims if claim.expect in ("wrong", "slip", "wrong-or-slip")}
        )
        there = [claim for claim in with_fault.claims if claim.line == first]
        assert first == planted[0] or any(claim.kind for claim in there), (kind, first, planted)
        counts[kind] += first == planted[0]
        if len(lines) == len(others):
            changed = {n for n, (one, other) in enumerate(zip(lines, others, strict=True), 1) if one != other}
            bad = {claim.line for claim in with_fault.claims if claim.expect != "right"}
            aligned = {claim.line for claim in with_fault.claims if claim.kind}
            assert bad - aligned <= changed, (kind, bad - changed)
    assert sum(counts.values()) > 170
    assert all(counts.values())


def test_every_mistake_can_be_seen_and_is_planted_once() -> None:
    cases = list(faulty(len(KINDS) * 2, 7))
    assert [case.name.partition(" ")[2] for case in cases] == list(KINDS) * 2
    for case in cases:
        assert {claim.kind for claim in case.claims} - {""} == {case.name.partition(" ")[2]}
        assert any(claim.expect in ("wrong", "slip", "wrong-or-slip") for claim in case.claims)
    for case in double(20, 7):
        assert len({claim.kind for claim in case.claims} - {""}) == 2


def perfect(case: Case) -> list[tuple[int, str, str, int | None]]:
    planted = min((claim.line for claim in case.claims if claim.kind), default=None)
    verdict = {"right": "correct", "wrong-or-slip": "slip"}
    return [
        (c.line, c.written, verdict.get(c.expect, c.expect), planted if c.expect == "follows" else None)
        for c in case.claims
    ]


def test_a_perfect_verifier_has_perfect_figures_and_a_silent_one_has_none() -> None:
    sets = [list(clean(12, 5)), list(faulty(23, 5)), list(double(6, 5))]
    answers = {case.text: perfect(case) for cases in sets for case in cases}
    best = figures(*(judge(lambda spec, text, suffix: answers[text], cases) for cases in sets))
    zero = ("false alarm", "wrongly blamed")
    for name, figure in best.items():
        assert figure.startswith("0.0 %" if any(word in name for word in zero) else "100.0 %"), (name, figure)
    silent = figures(*(judge(lambda spec, text, suffix: [], cases) for cases in sets))
    assert silent["mistakes found"].startswith("0.0 %")
    assert silent["second mistake of two found"].startswith("0.0 %")
    blames_all = figures(
        *([Judged(c, tuple((e.line, e.written, "wrong", None) for e in c.claims)) for c in cases] for cases in sets)
    )
    assert blames_all["clean documents with a false alarm"].startswith("100.0 %")
    assert blames_all["lines that follow, wrongly blamed"].startswith("100.0 %")


def test_answers_of_the_command_are_read() -> None:
    claims = [
        {"line": 3, "written": "0.5", "verdict": "wrong"},
        {"line": 7, "written": "1", "verdict": "follows", "cause": 0},
    ]
    assert read_answer(json.dumps({"claims": claims})) == [(3, "0.5", "wrong", None), (7, "1", "follows", 3)]
