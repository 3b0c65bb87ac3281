"""A network in matrices, backwards: the rule of an update, the gradient that it needs, the new values."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from symback.derive.derivation import BATCH
from symback.document import matrix_rules
from symback.document.arrange import members
from symback.document.blocks import Block, Display, Heading, Paragraph
from symback.document.builders.matrices import activation_line, loss_line, pre_activation_line
from symback.document.matrices import LayerSymbols, Matrices
from symback.document.page import Page, Scope
from symback.document.wording import arguments
from symback.document.working import value
from symback.graph.build import LEARNING_RATE, averaged
from symback.rules.vectors import plain_slope
from symback.written.nodes import Derivative, IndexedSum, Name, Negative, Number, Product, Relation, Sum, Symbol, Written

SAMPLE_INDEX = "s"
"""The letter for a sample whose number is open."""

MOST_SAMPLES = 5
"""So many gradients are added one by one; more of them under a sign of summation."""


def rule(page: Page, scope: Scope, of: str) -> Iterator[Block]:
    """Yield how a layer's weights or biases are updated."""
    at = Matrices(page).at(scope.here)
    yield Display((Relation(_new(page, at, of), ((page.names.notation.update, _updated(page, at, of)),)),))


def chain(page: Page, scope: Scope, of: str) -> Iterator[Block]:
    """Yield the chain from the loss to a layer's weights or biases, its factors, and their order as matrices."""
    matrices = Matrices(page)
    at = matrices.at(scope.here)
    forms = [matrix_rules.chain(matrices, at, of), matrix_rules.loose(matrices, at, of)]
    ordered = matrix_rules.ordered(matrices, at, of)
    if ordered is not None:
        forms.append(matrices.with_shapes(ordered))
    links = tuple(("=", form) for form in forms)
    yield Display((Relation(Derivative(matrices.loss, at.parameters[of]), links),), stacked=True)


def slope(page: Page, scope: Scope, intro: str) -> Iterator[Block]:
    """Yield the derivative of a layer's activation at every neuron, behind the phrase `intro`; nothing if unknown."""
    matrices = Matrices(page)
    yield from _known(page, scope, intro, _slope_line(matrices, matrices.at(scope.here)))


def delta(page: Page, scope: Scope) -> Iterator[Block]:
    """Yield a layer's delta: formula, numbers, value."""
    matrices = Matrices(page)
    at = matrices.at(scope.here)
    yield Display((_delta_line(matrices, at, matrix_rules.delta(matrices, at)),), stacked=True)


def gradient(page: Page, scope: Scope, of: str) -> Iterator[Block]:
    """Yield the gradient by a layer's weights or biases: from its delta, numbers, value."""
    matrices = Matrices(page)
    yield Display((_gradient_line(matrices, matrices.at(scope.here), of),), stacked=True)


def other_samples(page: Page, scope: Scope) -> Iterator[Block]:
    """Yield every sample but the worked one: forward pass, deltas and gradients, a line each."""
    for number in range(1, len(page.graph.samples) + 1):
        if number == page.graph.worked:
            continue
        matrices = Matrices(page, number)
        yield Heading(3, page.phrases("sample", sample=str(number)))
        given = (matrices.input, matrices.target)
        rows = [Relation(symbol, (("=", value(page, matrices.entries(symbol)).tree),)) for symbol in given]
        for at in matrices.layers:
            rows += [pre_activation_line(matrices, at), activation_line(matrices, at)]
        yield Display((*rows, loss_line(matrices)))
        back = [line for at in reversed(matrices.layers) for line in _lines_back(matrices, at) if line.links]
        yield Display(tuple(back))


def batch_gradient(page: Page, scope: Scope, of: str) -> Iterator[Block]:
    """Yield the gradient of all samples together by a layer's weights or biases, from those of the samples."""
    matrices = Matrices(page)
    symbol = matrices.at(scope.here).parameters[of]
    roots = tuple(_root(page, number) for number in range(1, len(page.graph.samples) + 1))
    single = tuple(members(page, scope.at(root=root), f"gradient.{of}") for root in roots)
    line = matrices.worked(
        Derivative(Name(BATCH), symbol),
        members(page, scope.at(root=BATCH), f"gradient.{of}"),
        [_over_samples(page, _total(page, roots, symbol))],
        written_out=_over_samples(page, Sum(single)),
        always=True,
    )
    yield Display((line,), stacked=True)


def _root(page: Page, sample: int) -> str:
    """Return the loss of a sample; that of the worked one has no mark."""
    return "loss" if sample == page.graph.worked else f"loss@{sample}"


def _total(page: Page, roots: Sequence[str], symbol: Symbol) -> Written:
    """Return the sum of the gradients of the losses `roots`; of more than `MOST_SAMPLES` with an index."""
    if len(roots) <= MOST_SAMPLES:
        return Sum(tuple(Derivative(Name(root), symbol) for root in roots))
    letter = Symbol(SAMPLE_INDEX)
    general = Derivative(page.names.of_sample("loss", letter), symbol)
    return IndexedSum(general, letter, Number("1"), Number(str(len(roots))))


def new_values(page: Page, scope: Scope, of: str, intro: str) -> Iterator[Block]:
    """Yield a layer's new weights or biases, behind the phrase `intro`; nothing if they are unknown."""
    matrices = Matrices(page)
    at = matrices.at(scope.here)
    result = members(page, scope, f"updated.{of}")
    updated = matrices.written_out(_updated(page, at, of))
    yield from _known(page, scope, intro, matrices.worked(_new(page, at, of), result, [], written_out=updated))


def _known(page: Page, scope: Scope, intro: str, line: Relation) -> Iterator[Block]:
    if line.links:
        yield Paragraph(page.phrases(intro, **arguments(page, scope)))
        yield Display((line,))


def _lines_back(matrices: Matrices, at: LayerSymbols) -> Iterator[Relation]:
    """Yield what one layer adds to the way back."""
    if plain_slope(at.layer.activation) is None:
        yield _slope_line(matrices, at)
    yield _delta_line(matrices, at, matrix_rules.delta(matrices, at)[-1:])
    yield _gradient_line(matrices, at, "weight")


def _slope_line(matrices: Matrices, at: LayerSymbols) -> Relation:
    return matrices.worked(at.slope, matrices.entries(at.slope), ())


def _delta_line(matrices: Matrices, at: LayerSymbols, forms: Sequence[Written]) -> Relation:
    return matrices.worked(at.delta, matrices.entries(at.delta), forms, always=True)


def _gradient_line(matrices: Matrices, at: LayerSymbols, of: str) -> Relation:
    target = Derivative(matrices.loss, at.parameters[of])
    return matrices.worked(target, matrices.entries(target), [matrix_rules.gradient(matrices, at, of)], always=of == "weight")


def _new(page: Page, at: LayerSymbols, of: str) -> Symbol:
    names = page.names
    make = names.weight_matrix if of == "weight" else names.bias_vector
    return make(at.layer.number, names.mark)


def _updated(page: Page, at: LayerSymbols, of: str) -> Written:
    change = Product((Name(LEARNING_RATE), Derivative(Name(page.derivation.learned_root), at.parameters[of])), juxtaposed=True)
    return Sum((at.parameters[of], Negative(change)))


def _over_samples(page: Page, total: Written) -> Written:
    return averaged(total, len(page.graph.samples)) if page.graph.averages_samples else total
