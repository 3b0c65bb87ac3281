"""Every printed number is where honest rounding leads, by intervals of mpmath and formulas of their own."""

from __future__ import annotations

import random
from collections.abc import Iterator
from fractions import Fraction

import mpmath

from tests.verify.generator.cases import erring, written
from tests.verify.generator.faults import KINDS
from tests.verify.generator.networks import Network, exact
from tests.verify.generator.numbers import exactly
from tests.verify.generator.people import Person, random_person


def people(count: int) -> Iterator[Person]:
    return (random_person(random.Random(f"person {i}"), coarse=i % 4 == 3) for i in range(count))


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


def test_what_is_said_to_be_wrong_is_not_the_exact_number() -> None:
    """By more than half a unit of its last place: nobody who rounds to the nearest gets there."""
    count = 0
    for i in range(92):
        person, faults = erring(random.Random(f"wrong {i}"), (tuple(KINDS)[i % len(KINDS)],))
        case = written(person, "", faults)
        claims = person.document(person.records(faults)).claims
        with exactly():
            values = {key: float(value) for key, value in exact(person.net).items()}
        for claim, expected in zip(claims, case.claims, strict=True):
            if claim.role in ("value", "restated") and expected.expect in ("wrong", "follows"):
                assert abs(float(claim.text) - values[claim.place]) > 10.0 ** -len(claim.text.partition(".")[2]) * 0.5
                count += 1
    assert count > 300
