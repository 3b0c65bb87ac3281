"""Environments within a formula: matrices, and a brace with a value per condition."""

from __future__ import annotations

from typing import TYPE_CHECKING

from symback.reading import signs, words
from symback.reading.lexer import Token
from symback.reading.tree import ROWS, Unreadable
from symback.written.nodes import Cases, Matrix, Relation, Text, Written

if TYPE_CHECKING:
    from symback.reading.grammar import Grammar

MATRICES = frozenset(
    {"bmatrix", "pmatrix", "matrix", "smallmatrix", "Bmatrix", "array", "psmallmatrix", "bsmallmatrix"}
)
"""Environments that are matrices; ``vmatrix`` is a determinant and is not read."""

OTHERWISE = Text("otherwise")

_WORDS = frozenset(
    {"if", "for", "when", "wenn", "falls", "für", "si", "se", "otherwise", "else", "sonst", "sinon", "gdy", "als"}
)
"""Words of conditions that may stand in a formula without a command for words."""


def environment(reader: Grammar, opening: Token) -> Written:
    """Read an environment up to its own end."""
    if opening.text == "cases":
        return _cases(reader, opening)
    if opening.text not in MATRICES:
        raise Unreadable(f"the environment {opening.text} is not read", opening.start)
    if opening.text == "array" and reader.token.kind == "{":
        reader.skip_group("{", "}")
    with reader.inside():
        rows = _rows(reader)
        _end(reader, opening)
    return matrix(reader, [row for row in rows if row], opening)


def matrix(reader: Grammar, rows: list[list[Written]], opening: Token) -> Written:
    """Return a matrix; refuse one without entries, with rows of different length, or too large."""
    if not rows:
        raise Unreadable("an empty matrix", opening.start)
    if len(rows) > ROWS or any(len(row) > ROWS for row in rows):
        raise Unreadable(f"matrices go up to {ROWS} rows and columns", opening.start)
    if len({len(row) for row in rows}) > 1:
        raise Unreadable("rows of different length", opening.start)
    return reader.made(Matrix(tuple(tuple(row) for row in rows)))


def _rows(reader: Grammar) -> list[list[Written]]:
    """Read entries up to the end; one that is left empty is refused, or the others would move up."""
    rows: list[list[Written]] = [[]]
    while True:
        reader.skip("space")
        kind = reader.token.kind
        if kind in ("row", "end", "over") and not rows[-1]:
            pass
        elif kind in ("&", "row", "end", "over"):
            reader.fail("an empty entry")
        else:
            rows[-1].append(_entry(reader))
            reader.skip("space")
        if reader.token.kind == "row":
            rows.append([])
        elif reader.token.kind != "&":
            return rows
        reader.next()


def _entry(reader: Grammar) -> Written:
    begin = reader.token.start
    entry = reader.expression()
    reader.place(entry, begin)
    reader.skip("space")
    if reader.token.kind not in ("&", "row", "end", "over"):
        reader.fail(f"unexpected {reader.token.text!r}")
    return entry


def _end(reader: Grammar, opening: Token) -> None:
    if reader.token.kind == "over":
        raise Unreadable(f"the environment {opening.text} is never closed", opening.start)
    if reader.token.text != opening.text:
        reader.fail(f"{opening.text} is closed as {reader.token.text}")
    reader.next()


def _cases(reader: Grammar, opening: Token) -> Written:
    branches: list[tuple[Written, Written]] = []
    with reader.inside():
        reader.skip("space", "&", "row")
        while reader.token.kind not in ("end", "over"):
            if branches and branches[-1][1] == OTHERWISE:
                reader.fail("a condition in words before the last")
            value = reader.expression()
            branches.append((value, _condition(reader)))
            reader.skip("space", "&", "row")
        _end(reader, opening)
    if not branches:
        raise Unreadable("cases without a case", opening.start)
    return reader.made(Cases(tuple(branches)))


def alternatives(reader: Grammar, opening: Token) -> Written:
    """Read values and conditions in turn, as plain text writes them: ``cases(x, x > 0, 0, otherwise)``."""
    branches: list[tuple[Written, Written]] = []
    with reader.inside():
        while True:
            value = reader.expression()
            if reader.token.kind != ",":
                reader.fail("a case without its condition")
            reader.next()
            branches.append((value, _listed_condition(reader)))
            if reader.token.kind != ",":
                break
            reader.next()
        reader.close(")", opening)
    return reader.made(Cases(tuple(branches)))


def _listed_condition(reader: Grammar) -> Written:
    if reader.token.text == OTHERWISE.text:
        reader.next()
        return OTHERWISE
    left = reader.expression()
    return reader.made(Relation(left, _links(reader)))


def _links(reader: Grammar) -> tuple[tuple[str, Written], ...]:
    links: list[tuple[str, Written]] = []
    while reader.token.kind == "relation":
        sign = reader.next().text
        links.append((sign, reader.expression()))
    if not links:
        reader.fail("a condition that is not read")
    return tuple(links)


def _condition(reader: Grammar) -> Written:
    """Read a condition: a chain of comparisons with words around it, or words alone."""
    in_words = _pass_words(reader)
    if reader.token.kind in ("row", "end", "over"):
        return OTHERWISE if in_words else Text("")
    left = reader.expression()
    links = _links(reader)
    _pass_words(reader)
    if reader.token.kind not in ("row", "end", "over"):
        reader.fail("a condition that is not read")
    return reader.made(Relation(left, links))


def _is_compared(reader: Grammar) -> bool:
    r"""Whether the command for words at hand is a name in a condition: ``\mathit{net} > 0``."""
    return words.is_named(reader) or (reader.ahead(3).kind == "}" and reader.ahead(4).kind == "relation")


def _pass_words(reader: Grammar) -> bool:
    """Pass over words and signs between them, and say whether there were words."""
    found = False
    while True:
        token = reader.token
        if token.kind in ("&", "space", ",", ":", ".", ";", "'"):
            reader.next()
        elif token.kind == "command" and token.text in signs.WORD_COMMANDS and not _is_compared(reader):
            reader.next()
            found = bool(reader.words_of_group()) or found
        elif token.kind in ("name", "identifier") and token.text.lower() in _WORDS:
            reader.next()
            found = True
        else:
            return found
