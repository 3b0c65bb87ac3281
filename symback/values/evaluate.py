"""Every number of a network, exactly: values, gradients and updated parameters, as the JSON output gives them."""

from __future__ import annotations

from typing import Any

from symback.derive.derivation import NEW
from symback.graph.build import LEARNING_RATE
from symback.graph.quantity import Graph, Role
from symback.values.interpret import UnknownValue
from symback.values.rounding import significant_string
from symback.values.values import Values, no_value
from symback.written.nodes import partial_key

_GIVEN = (Role.INPUT, Role.TARGET, Role.LEARNING_RATE)
_OF_ALL_SAMPLES = (Role.WEIGHT, Role.BIAS, Role.LEARNING_RATE, Role.VARIABLE)


def evaluate(values: Values) -> dict[str, Any]:
    """Return loss, values, gradients and updated parameters of a network.

    Plain equations have, in place of the loss, their ``output`` with its name and its ``value``.

    Returns
    -------
    dict
        ``schema``, ``loss``, ``values`` by id, ``gradients`` by id (of parameters and every intermediate quantity),
        ``updated`` by id. Numbers are strings with 17 significant digits, shorter where that is exact; unknown ones
        are None. With several samples, what belongs to one of them has ``@`` and its number behind its id, ``loss``
        and ``gradients`` are those that the update uses, and ``samples`` has loss and gradients of each sample.
    """
    derivation = values.derivation
    graph = derivation.graph
    updated = graph.learned if LEARNING_RATE in values.given else ()
    found: dict[str, Any] = {"schema": 1}
    if graph.system is not None:
        found["output"] = graph.root
    if len(graph.samples) == 1:
        found |= {_whole(graph): _text(values, graph.root)}
        found["values"] = {name: _text(values, name) for name in graph.quantities}
        found["gradients"] = _gradients(values)
    else:
        found |= _batch(values)
    found["updated"] = {name: _text(values, name + NEW) for name in updated}
    return found


def _batch(values: Values) -> dict[str, Any]:
    """Return loss, values and gradients of several samples together, and loss and gradients of each."""
    graph = values.derivation.graph
    root = values.derivation.learned_root
    numbers = range(1, len(graph.samples) + 1)
    of_all = [
        name
        for name, quantity in graph.quantities.items()
        if quantity.role in _OF_ALL_SAMPLES and name not in graph.samples[0]
    ]
    of_one = [name for name in graph.quantities if name not in of_all]
    return {
        _whole(graph): _text(values, root),
        "values": {name: _text(values, name) for name in of_all}
        | {f"{name}@{number}": _text(values, f"{name}@{number}") for number in numbers for name in of_one},
        "gradients": {name: _text(values, partial_key(root, name)) for name in graph.parameters}
        if graph.learns_from_batch
        else _gradients(values),
        "samples": [
            {
                "sample": number,
                _whole(graph): _text(values, f"{graph.root}@{number}"),
                "gradients": _gradients(values.sample(number)),
            }
            for number in numbers
        ],
    }


def _whole(graph: Graph) -> str:
    """Return the key under which the number of what is differentiated stands."""
    return "loss" if graph.system is None else "value"


def _gradients(values: Values) -> dict[str, str | None]:
    """Return the gradient of the loss by every parameter and intermediate quantity, for the sample of `values`."""
    derivation = values.derivation
    return {
        name: _text(values, partial_key(derivation.root, name))
        for name, quantity in derivation.graph.quantities.items()
        if quantity.role not in _GIVEN and derivation.reaches(name, derivation.root)
    }


def _text(values: Values, key: str) -> str | None:
    try:
        return significant_string(values.exact[key])
    except UnknownValue:
        return None
    except OverflowError as error:
        raise no_value(key, error) from None
