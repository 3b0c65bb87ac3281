"""What can be wrong with a spec, said so that its author can put it right: where, what came, what was expected."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from difflib import get_close_matches
from fractions import Fraction

Path = tuple[str | int, ...]
"""Where a value stands in the tree of a spec: keys and list positions, these counted from 0 as in Python."""

MOST_PROBLEMS = 100
"""A report stops after this many problems: nobody reads more."""

LONGEST_SHOWN = 40
HUGE = 10**100
LIKE_A_NUMBER = re.compile(r"[+-]?\.?[0-9][0-9A-Za-z.+-]*")


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong.

    Attributes
    ----------
    path
        Where it stands in the tree.
    came, expected
        What was found and what would have been right.
    nearest
        The known word that is most like what came, or nothing.
    file, line, column
        Where it stands in the text, lines and characters counted from 1; 0 when the spec did not come from a text.
    limitation
        Whether the spec is right and symback does not support it (yet).
    at_key, offset
        Whether it is about the key rather than its value, and how many characters into the value's text it is.
    """

    path: Path
    came: str
    expected: str
    nearest: str = ""
    file: str = ""
    line: int = 0
    column: int = 0
    limitation: bool = False
    at_key: bool = False
    offset: int = 0

    def __str__(self) -> str:
        """Return the problem on one line: place, path, what came, what was expected, what may have been meant."""
        place = [f"{self.file}:{self.line}:{self.column}"] if self.line else [self.file] if self.file else []
        name = [path_name(self.path)] if self.path else []
        question = [f"did you mean {show(self.nearest)}?"] if self.nearest not in ("", self.expected) else []
        said = "; ".join([f"got {self.came}", f"expected {self.expected}", *question])
        return ": ".join([*place, *name, said])


class SymbackError(Exception):
    """What symback raises when it cannot go on because of what it was given.

    ::

        SymbackError
        ├── SpecError         the spec is wrong: its problems say where and how
        ├── TemplateError     a template of the author's own is wrong: its problems say where and how
        ├── DocumentError     a document cannot be read or judged: its problem says where and why
        └── LimitationError   the spec is right, but asks for what symback does not support (yet)

    All carry every problem that was found, in the order of the text; ``str()`` gives one line for each.
    """

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(self.problems)

    def __str__(self) -> str:
        """Return a line for each problem, up to the first `MOST_PROBLEMS`."""
        lines = [str(problem) for problem in self.problems[:MOST_PROBLEMS]]
        left = len(self.problems) - len(lines)
        return "\n".join([*lines, f"and {left} more"] if left else lines)


class SpecError(SymbackError):
    """The spec is wrong; `problems` says where and how."""


class TemplateError(SymbackError):
    """A template of the author's own is wrong; `problems` says where and how."""


class DocumentError(SymbackError):
    """A hand-derived document cannot be read or judged; `problems` says where and why."""


class LimitationError(SymbackError):
    """The spec is right, but asks for what symback does not support (yet)."""


def error_for(problems: Sequence[Problem]) -> SymbackError:
    """Return the error that carries `problems`: a limitation only if nothing is wrong besides."""
    return (LimitationError if all(problem.limitation for problem in problems) else SpecError)(problems)


def check_choice(kind: str, name: str, known: Collection[str]) -> None:
    """Accept a name that was chosen outside the spec, on the command line or in Python.

    Raises
    ------
    SpecError
        If it is not among the `known` ones.
    """
    if name not in known:
        raise SpecError([Problem((kind,), show(name), f"one of {', '.join(known)}", nearest(name, known))])


class RefusedError(ValueError):
    """A value that a field does not take; raised by the readers of single values and turned into a `Problem`."""

    def __init__(self, came: str, expected: str, nearest: str = "", offset: int = 0) -> None:
        super().__init__(f"got {came}; expected {expected}")
        self.came, self.expected, self.nearest = came, expected, nearest
        self.offset = offset
        """How many characters into the value's text the trouble is."""


def path_name(path: Path) -> str:
    """Return the path in words, list positions counted from 1 as in ids of quantities: ``network.layers.2.size``."""
    return ".".join(str(step + 1) if isinstance(step, int) else step for step in path)


def show(value: object) -> str:
    """Return how a value that came is quoted in a message: short, on one line, without control characters."""
    if value is None:
        return "null"
    if isinstance(value, Mapping):
        return "a mapping" if value else "an empty mapping"
    if isinstance(value, (list, tuple)):
        return f"a list of {len(value)}" if value else "an empty list"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        if LIKE_A_NUMBER.fullmatch(value):
            return _shortened(value)
        return json.dumps(_shortened(value), ensure_ascii=not value.isprintable())
    if isinstance(value, (int, Fraction)) and not -HUGE < value < HUGE:
        return "a huge number"
    if isinstance(value, (int, float, Decimal, Fraction)):
        return _shortened(str(value))
    return f"a value of type {type(value).__name__}"


def nearest(word: str, known: Iterable[str]) -> str:
    """Return the known word most like `word` (upper and lower case alike), or nothing if none is like it."""
    by_lower = {name.lower(): name for name in known}
    found = get_close_matches(word.lower()[:LONGEST_SHOWN], by_lower, n=1)
    return by_lower[found[0]] if found else ""


def _shortened(text: str) -> str:
    return text if len(text) <= LONGEST_SHOWN else text[: LONGEST_SHOWN - 1] + "…"
