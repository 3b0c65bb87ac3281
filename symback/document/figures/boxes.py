"""What is drawn of a graph: boxes in columns, and the ways between them."""

from __future__ import annotations

from dataclasses import dataclass

from symback.graph.quantity import Graph, Role


@dataclass(frozen=True, slots=True)
class Box:
    """The quantities of one box side by side, the number of its column, and what stands above it."""

    cells: tuple[str, ...]
    column: int
    above: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Way:
    """From one quantity to the next; `of` is the weight on the way, if there is one."""

    start: str
    end: str
    of: str = ""


@dataclass(frozen=True, slots=True)
class Scheme:
    """Boxes from left to right and from top to bottom, and all ways between them."""

    boxes: tuple[Box, ...]
    ways: tuple[Way, ...]

    def column(self, number: int) -> tuple[Box, ...]:
        """Return the boxes of one column."""
        return tuple(box for box in self.boxes if box.column == number)

    @property
    def columns(self) -> int:
        """Number of columns."""
        return 1 + max(box.column for box in self.boxes)


def scheme_of(graph: Graph) -> Scheme:
    """Return the boxes and ways of a network, layer by layer, or of equations, by what they are computed from."""
    return _network(graph) if graph.system is None else _equations(graph)


def _network(graph: Graph) -> Scheme:
    """Return a column for each layer; where its activations each depend on all pre-activations, they get their own."""
    boxes = [Box((name,), 0) for name in graph.inputs]
    ways = []
    drawn = set(graph.inputs)
    column = 0
    for layer in graph.layers:
        constants = [name for name in layer.inputs if name not in drawn]
        boxes += [Box((name,), column) for name in constants]
        drawn.update((*constants, *layer.activations))
        column += 1
        for place, (pre, post) in enumerate(zip(layer.pre_activations, layer.activations, strict=True)):
            cells = (pre,) if layer.is_joint else (pre, post)
            boxes.append(Box(cells, column, tuple(layer.biases[place : place + 1])))
            ways += [Way(source, pre, weight) for weight, source in layer.products(place)]
        if layer.is_joint:
            column += 1
            boxes += [Box((post,), column) for post in layer.activations]
            ways += [Way(pre, post) for post in layer.activations for pre in graph.quantities[post].parents]
    boxes.append(Box(("loss",), column + 1))
    ways += [Way(output, "loss") for output in graph.outputs]
    return Scheme(tuple(boxes), tuple(ways))


def _equations(graph: Graph) -> Scheme:
    """Return a box for each quantity, one column behind the last of those that it is computed from."""
    columns: dict[str, int] = {}
    ways = []
    for name, quantity in graph.quantities.items():
        if quantity.role in (Role.LEARNING_RATE, Role.CONSTANT):
            continue
        columns[name] = 1 + max((columns[parent] for parent in quantity.parents if parent in columns), default=-1)
        ways += [Way(parent, name) for parent in dict.fromkeys(quantity.parents) if parent in columns]
    for name in reversed(columns):  # what is given stands right before what uses it
        children = graph.children[name]
        if children and not graph.quantities[name].parents:
            columns[name] = min(columns[child] for child in children) - 1
    boxes = [Box((name,), column) for name, column in columns.items()]
    return Scheme(tuple(sorted(boxes, key=lambda box: box.column)), tuple(ways))
