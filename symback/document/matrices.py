"""The matrices of a page: a symbol for each, and the quantities that stand in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from symback.derive.delta import delta_id
from symback.document.arrange import members, vector
from symback.document.page import Page, Scope
from symback.document.wording import function_symbol
from symback.graph.quantity import Layer
from symback.rules.activations import INPUT, function_form
from symback.written.nodes import (
    Annotation,
    Call,
    Derivative,
    Matrix,
    Name,
    Number,
    Partial,
    Product,
    Symbol,
    Transpose,
    Written,
)
from symback.written.substitute import replace_parts, substitute


@dataclass(frozen=True, slots=True)
class LayerSymbols:
    """The symbols around one layer.

    ``source`` is what enters it, ``parameters`` has its ``weight`` and, where there are biases, its ``bias``.
    """

    layer: Layer
    source: Symbol
    parameters: Mapping[str, Symbol]
    pre: Symbol
    post: Symbol
    delta: Symbol
    function: str | Symbol

    @property
    def applied(self) -> Call:
        """The activation as its function of the pre-activation."""
        return Call(self.function, (self.pre,))

    @property
    def slope(self) -> Call:
        """The derivative of the activation at every pre-activation."""
        return replace(self.applied, primes=1)


class Matrices:
    """Symbols for the matrices and vectors of a network, in one sample (0: the worked one, which has no mark)."""

    def __init__(self, page: Page, sample: int = 0) -> None:
        self.page = page
        self._sample = sample
        self.loss = Name(self._id("loss"))
        self.input = self._of_sample(page.names.vector("activation", 0))
        self.target = self._of_sample(page.names.target_vector())
        self.layers = tuple(map(self._symbols, page.graph.layers))
        self.output = self.layers[-1].post
        self._entries = dict(self._all_entries())
        transposed = {Transpose(symbol): _transposed(matrix) for symbol, matrix in self._entries.items()}
        self._parts = (*transposed.items(), *self._entries.items())

    def at(self, layer: Layer) -> LayerSymbols:
        """Return the symbols around a layer."""
        return self.layers[layer.number - 1]

    def new(self, at: LayerSymbols, kind: str) -> Symbol:
        """Return the symbol of a layer's weights or biases after the update."""
        names = self.page.names
        symbol = names.weight_matrix if kind == "weight" else names.bias_vector
        return symbol(at.layer.number, names.mark)

    def entries(self, symbol: Written) -> Matrix:
        """Return the quantities that stand in a matrix, arranged as the notation arranges them."""
        return self._entries[symbol]

    def written_out(self, tree: Written) -> Written:
        """Return `tree` with every matrix written out as its quantities."""
        return replace_parts(tree, self._parts)

    def with_shapes(self, tree: Written) -> Written:
        """Return `tree` with the shape of every matrix under it, if the style's option ``shapes`` asks for them."""
        if not self.page.option("shapes"):
            return tree
        return replace_parts(tree, [(part, Annotation(part, shape(matrix))) for part, matrix in self._parts])

    def _id(self, name: str) -> str:
        return f"{name}@{self._sample}" if self._sample else name

    def _of_sample(self, symbol: Symbol) -> Symbol:
        return self.page.names.in_sample(symbol, Number(str(self._sample))) if self._sample else symbol

    def _symbols(self, layer: Layer) -> LayerSymbols:
        names, number = self.page.names, layer.number
        return LayerSymbols(
            layer=layer,
            source=self._of_sample(names.vector("activation", number - 1)),
            parameters={"weight": names.weight_matrix(number)}
            | ({"bias": names.bias_vector(number)} if layer.biases else {}),
            pre=self._of_sample(names.vector("pre_activation", number)),
            post=self._of_sample(names.vector("activation", number)),
            delta=self._of_sample(names.vector("delta", number)),
            function=function_symbol(self.page, number),
        )

    def _all_entries(self) -> Iterator[tuple[Written, Matrix]]:
        graph = self.page.graph
        yield self.input, self._vector(graph.inputs)
        yield self.target, self._vector(graph.targets)
        for symbols in self.layers:
            layer = symbols.layer
            scope = Scope(layer=layer)
            for kind, symbol in symbols.parameters.items():
                yield symbol, members(self.page, scope, kind)
                for root in {self.loss.id: None, self.page.derivation.learned_root: None}:
                    gradients = members(self.page, scope.at(root=root), f"gradient.{kind}")
                    yield Derivative(Name(root), symbol), gradients
            yield symbols.pre, self._vector(layer.pre_activations)
            yield symbols.post, self._vector(layer.activations)
            yield symbols.delta, self._vector(tuple(map(delta_id, layer.pre_activations)))
            yield symbols.applied, self._applied(layer)
            yield symbols.slope, self._slope(layer)

    def _vector(self, names: Sequence[str]) -> Matrix:
        return vector(self.page, tuple(Name(self._id(name)) for name in names))

    def _applied(self, layer: Layer) -> Matrix:
        """Return the function of each neuron written out, ``1/(1 + e^(-z))``."""
        function = function_form(layer.activation)
        return vector(
            self.page,
            tuple(substitute(function, {INPUT: Name(self._id(pre))}) for pre in layer.pre_activations),
        )

    def _slope(self, layer: Layer) -> Matrix:
        pairs = zip(layer.activations, layer.pre_activations, strict=True)
        return vector(self.page, tuple(Partial(self._id(post), self._id(pre)) for post, pre in pairs))


def shape(matrix: Matrix) -> Product:
    """Return the shape of a matrix, ``2 × 3``."""
    return Product((Number(str(len(matrix.rows))), Number(str(len(matrix.rows[0])))), sign="times")


def _transposed(matrix: Matrix) -> Matrix:
    return Matrix(tuple(zip(*matrix.rows, strict=True)))
