"""What the formulas of a document are worth at a point of the network: names are looked up, functions recognised."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

from flint import arb

from symback.graph.quantity import Graph
from symback.verify.activations import applied
from symback.verify.arrays import mapped
from symback.verify.balls import decimal
from symback.verify.binding import Binding
from symback.verify.dotted import dotted
from symback.verify.duals import ZERO, Dual, Unknown, Value, constant
from symback.verify.elementary import FUNCTIONS, PRIMES
from symback.verify.evaluate import evaluate
from symback.verify.keys import Keys, Scope, keys_of
from symback.verify.printed import Printed
from symback.verify.shapes import rows_of
from symback.verify.spelling import Spelling, spelling
from symback.written.nodes import (
    Call,
    Derivative,
    Ellipsis,
    IndexedSum,
    Name,
    Sum,
    Symbol,
    Written,
)

ADDING = ("sum", "mean")
"""Functions of all entries of an array, or of all samples."""

Look = Callable[[str], arb]
"""Gives the value of a key; raises `Unknown`."""


KeysSaid = Callable[[Printed], Collection[str]]
"""Gives the keys for which the document printed a number."""

Operand = Callable[[Written, Fraction, Fraction], arb]
"""Gives the ball for a printed number, from its node, value and unit."""


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
    is_said
        Whether the document printed a number for a key, which then counts in place of what a function gives.
    keys_said
        For which keys the document printed a number.
    near
        Groups of pre-activations that a formula may speak of, those first that it rather means.
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
        is_said: Callable[[str], bool] = lambda key: False,
        keys_said: KeysSaid = lambda number: (),
        near: Sequence[Collection[str]] = (),
    ) -> None:
        self._near = near
        self._is_said = is_said
        self._keys_said = keys_said
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
        if isinstance(node, Name):
            return self._one(self._scope.key(node.id))
        if isinstance(node, Call):
            return self._call(node)
        if isinstance(node, Sum):
            written = [self.value(term, self._number) for term in node.terms if not isinstance(term, Ellipsis)]
            return dotted(written, self._graph, self._of_layer)
        if isinstance(node, IndexedSum):
            raise Unknown("a sum over an index")
        keys = self.keys(node)
        if keys is not None:
            return self.valued(keys)
        if isinstance(node, Derivative):
            return self._derivative(node)
        if isinstance(node, Symbol):
            if node.base in ("n", "N", "m") and not node.subscript and len(self._graph.samples) > 1:
                return constant(arb(len(self._graph.samples)))
            if spelling(node) in self._local:
                return constant(self._local[spelling(node)])
            raise Unknown(f"{spelling(node)} is not known")
        raise Unknown("this is not read")

    def valued(self, keys: Keys) -> Value:
        """Return what keys are worth.

        Raises
        ------
        Unknown
            If one of them has no value.
        """
        if not all(map(all, keys)):
            raise Unknown("a name that is not known")
        if len(keys) == 1 and len(keys[0]) == 1:
            return self._one(keys[0][0])
        return tuple([tuple(map(self._one, row)) for row in keys])

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
        if node.function in ADDING and not rest and not node.primes:
            return self._added(argument, node.function == "mean")
        if isinstance(node.function, Symbol) and self._binding.family_role(spelling(node.function)) == "loss":
            return self._of_parameter(node.function, argument)
        if rest or node.primes > 1:
            raise Unknown("a function that is not known")
        keys = self.keys(node)
        if keys is not None and all(self._is_said(key) for row in keys for key in row):
            return self.valued(keys)
        inner = self.value(argument, self._number)
        function = node.function if isinstance(node.function, str) else ""
        if function in FUNCTIONS and node.primes:
            if function in ("max", "min"):
                raise Unknown("the derivative of a maximum")
            return mapped(lambda one: self._slope(PRIMES[function], one), inner)
        keys = self._keys_of_digits(argument) or self.keys(argument)
        return applied(node, inner, keys, self._graph, self._binding, self._of_layer)

    def _added(self, argument: Written, is_mean: bool) -> Value:
        """Return the sum, or the mean, of all entries of an array, or of what each sample has of a number."""
        found = self.value(argument, self._number)
        count = len(self._graph.samples)
        if isinstance(found, Dual) and count > 1:
            each = [self._at_sample(sample).value(argument, self._number) for sample in range(1, count + 1)]
            entries = [one for one in each if isinstance(one, Dual)]
        else:
            entries = [one for row in rows_of(found) for one in row]
        total = sum(entries[1:], entries[0])
        return total * constant(1 / arb(len(entries))) if is_mean else total

    def _at_sample(self, sample: int) -> Resolver:
        """Return what evaluates formulas at a sample."""
        scope = replace(self._scope, sample=sample)
        return Resolver(
            self._binding, self._graph, self._look, scope, self._local, self._rename, self._shifted, self._is_said,
            self._keys_said,
        )  # fmt: skip

    def _keys_of_digits(self, argument: Written) -> Keys | None:
        """Return the pre-activation for which the document printed the number to which a function is applied.

        Where the numbers of neurons with several functions look so, it is one near what the formula is about.
        """
        number = decimal(argument)
        if number is None:
            return None
        said = {key.partition("@")[0] for key in self._keys_said(number)}
        found = [name for layer in self._graph.layers for name in layer.pre_activations if name in said]
        printing = ([name for name in group if self._binding.prints(name, number)] for group in self._near)
        nearest = ([name for name in group if name in said] for group in self._near)
        for names in (found, *nearest, *printing):
            functions = {self._graph.quantities[name.replace("z.", "a.", 1)].function for name in names}
            if len(functions) == 1:
                return ((names[0],),)
        return None

    def _of_layer(self, name: str) -> arb:
        return self._look(self._rename(self._scope.key(name)))

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
