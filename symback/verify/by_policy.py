"""Numbers as the spec has them rounded and carried on: where a document shows no steps, they say what came of them."""

from __future__ import annotations

from fractions import Fraction
from functools import cached_property

from symback.document.compose import page_of
from symback.graph.quantity import BATCH, PENALTY
from symback.resources import Templates
from symback.spec.model import Spec
from symback.spec.problems import SpecError
from symback.values.values import Values
from symback.verify.balls import decimal
from symback.verify.ids import Ids
from symback.verify.printed import Printed
from symback.written.nodes import NEW


class ByPolicy:
    """What the rules of a spec for its numbers make of each quantity.

    Parameters
    ----------
    spec
        Says how many digits there are, how they are rounded, and whether they are carried on so.
    ids
        Which quantity of the spec a key stands for.
    templates
        Where the style of the spec is found, which says by which formulas numbers are worked out.
    """

    def __init__(self, spec: Spec, ids: Ids, templates: Templates) -> None:
        self._spec = spec
        self._ids = ids
        self._templates = templates
        self._found: dict[str, Fraction | None] = {}

    def gives(self, key: str, number: Printed) -> bool:
        """Say whether a number is, to the last digit, what rounding at every step leaves of a quantity."""
        if not key or self._spec.numbers.carry != "printed":
            return False
        sign, name = (-1, key[1:]) if key.startswith("-") else (1, key)
        if name not in self._found:
            self._found[name] = self._number(name)
        found = self._found[name]
        return found is not None and sign * found == number[0]

    def _number(self, key: str) -> Fraction | None:
        """Return what is left of a quantity; None where the spec says nothing of it."""
        if not self._is_worked_out(key):
            return None
        try:
            found = decimal(self._values.number(self._ids.outer(key)))
        except (LookupError, SpecError):
            return None
        return None if found is None else found[0]

    def _is_worked_out(self, key: str) -> bool:
        """Whether a key is that of a quantity, or of a derivative by what it is made from."""
        graph = self._ids.graph
        of, colon, by = (name.partition("@")[0] for name in key.partition(":"))
        if not colon:
            return of.removesuffix(NEW) in graph.quantities or of in (BATCH, PENALTY)
        return by in graph.learned if of in (BATCH, PENALTY) else of in graph.dependents(by)

    @cached_property
    def _values(self) -> Values:
        return page_of(self._spec, "", "", self._templates).values
