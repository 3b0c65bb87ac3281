"""What the formulas of a document are worth at a point of the network: names are looked up, functions recognised."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from flint import arb

from symback.graph.quantity import Graph
from symback.verify.balls import decimal
from symback.verify.binding import Binding
from symback.verify.evaluate import FUNCTIONS, PRIMES, ZERO, Dual, Unknown, Value, constant, evaluate
from symback.verify.reading import rebuilt
from symback.verify.schemes import Target
from symback.verify.spelling import Spelling, spelling
from symback.written.nodes import (
    Call,
    Derivative,
    Group,
    IndexedSum,
    Matrix,
    Name,
    Negative,
    Product,
    Sum,
    Symbol,
    Transpose,
    Written,
)

Keys = tuple[tuple[str, ...], ...]
"""Rows of keys of quantities and derivatives; an empty key stands for what is not known."""

Look = Callable[[str], arb]
"""Gives the value of a key; raises `Unknown`."""


Operand = Callable[[Written, Fraction, Fraction], arb]
"""Gives the ball for a printed number, from its node, value and unit."""


@dataclass(frozen=True, slots=True)
class Scope:
    """Where in the document a formula stands, as far as its names depend on it."""

    sample: int = 0
    moves: str = ""
    iteration: int = 1

    def key(self, key: str) -> str:
        """Return the key that a key means here, at the sample at hand."""
        if not self.sample or "@" in key or not key:
            return key
        return at_sample(key, self.sample)


def at_sample(key: str, sample: int) -> str:
    """Return the key of a quantity or gradient at a sample; parameters have one value for all."""
    if key.startswith("-"):
        return "-" + at_sample(key[1:], sample)
    of, colon, by = key.partition(":")
    if of.startswith(("w.", "b.")) or of in ("learning_rate", "batch"):
        return key
    return f"{of}@{sample}{colon}{by}"


class Resolver:
    """Evaluates formulas of the document.

    Parameters
    ----------
    binding
        What its names mean.
    graph
        The network.
    look
        The value of each key.
    scope
        Where the formula stands.
    local
        Values of names that the document defines for itself.
    shifted
        Gives a quantity with one parameter moved, for ``J(w + ε)``.
    rename
        What a key becomes before it is looked up; for trying a rule on another neuron.
    """

    def __init__(
        self,
        binding: Binding,
        graph: Graph,
        look: Look,
        scope: Scope,
        local: Mapping[Spelling, arb],
        rename: Callable[[str], str] = lambda key: key,
        shifted: Callable[[str, str, arb], arb] | None = None,
    ) -> None:
        self._shifted = shifted
        self._binding = binding
        self._graph = graph
        self._look = look
        self._scope = scope
        self._local = local
        self._rename = rename
        self._by = ""
        self._number: Operand | None = None

    def value(self, node: Written, number: Operand | None = None) -> Value:
        """Return what a formula is worth.

        Raises
        ------
        Unknown
            If it has no value.
        """
        before, self._number = self._number, number
        try:
            return evaluate(node, self._find, number)
        finally:
            self._number = before

    def keys(self, node: Written) -> Keys | None:
        """Return the keys of what a side names: a quantity, a derivative, or a vector or matrix of them."""
        return keys_of(node, self._binding, self._scope)

    def _find(self, node: Written) -> Value:
        if isinstance(node, Call):
            return self._call(node)
        if isinstance(node, IndexedSum):
            raise Unknown("a sum over an index")
        keys = self.keys(node)
        if keys is not None:
            return self._valued(keys)
        if isinstance(node, Derivative):
            return self._derivative(node)
        if isinstance(node, Symbol):
            if node.base in ("n", "N", "m") and not node.subscript and len(self._graph.samples) > 1:
                return constant(arb(len(self._graph.samples)))
            if spelling(node) in self._local:
                return constant(self._local[spelling(node)])
            raise Unknown(f"{spelling(node)} is not known")
        raise Unknown("this is not read")

    def _valued(self, keys: Keys) -> Value:
        if any(not key for row in keys for key in row):
            raise Unknown("a name that is not known")
        if len(keys) == 1 and len(keys[0]) == 1:
            return self._one(keys[0][0])
        return tuple(tuple(self._one(key) for key in row) for row in keys)

    def _one(self, key: str) -> Dual:
        key = self._rename(key)
        if not self._by:
            return constant(self._look(key))
        if ":" in key or key.endswith("+"):
            raise Unknown("a derivative of a derivative")
        plain = key.partition("@")[0]
        return Dual(self._look(key), self._look(f"{plain}:{self._by}") if plain != self._by else arb(1))

    def _derivative(self, node: Derivative) -> Value:
        """Return the derivative of a formula by a name: every name in it moves as the network makes it move."""
        by = keys_of(node.by, self._binding, self._scope)
        if by is None or len(by) != 1 or len(by[0]) != 1 or not by[0][0] or self._by or ":" in by[0][0]:
            raise Unknown("a derivative that is not read")
        self._by = by[0][0].partition("@")[0]
        try:
            value = self.value(node.of)
        finally:
            self._by = ""
        if not isinstance(value, Dual):
            raise Unknown("a derivative of a vector")
        return constant(value.slope)

    def _call(self, node: Call) -> Value:
        """Return the value of a function that needs the network, or that has a prime."""
        (argument, *rest) = node.arguments
        if isinstance(node.function, Symbol) and self._binding.of(node.function) is not None:
            return self._of_parameter(node.function, argument)
        if rest or node.primes > 1:
            raise Unknown("a function that is not known")
        inner = self.value(argument, self._number)
        function = node.function if isinstance(node.function, str) else ""
        if function in FUNCTIONS and node.primes:
            if function in ("max", "min"):
                raise Unknown("the derivative of a maximum")
            return _each(inner, lambda one: self._slope(PRIMES[function], one))
        return self._activation(argument, inner, node.primes)

    def _of_parameter(self, function: Symbol, argument: Written) -> Value:
        """Return a quantity as a function of one parameter: ``J(w)`` and ``J(w + ε)``."""
        keys = self.keys(function)
        name, size = argument, constant(ZERO)
        if isinstance(argument, Sum) and len(argument.terms) == 2:
            name = argument.terms[0]
            found = self.value(argument.terms[1])
            size = found if isinstance(found, Dual) else size
        by = self.keys(name)
        if keys is None or by is None or self._shifted is None or len(keys) * len(keys[0]) * len(by) * len(by[0]) != 1:
            raise Unknown("a function that is not known")
        return constant(self._shifted(keys[0][0], by[0][0], size.value))

    def _slope(self, prime: Callable[[arb], arb], one: Dual) -> Dual:
        if one.slope != 0:
            raise Unknown("a derivative of a derivative")
        return constant(prime(one.value))

    def _activation(self, argument: Written, inner: Value, primes: int) -> Value:
        """Return "the activation function" at an argument: that of the layer to which the argument belongs."""
        layers = self._graph.layers
        rows = {layer.activation.name for layer in layers}
        keys = keys_of(argument, self._binding, self._scope)
        number = 0
        if keys is not None and keys[0][0].startswith("z."):
            number = int(keys[0][0].split(".")[1])
        elif len(rows) > 1:
            number = self._layer_that_prints(argument)
        if not number and len(rows) > 1:
            raise Unknown("a function that is not known")
        layer = layers[(number or 1) - 1]
        pre, post = layer.pre_activations[0], layer.activations[0]
        definition = self._graph.quantities[post].definition
        assert definition is not None

        def at(one: Dual) -> Dual:
            moved = Dual(one.value, arb(1)) if primes else one
            if primes and one.slope != 0:
                raise Unknown("a derivative of a derivative")
            found = evaluate(definition, lambda node: moved if isinstance(node, Name) and node.id == pre else constant(ZERO))
            assert isinstance(found, Dual)
            return constant(found.slope) if primes else found

        return _each(inner, at)

    def _layer_that_prints(self, argument: Written) -> int:
        """Return the layer one of whose pre-activations prints as a number, if there is just one; else 0."""
        printed = decimal(argument)
        if printed is None:
            return 0
        found = {
            layer.number for layer in self._graph.layers for name in layer.pre_activations if self._binding.prints(name, printed)
        }
        return found.pop() if len(found) == 1 else 0


def keys_of(node: Written, binding: Binding, scope: Scope) -> Keys | None:
    """Return the keys of what a formula names, or None where it is no name."""
    if isinstance(node, Group):
        return keys_of(node.body, binding, scope)
    if isinstance(node, Name):
        return ((_plain(node.id),),)
    if isinstance(node, Transpose):
        inner = keys_of(node.operand, binding, scope)
        return None if inner is None else tuple(zip(*inner, strict=True))
    if isinstance(node, Symbol):
        target = binding.of(node)
        return None if target is None else _rows(target, scope)
    if isinstance(node, Derivative):
        return _derivative_keys(node, binding, scope)
    if isinstance(node, Matrix):
        rows = []
        for row in node.rows:
            found = [keys_of(entry, binding, scope) for entry in row]
            rows.append(tuple(one[0][0] if one is not None and len(one) == len(one[0]) == 1 else "" for one in found))
        return tuple(rows) if any(key for row in rows for key in row) else None
    return None


def _rows(target: Target, scope: Scope) -> Keys:
    if isinstance(target, str):
        return ((scope.key(_plain(target)),),)
    return tuple(tuple(scope.key(_plain(name)) for name in row) for row in target)


def _plain(key: str) -> str:
    """Return the key under which δ is kept: that of the derivative; a minus before it stays."""
    if key.startswith("-"):
        return "-" + _plain(key[1:])
    name, at, sample = key.partition("@")
    return f"loss{at}{sample}:{name.replace('delta.', 'z.', 1)}" if name.startswith("delta.") else key


def _derivative_keys(node: Derivative, binding: Binding, scope: Scope) -> Keys | None:
    of = ((scope.key("loss"),),) if node.of == Symbol("") else keys_of(node.of, binding, scope)
    by = keys_of(node.by, binding, scope)
    if of is None or by is None or not isinstance(_bare(node.of), (Symbol, Name)) or len(of) != 1 or len(of[0]) != 1:
        return None
    root = of[0][0]
    if ":" in root or root.endswith("+") or not root:
        return None
    rows = tuple(tuple(f"{root}:{key.partition('@')[0]}" if key and ":" not in key else "" for key in row) for row in by)
    return rows if all(key for row in rows for key in row) else None


def _bare(node: Written) -> Written:
    while isinstance(node, Group):
        node = node.body
    return node


def _each(value: Value, function: Callable[[Dual], Dual]) -> Value:
    if isinstance(value, Dual):
        return function(value)
    return tuple(tuple(function(one) for one in row) for row in value)


CHANGE = Symbol("\\Delta")
"""Before a parameter: by how much the update changes it."""


def with_functions(node: Written, binding: Binding) -> Written:
    """Return a formula in which a name before a bracket with a parameter in it is a function: ``J(w_1 + ε)``."""
    changed = rebuilt(node, lambda part: with_functions(part, binding))
    if isinstance(changed, Product) and changed.juxtaposed and len(changed.factors) == 2:
        first, second = changed.factors
        if first == CHANGE and isinstance(second, Symbol):
            target = binding.of(second)
            if isinstance(target, str) and target.startswith(("w.", "b.")):
                return Sum((Name(target + "+"), Negative(Name(target))))
        if isinstance(first, Symbol) and isinstance(second, Group):
            inner = second.body.terms[0] if isinstance(second.body, Sum) and len(second.body.terms) == 2 else second.body
            if isinstance(inner, Symbol) and binding.family_role(spelling(first)) == "loss":
                return Call(first, (second.body,))
    return changed


def is_application(node: Written) -> bool:
    """Whether it looks like a function of something: a name with one more name in brackets behind it, as in ``q(A)``."""
    return (
        isinstance(node, Product)
        and node.juxtaposed
        and len(node.factors) == 2
        and isinstance(node.factors[0], Symbol)
        and isinstance(node.factors[1], Group)
        and isinstance(node.factors[1].body, Symbol)
    )
