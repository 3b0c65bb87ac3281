"""Output of a program that stands there without a name: it is what the program was asked to show, in order."""

from __future__ import annotations

import re
from collections import deque

from symback.reading.documents import Line
from symback.reading.statements import Side, Statement, Vocabulary, statements

_SHOWN = re.compile(r"\bprint\([ \t]*([^=\"'(),\s][^=\"'(),]*)\)|(?:^|;)[ \t]*([A-Za-z_]\w*)[ \t]*$")
"""What a line of a program shows: the argument of ``print``, or a name that is all of the line, or of its end."""

_ASKED = re.compile(r"^[ \t]*(?!print\()([A-Za-z_(][^=\"'#]*)$")
"""What a line of a session asks for: a formula that is all of it."""

_VALUE = re.compile(r"[ \t]*(?:(?:array|tensor)\()?(?:\[\[?[-+\d.\s]|[-+]?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?[ \t]*$)")
"""How a number, or an array of numbers, begins that has no name."""

_LABEL = re.compile(r"[ \t]*([A-Za-z_]\w*)[ \t]*(?::[ \t]*)?$")
"""A name by itself on the line above what it is worth."""


class Outputs:
    """Pairs what a program shows with the names that it was asked to show."""

    def __init__(self) -> None:
        self._names: deque[Side] = deque()
        self._label: Side | None = None
        self._is_in_code = False

    def take(self, line: Line, vocabulary: Vocabulary) -> Statement | None:
        """Return the statement that a line without a name makes with the name that it belongs to, if it does."""
        if line.is_remark:
            return None
        if _VALUE.match(line.words):
            name = self._label or (self._names.popleft() if self._names else None)
            self._label, self._is_in_code = None, False
            return None if name is None else _statement(name, line, vocabulary)
        if line.is_code:
            if not self._is_in_code:
                self._names.clear()
            shown = [*_SHOWN.finditer(line.words)] or [*_ASKED.finditer(line.words if line.is_asked else "")]
            self._names.extend(_name(line, match, vocabulary) for match in shown)
        self._is_in_code = line.is_code
        label = _LABEL.match(line.words)
        self._label = _name(line, label, vocabulary) if label and not line.is_code else None
        return None


def _name(line: Line, match: re.Match[str], vocabulary: Vocabulary) -> Side:
    group = match.lastindex or 0
    (statement, *_) = statements(match[group], False, vocabulary, line.start + match.start(group))
    return statement.sides[0]


def _statement(name: Side, line: Line, vocabulary: Vocabulary) -> Statement | None:
    found = [*statements(line.words, False, vocabulary, line.start)]
    if len(found) != 1 or len(found[0].sides) != 1 or found[0].sides[0].node is None:
        return None
    return Statement((name, found[0].sides[0]), ("", "="))
