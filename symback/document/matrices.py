"""The matrices of a page: a symbol for each, and the quantities that stand in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from symback.derive.delta import delta_id
from symback.document.arrange import NO_WEIGHT, members, transposed, vector
from symback.document.page import Page, Scope
from symback.document.wiring import follows_before, has_constant
from symback.document.wording import function_symbol
from symback.graph.quantity import PENALTY, Layer
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
    partial_key,
)
from symback.written.substitute import leaves, replace_parts, substitute


@dataclass(frozen=True, slots=True)
class LayerSymbols:
    """The symbols around one layer.

    ``source`` is what enters it, ``parameters`` has its ``weight`` and, where there are biases, its ``bias``.
    """

    layer: Layer
    source: Written
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
        self.loss = Name(self.in_sample("loss"))
        self.input = self._of_sample(page.names.vector("activation", 0))
        self.target = self._of_sample(page.names.target_vector())
        self.layers = tuple(map(self._symbols, page.graph.layers))
        self.output = self.layers[-1].post
        self._entries = dict(self._all_entries())
        turned = {Transpose(symbol): transposed(matrix) for symbol, matrix in self._entries.items()}
        self._parts = (*turned.items(), *self._entries.items())

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

    def penalises(self, at: LayerSymbols, kind: str, wholly: bool = False) -> bool:
        """Say whether any, or `wholly` all, of a layer's weights or biases are in the penalty."""
        names = leaves(members(self.page, Scope(layer=at.layer), kind))
        return (all if wholly else any)(name in self.page.graph.penalised for name in names)

    def _added(self, scope: Scope, kind: str) -> Matrix:
        """Return the derivatives of the penalty, with 0 where a parameter is not in it."""
        found = members(self.page, scope.at(root=PENALTY), f"gradient.{kind}")
        penalised = {partial_key(PENALTY, name) for name in self.page.graph.penalised}
        rows = (tuple(entry if {*leaves(entry)} <= penalised else NO_WEIGHT for entry in row) for row in found.rows)
        return Matrix(tuple(rows))

    def written_out(self, tree: Written) -> Written:
        """Return `tree` with every matrix written out as its quantities."""
        return replace_parts(tree, self._parts)

    def jacobian(self, at: LayerSymbols) -> tuple[Written, ...]:
        """Return the derivatives of a layer that is one function of all its pre-activations; nothing for others."""
        if not at.layer.activation.is_joint:
            return ()
        rows = tuple(
            tuple(self.here(self.page.derivation[f"{post}:{pre}"].forms["input"]) for pre in at.layer.pre_activations)
            for post in at.layer.activations
        )
        return (Matrix(rows),)

    def with_shapes(self, tree: Written) -> Written:
        """Return `tree` with the shape of every matrix under it, if the style's option ``shapes`` asks for them."""
        if not self.page.option("shapes"):
            return tree
        return replace_parts(tree, [(part, Annotation(part, shape(matrix))) for part, matrix in self._parts])

    def each_applied(self, layer: Layer) -> Matrix:
        """Return the activation of each neuron as a function of its pre-activation, for neurons that differ."""
        pairs = zip(layer.functions, layer.pre_activations, strict=True)
        calls = (Call(function_symbol(self.page, row), (Name(self.in_sample(pre)),)) for row, pre in pairs)
        return vector(self.page, tuple(calls))

    def in_sample(self, name: str) -> str:
        """Return the id of a quantity in the sample that the matrices speak of."""
        return f"{name}@{self._sample}" if self._sample else name

    def _of_sample(self, symbol: Symbol) -> Symbol:
        return self.page.names.in_sample(symbol, Number(str(self._sample))) if self._sample else symbol

    def _symbols(self, layer: Layer) -> LayerSymbols:
        names, number = self.page.names, layer.number
        return LayerSymbols(
            layer=layer,
            source=self._source(layer),
            parameters={"weight": names.weight_matrix(number)}
            | ({"bias": names.bias_vector(number)} if layer.biases else {}),
            pre=self._of_sample(names.vector("pre_activation", number)),
            post=self._of_sample(names.vector("activation", number)),
            delta=self._of_sample(names.vector("delta", number)),
            function=self._function(layer),
        )

    def _function(self, layer: Layer) -> str | Symbol:
        """Return the symbol of what is applied to a layer: its activation, or one that stands for several."""
        if len(set(layer.functions)) > 1:
            return Symbol("f", (Number(str(layer.number)),))
        return function_symbol(self.page, layer.activation)

    def _source(self, layer: Layer) -> Written:
        """Return what enters a layer: the vector of the layer before, or all entries where that is not all."""
        if follows_before(self.page.graph, layer) and (layer.number == 1 or not has_constant(self.page.graph, layer)):
            return self._of_sample(self.page.names.vector("activation", layer.number - 1))
        return self._vector(layer.inputs)

    def _all_entries(self) -> Iterator[tuple[Written, Matrix]]:
        graph = self.page.graph
        first = graph.layers[0]
        yield self.input, self._vector(first.inputs if has_constant(graph, first) else graph.inputs)
        yield self.target, self._vector(graph.targets)
        for symbols in self.layers:
            layer = symbols.layer
            scope = Scope(layer=layer)
            for kind, symbol in symbols.parameters.items():
                yield symbol, members(self.page, scope, kind)
                for root in {self.loss.id: None, self.page.graph.learned_root: None}:
                    gradients = members(self.page, scope.at(root=root), f"gradient.{kind}")
                    yield Derivative(Name(root), symbol), gradients
                if self.penalises(symbols, kind):
                    yield Derivative(Name(PENALTY), symbol), self._added(scope, kind)
            yield symbols.pre, self._vector(layer.pre_activations)
            yield symbols.post, self._vector(layer.activations)
            delta = self._vector(tuple(map(delta_id, layer.pre_activations)))
            yield symbols.delta, transposed(delta) if self.page.is_numerator else delta
            yield symbols.applied, self._applied(layer)
            yield symbols.slope, self._slope(layer)

    def _vector(self, names: Sequence[str]) -> Matrix:
        return vector(self.page, tuple(Name(self.in_sample(name)) for name in names))

    def _applied(self, layer: Layer) -> Matrix:
        """Return the function of each neuron written out, ``1/(1 + e^(-z))``."""
        quantities = self.page.graph.quantities
        definitions = (quantities[post].definition for post in layer.activations)
        return vector(self.page, tuple(self.here(form) for form in definitions if form is not None))

    def here(self, form: Written) -> Written:
        """Return a form with its quantities in the sample that the matrices speak of."""
        return substitute(form, {leaf: Name(self.in_sample(leaf)) for leaf in leaves(form)})

    def _slope(self, layer: Layer) -> Matrix:
        if layer.activation.is_joint:
            return Matrix(
                tuple(
                    tuple(Partial(self.in_sample(post), self.in_sample(pre)) for pre in layer.pre_activations)
                    for post in layer.activations
                )
            )
        pairs = zip(layer.activations, layer.pre_activations, strict=True)
        return vector(self.page, tuple(Partial(self.in_sample(post), self.in_sample(pre)) for post, pre in pairs))


def shape(matrix: Matrix) -> Product:
    """Return the shape of a matrix, ``2 × 3``."""
    return Product((Number(str(len(matrix.rows))), Number(str(len(matrix.rows[0])))), sign="times")
