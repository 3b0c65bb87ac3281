"""What stands low and high behind a name: indices, marks of new values, transposes and powers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from symback.reading import signs
from symback.reading.cursor import CLOSING
from symback.reading.lexer import Token
from symback.reading.tree import DIGITS, Unreadable, bounded, identifier
from symback.written.nodes import Negative, Number, Power, Quotient, Symbol, Text, Transpose, Written

if TYPE_CHECKING:
    from symback.reading.grammar import Grammar

TRANSPOSES = frozenset({"T", "\\top", "\\intercal", "t", "\\mathsf{T}"})

PRODUCTS = {"star": "*", "times": "×"}
"""Product signs that may stand within indices, as in ``w^*`` and ``W_{ij,2 \\times 3}``."""

_MARKS = frozenset({",", ";", "(", ")", "[", "]", "+", "-", "'", ":"})
"""Signs that stand for themselves within indices."""

CLOSED = (Text(")"), Text("]"))
"""Ends of an index in brackets."""

_PARTS = _MARKS | {"number", "name", "identifier", "hatted", "space", "_", "^", "{"}


def scripted(reader: Grammar, symbol: Symbol) -> Written:
    """Read the indices and marks behind a name; a number set high is kept as a power."""
    below, above, mark = symbol.subscript, symbol.superscript, symbol.mark
    powers: list[Written] = []
    is_transposed = False
    while not is_transposed:
        token = reader.token
        if token.kind == "_":
            reader.next()
            below += script(reader)
        elif token.kind == "+" and _marks(reader):
            reader.next()
            mark = "plus"
        elif token.kind == "'" and mark == "" and not (token.spaced and not reader.math):
            reader.next()
            mark = "prime"
        elif token.kind == "^":
            reader.next()
            high = script(reader)
            if len(high) > 1 and high[-2] in CLOSED:  # W⁽²⁾ᵀ and a⁽¹⁾²: what stands behind the brackets is no index
                above += high[:-1]
                high = high[-1:]
            if is_transpose(high):
                is_transposed = True
            elif len(high) == 1 and isinstance(high[0], (Number, Quotient, Negative)):
                powers.append(bounded(high[0], token.start))
            elif high[-1:] == (Text("+"),):
                mark, above = "plus", above + high[:-1]
            else:
                above += high
        else:
            break
    node = _raised(reader, Symbol(symbol.base, below, above, mark, symbol.accent, symbol.bold), powers)
    return reader.made(Transpose(node)) if is_transposed else node


def _marks(reader: Grammar) -> bool:
    """Whether a plus is the mark of a new value: ``w5+ = …``."""
    return not reader.token.spaced and reader.ahead().kind in ("relation", "over")


def _raised(reader: Grammar, symbol: Symbol, powers: list[Written]) -> Written:
    node: Written = reader.made(symbol)
    for exponent in powers:
        node = reader.made(Power(node, exponent))
    return node


def is_transpose(items: tuple[Written, ...]) -> bool:
    """Whether what stands high says that a matrix is transposed."""
    match items:
        case (Symbol(base, ()),):
            return base in TRANSPOSES
        case (Text("T"),):  # set upright
            return True
    return False


def script(reader: Grammar) -> tuple[Written, ...]:
    """Read what stands behind ``_`` or ``^``: one token, or the items of a group."""
    with reader.inside():
        token = reader.next()
        match token.kind:
            case "{" if _is_expression(reader):
                return (reader.group("}", token),)
            case "{":
                return _items(reader, "}")
            case "(" | "[":
                return (Text(token.text), *_items(reader, CLOSING[token.kind]))
            case "-" if reader.token.kind == "number":
                return (Number("-" + reader.next().text),)
            case "-" if reader.token.kind in ("name", "identifier"):
                return (Negative(Symbol(reader.next().text)),)
            case "number":
                return (_number(reader, token),)
            case "name" | "identifier" | "command" | "'" | "+" | "hatted" | "product" | "-":
                return (_item(reader, token),)
        raise Unreadable(f"unexpected {token.text!r} as an index", token.start)


def _is_expression(reader: Grammar) -> bool:
    """Whether the group that begins is an expression, as in ``z^{-2}``, and not a list of indices, as in ``W^{l-1}``.

    It only looks ahead, so nothing is ever read twice.
    """
    inside = list(_top_level(reader))
    kinds = [token.kind for token in inside]
    if "," in kinds:
        return False
    if any(token.kind not in _PARTS and not _is_index_sign(token) for token in inside):
        return True
    return len(kinds) > 1 and kinds[0] == "-"


ARROWS = ("→", "←")
"""Signs between the two ends of a weight: ``w_{x_1 \\to h_1}``."""


def _is_index_sign(token: Token) -> bool:
    is_known = token.text in signs.WORD_COMMANDS or token.text in signs.ALPHABETS or token.text in TRANSPOSES
    return (token.kind == "command" and is_known) or token.text in ("star", *ARROWS)


def _top_level(reader: Grammar) -> Iterator[Token]:
    """Yield the tokens up to the end of the group, without what is itself low or high or in the group of a command."""
    depth, hidden = 0, -1
    before = ""
    for token in reader.tokens[reader.position :]:
        if token.kind == "}":
            if depth == 0:
                return
            depth -= 1
            hidden = -1 if depth == hidden else hidden
        elif token.kind == "{":
            if hidden < 0 and before in ("_", "^", "command"):
                hidden = depth
            depth += 1
        elif hidden < 0:
            yield token
        before = token.kind


def _items(reader: Grammar, closing: str) -> tuple[Written, ...]:
    """Read indices side by side; the bracket that closes them is one of them."""
    items: list[Written] = []
    while reader.token.kind != closing:
        token = reader.next()
        match token.kind:
            case "over":
                raise Unreadable("these brackets are never closed", token.start)
            case "space":
                continue
            case "number":
                items.append(_number(reader, token))
            case "{":
                with reader.inside():
                    items.extend(_items(reader, "}"))
            case "_" | "^":
                _hang(items, token.kind, script(reader))
            case _:
                items.append(_item(reader, token))
    reader.next()
    return (*items, *((Text(closing),) if closing != "}" else ()))


def _hang(items: list[Written], sign: str, inner: tuple[Written, ...]) -> None:
    """Set indices at the last of some items, if that is a name."""
    last = items[-1] if items else None
    if not isinstance(last, Symbol):
        items.extend(inner)
    elif sign == "_":
        items[-1] = replace(last, subscript=last.subscript + inner)
    else:
        items[-1] = replace(last, superscript=last.superscript + inner)


def _number(reader: Grammar, token: Token) -> Written:
    """Read a number that is an index, and so no printed value."""
    if not token.text.replace(".", "", 1).isdecimal() or len(token.text) > DIGITS:
        raise Unreadable(f"numbers go up to {DIGITS} digits", token.start)
    return reader.made(Number(token.text))


def _item(reader: Grammar, token: Token) -> Written:
    match token.kind:
        case "name" if len(token.text) == 1 or token.text.startswith("\\"):
            return reader.made(Symbol(token.text))
        case "name":
            return reader.made(Text(token.text))
        case "identifier":
            symbol = identifier(token.text)
            return symbol if symbol.subscript or len(symbol.base) == 1 else Text(symbol.base)
        case "hatted":
            return Symbol(token.text, accent="hat")
        case "command" if token.text in signs.WORD_COMMANDS:
            return Text(reader.words_of_group())
        case "command" if token.text in signs.ALPHABETS:
            return Symbol(reader.words_of_group().strip("{}"))  # braces come with the argument of a macro
        case "command" if token.text in TRANSPOSES:
            return Symbol("T")
        case "product" if token.text in PRODUCTS:
            return Text(PRODUCTS[token.text])
        case "relation" if token.text in ARROWS:
            return Text(token.text)
        case kind if kind in _MARKS:
            return reader.made(Text(token.text))
    raise Unreadable(f"unexpected {token.text!r} as an index", token.start)
