"""A network in matrices, backwards: the rule of an update, the gradient that it needs, the new values."""

from __future__ import annotations

from collections.abc import Iterator

from symback.document import matrix_lines, matrix_rules
from symback.document.blocks import Block, Display, Paragraph
from symback.document.matrices import Matrices
from symback.document.page import Page, Scope
from symback.document.wording import arguments
from symback.written.nodes import Derivative, Relation


def rule(page: Page, scope: Scope, of: str) -> Iterator[Block]:
    """Yield how a layer's weights or biases are updated."""
    matrices = Matrices(page)
    at = matrices.at(scope.here)
    updated = matrix_rules.updated(matrices, at, of)
    yield Display((Relation(matrices.new(at, of), ((page.names.notation.update, updated),)),))


def chain(page: Page, scope: Scope, of: str) -> Iterator[Block]:
    """Yield the chain from the loss to a layer's weights or biases, its factors, and their order as matrices."""
    matrices = Matrices(page)
    at = matrices.at(scope.here)
    forms = [matrix_rules.chain(matrices, at, of), matrix_rules.loose(matrices, at, of)]
    ordered = matrix_rules.ordered(matrices, at, of)
    if ordered is not None:
        forms.append(ordered)
    links = tuple(("=", form) for form in forms)
    yield Display((Relation(Derivative(matrices.loss, at.parameters[of]), links),), stacked=True)


def slope(page: Page, scope: Scope, intro: str) -> Iterator[Block]:
    """Yield the derivative of a layer's activation at every neuron, behind the phrase `intro`; nothing if unknown."""
    matrices = Matrices(page)
    yield from _known(page, scope, intro, matrix_lines.slope(matrices, matrices.at(scope.here)))


def delta(page: Page, scope: Scope) -> Iterator[Block]:
    """Yield a layer's delta: its formulas, numbers, value."""
    matrices = Matrices(page)
    at = matrices.at(scope.here)
    yield Display((matrix_lines.delta(matrices, at, matrix_rules.delta(matrices, at)),), stacked=True)


def gradient(page: Page, scope: Scope, of: str) -> Iterator[Block]:
    """Yield the gradient by a layer's weights or biases: from its delta, numbers, value."""
    matrices = Matrices(page)
    yield Display((matrix_lines.gradient(matrices, matrices.at(scope.here), of),), stacked=True)


def new_values(page: Page, scope: Scope, of: str, intro: str) -> Iterator[Block]:
    """Yield a layer's new weights or biases, behind the phrase `intro`; nothing if they are unknown."""
    matrices = Matrices(page)
    yield from _known(page, scope, intro, matrix_lines.new_values(matrices, matrices.at(scope.here), of))


def _known(page: Page, scope: Scope, intro: str, line: Relation) -> Iterator[Block]:
    if line.links:
        yield Paragraph(page.phrases(intro, **arguments(page, scope)))
        yield Display((line,))
