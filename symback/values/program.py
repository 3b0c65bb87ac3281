"""A page's numbers as a program that a reader can run: plain Python, each number worked out and compared with the page.

Where the page carries printed numbers, so does the program; otherwise it goes on with float64.
"""

from __future__ import annotations

import keyword
import re
from collections.abc import Iterable, Mapping

from symback.values.policy import Carry
from symback.values.straight_line import Code
from symback.values.values import Values, of_sample
from symback.written.nodes import Written

IMPORTS = "from math import cos, exp, log, sin, sqrt, tanh"

CHECK = '''def check(name, value, printed):
    """Compare a number with what the page prints, and return {carried}."""
    unit = 10.0 ** -len(printed.partition(".")[2])
    assert abs(value - float(printed)) <= 1.000001 * unit, f"{{name}} is {{value}}, but the page says {{printed}}"
    print(f"{{name}} = {{printed}}")
    return {returned}'''

SIGN = """def sgn(x):
    \"\"\"Return 1, -1 or 0.\"\"\"
    return (x > 0) - (x < 0)"""

CARRIED = {
    Carry.EXACT: {"carried": "the number itself, for what follows", "returned": "value"},
    Carry.PRINTED: {"carried": "the printed number, for what follows", "returned": "float(printed)"},
}

UNKNOWN = "# not known, any number will do: what is compared does not depend on it"

_TAKEN = frozenset(
    {*keyword.kwlist, *IMPORTS.replace(",", "").split(), "check", "sgn", "max", "abs", "min", "float", "print"}
)
_OUTSIDE = re.compile(r"\W")


class Program:
    """The program of one page, written cell by cell; what a cell finds is there for those behind it."""

    def __init__(self, values: Values) -> None:
        self._values = values
        self._has_sign = False
        self._code = _NamedCode(values, _Names(), [], {})

    def opening(self) -> str:
        """Return the cell at the beginning: what is imported, how numbers are compared, and the numbers given."""
        return "\n".join(
            [IMPORTS, "", "", CHECK.format(**CARRIED[self._values.policy.carry]), "", "", *self._new_lines()]
        )

    def cell(self, keys: Iterable[str]) -> str:
        """Return the lines that work out and compare what was not found before; none where nothing is new."""
        for key in keys:
            if self._values.knows(key):
                self._code.find(key)
        return "\n".join(self._new_lines())

    def _new_lines(self) -> list[str]:
        lines = self._code.lines[:]
        self._code.lines.clear()
        if not self._has_sign and any("sgn(" in line for line in lines):
            self._has_sign = True
            return [SIGN, "", "", *lines]
        return lines


class _Names:
    """Names for variables, each given once: ``w_1_2_1``, ``dloss_dw_1_2_1``, ``w_1_2_1_new``."""

    def __init__(self) -> None:
        self._used = set(_TAKEN)

    def __call__(self, key: str) -> str:
        of, colon, by = key.partition(":")
        text = f"d{of}_d{by}" if colon else key
        name = _OUTSIDE.sub("_", text.replace("+", "_new"))
        while name in self._used:
            name += "_"
        self._used.add(name)
        return name


class _NamedCode(Code):
    """Code whose variables are called after what they hold, and whose lines compare what they find.

    Every sample has code of its own, over the same parameters; `known` are the variables that it begins with.
    """

    def __init__(
        self, values: Values, names: _Names, lines: list[str], known: Mapping[str, str], mark: str = ""
    ) -> None:
        super().__init__(values.derivation, dict(known))
        self.lines = lines
        self._values, self._names, self._mark = values, names, mark
        self._samples: dict[int, _NamedCode] = {}
        for key, number in values.given.items():
            if key not in known:
                self.variable[key] = names(key + mark)
                lines.append(f"{self.variable[key]} = {number.text}")

    def find(self, key: str) -> str:
        if "@" not in key:
            if key not in self.variable and not self._values.knows(key):
                self.variable[key] = self._names(key + self._mark)
                self.lines.append(f"{self.variable[key]} = 1.0  {UNKNOWN}")
            return super().find(key)
        number, name = of_sample(key)
        if number not in self._samples:
            graph = self.derivation.graph
            shared = {key: variable for key, variable in self.variable.items() if key not in graph.samples[number - 1]}
            kept = {key: variable for key, variable in shared.items() if key in self._values.given}
            mark = f"_sample_{number}"
            self._samples[number] = _NamedCode(self._values.sample(number), self._names, self.lines, kept, mark)
        return self._samples[number].find(name)

    def form(self, key: str) -> Written:
        return self._values.form(self.derivation[key])

    def assign(self, key: str, expression: str) -> str:
        variable = self._names(key + self._mark)
        printed = self._values.number(key).text
        self.lines.append(f'{variable} = check("{variable}", {expression}, "{printed}")')
        return variable
