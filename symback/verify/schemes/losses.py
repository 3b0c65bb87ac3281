"""Ways to index the loss."""

from __future__ import annotations

from collections.abc import Iterator
from string import ascii_uppercase

from symback.graph.quantity import Graph
from symback.verify.schemes.scheme import Scheme


def of_losses(graph: Graph) -> Iterator[Scheme]:
    """Yield ways to index the loss: its terms by output, or the loss of each sample."""
    whole = {(word, ""): "loss" for word in ("", "total", "tot", "ges", "gesamt", "sum", "T", "totale")}
    terms = graph.loss_terms or ("loss",)
    for style in ("{}", "o{}", "out{}", "k{}", "y{}"):
        table = {(style.format(place), ""): name for place, name in enumerate(terms, 1)}
        yield Scheme("loss", "the loss, and its terms by output", {**table, **whole}, 0.6 if style == "{}" else 0.4)
    if len(graph.samples) > 1:
        marks = [(str(k), f"loss@{k}") for k in range(1, len(graph.samples) + 1)]
        marks += [(letter, name) for letter, (_, name) in zip(ascii_uppercase, marks, strict=False)]
        table = {(mark, ""): name for mark, name in marks}
        above = {("", mark): name for mark, name in marks}
        yield Scheme("loss", "the loss by sample", {**table, **above, **whole}, 0.5)
        yield Scheme("loss", "the loss of the batch", {("", ""): "batch", ("batch", ""): "batch"}, 0.2)
