"""Deltas by the names of activations: ``d_h1`` may be the derivative by ``h1``, or by what enters that neuron."""

from __future__ import annotations

from dataclasses import replace

from symback.verify.binding import Binding
from symback.verify.targets import changed


def settle_deltas(binding: Binding) -> None:
    """Settle which of the two a document means, by the numbers that it prints for such names."""
    by_activation = by_pre_activation = 0.0
    for meaning in binding.meanings():
        if meaning.scheme.role != "a":
            continue
        items = [item for item in binding.families.evidence.get(meaning.family, ()) if item.is_of_nothing]
        table = {
            indices: changed(target, lambda name: f"z{name[1:]}" if name.startswith("a.") else name)
            for indices, target in meaning.scheme.table.items()
        }
        by_activation += binding.agreement.with_scheme(meaning.scheme, items)[0]
        by_pre_activation += binding.agreement.with_scheme(replace(meaning.scheme, table=table), items)[0]
    binding.calls_deltas_by_activations = by_pre_activation > by_activation
