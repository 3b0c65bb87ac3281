"""The right formulas of one step of learning, number by number, from pieces of which a mistake may spoil one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tests.verify.generator.expressions import (
    ONE,
    Call,
    Negative,
    Node,
    Number,
    Quotient,
    Ref,
    Square,
    Sum,
    difference,
    product,
    total,
)
from tests.verify.generator.networks import Network

Forms = tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """What is worked out in one go: the forms of its formula, the last of which gets the numbers."""

    key: str
    entries: tuple[tuple[str, ...], ...]
    forms: Forms


@dataclass(frozen=True, slots=True)
class Taste:
    """What a person likes to write."""

    chain: bool  # ∂L/∂a and ∂a/∂z on lines of their own, instead of δ
    named_factors: bool  # a chain rule begins with the names of its factors
    slopes: tuple[str, ...]  # "name" for σ′(z), "function" for σ(z)(1 − σ(z)), "product" for a(1 − a)
    sigmoids: tuple[str, ...]  # "name", "fraction"
    target_first: bool  # ½(t − y)²
    bias_first: bool
    update_early: bool  # after each layer
    simplifies: bool  # the cross-entropy is reduced to the one logarithm that counts
    short_cut: bool  # δ = y − t for the cross-entropy
    loss_terms: bool


@dataclass(frozen=True, slots=True)
class Textbook:
    """Every method returns the right forms; its optional arguments are the pieces that a mistake puts in."""

    net: Network
    taste: Taste

    def previous(self, layer: int, j: int, letter: str = "a") -> Ref:
        return Ref(f"{letter}.{layer - 1}.{j}" if layer > 1 else f"x.{j}")

    def terms(self, layer: int, i: int) -> list[Node]:
        """Return the products of a pre-activation."""
        sources = self.net.neurons(layer - 1)
        return [product(Ref(f"w.{layer}.{i}.{j}"), self.previous(layer, j)) for j in sources]

    def pre_activation(self, layer: int, i: int, terms: Sequence[Node] = (), bias: bool = True) -> Forms:
        found = list(terms or self.terms(layer, i))
        if self.net.biased and bias:
            found.insert(0 if self.taste.bias_first else len(found), Ref(f"b.{layer}.{i}"))
        return (total(*found),)

    def activation(self, layer: int, i: int) -> Forms:
        z, name = Ref(f"z.{layer}.{i}"), self.net.activation(layer)
        if name == "linear":
            return (z,)
        if name == "relu":
            return (Call("relu", z),)
        written = {"name": Call("sigmoid", z), "fraction": logistic(Negative(z))}
        return tuple(written[form] for form in self.taste.sigmoids)

    def output(self, k: int) -> Ref:
        return Ref(f"a.{self.net.depth}.{k}")

    def loss_term(self, k: int, factor: str = "", sign: int = 1) -> Forms:
        y, t = self.output(k), Ref(f"t.{k}")
        if self.net.cross_entropy:
            first, second = product(t, Call("ln", y)), product(difference(ONE, t), Call("ln", difference(ONE, y)))
            signed = first if sign < 0 else Negative(first)
            general = Sum((signed, Negative(second)))
            if not self.taste.simplifies or sign < 0:
                return (general,)
            return (general, Negative(Call("ln", y if self.net.given[t.id] == "1" else difference(ONE, y))))
        square = Square(difference(t, y) if self.taste.target_first else difference(y, t))
        factor = factor or self.net.factor
        return (square if factor == "1" else product(Number(factor), square),)

    def error(self, k: int, sign: int = 1, factor: str = "") -> tuple[Node, ...]:
        """Return the factors of ∂L/∂y for the squared error."""
        y, t = self.output(k), Ref(f"t.{k}")
        found = difference(y, t) if sign > 0 else difference(t, y)
        factor = factor or ("1" if self.net.factor == "1/2" else "2")
        return (found,) if factor == "1" else (Number(factor), found)

    def output_gradient(self, k: int, sign: int = 1, factor: str = "") -> Forms:
        """Return ∂L/∂y."""
        if not self.net.cross_entropy:
            return (product(*self.error(k, sign, factor)),)
        y, t = self.output(k), Ref(f"t.{k}")
        first, second = Quotient(t, y), Quotient(difference(ONE, t), difference(ONE, y))
        return (Sum((Negative(first) if sign > 0 else first, second)),)

    def slopes(self, layer: int, i: int) -> list[tuple[Node, ...]]:
        """Return the factors of φ′(z), once for each form."""
        z, a, name = Ref(f"z.{layer}.{i}"), Ref(f"a.{layer}.{i}"), self.net.activation(layer)
        if name == "linear":
            return [()]
        if name == "relu":
            return [(Call("relu'", z),)]
        whole = Call("sigmoid", z)
        written = {
            "name": (Call("sigmoid'", z),),
            "function": (whole, difference(ONE, whole)),
            "product": (a, difference(ONE, a)),
        }
        return [written[form] for form in self.taste.slopes]

    def paths(self, layer: int, j: int) -> list[Node]:
        """Return the terms that come back to neuron `j` of a layer from the next one."""
        nexts = self.net.neurons(layer + 1)
        return [product(Ref(f"w.{layer + 1}.{k}.{j}"), Ref(f"delta.{layer + 1}.{k}")) for k in nexts]

    def upstream(self, layer: int, i: int) -> tuple[Node, ...]:
        """Return the factors of δ before the slope."""
        if layer == self.net.depth:
            if self.net.cross_entropy:
                return (difference(self.output(i), Ref(f"t.{i}")),)
            return self.error(i)
        return (total(*self.paths(layer, i)),)

    def delta(
        self,
        layer: int,
        i: int,
        upstream: tuple[Node, ...] = (),
        slopes: Sequence[tuple[Node, ...]] | None = None,
    ) -> Forms:
        if self.taste.chain and not (self.taste.short_cut and self.net.cross_entropy and layer == self.net.depth):
            return (product(Ref(f"gradient.a.{layer}.{i}"), Ref(f"local.a.{layer}.{i}")),)
        if slopes is None:
            slopes = [()] if self.net.cross_entropy and layer == self.net.depth else self.slopes(layer, i)
        return tuple(product(*(upstream or self.upstream(layer, i)), *slope) for slope in slopes)

    def weight_gradient(
        self, layer: int, i: int, j: int, delta: Node | None = None, source: Node | None = None
    ) -> Forms:
        delta, source = delta or Ref(f"delta.{layer}.{i}"), source or self.previous(layer, j)
        named = product(delta, Ref(f"local.w.{layer}.{i}.{j}"))
        return (named, product(delta, source)) if self.taste.named_factors else (product(delta, source),)

    def updated(self, key: str, sign: int = 1, rate: tuple[Node, ...] | None = None) -> Forms:
        change = product(*((Ref("learning_rate"),) if rate is None else rate), Ref(f"gradient.{key}"))
        return (Sum((Ref(key), Negative(change) if sign > 0 else change)),)

    def steps(self) -> Iterator[Step]:
        """Yield every step in the order in which this person takes them."""
        net = self.net
        for layer in range(1, net.depth + 1):
            for i in net.neurons(layer):
                yield scalar(f"z.{layer}.{i}", self.pre_activation(layer, i))
                yield scalar(f"a.{layer}.{i}", self.activation(layer, i))
        outputs = net.neurons(net.depth)
        terms = [scalar(f"loss.{k}", self.loss_term(k)) for k in outputs]
        if self.taste.loss_terms and len(terms) > 1:
            yield from terms
            yield scalar("loss", (total(*(Ref(term.key) for term in terms)),))
        else:
            forms = zip(*(term.forms for term in terms), strict=True)
            yield scalar("loss", tuple(total(*_flat(list(form))) for form in forms))
        late = []
        for layer in range(net.depth, 0, -1):
            yield from self.layer_gradients(layer)
            updates = [
                scalar(f"updated.{key}", self.updated(key)) for key in net.weight_ids(layer) + net.bias_ids(layer)
            ]
            if self.taste.update_early:
                yield from updates
            else:
                late = updates + late
        yield from late

    def layer_gradients(self, layer: int) -> Iterator[Step]:
        """Yield what comes back to one layer: δ, and the gradient of every parameter."""
        net, last = self.net, layer == self.net.depth
        for i in net.neurons(layer):
            if self.taste.chain and not (last and self.taste.short_cut and net.cross_entropy):
                error = self.output_gradient(i) if last else self.upstream(layer, i)
                yield scalar(f"gradient.a.{layer}.{i}", error)
                yield scalar(
                    f"local.a.{layer}.{i}", tuple(product(*(slope or (ONE,))) for slope in self.slopes(layer, i))
                )
            yield scalar(f"delta.{layer}.{i}", self.delta(layer, i))
        for i in net.neurons(layer):
            for j in net.neurons(layer - 1):
                yield scalar(f"gradient.w.{layer}.{i}.{j}", self.weight_gradient(layer, i, j))
        for key in net.bias_ids(layer):
            yield scalar(f"gradient.{key}", (Ref(f"delta{key[1:]}"),))


def scalar(key: str, forms: Forms) -> Step:
    """Return a step with one result."""
    return Step(key, ((key,),), forms)


def logistic(exponent: Node) -> Node:
    """Return one over one plus e to the exponent."""
    return Quotient(ONE, Sum((ONE, Call("exp", exponent))))


def resolved(key: str) -> str:
    """Return the quantity that has the value of a local derivative of a pre-activation: ∂z/∂w is what comes in."""
    if not key.startswith("local.w."):
        return key
    _, _, layer, _, j = key.split(".")
    return f"a.{int(layer) - 1}.{j}" if layer != "1" else f"x.{j}"


def _flat(terms: list[Node]) -> list[Node]:
    return [inner for term in terms for inner in (term.terms if isinstance(term, Sum) else (term,))]
