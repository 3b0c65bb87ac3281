"""Random systems of equations, told twice: as the texts of a spec, and as trees that this module works out itself.

Nothing of the package is used: what the words of a formula mean is said again here, for any kind of number.
"""

from __future__ import annotations

import operator
import random
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

import mpmath

from tests.oracles.functions import DECIMAL, Arithmetic

DIGITS = 60
LARGEST, NEAREST = 50, Fraction(1, 1000)
"""Systems with a larger value, or a switch nearer to its kink, are drawn again."""


@dataclass(frozen=True)
class Node:
    """A part of a formula: an operation with its operands, a name or a number."""

    kind: str
    parts: tuple[Any, ...]

    def text(self) -> str:
        match self.kind:
            case "name" | "number":
                return self.parts[0]
            case "negative":
                return f"-({self.parts[0].text()})"
            case "power":
                return f"({self.parts[0].text()})^{self.parts[1]}"
            case "+" | "-" | "*" | "/":
                return f"({self.parts[0].text()}) {self.kind} ({self.parts[1].text()})"
        return f"{self.kind}({', '.join(part.text() for part in self.parts)})"


BINARY: Mapping[str, Callable[[Any, Any], Any]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
}
CALLS: Mapping[str, Callable[..., Any]] = {
    "sigmoid": lambda m, x: 1 / (1 + m.exp(-x)),
    "relu": lambda m, x: m.positive(x),
    "tanh": lambda m, x: m.tanh(x),
    "exp": lambda m, x: m.exp(x),
    "log": lambda m, x: m.log(x),
    "ln": lambda m, x: m.log(x),
    "sqrt": lambda m, x: m.sqrt(x),
    "sin": lambda m, x: m.sin(x),
    "cos": lambda m, x: m.cos(x),
    "max": lambda m, x, y: y + m.positive(x - y),
    "min": lambda m, x, y: x - m.positive(x - y),
    "abs": lambda m, x: m.positive(x) + m.positive(-x),
}


def work_out(node: Node, names: Mapping[str, Any], m: Arithmetic) -> Any:
    """Return what a formula is worth in the arithmetic `m`."""
    match node.kind:
        case "name":
            return names[node.parts[0]]
        case "number":
            return m.number(Fraction(node.parts[0]))
        case "negative":
            return -work_out(node.parts[0], names, m)
        case "power":
            return work_out(node.parts[0], names, m) ** node.parts[1]
    parts = [work_out(part, names, m) for part in node.parts]
    return BINARY[node.kind](*parts) if node.kind in BINARY else CALLS[node.kind](m, *parts)


@dataclass(frozen=True)
class Equations:
    """Formulas by name in an order in which they can be worked out, and numbers for the other names."""

    formulas: Mapping[str, Node]
    numbers: Mapping[str, Fraction]
    output: str
    order: tuple[str, ...]

    def spec(self) -> dict[str, Any]:
        """Return the values of a spec, its equations in another order."""
        return {
            "schema": 1,
            "equations": [f"{name} = {self.formulas[name].text()}" for name in self.order],
            "values": {name: str(float(number)) for name, number in self.numbers.items()},
            "output": self.output,
        }

    def forward(
        self, given: Mapping[str, Any], m: Arithmetic, shifts: Mapping[str, Any] | None = None
    ) -> dict[str, Any]:
        """Return every value; `shifts` are added to results, by name."""
        found = dict(given)
        for name, formula in self.formulas.items():
            found[name] = work_out(formula, found, m) + (shifts or {}).get(name, 0)
        return found

    def needed(self) -> set[str]:
        """Return the names on which the output depends."""
        found: set[str] = set()
        waiting = [self.output]
        while waiting:
            for used in _names(self.formulas[waiting.pop()]):
                if used not in found:
                    found.add(used)
                    waiting += [used] if used in self.formulas else []
        return found


def _names(node: Node) -> set[str]:
    if node.kind == "name":
        return {node.parts[0]}
    return {name for part in node.parts if isinstance(part, Node) for name in _names(part)}


def random_equations(seed: int) -> Equations:
    """Return the system of a seed, away from kinks and without large numbers."""
    chance = random.Random(seed)
    while True:
        found = _draw(chance)
        if found is not None and _is_tame(found):
            return found


def _draw(chance: random.Random) -> Equations | None:
    free = [f"v{place}" for place in range(1, chance.randint(2, 5))]
    known, formulas = list(free), {}
    for place in range(1, chance.randint(2, 7)):
        name = chance.choice((f"q_{place}", f"net_h{place}"))
        formulas[name] = _formula(chance, known, chance.randint(1, 2))
        known.append(name)
    used = {name for formula in formulas.values() for name in _names(formula)}
    numbers = {name: Fraction(chance.randint(-200, 200), 100) for name in free if name in used}
    if not numbers or any(not _names(formula) for formula in formulas.values()):
        return None
    order = list(formulas)
    chance.shuffle(order)
    system = Equations(formulas, numbers, list(formulas)[-1], tuple(order))
    return system if system.needed() & numbers.keys() else None


def _formula(chance: random.Random, known: list[str], depth: int) -> Node:
    if depth == 0:
        if chance.random() < 0.2:
            return Node("number", (chance.choice(("2", "0.5", "3", "1.25")),))
        return Node("name", (chance.choice(known[-4:] if chance.random() < 0.6 else known),))
    one, two = (_formula(chance, known, depth - 1) for _ in range(2))
    kind = chance.choice(("+", "-", "*", "*", "/", "negative", "power", "call", "call", "extreme"))
    if kind == "negative":
        return Node(kind, (one,))
    if kind == "power":
        return Node(kind, (one, chance.choice((2, 3))))
    if kind == "extreme":
        return Node(chance.choice(("max", "min")), (one, two))
    if kind == "/":
        return Node("/", (one, Node("+", (Node("number", ("2",)), Node("power", (two, 2))))))
    if kind == "call":
        name = chance.choice([each for each in CALLS if each not in ("max", "min")])
        positive = Node("+", (Node("number", ("1",)), Node("power", (one, 2))))
        return Node(name, (positive,) if name in ("log", "ln", "sqrt") else (one,))
    return Node(kind, (one, two))


def _is_tame(system: Equations) -> bool:
    switches: list[Any] = []

    def positive(x: Any) -> Any:
        switches.append(x)
        return DECIMAL.positive(x)

    with mpmath.workdps(30):
        watched = replace(DECIMAL, positive=positive)
        given = {name: DECIMAL.number(number) for name, number in system.numbers.items()}
        values = system.forward(given, watched).values()
        far = mpmath.mpf(NEAREST.numerator) / NEAREST.denominator
        return all(abs(value) < LARGEST for value in values) and all(abs(switch) > far for switch in switches)


def systems(seeds: range) -> Iterator[tuple[int, Equations]]:
    """Yield the systems of some seeds."""
    return ((seed, random_equations(seed)) for seed in seeds)
