"""Every number of a network, exactly: values, gradients and updated parameters, as the JSON output gives them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from symback.graph.build import LEARNING_RATE
from symback.graph.quantity import BATCH, Graph, Role
from symback.rules.losses import UPSTREAM
from symback.values.contradictions import contradictions
from symback.values.interpret import UnknownValue
from symback.values.rounding import significant_string
from symback.values.values import Values, no_value
from symback.written.nodes import NEW, partial_key

_GIVEN = (Role.INPUT, Role.TARGET, Role.LEARNING_RATE, Role.PENALTY_FACTOR)
_OF_A_LOSS = (Role.TARGET, Role.LOSS_TERM, Role.LOSS)
_OF_ALL_SAMPLES = (
    *(Role.WEIGHT, Role.BIAS, Role.LEARNING_RATE, Role.CONSTANT, Role.VARIABLE),
    *(Role.PENALTY, Role.PENALTY_FACTOR),
)


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
        Where the network learns sample by sample, ``steps`` has loss, gradients and new parameters of each step, and
        ``updated`` is what the last one leaves; all else is about the first.
        With a penalty, ``loss`` and ``gradients`` are those with it, which stands under ``values``.
        ``contradictions`` lists the stated values that the other numbers do not give.
    """
    derivation = values.derivation
    graph = derivation.graph
    updated = graph.learned if LEARNING_RATE in values.given else ()
    found: dict[str, Any] = {"schema": 1}
    if graph.system is not None:
        found["output"] = graph.root
    if len(graph.samples) == 1:
        found |= {_whole(graph): _text(values, graph.learned_root)}
        found["values"] = {name: _text(values, name) for name in _told(graph)}
        found["gradients"] = _learned_gradients(values)
    else:
        found |= _batch(values)
    found["updated"] = {name: _text(values, name + NEW) for name in updated}
    if graph.steps:
        found["steps"] = list(_steps(values))
        found["updated"] = found["steps"][-1]["updated"]
    found["contradictions"] = [contradiction.texts() for contradiction in contradictions(values)]
    return found


def _steps(values: Values) -> Iterator[dict[str, Any]]:
    """Yield loss, gradients and new parameters of each step of learning sample by sample."""
    graph = values.derivation.graph
    for number, sample in enumerate(graph.steps, 1):
        step = values.step(number)
        yield {
            "step": number,
            "sample": sample,
            "loss": _text(step, graph.learned_root),
            "gradients": _learned_gradients(step),
            "updated": {name: _text(step, name + NEW) for name in graph.learned},
        }


def _batch(values: Values) -> dict[str, Any]:
    """Return loss, values and gradients of several samples together, and loss and gradients of each."""
    graph = values.derivation.graph
    root = graph.learned_root
    numbers = range(1, len(graph.samples) + 1)
    of_all = [
        name
        for name, quantity in graph.quantities.items()
        if quantity.role in _OF_ALL_SAMPLES and name not in graph.samples[0]
    ]
    of_one = [name for name in _told(graph) if name not in of_all]
    return {
        _whole(graph): _text(values, root),
        "values": {name: _text(values, name) for name in of_all}
        | {f"{name}@{number}": _text(values, f"{name}@{number}") for number in numbers for name in of_one},
        "gradients": _of_parameters(values) if graph.learns_from_batch else _learned_gradients(values),
        "samples": [
            {
                "sample": number,
                _whole(graph): _text(values, f"{graph.root}@{number}"),
                "gradients": _gradients(values.sample(number)),
            }
            for number in numbers
        ],
    }


def _told(graph: Graph) -> Iterator[str]:
    """Yield the quantities without those of a loss that is not known, which only stand for its given gradients."""
    hidden = _OF_A_LOSS if graph.loss_row is UPSTREAM else ()
    return (name for name, quantity in graph.quantities.items() if quantity.role not in hidden)


def _whole(graph: Graph) -> str:
    """Return the key under which the number of what is differentiated stands."""
    return "loss" if graph.system is None else "value"


def _gradients(values: Values) -> dict[str, str | None]:
    """Return the gradient of the loss by every parameter and intermediate quantity, for the sample of `values`."""
    derivation = values.derivation
    return {
        name: _text(values, partial_key(derivation.root, name))
        for name in _told(derivation.graph)
        if derivation.graph.quantities[name].role not in _GIVEN
        and derivation.varies(name)
        and derivation.reaches(name, derivation.root)
    }


def _learned_gradients(values: Values) -> dict[str, str | None]:
    """Return the same gradients, those by parameters with what a penalty adds, as the update uses them."""
    return _gradients(values) | _of_parameters(values)


def _of_parameters(values: Values) -> dict[str, str | None]:
    """Return the gradient by every parameter of the loss that is learned from."""
    graph = values.derivation.graph
    return {name: _text(values, partial_key(graph.learned_root, name)) for name in graph.wanted}


def _text(values: Values, key: str) -> str | None:
    if key.partition("@")[0] in ("loss", BATCH) and values.derivation.graph.loss_row is UPSTREAM:
        return None
    try:
        return significant_string(values.exact[key])
    except UnknownValue:
        return None
    except OverflowError as error:
        raise no_value(key, error) from None
