"""Cells of tables, read: the statements in a cell, or else the one formula or number that it is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from symback.reading.documents import Cell, Line, Piece, Table, inline_pieces
from symback.reading.lexer import Token, tokens
from symback.reading.macros import expanded
from symback.reading.prose import statements_of
from symback.reading.statements import Side, Statement, Vocabulary, side_of
from symback.verify.printed import printed_rows, shape_of
from symback.written.nodes import Symbol, Text, Written

_WORDS = re.compile(r"[^\W\d_][^\d=<>+*/^_\\]*")
"""Words of a cell, without signs of a formula."""

_NAME = r"[^\W\d_]{1,5}(?:_\w{1,3}|[₀-₉ᵢⱼₖ]{0,2})"
_NAMED = (
    re.compile(rf"\s*[^\W\d_]{{3}}[^\d=<>+*/^_\\,:()]*(?:[,:]\s*|\s\()({_NAME})\)?\s*"),
    re.compile(
        r"\s*(?:[^\W\d_]{3,}\s+)+([^\W\d_A-Z](?:_\w{1,3}|[₀-₉]{0,2}|\d{0,2})|[A-Z](?:_\w{1,3}|[₀-₉]{1,2}|\d{1,2}))\s*"
    ),
    re.compile(rf"\s*({_NAME}|[^\W\d_]\d{{1,2}})\s+\([^()]*(?:→|->|[^\W\d_]{{3}})[^()]*\)\s*"),
)
"""A name behind words, perhaps behind a comma or in brackets, or before words in brackets."""

_BY = re.compile(
    r"\b(?:via|through|over|by|wrt|über|durch|nach|por|através d[eo]|par|per|attraverso|rispetto a|przez|door)\s*$",
    re.IGNORECASE,
)
"""Words before a name of which something else is said: what comes by way of it, a derivative by it."""


_BY = re.compile(
    r"\b(?:via|through|over|by|wrt|über|durch|nach|por|através d[eo]|par|per|attraverso|rispetto a|przez|door)\s*$",
    re.IGNORECASE,
)
"""Words before a name of which something else is said: what comes by way of it, a derivative by it."""


@dataclass(frozen=True, slots=True)
class Read:
    """A cell that was read: its statement if it holds one, else the one side that it is."""

    cell: Cell
    side: Side | None
    statements: tuple[Statement, ...]
    words: str

    @property
    def node(self) -> Written | None:
        """The formula in the cell."""
        return self.side.node if self.side is not None else None


def read_cell(cell: Cell, vocabulary: Vocabulary) -> Read:
    """Read what a cell of a table holds."""
    pieces = inline_pieces(cell.text, cell.start)
    found = list(statements_of(Line(cell.text, cell.start, pieces), vocabulary))
    chains = tuple(one for one in found if len(one.sides) > 1)
    side: Side | None = None
    if not chains:
        cut: list[Token] = []
        for piece in _named_by_words(pieces):
            cut.extend(tokens(piece.text, piece.math, vocabulary.words, vocabulary.comma, piece.start)[:-1])
        if cut:
            cut = expanded(cut, vocabulary.macros)
            side = side_of([*cut, Token("over", "", cut[-1].end, cut[-1].end, True)], pieces[0].math, vocabulary.words)
            if side.node is None or side.node == Text(""):
                side = None
    return Read(cell, side, chains, cell.text.strip())


def _named_by_words(pieces: tuple[Piece, ...]) -> tuple[Piece, ...]:
    """Return the formula of a cell alone where there is one among words: ``Net input $I_j$``, ``Net input, I_j``."""
    is_text = len(pieces) == 1 and not pieces[0].math
    match = next(filter(None, (one.fullmatch(pieces[0].text) for one in _NAMED)), None) if is_text else None
    if match is not None and _BY.search(pieces[0].text[: match.start(1)]) is None:
        return (replace(pieces[0], text=match[1], start=pieces[0].start + match.start(1)),)
    formulas = tuple(piece for piece in pieces if piece.math)
    words = "".join(piece.text for piece in pieces if not piece.math)
    is_named = len(formulas) == 1 and any(map(str.isalpha, words)) and _WORDS.fullmatch(words.strip()) is not None
    return formulas if is_named and _BY.search(words) is None else pieces


def read_rows(table: Table, vocabulary: Vocabulary) -> list[list[Read]]:
    """Read all cells of a table."""
    return [[read_cell(cell, vocabulary) for cell in row] for row in table.rows]


COUNTING = frozenset({"n", "N", "i", "k", "m", "p", "s", "j"})
"""Letters over numbers that count the rows of a table."""


def are_counted(head: Read, rows: Sequence[Sequence[Read]]) -> bool:
    """Whether the first cells of rows, below a letter, do nothing but count them: 1, 2, 3."""
    if not isinstance(head.node, Symbol) or head.node.base not in COUNTING or head.node.subscript:
        return False
    cells = [printed_rows(row[0].side) if row and row[0].side is not None else () for row in rows]
    numbers = [found[0][0][0] for found in cells if shape_of(found) == (1, 1)]
    return len(numbers) > 1 and all(number == place for place, number in enumerate(numbers, 1))
