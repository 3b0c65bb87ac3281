"""The same mistakes where somebody computes with matrices: one of them spoils a whole layer."""

from __future__ import annotations

from collections.abc import Callable

from tests.verify.generator.expressions import ONE, Call, Dot, Node, Ref, Square, Transpose, difference
from tests.verify.generator.matrices import MatrixBook
from tests.verify.generator.scenes import Changes, formula
from tests.verify.generator.working import Change


def hidden(book: MatrixBook) -> range:
    return range(1, book.net.depth)


def sign(book: MatrixBook) -> Changes:
    last = book.net.depth
    yield f"D.{last}", formula(book.delta(last, upstream=book.error(sign=-1)))


def factor(book: MatrixBook) -> Changes:
    last = book.net.depth
    if not book.net.cross_entropy:
        other = "2" if book.net.factor == "1/2" else "1"
        yield f"D.{last}", formula(book.delta(last, upstream=book.error(factor=other)))


def output_slope_dropped(book: MatrixBook) -> Changes:
    yield f"D.{book.net.depth}", formula(book.delta(book.net.depth, sloped=False))


def hidden_slope_dropped(book: MatrixBook) -> Changes:
    for layer in hidden(book):
        yield f"D.{layer}", formula(book.delta(layer, sloped=False))


def _slopes(book: MatrixBook, slope: Callable[[int], Node | None]) -> Changes:
    for layer in range(1, book.net.depth + 1):
        wrong = slope(layer)
        if wrong is not None:
            yield f"D.{layer}", formula(book.delta(layer, slope=wrong))


def function_for_slope(book: MatrixBook) -> Changes:
    return _slopes(book, lambda layer: Ref(f"A.{layer}"))


def slope_at_activation(book: MatrixBook) -> Changes:
    sigmoid = {layer for layer in range(1, book.net.depth + 1) if book.net.activation(layer) == "sigmoid"}
    return _slopes(book, lambda layer: Call("sigmoid'", Ref(f"A.{layer}")) if layer in sigmoid else None)


def other_slope(book: MatrixBook) -> Changes:
    sigmoid = {layer for layer in range(1, book.net.depth + 1) if book.net.activation(layer) == "sigmoid"}
    return _slopes(book, lambda layer: difference(ONE, Square(Ref(f"A.{layer}"))) if layer in sigmoid else None)


def updated_weights(book: MatrixBook) -> Changes:
    for layer in hidden(book):
        if book.taste.update_early:
            right = book.delta(layer, upstream=book.back(layer, Transpose(Ref(f"UW.{layer + 1}"))))
            yield f"D.{layer}", Change(numbers=right[-1])


def transposed(book: MatrixBook) -> Changes:
    """Forget the transpose on the way back, or put one in on the way forward, where the shapes allow it."""
    sizes = book.net.sizes
    for layer in range(1, book.net.depth + 1):
        if sizes[layer] == sizes[layer - 1] > 1:
            yield f"Z.{layer}", formula(book.pre_activation(layer, weights=Transpose(Ref(f"W.{layer}"))))
            if layer > 1:
                yield f"D.{layer - 1}", formula(book.delta(layer - 1, upstream=book.back(layer - 1, Ref(f"W.{layer}"))))


def index_swapped(book: MatrixBook) -> Changes:
    """Write the outer product the wrong way round, where the shapes allow it."""
    for layer in range(1, book.net.depth + 1):
        if book.net.sizes[layer] == book.net.sizes[layer - 1] > 1:
            source, delta = Ref(f"A.{layer - 1}"), Ref(f"D.{layer}")
            yield (
                f"GW.{layer}",
                formula((Dot(Transpose(delta), source) if book.row else Dot(source, Transpose(delta)),)),
            )


def wrong_input(book: MatrixBook) -> Changes:
    for layer in range(2, book.net.depth + 1):
        yield f"GW.{layer}", formula(book.weight_gradient(layer, source=Ref(f"Z.{layer - 1}")))
        yield f"Z.{layer}", formula(book.pre_activation(layer, source=Ref(f"Z.{layer - 1}")))


def bias(book: MatrixBook) -> Changes:
    for layer in range(1, book.net.depth + 1) if book.net.biased else ():
        yield f"Z.{layer}", formula(book.pre_activation(layer, bias=False))


def learning_rate(book: MatrixBook) -> Changes:
    rate = Ref("learning_rate")
    for layer in range(1, book.net.depth + 1):
        for letter in "WB" if book.net.biased else "W":
            key = f"U{letter}.{layer}"
            yield key, formula(book.updated(letter, layer, sign=-1))
            if book.net.given["learning_rate"] != "1":
                yield key, formula(book.updated(letter, layer, rate=()))
                yield key, formula(book.updated(letter, layer, rate=(Square(rate),)))


MATRIX_KINDS: dict[str, Callable[[MatrixBook], Changes]] = {
    "1 sign": sign,
    "2 factor": factor,
    "4 output slope dropped": output_slope_dropped,
    "5 hidden slope dropped": hidden_slope_dropped,
    "6 function for slope": function_for_slope,
    "7 slope at the activation": slope_at_activation,
    "8 slope of another function": other_slope,
    "13 updated weights": updated_weights,
    "14 transposed": transposed,
    "15 index": index_swapped,
    "16 wrong input": wrong_input,
    "17 bias": bias,
    "18 learning rate": learning_rate,
}
"""Kinds that exist for whole layers; those of single numbers are the same as everywhere."""
