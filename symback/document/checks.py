"""What the difference checks of a page share: they go forward again and again, and nothing is worked out twice."""

from __future__ import annotations

from dataclasses import dataclass, field

from symback.document.blocks import Display
from symback.graph.quantity import Quantity
from symback.values.difference import Difference, Differences
from symback.values.values import Values
from symback.written.nodes import Number, Written


@dataclass(slots=True)
class Checks:
    """The checks so far.

    ``quantities`` are those that each root needs, ``unmoved`` what has been worked out again where it was, and
    ``lines`` those of the parameter that is moved at the moment, by the quantity and by where the parameter is moved.
    ``leaves_out`` says whether the check at hand has said that it leaves lines out.
    """

    quantities: dict[str, list[Quantity]] = field(default_factory=dict)
    unmoved: set[str] = field(default_factory=set)
    lines: dict[tuple[str, Written], Display] = field(default_factory=dict)
    leaves_out: bool = False
    _differences: Differences | None = None
    _parameter: str = ""

    def difference(self, values: Values, root: str, parameter: str, step: Number, central: bool) -> Difference:
        """Return the difference of a root by a parameter, with the same values and the same step for the whole page."""
        if self._differences is None:
            self._differences = Differences(values, step, central)
        if self._parameter != parameter:
            self._parameter, self.lines = parameter, {}
        self.leaves_out = False
        return self._differences.of(root, parameter)
