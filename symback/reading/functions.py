r"""Calls of functions: ``\sigma(z)``, ``ReLU'(z)``, ``\ln 2``, ``\tanh^2(z)``, ``np.exp(-z)``."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from symback.reading import environments, scripts, signs
from symback.reading.cursor import CLOSING
from symback.reading.lexer import Token
from symback.reading.tree import Unreadable, bounded, identifier
from symback.written.nodes import Call, IndexedSum, Norm, Number, Power, Product, Symbol, Transpose, Written

if TYPE_CHECKING:
    from symback.reading.grammar import Grammar

BARE = frozenset({"ln", "log", "exp", "max", "min", "tanh", "sin", "cos"})
"""Functions that may stand before their argument without brackets, and may have a power in between."""

_ARGUMENTS = frozenset(
    {"number", "name", "identifier", "hatted", "command", "begin", "(", "[", "{", "|", "√", "fraction"}
)


def calls(reader: Grammar, name: Token) -> bool:
    """Whether a name, which was just read, calls a function."""
    text = name.text
    if text in reader.words:
        return False
    if f"{text}(" in reader.words:  # which the document says to be a function
        return _behind_primes(reader).kind == "("
    if _is_indexed(reader, text):
        return True
    following = _behind_primes(reader)
    if signs.function(text):
        is_list = following.kind == "[" and following.spaced and not reader.math
        if following.kind in ("(", "[") or (following.kind == "{" and not reader.math):
            return not is_list
        return text.lower() in BARE and (following.kind in _ARGUMENTS or following.kind == "^")
    if text not in signs.GENERIC_FUNCTIONS or following.kind != "(":
        return False
    return not _names_itself(reader, text, reader.tokens.index(following, reader.position) + 1)


def _is_indexed(reader: Grammar, text: str) -> bool:
    """Whether a function with an index is called: an entry of ``Softmax_i(x)``, or one of several, ``f'_2(z)``."""
    base, _, index = text.partition("_")
    if signs.function(base) not in signs.OF_VECTORS and base not in signs.GENERIC_FUNCTIONS:
        return False
    place = _behind_index(reader, reader.position)
    has_index = bool(index) or any(token.kind == "_" for token in reader.tokens[reader.position : place])
    return has_index and reader.tokens[place].kind == "(" and not _names_itself(reader, base, place + 1)


def _behind_index(reader: Grammar, place: int) -> int:
    """Return the place behind an index and primes, if they stand there."""
    place = _behind_marks(reader, place, "'")
    if reader.tokens[place].kind == "_":
        place = _behind_marks(reader, _behind_script(reader, place + 1), "'")
    return place


def _behind_marks(reader: Grammar, place: int, kind: str) -> int:
    while reader.tokens[place].kind == kind:
        place += 1
    return place


def _behind_script(reader: Grammar, place: int) -> int:
    """Return the place behind an index, which is one token or a group."""
    if reader.tokens[place].kind == "{":
        while reader.tokens[place].kind not in ("}", "over"):
            place += 1
    return min(place + 1, len(reader.tokens) - 1)


def _names_itself(reader: Grammar, base: str, begin: int) -> bool:
    """Whether the brackets that were opened hold the same letter without a bracket: ``f_1(1 - f_1)`` is a product."""
    depth = 1
    for place, token in enumerate(reader.tokens[begin:], begin):
        depth += (token.kind == "(") - (token.kind == ")")
        if depth == 0 or token.kind == "over":
            return False
        is_same = token.kind in ("name", "identifier") and token.text.partition("_")[0] == base
        if is_same and reader.tokens[_behind_index(reader, place + 1)].kind != "(":
            return True
    return False


def _behind_primes(reader: Grammar) -> Token:
    place = reader.position
    while reader.tokens[place].kind in ("'", "space"):
        place += 1
    return reader.tokens[place]


def call(reader: Grammar, name: Token) -> Written:
    """Read a call, from the primes on."""
    if _is_indexed(reader, name.text):
        return _indexed(reader, name)
    primes = 0
    while reader.token.kind in ("'", "space"):
        token = reader.next()
        primes += len(token.text) if token.kind == "'" else 0
    if reader.token.kind == "^":
        return _raised(reader, name, primes)
    if reader.token.kind == "(" and signs.function(name.text) == "cases":
        return environments.alternatives(reader, reader.next())
    if reader.token.kind in ("(", "["):
        return _made(reader, name, _arguments(reader, reader.next()), primes)
    argument = reader.power()
    following = reader.token
    may_belong = following.kind in ("name", "identifier", "hatted", "(") and not signs.function(following.text)
    if may_belong and reader.juxtaposes([argument]):
        reader.fail("it cannot be told how far the argument of the function goes")
    return _made(reader, name, (argument,), primes)


def _indexed(reader: Grammar, name: Token) -> Written:
    """Read a call of a function with an index, which may be part of the word."""
    symbol = identifier(name.text) if "_" in name.text else Symbol(name.text)
    primes = 0
    while reader.token.kind in ("'", "_"):
        if reader.token.kind == "'":
            primes += len(reader.next().text)
        else:
            reader.next()
            symbol = replace(symbol, subscript=scripts.script(reader))
    return reader.made(Call(symbol, _arguments(reader, reader.next()), primes))


def _raised(reader: Grammar, name: Token, primes: int) -> Written:
    r"""Read ``\tanh^2(z)``, the square of what the function gives."""
    sign = reader.next()
    exponent = scripts.script(reader)
    if len(exponent) != 1 or not isinstance(exponent[0], Number) or exponent[0].text.startswith("-"):
        raise Unreadable("a function raised to what is no whole number", sign.start)
    return reader.made(Power(call(reader, name), bounded(exponent[0], sign.start)))


def _arguments(reader: Grammar, opening: Token) -> tuple[Written, ...]:
    closing = CLOSING[opening.kind]
    arguments: list[Written] = []
    with reader.inside():
        reader.bars.append(closing)
        while True:
            reader.skip_spaces()
            begin = reader.token.start
            arguments.append(reader.expression())
            reader.place(arguments[-1], begin)
            reader.skip_spaces()
            if reader.token.kind not in (",", ";"):
                break
            reader.next()
        reader.bars.pop()
        reader.close(closing, opening)
    return tuple(arguments)


def _made(reader: Grammar, name: Token, arguments: tuple[Written, ...], primes: int) -> Written:
    function = signs.function(name.text)
    match function, arguments:
        case "array", (rows,):
            return rows
        case "transpose", (operand,):
            return reader.made(Transpose(operand))
        case "norm", (operand,):
            return reader.made(Norm(operand))
        case "sum", (body, index, *bounds) if len(bounds) in (0, 2):
            return reader.made(IndexedSum(body, index, *bounds))
        case "matmul", (left, right):
            return reader.made(Product((left, right), "dot"))
    return reader.made(Call(function or identifier(name.text), arguments, primes))
