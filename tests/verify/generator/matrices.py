"""The right formulas of one step of learning, a layer at a time, for vectors that are columns or rows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tests.verify.generator.expressions import (
    ONE,
    Call,
    Dot,
    Hadamard,
    Negative,
    Node,
    Number,
    Ref,
    Sum,
    Transpose,
    difference,
    product,
)
from tests.verify.generator.networks import Network
from tests.verify.generator.textbook import Forms, Step, Taste, Textbook


@dataclass(frozen=True, slots=True)
class MatrixBook:
    """The same as `Textbook`, with `W x + b` for columns and `x W + b` for rows."""

    net: Network
    taste: Taste
    row: bool

    def entries(self, key: str) -> tuple[tuple[str, ...], ...]:
        """Return the ids of the entries of a matrix or vector, row by row."""
        letter, _, number = key.partition(".")
        layer = int(number) if number else self.net.depth
        prefix = {"G": "gradient.", "U": "updated."}.get(letter[0], "")
        if letter[-1] == "W":
            rows = tuple(
                tuple(f"{prefix}w.{layer}.{i}.{j}" for j in self.net.neurons(layer - 1))
                for i in self.net.neurons(layer)
            )
            return tuple(zip(*rows, strict=True)) if self.row else rows
        if key == "A.0":
            ids = [f"x.{j}" for j in self.net.neurons(0)]
        else:
            stem = {"Z": "z", "A": "a", "T": "t", "D": "delta", "B": prefix + "b"}[letter[-1]]
            ids = [f"{stem}.{k}" if letter == "T" else f"{stem}.{layer}.{k}" for k in self.net.neurons(layer)]
        return (tuple(ids),) if self.row else tuple((id,) for id in ids)

    def step(self, key: str, forms: Forms) -> Step:
        return Step(key, self.entries(key), forms)

    def dot(self, matrix: Node, vector: Node) -> Node:
        return Dot(vector, matrix) if self.row else Dot(matrix, vector)

    def pre_activation(
        self, layer: int, weights: Node | None = None, source: Node | None = None, bias: bool = True
    ) -> Forms:
        linear = self.dot(weights or Ref(f"W.{layer}"), source or Ref(f"A.{layer - 1}"))
        return (Sum((linear, Ref(f"B.{layer}"))) if bias and self.net.biased else linear,)

    def activation(self, layer: int) -> Forms:
        z = Ref(f"Z.{layer}")
        return (z,) if self.net.activation(layer) == "linear" else (Call(self.net.activation(layer), z),)

    def error(self, sign: int = 1, factor: str = "") -> Node:
        y, t = Ref(f"A.{self.net.depth}"), Ref("T")
        found = difference(y, t) if sign > 0 else difference(t, y)
        factor = factor or ("1" if self.net.cross_entropy or self.net.factor == "1/2" else "2")
        return found if factor == "1" else product(Number(factor), found)

    def slope(self, layer: int) -> Node | None:
        name, a = self.net.activation(layer), Ref(f"A.{layer}")
        if name == "linear" or (layer == self.net.depth and self.net.cross_entropy):
            return None
        if name == "sigmoid" and self.taste.slopes[-1] == "product":
            return Hadamard(a, difference(ONE, a))
        return Call(f"{name}'", Ref(f"Z.{layer}"))

    def back(self, layer: int, weights: Node | None = None) -> Node:
        """Return what comes back to a layer from the next one."""
        return self.dot(weights or Transpose(Ref(f"W.{layer + 1}")), Ref(f"D.{layer + 1}"))

    def delta(self, layer: int, upstream: Node | None = None, slope: Node | None = None, sloped: bool = True) -> Forms:
        upstream = upstream or (self.error() if layer == self.net.depth else self.back(layer))
        slope = slope or self.slope(layer)
        return (Hadamard(upstream, slope) if slope and sloped else upstream,)

    def weight_gradient(self, layer: int, source: Node | None = None) -> Forms:
        delta, source = Ref(f"D.{layer}"), source or Ref(f"A.{layer - 1}")
        return (Dot(Transpose(source), delta) if self.row else Dot(delta, Transpose(source)),)

    def updated(self, letter: str, layer: int, sign: int = 1, rate: tuple[Node, ...] | None = None) -> Forms:
        change = product(*((Ref("learning_rate"),) if rate is None else rate), Ref(f"G{letter}.{layer}"))
        return (Sum((Ref(f"{letter}.{layer}"), Negative(change) if sign > 0 else change)),)

    def steps(self) -> Iterator[Step]:
        """Yield every step in the order in which this person takes them."""
        net, letters = self.net, "WB" if self.net.biased else "W"
        for layer in range(1, net.depth + 1):
            yield self.step(f"Z.{layer}", self.pre_activation(layer))
            yield self.step(f"A.{layer}", self.activation(layer))
        yield from (step for step in Textbook(net, self.taste).steps() if step.key.startswith("loss"))
        late: list[Step] = []
        for layer in range(net.depth, 0, -1):
            yield self.step(f"D.{layer}", self.delta(layer))
            yield self.step(f"GW.{layer}", self.weight_gradient(layer))
            if net.biased:
                yield self.step(f"GB.{layer}", (Ref(f"D.{layer}"),))
            updates = [self.step(f"U{letter}.{layer}", self.updated(letter, layer)) for letter in letters]
            if self.taste.update_early:
                yield from updates
            else:
                late = updates + late
        yield from late
