"""Scalar rules written for whole vectors: products entry by entry, losses as norms and inner products."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from symback.rules.activations import Activation, derivative_form, output_form
from symback.written.nodes import (
    Call,
    Cases,
    Group,
    Negative,
    Norm,
    Number,
    Power,
    Product,
    Quotient,
    Sum,
    Symbol,
    Written,
)
from symback.written.substitute import leaves, substitute

ONE = Number("1")


def entrywise(tree: Written, vectors: Mapping[str, Symbol]) -> Written:
    """Return a scalar rule with vectors in place of its names, such that it says the same of every entry.

    Products of names become Hadamard products, squares are multiplied out; a number in front stays in front.
    """
    return substitute(_circled(tree), vectors)


def plain_slope(row: Activation) -> Written | None:
    """Return the derivative of an activation in its output, or 1; None where a page has to write ``f'(z)`` for it."""
    if row.is_joint:
        return None
    form = output_form(row)
    if form is None:
        return ONE if derivative_form(row) == ONE else None
    return None if isinstance(form, Cases) else form


def hadamard(factors: Sequence[Written]) -> Written:
    """Return the entrywise product of vectors; factors that are such products themselves are taken in."""
    flat = tuple(part for factor in factors for part in _factors(factor))
    return flat[0] if len(flat) == 1 else Product(flat, sign="hadamard")


def _factors(tree: Written) -> tuple[Written, ...]:
    return tree.factors if isinstance(tree, Product) and tree.sign == "hadamard" else (tree,)


def _circled(tree: Written) -> Written:
    match tree:
        case Sum(terms):
            return Sum(tuple(map(_circled, terms)))
        case Negative(operand):
            return Negative(_circled(operand))
        case Group(body):
            return Group(_circled(body))
        case Quotient(numerator, denominator):
            return Quotient(_circled(numerator), _circled(denominator))
        case Call(_, arguments):
            return replace(tree, arguments=tuple(map(_circled, arguments)))
        case Power(base, Number(text)) if text.isdigit() and int(text) > 1:
            return hadamard((_circled(base),) * int(text))
        case Product(factors):
            return _circled_product(tuple(map(_circled, factors)))
    return tree


def _circled_product(factors: tuple[Written, ...]) -> Written:
    """Circle what holds names; what holds none is a number in front of it."""
    numbers = tuple(factor for factor in factors if not leaves(factor))
    vectors = tuple(factor for factor in factors if leaves(factor))
    if not vectors:
        return Product(numbers)
    # A minus sign in front of the first factor is that of the whole product.
    first = vectors[0]
    if isinstance(first, Negative):
        return Negative(_circled_product((*numbers, first.operand, *vectors[1:])))
    return Product((*numbers, hadamard(vectors)), juxtaposed=True) if numbers else hadamard(vectors)


Inner = Callable[[Written, Written], Written]
"""How the inner product of two vectors is written."""


def _squared_error(output: Written, target: Written, inner: Inner) -> Written:
    return Power(Norm(Sum((output, Negative(target)))), Number("2"))


def _binary_cross_entropy(output: Written, target: Written, inner: Inner) -> Written:
    """``-y^T log(p) - (1 - y)^T log(1 - p)``, an inner product for what is there and one for what is not."""
    pairs = ((target, output), (Sum((ONE, Negative(target))), Sum((ONE, Negative(output)))))
    return Sum(tuple(Negative(inner(weight, Call("log", (value,)))) for weight, value in pairs))


def _cross_entropy(output: Written, target: Written, inner: Inner) -> Written:
    return Negative(inner(target, Call("ln", (output,))))


VECTOR_LOSSES: Mapping[str, Callable[[Written, Written, Inner], Written]] = {
    "squared-error": _squared_error,
    "binary-cross-entropy": _binary_cross_entropy,
    "cross-entropy": _cross_entropy,
    "negative-log-likelihood": _cross_entropy,
}
"""The sum of a loss over all outputs, without its factor, from the vectors of outputs and targets.

A loss without an entry here is written as the sum of its terms.
"""
