"""Several samples in matrices: those that were not worked, line by line, and the gradient of all of them together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from symback.document import matrix_lines, matrix_rules
from symback.document.arrange import members
from symback.document.blocks import Block, Display, Heading
from symback.document.matrices import LayerSymbols, Matrices
from symback.document.page import Page, Scope
from symback.document.working import value
from symback.graph.affine import total
from symback.graph.build import averaged
from symback.graph.quantity import BATCH, PENALTY
from symback.rules.vectors import plain_slope
from symback.written.nodes import Derivative, IndexedSum, Name, Number, Relation, Symbol, Written

SAMPLE_INDEX = "s"
"""The letter for a sample whose number is open."""

MOST_SAMPLES = 5
"""So many gradients are added one by one; more of them under a sign of summation."""


def other_samples(page: Page, scope: Scope) -> Iterator[Block]:
    """Yield every sample but the worked one: forward pass, deltas and gradients, a chain each."""
    for number in range(1, len(page.graph.samples) + 1):
        if number == page.graph.worked:
            continue
        matrices = Matrices(page, number)
        yield Heading(3, page.phrases("sample", sample=str(number)))
        yield Display(tuple(_forward(matrices)))
        yield Display(tuple(line for at in reversed(matrices.layers) for line in _back(matrices, at) if line.links))


def batch_gradient(page: Page, scope: Scope, of: str) -> Iterator[Block]:
    """Yield the gradient that is learned from by a layer's weights or biases: of all samples, and of the penalty."""
    matrices = Matrices(page)
    at = matrices.at(scope.here)
    symbol = at.parameters[of]
    numbers = range(1, len(page.graph.samples) + 1) if page.graph.learns_from_batch else [page.graph.worked]
    roots = tuple(_root(page, number) for number in numbers)
    single = tuple(members(page, scope.at(root=root), f"gradient.{of}") for root in roots)
    added: tuple[Derivative, ...] = ()
    if matrices.penalises(at, of):
        yield Display((matrix_lines.penalty_gradient(matrices, at, of),), stacked=True)
        added = (Derivative(Name(PENALTY), symbol),)
    line = matrix_lines.worked(
        matrices,
        Derivative(Name(BATCH), symbol),
        members(page, scope.at(root=BATCH), f"gradient.{of}"),
        [total((_over_samples(page, _total(page, roots, symbol)), *added))],
        written_out=total((_over_samples(page, total(single)), *(matrices.entries(each) for each in added))),
        always=len(roots) > 1 or bool(added),
    )
    yield Display((line,), stacked=True)


def _forward(matrices: Matrices) -> Iterator[Relation]:
    for symbol in (matrices.input, matrices.target):
        yield Relation(symbol, (("=", value(matrices.page, matrices.entries(symbol)).tree),))
    for at in matrices.layers:
        yield matrix_lines.pre_activation(matrices, at)
        yield matrix_lines.activation(matrices, at)
    yield matrix_lines.loss(matrices)


def _back(matrices: Matrices, at: LayerSymbols) -> Iterator[Relation]:
    """Yield what one layer adds to the way back."""
    if plain_slope(at.layer.activation) is None:
        yield matrix_lines.slope(matrices, at)
    yield matrix_lines.delta(matrices, at, matrix_rules.delta(matrices, at)[-1:])
    for kind in at.parameters:
        yield matrix_lines.gradient(matrices, at, kind)


def _root(page: Page, sample: int) -> str:
    """Return the loss of a sample; that of the worked one has no mark."""
    return "loss" if sample == page.graph.worked else f"loss@{sample}"


def _total(page: Page, roots: Sequence[str], symbol: Symbol) -> Written:
    """Return the sum of the gradients of the losses `roots`; of more than `MOST_SAMPLES` with an index."""
    if len(roots) <= MOST_SAMPLES:
        return total(tuple(Derivative(Name(root), symbol) for root in roots))
    letter = Symbol(SAMPLE_INDEX)
    general = Derivative(page.names.of_sample("loss", letter), symbol)
    return IndexedSum(general, letter, Number("1"), Number(str(len(roots))))


def _over_samples(page: Page, joined: Written) -> Written:
    is_mean = page.graph.learns_from_batch and page.graph.averages_samples
    return averaged(joined, len(page.graph.samples)) if is_mean else joined
