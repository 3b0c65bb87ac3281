"""A derivation must stand on its own feet: no step uses what was not given or found before."""

from __future__ import annotations

from symback.derive.derivation import Derivation
from symback.written.substitute import leaves


class DerivationError(Exception):
    """A step uses something that stands later, or nowhere."""


def check_derivation(derivation: Derivation) -> None:
    """Go through all steps in order.

    Raises
    ------
    DerivationError
        If a form of a step uses a quantity or a derivative that is neither given nor found by an earlier step.
    """
    graph = derivation.graph
    known = {name for name, quantity in graph.quantities.items() if quantity.definition is None} | {*graph.given}
    for key in derivation:
        for name, form in derivation[key].forms.items():
            missing = [leaf for leaf in leaves(form) if leaf not in known and "@" not in leaf]
            if missing:
                raise DerivationError(f"{key}, form {name!r}, uses {', '.join(missing)} before it is known")
        known.add(key)
