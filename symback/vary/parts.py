"""Varying a page of several networks: one after the other, and what they share is drawn for the first that has it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from symback.spec.model import Spec
from symback.vary.numbers import numbers_of

NUMBERS = ("parameters", "data", "values", "samples", "given")
"""The keys of a spec that hold the numbers of its network."""


def vary_parts(spec: Spec, vary: Callable[[Spec, frozenset[str]], Spec]) -> Spec:
    """Return a spec each of whose networks `vary` has given other numbers, but for those of the ids that it is told."""
    if not spec.parts:
        return vary(spec, frozenset())
    above = [key for key in NUMBERS if key in spec.model_fields_set]
    shared: dict[str, Any] = {}
    networks: list[Spec] = []
    for part, network in zip(spec.parts, spec.networks, strict=True):
        known = {key: value for key, value in shared.items() if key not in part}
        network = network.model_copy(update=known)
        varied = vary(network, frozenset(name for key in known for name in _names(network, key)))
        shared |= {key: getattr(varied, key) for key in above if key not in part and key not in shared}
        networks.append(varied)
    page = spec.model_copy(update={key: getattr(networks[0], key) for key in NUMBERS})
    return page.with_parts(networks, {"schema", *spec.model_fields_set})


def _names(spec: Spec, key: str) -> set[str]:
    """Return the ids of the numbers under a key of a spec."""
    names = set(numbers_of(spec))
    if key in ("values", "given"):
        return names & set(getattr(spec, key))
    in_samples = {name for name in names if "@" in name}
    return in_samples if key in ("data", "samples") else names - in_samples - set(spec.given)
