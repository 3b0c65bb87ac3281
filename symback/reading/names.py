"""Names: letters with their indices, words of plain text, and those that are functions, constants or differentials."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from symback.reading import differentials, functions, scripts
from symback.reading.lexer import Token
from symback.reading.tree import Unreadable, identifier
from symback.written.nodes import Constant, Derivative, Symbol, Text, Written

if TYPE_CHECKING:
    from symback.reading.grammar import Grammar

MODULES = frozenset({"np", "math", "numpy", "torch", "tf", "nn", "sp"})
"""What programs put before the names of functions."""


def name(reader: Grammar, token: Token) -> Written:
    """Read what begins with a name."""
    if token.kind == "identifier":
        return _plain(reader, token)
    if token.kind == "hatted":
        return scripts.scripted(reader, Symbol(token.text, accent="hat"))
    if differentials.begins(reader, token):
        return differentials.differential(reader, total=True)
    if functions.calls(reader, token):
        return functions.call(reader, token)
    return _constant(reader, token) or scripts.scripted(reader, Symbol(token.text))


def _plain(reader: Grammar, token: Token) -> Written:
    text, bracket, places = token.text.partition("[")
    if bracket:
        return _entry(_plain(reader, token._replace(text=text)), bracket + places)
    if text in MODULES and reader.token.kind == ".":
        reader.next()
        return reader.atom()
    if functions.calls(reader, token):
        return functions.call(reader, token)
    found = _constant(reader, token) or differentials.of_identifier(reader, text)
    return found or scripts.scripted(reader, identifier(text))


def _entry(whole: Written, places: str) -> Written:
    """Return an entry of what a name means, or the derivative by one: ``z[0]``, ``grad_W1[1][0]``."""
    match whole:
        case Symbol():
            return replace(whole, subscript=(*whole.subscript, Text(places)))
        case Derivative():
            return replace(whole, by=_entry(whole.by, places))
        case differentials.Differential(of=Symbol() as name):
            return replace(whole, of=_entry(name, places))
    raise Unreadable("brackets behind what has no entries", 0)


def _constant(reader: Grammar, token: Token) -> Constant | None:
    if token.text in reader.words:
        return None
    if token.text == "e" and reader.token.kind == "^" and not _is_numbered(reader):
        return Constant("e")
    return Constant("pi") if token.text in ("\\pi", "pi") else None


def _is_numbered(reader: Grammar) -> bool:
    """Whether a number or letter in brackets stands high, which is an index and no exponent: ``e^{(s)}``."""
    kinds = [reader.ahead(count).kind for count in range(1, 6)]
    return kinds[:2] == ["{", "("] and kinds[2] in ("name", "number") and kinds[3:] == [")", "}"]


def is_like_a_name(text: str) -> bool:
    """Whether a word of plain text looks like a name of mathematics and not like a word of a sentence."""
    return any(character.isdigit() or character == "_" for character in text) or (len(text) == 1 and text.isalpha())
