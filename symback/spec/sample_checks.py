"""Whether the samples of a spec fit its network, its loss and the way it learns from them."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from typing import Any

from symback.rules.losses import LOSSES
from symback.spec.counts import count_problems, owner
from symback.spec.exact import read_decimal
from symback.spec.lengths import Lengths
from symback.spec.looking import as_list, as_whole, look
from symback.spec.problems import Problem, RefusedError, show
from symback.spec.words import read_whole

UPSTREAM = "loss:"
"""Begins the name of a given gradient, before the id of the output."""

MOST_STEPS = 100
"""How many steps a page may do, a sample each."""


def sample_problems(samples: Any, lengths: Lengths) -> Iterator[Problem]:
    """Yield each sample whose inputs, targets or class do not fit the network."""
    for place, sample in enumerate(samples):
        for key, size, about in (
            ("inputs", lengths.sizes[0], f"one for {owner(0)}"),
            ("targets", lengths.sizes[-1], "one for each output"),
        ):
            numbers = as_list(look(sample, key))
            if size and (numbers or (numbers is not None and key == "inputs")):
                yield from count_problems(("data", place, key), numbers, size, "number", about)
        label, outputs = _label(sample), lengths.sizes[-1]
        if label is not None and outputs == 1:
            expected = "targets: a class needs several outputs, one for each class"
            yield Problem(("data", place, "class"), str(label), expected)
        elif label is not None and outputs and not 1 <= label <= outputs:
            yield Problem(("data", place, "class"), str(label), f"1 to {outputs}, one class for each output")


def _label(sample: Any) -> int | None:
    """Return the class of a sample; what is no whole number is left to others."""
    value = sample.get("class") if isinstance(sample, Mapping) else getattr(sample, "label", None)
    try:
        return None if value is None else read_whole(value)
    except RefusedError:
        return None


def one_hot_problems(samples: Any, loss: Any, outputs: int) -> Iterator[Problem]:
    """Yield the targets that are not 1 for one output and 0 for the others, where the loss asks for that."""
    kind = loss if isinstance(loss, str) else look(loss, "kind")
    if kind not in LOSSES or not LOSSES[kind].one_hot:
        return
    for place, sample in enumerate(samples):
        numbers = [str(getattr(number, "text", number)) for number in as_list(look(sample, "targets")) or ()]
        if numbers and len(numbers) == outputs and sorted(map(_bit, numbers)) != [0] * (outputs - 1) + [1]:
            few = "1: the output is the probability of what was observed (or another loss)"
            many = "1 for the class that was observed and 0 for the others (or another loss)"
            yield Problem(("data", place, "targets"), show(numbers), few if outputs == 1 else many)


def _bit(text: str) -> int:
    """Return 0 or 1 for a number of this value, else another number."""
    try:
        number = read_decimal(text).value
    except RefusedError:
        return 2
    return int(number) if number in (0, 1) else 2


def learning_problems(sample: Any, count: int) -> Iterator[Problem]:
    """Yield that no sample has the number under ``update.on``; what is no number is left to others."""
    try:
        number = read_whole(sample)
    except RefusedError:
        return
    if count and not 1 <= number <= count:
        yield Problem(("update", "on"), str(number), f"batch, each or the number of a sample, 1 to {count}")


def step_problems(update: Any, given: Any, count: int) -> Iterator[Problem]:
    """Yield what does not go together with a step for each sample, or with its absence."""
    epochs = as_whole(look(update, "epochs"), 1, sys.maxsize) or 0
    if look(update, "on") != "each":
        if epochs > 1:
            yield Problem(("update", "epochs"), str(epochs), "on: each, for which samples are gone through in order")
        return
    if epochs * count > MOST_STEPS:
        yield Problem(("update", "on"), f"{epochs * count} steps", f"at most {MOST_STEPS}, a step for each sample")
    for name in given if isinstance(given, Mapping) else ():
        expected = "no stated values with on: each, for every step has other parameters and so other values"
        yield Problem(("given", name), show(name), expected, at_key=True)


def missing_loss_problems(loss: Any, given: Any, samples: Any) -> Iterator[Problem]:
    """Yield what is missing of the loss, or stands there besides the gradients that are given in its place."""
    upstream = [name for name in given if str(name).startswith(UPSTREAM)] if isinstance(given, Mapping) else []
    if loss is None and not upstream:
        yield Problem(("loss",), "nothing", f"the key {show('loss')}, or under given the gradients {UPSTREAM}OUTPUT")
        return
    for place, sample in enumerate(samples):
        said = sample if isinstance(sample, Mapping) else getattr(sample, "model_fields_set", None)
        key, has_targets = _target(sample)
        if loss is not None and said is not None and not has_targets:
            either = ("nothing", f"the key {show('targets')} or {show('class')}")
            lacking = ("no numbers", "one for each output") if "targets" in said else either
            yield Problem(("data", place, "targets"), *lacking)
        if loss is None and has_targets:
            expected = "none without a loss: the given gradients stand for it"
            yield Problem(("data", place, key), key, expected, at_key=True)
    for name in upstream if loss is not None else ():
        expected = "no given gradient besides a loss, from which it follows: leave out loss and targets, or this"
        yield Problem(("given", name), show(name), expected, at_key=True)


def _target(sample: Any) -> tuple[str, bool]:
    """Return under which key a sample says what its outputs should be, and whether it does."""
    label = look(sample, "class") if isinstance(sample, Mapping) else look(sample, "label")
    return ("targets", True) if look(sample, "targets") not in (None, (), []) else ("class", label is not None)
