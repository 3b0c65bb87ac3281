"""Networks are computed as mpmath and the program compute them, from the spec that is written of them."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from collections.abc import Callable

import mpmath
import pytest

from tests.verify.generator import clean, faulty
from tests.verify.generator.networks import Network, exact, random_network, spec_text
from tests.verify.generator.numbers import exactly


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
