"""Commands of LaTeX that are no letters and no signs: fractions, roots, accents, alphabets, words, braces."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from symback.reading import brackets, differentials, functions, scripts, signs, words
from symback.reading.lexer import Token
from symback.reading.tree import Unreadable
from symback.written.nodes import Call, Cases, Product, Symbol, Written

if TYPE_CHECKING:
    from symback.reading.grammar import Grammar

NAMED_ALPHABETS = frozenset({"\\mathcal", "\\mathscr", "\\mathfrak", "\\mathbb"})
"""Alphabets in which a letter is another letter."""

BOLD = frozenset({"\\mathbf", "\\boldsymbol", "\\bm", "\\vec"})


def command(reader: Grammar, token: Token) -> Written:
    """Read what a command stands for."""
    text = token.text
    if text in signs.FRACTION_COMMANDS:
        return differentials.fraction(reader)
    if text == "\\sqrt":
        return _root(reader)
    if text in signs.ACCENTS:
        return _accented(reader, signs.ACCENTS[text])
    if text in signs.ALPHABETS:
        return _alphabet(reader, text)
    if text in signs.WORD_COMMANDS:
        return words.worded(reader, token)
    if text in signs.BODY_COMMANDS:
        return _body(reader)
    if text == "\\textcolor":
        reader.skip_group("{", "}")
        return _argument(reader)
    raise Unreadable(f"{text} is not read", token.start)


def _argument(reader: Grammar) -> Written:
    """Read the group behind a command, or the one token that stands for it."""
    if reader.token.kind == "{":
        return reader.group("}", reader.next())
    return reader.atom()


def _root(reader: Grammar) -> Written:
    if reader.token.kind == "[":
        reader.fail("a root that is not the square root")
    return reader.made(Call("sqrt", (_argument(reader),)))


def _body(reader: Grammar) -> Written:
    """Read what stands above an underbrace; the label beneath it is passed over."""
    body = _argument(reader)
    if reader.token.kind in ("_", "^"):
        reader.next()
        if reader.token.kind == "{":
            reader.skip_group("{", "}")
        else:
            reader.next()
    return body


def _accented(reader: Grammar, accent: str) -> Written:
    """Read the name beneath an accent, with indices inside the group or behind it."""
    opening = reader.token
    if opening.kind in ("name", "identifier"):
        reader.next()
        return scripts.scripted(reader, Symbol(opening.text, accent=accent))
    symbol = _argument(reader)
    if not isinstance(symbol, Symbol):
        raise Unreadable("an accent over more than a name", opening.start)
    return scripts.scripted(reader, replace(symbol, accent=accent))


def _alphabet(reader: Grammar, alphabet: str) -> Written:
    """Read what a command for an alphabet holds: a letter, a one that counts where a condition holds, a formula."""
    is_group = reader.token.kind == "{"
    inner = reader.ahead() if is_group else reader.token
    if is_group and reader.ahead(2).kind != "}":
        body = _argument(reader)
        if not isinstance(body, Symbol):
            return body
        return scripts.scripted(reader, replace(body, bold=alphabet in BOLD))
    if inner.kind not in ("name", "number"):
        return _argument(reader)
    reader.position += 3 if is_group else 1
    if inner.kind == "number":
        return _indicator(reader, inner) if inner.text == "1" else reader.number(inner)
    if alphabet in NAMED_ALPHABETS:
        return scripts.scripted(reader, Symbol(f"{alphabet}{{{inner.text}}}"))
    if functions.calls(reader, inner):
        return functions.call(reader, inner)
    return scripts.scripted(reader, Symbol(inner.text, bold=alphabet in BOLD))


def _indicator(reader: Grammar, one: Token) -> Written:
    r"""Read the condition behind a bold 1, ``\mathbb{1}[z > 0]`` or ``\mathbf{1}_{z > 0}``; without one it is 1."""
    if reader.token.kind == "_":
        reader.next()
        opening = reader.next()
        inner = reader.expression()
        holds = inner if isinstance(inner, Cases) else brackets.condition(reader, inner)
        reader.close("}", opening)
        return holds
    if reader.token.kind in ("(", "["):
        found = brackets.bracket(reader, reader.next())
        is_condition = isinstance(found, Cases)
        return found if is_condition else reader.made(Product((reader.number(one), found), juxtaposed=True))
    return reader.number(one)
