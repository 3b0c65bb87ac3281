"""Words and letters that a document makes its own: names of several letters that it defines, and e for an error."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from symback.reading.signs import NEW_WORDS, WORDS, function
from symback.reading.statements import Statement
from symback.verify.trees import rebuilt
from symback.written.nodes import Constant, Number, Power, Symbol, Written

_DEFINED = re.compile(r"(?m)^[ \t]*([A-Za-z]{5,24})[ \t]*:?=(?!=)")
"""A word at the beginning of a line, with the sign of a relation behind it."""

_CALLED = re.compile(r"(?<![\w\\])([A-Za-z]{2,12})\([a-z]\)[ \t]*:?=(?!=)")
"""A word with a letter in brackets, said to be something: a function of the document's own."""

EULER = Constant("e")


def defined_words(text: str) -> frozenset[str]:
    """Return the words that a document says to be something, and that others do not know: ``dlogits = …``.

    A word for a function, ``lk(s) = …``, has its bracket behind it.
    """
    found = _DEFINED.findall(text) + [f"{word}(" for word in _CALLED.findall(text)]
    return frozenset(word for word in found if not _is_known(word.removesuffix("(")))


def _is_known(word: str) -> bool:
    return bool(function(word)) or word.lower() in WORDS | NEW_WORDS


def names_errors(statements: Iterable[Statement]) -> bool:
    """Whether a document calls something e: ``e = t - y``."""
    return any(_head(statement) for statement in statements if len(statement.sides) > 1 and not statement.goes_on)


def _head(statement: Statement) -> bool:
    return statement.sides[0].node in (EULER, Symbol("e")) and statement.signs[1] in ("=", ":=")


def with_errors(statement: Statement) -> Statement:
    """Return a statement in which e is such a name; powers of it whose exponent is no whole number are not."""
    return statement.rewritten(_with_errors)


def _with_errors(node: Written) -> Written:
    if node == EULER:
        return Symbol("e")
    if isinstance(node, Power) and node.base == EULER:
        is_whole = isinstance(node.exponent, Number) and node.exponent.text.isdecimal()
        return replace(node, base=Symbol("e")) if is_whole else replace(node, exponent=_with_errors(node.exponent))
    return rebuilt(node, _with_errors)
