"""The tokens of spec expressions, cut in linear time, and the error that names a column of the text."""

from __future__ import annotations

import re
from typing import NamedTuple

CHARACTERS = 4_000
"""The length up to which a text is read."""

TOKEN = re.compile(
    r"(?P<space>[ \t\r\n]+)"
    r"|(?P<number>[0-9]+(?:\.[0-9]+)?)"
    r"|(?P<name>[A-Za-z_][A-Za-z0-9_]*(?:\.[A-Za-z0-9]+)*(?:@[0-9]+)?)"
    r"|(?P<sign>\*\*|<=|>=|==|!=|[-+*/^~(),<>=])"
)
SCIENTIFIC = re.compile(r"[0-9.]+[eE][-+]?[0-9]")


class ExpressionError(ValueError):
    """An expression that cannot be read.

    Attributes
    ----------
    message
        What is wrong and what was expected.
    column
        Where in the text, counted from 1.
    suggestion
        The known name that is nearest to an unknown one, or nothing.
    """

    def __init__(self, message: str, column: int, suggestion: str | None = None) -> None:
        self.message = message
        self.column = column
        self.suggestion = suggestion
        hint = f"; did you mean {suggestion!r}?" if suggestion else ""
        super().__init__(f"column {column}: {message}{hint}")


class Token(NamedTuple):
    """A piece of the text, its column from 1 and whether white space stands before it."""

    kind: str
    text: str
    column: int
    spaced: bool


def tokens(text: str) -> list[Token]:
    """Cut the text into tokens, with one of kind ``end`` at the end.

    Raises
    ------
    ExpressionError
        If the text is too long or holds a character or a number that no expression has.
    """
    if len(text) > CHARACTERS:
        raise ExpressionError(f"expressions have up to {CHARACTERS} characters, not {len(text)}", CHARACTERS + 1)
    found: list[Token] = []
    position = 0
    spaced = False
    while position < len(text):
        match = TOKEN.match(text, position)
        if match is None:
            raise ExpressionError(f"unexpected character {text[position]!r}", position + 1)
        if SCIENTIFIC.match(text, position):
            raise ExpressionError("write the number out, without an exponent e", position + 1)
        kind = str(match.lastgroup)
        if kind != "space":
            found.append(Token(kind, match.group(), position + 1, spaced))
        spaced = kind == "space"
        position = match.end()
    found.append(Token("end", "", position + 1, spaced))
    return found
