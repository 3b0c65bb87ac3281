"""Every number of a network, exactly: values, gradients and updated parameters, as the JSON output gives them."""

from __future__ import annotations

from typing import Any

from symback.derive.derivation import NEW
from symback.graph.build import LEARNING_RATE
from symback.graph.quantity import Role
from symback.values.rounding import significant_string
from symback.values.values import Values
from symback.written.nodes import partial_key

_GIVEN = (Role.INPUT, Role.TARGET, Role.LEARNING_RATE)


def evaluate(values: Values) -> dict[str, Any]:
    """Return loss, values, gradients and updated parameters of a network.

    Returns
    -------
    dict
        ``schema``, ``loss``, ``values`` by id, ``gradients`` of the loss by id (parameters and every intermediate
        quantity), ``updated`` by id. Numbers are strings with 17 significant digits, shorter where that is exact.
    """
    derivation = values.derivation
    graph = derivation.graph
    differentiated = [
        name
        for name, quantity in graph.quantities.items()
        if quantity.role not in _GIVEN and derivation.reaches(name, "loss")
    ]
    updated = graph.parameters if LEARNING_RATE in graph.given else ()
    return {
        "schema": 1,
        "loss": significant_string(values.exact["loss"]),
        "values": {name: significant_string(values.exact[name]) for name in graph.quantities},
        "gradients": {
            name: significant_string(values.exact[partial_key("loss", name)]) for name in differentiated
        },
        "updated": {name: significant_string(values.exact[name + NEW]) for name in updated},
    }
