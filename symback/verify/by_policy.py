"""Numbers as the spec has them rounded and carried on: where a document shows no steps, they say what came of them."""

from __future__ import annotations

from functools import cached_property

from symback.document.compose import page_of
from symback.resources import Templates
from symback.spec.model import Spec
from symback.spec.problems import SpecError
from symback.values.values import Values
from symback.verify.balls import decimal
from symback.verify.ids import Ids
from symback.verify.printed import Printed


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

    def gives(self, key: str, number: Printed) -> bool:
        """Say whether a number is, to the last digit, what rounding at every step leaves of a quantity."""
        if not key or self._spec.numbers.carry != "printed":
            return False
        sign, name = (-1, key[1:]) if key.startswith("-") else (1, key)
        try:
            found = decimal(self._values.number(self._ids.outer(name)))
        except (KeyError, SpecError):  # the spec says nothing of it
            return False
        return found is not None and sign * found[0] == number[0]

    @cached_property
    def _values(self) -> Values:
        return page_of(self._spec, "", "", self._templates).values
