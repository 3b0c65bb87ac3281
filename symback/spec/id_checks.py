"""Whether the ids that a spec names are those of its network."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from symback.spec.lengths import Lengths
from symback.spec.looking import as_list, look
from symback.spec.problems import Problem, nearest, show
from symback.spec.sample_checks import UPSTREAM


def given_problems(values: Any, lengths: Lengths, has_loss: bool) -> Iterator[Problem]:
    """Yield the names of stated values that no neuron has, if all neurons are known."""
    if not all(lengths.sizes):
        return
    known = {
        f"{kind}.{layer}.{neuron}"
        for layer, size in enumerate(lengths.sizes[1:], 1)
        for neuron in range(1, size + 1)
        for kind in ("z", "a")
    }
    last = len(lengths.sizes) - 1
    outputs = range(1, lengths.sizes[-1] + 1)
    known |= {"loss", *(f"loss.{output}" for output in outputs if len(outputs) > 1)} if has_loss else set()
    known |= {f"{UPSTREAM}a.{last}.{output}" for output in outputs}
    for name in values if isinstance(values, Mapping) else ():
        if name not in known:
            expected = "the id of a pre-activation z.LAYER.NEURON or of an activation a.LAYER.NEURON"
            yield Problem(("given", name), show(name), expected, nearest(str(name), known), at_key=True)


def asked_problems(questions: Any, known: Collection[str]) -> Iterator[Problem]:
    """Yield the parameters that a question asks for and that the network does not have."""
    for place, question in enumerate(questions):
        for which, name in enumerate(as_list(look(question, "of")) or ()):
            if name not in known:
                expected = "the id of a weight w.LAYER.TO.FROM or of a bias b.LAYER.NEURON"
                yield Problem(("questions", place, "of", which), show(name), expected, nearest(str(name), known))


def alias_problems(values: Any, lengths: Lengths, parameters: Collection[str], samples: int) -> Iterator[Problem]:
    """Yield the ids that a name is said to mean and that the network does not have, if its sizes are known."""
    if not lengths.are_known:
        return
    known = _ids(lengths, parameters)
    for name, target in values.items() if isinstance(values, Mapping) else ():
        plain, at, sample = str(target).partition("@")
        if plain not in known or (at and sample not in map(str, range(1, samples + 1))):
            expected = "the id of a quantity, such as w.LAYER.TO.FROM or z.LAYER.NEURON"
            yield Problem(("aliases", name), show(target), expected, nearest(plain, known))


def name_problems(values: Any, lengths: Lengths, parameters: Collection[str]) -> Iterator[Problem]:
    """Yield the ids that are given a symbol and that the network does not have, if its sizes are known."""
    known = _ids(lengths, parameters) if lengths.are_known else set()
    for name in values if known and isinstance(values, Mapping) else ():
        if name not in known:
            expected = "the id of a quantity, such as w.LAYER.TO.FROM or z.LAYER.NEURON"
            yield Problem(("names", name), show(name), expected, nearest(str(name), known), at_key=True)


def _ids(lengths: Lengths, parameters: Collection[str]) -> set[str]:
    """Return the ids of all that has a symbol."""
    known = {"loss", "batch", "learning_rate", "penalty", "penalty_factor", *parameters}
    known |= {source for wiring in lengths.wirings for source in wiring.sources}
    known |= {f"x.{place}" for place in range(1, lengths.sizes[0] + 1)}
    for place in range(1, lengths.sizes[-1] + 1):
        known |= {f"t.{place}", f"loss.{place}"}
    for layer, size in enumerate(lengths.sizes[1:], 1):
        known |= {f"{kind}.{layer}.{neuron}" for kind in ("z", "a", "delta") for neuron in range(1, size + 1)}
    return known
