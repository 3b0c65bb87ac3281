"""Ways to index single weights: by the numbers of their ends, by labels of their ends, or counted."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import accumulate, product

from symback.graph.quantity import Graph, Layer
from symback.verify.schemes.layers import layer_marks
from symback.verify.schemes.neurons import LETTERS
from symback.verify.schemes.scheme import Indices, Scheme, Target

Weight = tuple[int, int, str]
"""The neuron to which a weight belongs, the one from which it comes, and its id."""

TO_FROM = "to, from"


def of_weights(graph: Graph, printed: str) -> Iterator[Scheme]:
    """Yield ways to index single weights; `printed` are all indices of a document."""
    layers = [
        [(to, source, name) for to, row in enumerate(layer.weights, 1) for source, name in enumerate(row, 1) if name]
        for layer in graph.layers
    ]
    yield from _by_numbers(graph, printed, layers, TO_FROM, "{t}{f}", 0.55)
    yield from _by_numbers(graph, printed, layers, "from, to", "{f}{t}", 0.5)
    yield from _by_labels(graph, printed, layers)
    yield from _by_units(graph, layers)
    yield from _by_letters(graph, layers)
    yield from _counted(graph, printed, layers, "row by row")
    by_column = [sorted(layer, key=lambda weight: (weight[1], weight[0])) for layer in layers]
    yield from _counted(graph, printed, by_column, "column by column")


def _by_numbers(
    graph: Graph, printed: str, layers: list[list[Weight]], says: str, style: str, prior: float
) -> Iterator[Scheme]:
    """Yield ways with the numbers of both ends, the layer above, before or behind them."""
    for place, weights in enumerate(layers):
        table: dict[Indices, Target] = {
            (spelled, ""): name
            for to, source, name in weights
            for spelled in _spelled(graph.layers[place], style, to, source)
        }
        yield Scheme("w", f"weights of layer {place + 1}, {says}", table, prior - 0.25)
    places: dict[str, Callable[[str, str], Indices]] = {
        "above": lambda mark, spelled: (spelled, mark),
        "before": lambda mark, spelled: (mark + spelled, ""),
        "behind": lambda mark, spelled: (spelled + mark, ""),
    }
    for marked, marks, _, usual in layer_marks(graph, printed):
        for where, put in places.items():
            table = {}
            for layer, mark, weights in zip(graph.layers, marks, layers, strict=True):
                for to, source, name in weights:
                    for spelled in _spelled(layer, style, to, source):
                        table.setdefault(put(mark, spelled), name)
            yield Scheme("w", f"weights, {says}, {marked} {where}", table, prior + usual - 0.5)


def _spelled(layer: Layer, style: str, to: int, source: int) -> Iterator[str]:
    """Yield how the ends of a weight may be spelled: one that can be no other may be left out."""
    rows, columns = len(layer.weights), len(layer.inputs)
    yield style.format(t=to, f=source)
    if columns == 1:
        yield str(to)
    if rows == 1:
        yield str(source)
    if rows == 1 and columns == 1:
        yield ""


def _by_labels(graph: Graph, printed: str, layers: list[list[Weight]]) -> Iterator[Scheme]:
    """Yield names such as ``w_j1k1``, ``w_h1x2`` and ``w_ho``: a label for each end."""
    for marked, marks, ins, usual in layer_marks(graph, printed):
        ends = [ins[0], *marks]
        for is_from_first in (True, False):
            table: dict[Indices, Target] = {}
            for place, (layer, weights) in enumerate(zip(graph.layers, layers, strict=True)):
                begin, end = ends[place], ends[place + 1]
                for to, source, name in weights:
                    tos = (f"{end}{to}", end) if layer.size == 1 else (f"{end}{to}",)
                    froms = (f"{begin}{source}", begin, "") if len(layer.inputs) == 1 else (f"{begin}{source}",)
                    for one, other in product(tos, froms):
                        table.setdefault((other + one if is_from_first else one + other, ""), name)
                    numbers = f"{source}{to}" if is_from_first else f"{to}{source}"
                    table.setdefault((numbers, begin + end if is_from_first else end + begin), name)
            first = "from" if is_from_first else "to"
            yield Scheme("w", f"weights by their ends, {first} first, {marked}", table, usual)


def _by_units(graph: Graph, layers: list[list[Weight]]) -> Iterator[Scheme]:
    """Yield names such as ``w_14`` and ``w_2,3``: neurons are called by their numbers in the network, or behind inputs.

    The end from which a weight comes may also be called by its number in its layer.
    """
    for says, first in (("the inputs first", len(graph.inputs) + 1), ("without the inputs", 1)):
        before = [0, *accumulate(layer.size for layer in graph.layers)]
        for is_from_first in (True, False):
            of_units: dict[Indices, Target] = {}
            of_places: dict[Indices, Target] = {}
            for place, weights in enumerate(layers):
                for to, source, name in weights:
                    end = str(first + before[place] + to - 1)
                    unit = str(source if place == 0 else first + before[place - 1] + source - 1)
                    for table, begin in ((of_units, unit), (of_places, str(source))):
                        table.setdefault((begin + end if is_from_first else end + begin, ""), name)
            order = "from, to" if is_from_first else TO_FROM
            if first > 1:
                yield Scheme("w", f"weights between units counted {says}, {order}", of_units, 0.35)
            yield Scheme("w", f"weights to units counted {says}, {order}", of_places, 0.3)


def _by_letters(graph: Graph, layers: list[list[Weight]]) -> Iterator[Scheme]:
    """Yield names such as ``w_1A`` and ``w_AC``: neurons have letters, and inputs are counted."""
    before = [0, *accumulate(layer.size for layer in graph.layers)]
    if before[-1] > len(LETTERS):
        return
    for order, is_from_first in (("from, to", True), (TO_FROM, False)):
        table: dict[Indices, Target] = {}
        for place, weights in enumerate(layers):
            for to, source, name in weights:
                begin = str(source) if place == 0 else LETTERS[before[place - 1] + source - 1]
                end = LETTERS[before[place] + to - 1]
                table.setdefault((begin + end if is_from_first else end + begin, ""), name)
        yield Scheme("w", f"weights of neurons that have letters, {order}", table, 0.35)


def _counted(graph: Graph, printed: str, layers: list[list[Weight]], says: str) -> Iterator[Scheme]:
    """Yield ways to count weights in some order: through all layers, or in each."""
    flat = [weight for weights in layers for weight in weights]
    yield Scheme("w", f"weights counted {says}", _numbered(flat), 0.3)
    for place, weights in enumerate(layers, 1):
        yield Scheme("w", f"weights of layer {place} counted {says}", _numbered(weights), 0.28)
    for marked, marks, _, usual in layer_marks(graph, printed):
        table: dict[Indices, Target] = {}
        for mark, weights in zip(marks, layers, strict=True):
            for number, (_, _, name) in enumerate(weights, 1):
                table |= {(f"{mark}{number}", ""): name, (str(number), mark): name}
        yield Scheme("w", f"weights counted {says}, {marked}", table, usual - 0.25)


def _numbered(weights: list[Weight]) -> dict[Indices, Target]:
    return {(str(number), ""): name for number, (_, _, name) in enumerate(weights, 1)}
