"""Brackets of every kind: groups, vectors, rows of a matrix, bars, and conditions that count as 0 or 1."""

from __future__ import annotations

from typing import TYPE_CHECKING

from symback.reading import scripts
from symback.reading.cursor import CLOSING
from symback.reading.environments import OTHERWISE, matrix
from symback.reading.lexer import Token
from symback.reading.tree import Unreadable
from symback.written.nodes import Call, Cases, Group, Matrix, Norm, Number, Relation, Written

if TYPE_CHECKING:
    from symback.reading.grammar import Grammar

COMPARISONS = frozenset({"<", ">", "≤", "≥", "≠", "="})


def bracket(reader: Grammar, opening: Token) -> Written:
    """Read round or square brackets: a group, a vector, rows of a matrix, or a condition."""
    closing = CLOSING[opening.kind]
    with reader.inside(vector=closing == "]"):
        reader.bars.append(closing)
        rows = [row for row in _rows(reader, closing, opening) if row]
        reader.bars.pop()
    if not rows:
        raise Unreadable("empty brackets", opening.start)
    if len(rows) > 1 or len(rows[0]) > 1:
        return _of_rows(reader, rows, opening)
    entry = rows[0][0]
    if isinstance(entry, Matrix) or (isinstance(entry, Cases) and entry.branches[-1][1] == OTHERWISE):
        return entry
    whole = reader.made(Group(entry))
    if id(entry) in reader.spans:
        reader.spans[id(whole)] = reader.spans[id(entry)]
    return whole


def _rows(reader: Grammar, closing: str, opening: Token) -> list[list[Written]]:
    rows: list[list[Written]] = [[]]
    listed = False
    while True:
        reader.skip("space")
        token = reader.token
        if token.kind == closing:
            reader.next()
            return rows
        if token.kind == "over":
            raise Unreadable("this bracket is never closed", opening.start)
        has_columns = len(rows[-1]) > 1 and not listed
        if token.kind in (",", "&") and not (token.text == ";" and has_columns):
            reader.next()
            listed = True
        elif token.kind in ("row", ";", ","):
            reader.next()
            rows.append([])
        elif token.kind == "relation" and token.text in COMPARISONS and rows[-1]:
            rows[-1][-1] = condition(reader, rows[-1][-1])
        elif rows[-1] and not reader.in_vector and not listed:
            reader.fail(f"unexpected {token.text!r}")
        else:
            entry = reader.expression()
            reader.place(entry, token.start)
            is_row = reader.in_vector and token.kind == "["
            rows[-1].append(Matrix(((entry.body,),)) if is_row and isinstance(entry, Group) else entry)


def _of_rows(reader: Grammar, rows: list[list[Written]], opening: Token) -> Written:
    """Return a matrix; each entry of ``[[1, 2], [3, 4]]`` and of ``[[1], [2]]`` is a row of it."""
    inner = [list(entry.rows[0]) for entry in rows[0] if isinstance(entry, Matrix) and len(entry.rows) == 1]
    is_list_of_rows = len(rows) == 1 and len(inner) == len(rows[0])
    return matrix(reader, inner if is_list_of_rows else rows, opening)


def condition(reader: Grammar, left: Written) -> Written:
    """Read the rest of a condition in brackets, which is 1 where it holds and 0 elsewhere."""
    sign = reader.next().text
    holds = Relation(left, ((sign, reader.expression()),))
    return reader.made(Cases(((Number("1"), holds), (Number("0"), OTHERWISE))))


def norm(reader: Grammar, opening: Token) -> Written:
    """Read the length of a vector; an index at it, as in ``‖x‖_2``, says which, and only 2 is known."""
    body = reader.group("‖", opening)
    if reader.token.kind == "_":
        token = reader.next()
        if scripts.script(reader) != (Number("2"),):
            raise Unreadable("a norm that is not the Euclidean one", token.start)
    return reader.made(Norm(body))


def opens_bars(reader: Grammar, factors: list[Written]) -> bool:
    """Whether a bar behind factors opens: not if one awaits its end; of ``|a|b|c|`` nobody can tell."""
    if reader.token.kind in reader.bars[-1:]:
        return False
    if _is_absolute(factors) and not _is_absolute(factors[-1:]):
        reader.fail("it cannot be told which bars open and which close")
    return True


def _is_absolute(factors: list[Written]) -> bool:
    return any(isinstance(factor, Call) and factor.function == "abs" for factor in factors)
