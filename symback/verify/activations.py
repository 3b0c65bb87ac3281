"""Activations of the network as functions that a document applies: by their word, or as "the activation function"."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction

from flint import arb

from symback.graph.quantity import Graph, Layer
from symback.rules.activations import ACTIVATIONS, INPUT, function_form
from symback.verify.arrays import mapped
from symback.verify.balls import decimal
from symback.verify.binding import Binding
from symback.verify.duals import ONE, ZERO, Dual, Unknown, Value, constant
from symback.verify.evaluate import evaluate, evaluate_at
from symback.verify.keys import Keys
from symback.verify.shapes import rows_of
from symback.written.nodes import Call, Name, Written

EXACTLY = Fraction(1, 10**12)
"""A unit in which a number prints like hardly anything but itself."""

Look = Callable[[str], arb]
"""Gives the value of a quantity; raises `Unknown`."""

NOT_KNOWN = "a function that is not known"


def applied(call: Call, inner: Value, keys: Keys | None, graph: Graph, binding: Binding, look: Look) -> Value:
    """Return an activation, or its derivative, at an argument.

    Parameters
    ----------
    call
        The function with its one argument. One that goes by a letter is that of the neurons whose pre-activations are
        the argument: by their names, by what it is worth, or by how they print.
    inner, keys
        What the argument is worth, and what it names, if that is known.
    graph, binding
        The network, and which of its quantities print as a number.
    look
        Gives the value of a quantity where the formula stands.

    Raises
    ------
    Unknown
        If it cannot be told which activation is meant, or it has no value.
    """
    row = ACTIVATIONS.get(call.function) if isinstance(call.function, str) else None
    if row is not None and not row.is_joint:
        form = function_form(row)
        return mapped(lambda one: _of_form(form, INPUT, one, call.primes), inner)
    if isinstance(call.function, str) and row is None:
        raise Unknown(NOT_KNOWN)
    keys = keys if keys is not None and _layers_of(keys, graph) else _keys_worth(inner, graph, look)
    own = _layers_of(keys, graph) if keys is not None else []
    joint = [layer for layer in own or graph.layers if layer.activation.is_joint and layer.size == _count(inner)]
    if joint:
        return _of_whole_layer(joint[-1], inner, graph, call.primes)
    if row is not None:
        raise Unknown(NOT_KNOWN)
    if keys is not None:
        return _each_of_its_own(keys, inner, graph, call.primes)
    posts = [post for layer in graph.layers for post in layer.activations]
    if len({graph.quantities[post].function for post in posts}) > 1:
        posts = _that_print(call.arguments[0], graph, binding)
    if not posts:
        raise Unknown(NOT_KNOWN)
    return mapped(lambda one: _at(posts[0], one, graph, call.primes), inner)


def _keys_worth(inner: Value, graph: Graph, look: Look) -> Keys | None:
    """Return the pre-activations of the only layer that is worth what an argument is, laid out like it."""
    found = [keys for layer in graph.layers if (keys := _laid_like(layer, inner)) is not None]
    fitting = [keys for keys in found if _is_worth(keys, inner, look)]
    return fitting[0] if len(fitting) == 1 else None


def _laid_like(layer: Layer, inner: Value) -> Keys | None:
    rows = rows_of(inner)
    if _count(inner) != layer.size:
        return None
    return (layer.pre_activations,) if len(rows) == 1 else tuple((name,) for name in layer.pre_activations)


def _is_worth(keys: Keys, inner: Value, look: Look) -> bool:
    try:
        return all(
            one.value.overlaps(look(key))
            for line, ones in zip(keys, rows_of(inner), strict=True)
            for key, one in zip(line, ones, strict=True)
        )
    except Unknown:
        return False


def _layers_of(keys: Keys, graph: Graph) -> list[Layer]:
    """Return the layer of which keys name pre-activations, if they do."""
    names = {key.partition("@")[0] for row in keys for key in row}
    return [layer for layer in graph.layers if names and names <= set(layer.pre_activations)]


def _each_of_its_own(keys: Keys, inner: Value, graph: Graph, primes: int) -> Value:
    """Return pre-activations that each went through the activation of its own neuron."""
    found = tuple(
        tuple(_at(_post(key), one, graph, primes) for key, one in zip(line, ones, strict=True))
        for line, ones in zip(keys, rows_of(inner), strict=True)
    )
    return found[0][0] if isinstance(inner, Dual) else found


def _post(key: str) -> str:
    return "a." + key.partition("@")[0].removeprefix("z.")


def _at(post: str, one: Dual, graph: Graph, primes: int) -> Dual:
    """Return an activation, or its derivative, at a value of its pre-activation."""
    quantity = graph.quantities[post]
    if quantity.definition is None or len(quantity.parents) != 1:
        raise Unknown(NOT_KNOWN)
    return _of_form(quantity.definition, quantity.parents[0], one, primes)


def _of_form(form: Written, name: str, one: Dual, primes: int) -> Dual:
    """Return a formula in one name, or its derivative, at a value of the name."""
    if primes and one.slope != 0:
        raise Unknown("a derivative of a derivative")
    found = evaluate_at(form, name, Dual(one.value, ONE) if primes else one)
    return constant(found.slope) if primes else found


def _count(value: Value) -> int:
    rows = rows_of(value)
    return len(rows) * len(rows[0]) if 1 in (len(rows), len(rows[0])) else 0


def _of_whole_layer(layer: Layer, inner: Value, graph: Graph, primes: int) -> Value:
    """Return a function of all pre-activations of a layer at once, such as the softmax, or the matrix of its slopes."""
    rows = rows_of(inner)
    entries = [one for row in rows for one in row]
    if primes:
        return tuple(tuple(map(constant, row)) for row in _slopes(layer, [one.value for one in entries], graph))
    found = [_joint(post, dict(zip(layer.pre_activations, entries, strict=True)), graph) for post in layer.activations]
    return (tuple(found),) if len(rows) == 1 else tuple((one,) for one in found)


def _slopes(layer: Layer, values: list[arb], graph: Graph) -> Iterator[list[arb]]:
    for post in layer.activations:
        row = []
        for moving in layer.pre_activations:
            put = {
                pre: Dual(value, ONE if pre == moving else ZERO)
                for pre, value in zip(layer.pre_activations, values, strict=True)
            }
            row.append(_joint(post, put, graph).slope)
        yield row


def _joint(post: str, put: dict[str, Dual], graph: Graph) -> Dual:
    definition = graph.quantities[post].definition
    if definition is None:
        raise Unknown(NOT_KNOWN)

    def leaf(node: Written) -> Value:
        return put[node.id] if isinstance(node, Name) else constant(ZERO)

    found = evaluate(definition, leaf)
    if not isinstance(found, Dual):
        raise Unknown(NOT_KNOWN)
    return found


def _that_print(argument: Written, graph: Graph, binding: Binding) -> list[str]:
    """Return the activations one of whose pre-activations prints as a number, if all are the same function."""
    printed = decimal(argument)
    if printed is None:
        return []
    pairs = [pair for layer in graph.layers for pair in zip(layer.pre_activations, layer.activations, strict=True)]
    for unit in (EXACTLY, printed[1]):
        posts = [post for pre, post in pairs if binding.prints(pre, (printed[0], unit))]
        if len({graph.quantities[post].function for post in posts}) == 1:
            return posts
    return []
