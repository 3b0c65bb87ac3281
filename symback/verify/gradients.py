"""Names of gradients: ``g5`` is the derivative of the loss by ``w5`` where the numbers of the document say so."""

from __future__ import annotations

from symback.verify.binding import PARAMETERS, Binding
from symback.verify.conventions import TAKEN, usual
from symback.verify.families import FEW
from symback.verify.spelling import Spelling
from symback.verify.targets import gradient


def settle_gradients(binding: Binding) -> None:
    """Read a family without a meaning as the gradients by the parameters that have the same indices."""
    families = [best.family for best in binding.meanings() if best.scheme.role in PARAMETERS]
    for family in binding.families:
        best = binding.families.best(family)
        if best is not None and (best.agreed or usual(family, best.scheme.role) >= TAKEN):
            continue
        for learned in families:
            if family != learned and _agreed(binding, family, learned) >= FEW:
                _define(binding, family, learned)
                break


def _like(name: Spelling, learned: str) -> Spelling:
    return Spelling(learned, name.below, name.above)


def _agreed(binding: Binding, family: str, learned: str) -> int:
    """Return how many more numbers agree with the gradients by the names of another family than do not."""
    total = 0
    for item in binding.families.evidence.get(family, ()):
        target = binding.target(_like(item.name, learned))
        if isinstance(target, str) and len(item.rows) == len(item.rows[0]) == 1:
            found = gradient(target)
            total += 1 if isinstance(found, str) and binding.prints(found, item.rows[0][0]) else -1
    return total


def _define(binding: Binding, family: str, learned: str) -> None:
    for name in sorted(binding.families.used.get(family, ())):
        target = binding.target(_like(name, learned))
        if target is not None:
            binding.define(name, gradient(target))
