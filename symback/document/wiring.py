"""How a network is wired, as far as it decides what a page can say of it."""

from __future__ import annotations

from symback.document.page import Page
from symback.graph.quantity import Graph, Layer, Role


def follows_before(graph: Graph, layer: Layer) -> bool:
    """Say whether exactly what leaves the layer before enters a layer, a constant aside."""
    before = graph.layers[layer.number - 2].activations if layer.number > 1 else graph.inputs
    return tuple(name for name in layer.inputs if graph.quantities[name].role is not Role.CONSTANT) == before


def has_constant(graph: Graph, layer: Layer) -> bool:
    """Say whether the first weight of each neuron is its bias."""
    return graph.quantities[layer.inputs[0]].role is Role.CONSTANT


def learned(graph: Graph, layer: Layer) -> tuple[str, ...]:
    """Return the parameters of a layer that are learned, each once."""
    return tuple(name for name in layer.parameters if name not in graph.frozen)


def is_full(graph: Graph, layer: Layer) -> bool:
    """Say whether there is a weight for each connection of a layer that is learned and used nowhere else."""
    weights = [weight for row in layer.weights for weight in row]
    return all(name is not None and name not in graph.frozen and graph.uses[name] == 1 for name in weights)


def has_own_biases(graph: Graph, layer: Layer) -> bool:
    """Say whether each neuron of a layer learns a bias that is used nowhere else."""
    return bool(layer.biases) and all(name not in graph.frozen and graph.uses[name] == 1 for name in layer.biases)


def in_a_row(page: Page) -> bool:
    """Say whether each layer is entered by the one before it alone."""
    return all(follows_before(page.graph, layer) for layer in page.graph.layers)


def used_once(page: Page) -> bool:
    """Say whether every parameter is used in one place."""
    return all(page.graph.uses[name] == 1 for name in page.graph.parameters)


def is_regular(page: Page) -> bool:
    """Say whether rules for whole matrices hold: full layers in a row, with one activation each."""
    graph = page.graph
    return in_a_row(page) and all(
        is_full(graph, layer)
        and (not layer.biases or has_own_biases(graph, layer))
        and len(set(layer.functions)) == 1
        and not (layer.number > 1 and has_constant(graph, layer))
        for layer in graph.layers
    )


def owned(graph: Graph, layer: Layer) -> tuple[str, ...]:
    """Return the learned parameters of a layer that no layer before it uses: the backward pass can finish them here."""
    before = {name for other in graph.layers[: layer.number - 1] for name in other.parameters}
    return tuple(name for name in learned(graph, layer) if name not in before)


def traced_weight(graph: Graph) -> tuple[Layer, str] | None:
    """Return a weight of the first neuron of a layer that has one way in: of the first layer that has such a weight.

    The way back from the loss is the longest there. There is none where every weight is frozen or shared.
    """
    for layer in graph.layers:
        for weight, _ in layer.products(0):
            if weight not in graph.frozen and graph.uses[weight] == 1:
                return layer, weight
    return None
