"""Whether the numbers of a spec fit its network.

The checks look at lengths alone, in data that need not be valid otherwise, so that they can be reported together with
all that is wrong besides. What is no list, or has an unreadable size, is left to others.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from symback.spec.activation_checks import activation_problems, joint_problems
from symback.spec.connections import (
    absent_places,
    connection_problems,
    entering_problems,
    frozen_problems,
    pattern_problems,
    tied_problems,
)
from symback.spec.id_checks import alias_problems, asked_problems, given_problems, name_problems
from symback.spec.lengths import lengths_of
from symback.spec.looking import as_list, as_mapping, look
from symback.spec.parameter_checks import bias_problems, numbers_at_places, weight_problems
from symback.spec.problems import Problem
from symback.spec.sample_checks import (
    learning_problems,
    missing_loss_problems,
    one_hot_problems,
    sample_problems,
    step_problems,
)


def shape_problems(spec: Any) -> Iterator[Problem]:
    """Yield each place where parameters or data do not fit the network of `spec`, valid or not."""
    network, parameters = look(spec, "network"), look(spec, "parameters")
    lengths = lengths_of(network)
    if lengths is None:
        if isinstance(network, Mapping):
            yield from missing_loss_problems(look(spec, "loss"), look(spec, "given"), as_list(look(spec, "data")) or ())
        return
    layers = as_list(look(network, "layers")) or ()
    yield from activation_problems(layers, lengths)
    yield from joint_problems(layers, lengths)
    yield from entering_problems(layers)
    weights, by_source = look(parameters, "weights"), look(parameters, "orientation") == "row"
    absent = absent_places(weights, by_source, lengths)
    if isinstance(parameters, Mapping) or hasattr(parameters, "weights"):
        biases = look(parameters, "biases")
        found = (*weight_problems(weights, by_source, lengths), *bias_problems(biases, lengths))
        yield from found
        if not found:
            numbers = numbers_at_places(parameters, by_source, lengths)
            yield from connection_problems(absent, lengths)
            yield from tied_problems(look(parameters, "tied"), numbers, absent)
    samples = as_list(look(spec, "data")) or ()
    yield from sample_problems(samples, lengths)
    yield from one_hot_problems(samples, look(spec, "loss"), lengths.sizes[-1])
    yield from learning_problems(look(look(spec, "update"), "on"), len(samples))
    yield from step_problems(look(spec, "update"), look(spec, "given"), len(samples))
    yield from given_problems(look(spec, "given"), lengths, look(spec, "loss") is not None)
    yield from missing_loss_problems(look(spec, "loss"), look(spec, "given"), samples)
    known = [name for name in lengths.places if name not in absent and name not in as_mapping(look(parameters, "tied"))]
    if lengths.are_known:
        yield from frozen_problems(look(look(spec, "update"), "frozen"), known)
        penalised = look(look(look(spec, "loss"), "penalty"), "of")
        yield from pattern_problems(("loss", "penalty", "of"), penalised, known)
    yield from asked_problems(as_list(look(spec, "questions")) or (), known)
    yield from alias_problems(look(spec, "aliases"), lengths, known, len(samples))
    yield from name_problems(look(spec, "names"), lengths, known)
