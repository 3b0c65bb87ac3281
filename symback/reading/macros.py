r"""Macros that a LaTeX document defines for itself, put in place: ``\newcommand{\pd}[2]{…}``."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from symback.reading.lexer import Token, tokens

DEEPEST = 8
"""How often macros may stand in one another."""

MOST = 4_000
"""How many tokens a display may gain when its macros are put in place."""

_DEFINITION = re.compile(
    r"\\(?:(?:re)?new|provide)command\*?\s*(?:\{\s*)?(?P<name>\\[A-Za-z]+)\s*(?:\}\s*)?(?:\[(?P<count>[1-9])\]\s*)?\{"
    r"|\\def\s*(?P<plain>\\[A-Za-z]+)(?P<places>(?:#[1-9])*)\s*\{"
    r"|\\DeclareMathOperator\*?\s*(?:\{\s*)?(?P<operator>\\[A-Za-z]+)\s*(?:\}\s*)?\{"
)


@dataclass(frozen=True, slots=True)
class Macro:
    """What a command stands for, and how many groups it takes."""

    body: str
    arguments: int


def macros(text: str) -> dict[str, Macro]:
    """Return the macros that a document defines, by command."""
    found: dict[str, Macro] = {}
    for match in _DEFINITION.finditer(text):
        end = _closing(text, match.end())
        if end is None:
            continue
        body = text[match.end() : end]
        if match["operator"]:
            found[match["operator"]] = Macro(f"\\operatorname{{{body}}}", 0)
        else:
            count = int(match["count"] or 0) if match["name"] else (match["places"] or "").count("#")
            found[match["name"] or match["plain"]] = Macro(body, count)
    return found


def expanded(found: list[Token], known: Mapping[str, Macro]) -> list[Token]:
    """Return tokens with macros put in place; each token of a macro stands where the macro is called."""
    return _expanded(found, known, 0, len(found) + MOST) if known else found


def _expanded(found: list[Token], known: Mapping[str, Macro], depth: int, most: int) -> list[Token]:
    if depth > DEEPEST or not any(token.kind == "command" and token.text in known for token in found):
        return found
    made: list[Token] = []
    place = 0
    while place < len(found):
        token = found[place]
        place += 1
        macro = known.get(token.text) if token.kind == "command" else None
        if macro is None:
            made.append(token)
            continue
        arguments: list[list[Token]] = []
        for _ in range(macro.arguments):
            place, argument = _argument(found, place)
            arguments.append(argument)
        for one in _body(macro, token):
            if one.kind == "argument":
                number = int(one.text)
                made.extend(arguments[number - 1] if number <= len(arguments) else [])
            else:
                made.append(one)
        if len(made) > most:
            return found
    return _expanded(made, known, depth + 1, most)


def _body(macro: Macro, call: Token) -> list[Token]:
    """Return the tokens of a macro's body at the place of its call; ``#1`` becomes a token of kind ``argument``."""
    placed = [token._replace(start=call.start, end=call.end) for token in tokens(macro.body, True)[:-1]]
    made: list[Token] = []
    for token in placed:
        if made and made[-1].kind == "#" and token.kind == "number":
            made[-1] = token._replace(kind="argument", text=token.text[:1])
        else:
            made.append(token)
    return made


def _argument(found: list[Token], place: int) -> tuple[int, list[Token]]:
    if place >= len(found) or found[place].kind != "{":
        return place + 1, found[place : place + 1]
    depth, begin = 0, place
    while place < len(found):
        depth += (found[place].kind == "{") - (found[place].kind == "}")
        place += 1
        if depth == 0:
            break
    return place, found[begin:place]


def _closing(text: str, begin: int) -> int | None:
    depth = 1
    for place in range(begin, min(len(text), begin + 2_000)):
        depth += (text[place] == "{") - (text[place] == "}")
        if depth == 0:
            return place
    return None
