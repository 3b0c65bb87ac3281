"""A place among tokens, with what limits a formula: how deep it nests and of how many parts it is."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from typing import NoReturn, TypeVar

from symback.reading.lexer import Token
from symback.reading.tree import DEPTH, NODES, Unreadable
from symback.written.nodes import Written

CLOSING = {"(": ")", "[": "]", "{": "}"}
"""The sign that closes each bracket."""

SPACES = frozenset({"space", "&"})
"""Kinds of tokens that separate nothing in most places."""

Node = TypeVar("Node", bound=Written)


class Cursor:
    """Walks through the tokens of one side, and remembers where its numbers and entries stand.

    Parameters
    ----------
    found
        Tokens of one side, the last of kind ``over``.
    math
        Whether it is LaTeX mathematics, where names side by side are a product.
    words
        Names of several letters that the document uses.
    """

    def __init__(self, found: list[Token], math: bool, words: Collection[str] = ()) -> None:
        self.tokens = found
        self.math = math
        self.words = words
        self.position = 0
        self.depth = 0
        self.parts = 0
        self.in_vector = False
        """Whether entries of a vector are read, which space may separate."""

        self.under_differential = False
        """Whether the lower half of a derivative is read, where ``dw`` of plain text is a differential."""

        self.bars: list[str] = []
        """The signs that close the brackets which are open."""

        self.numbers: list[tuple[Written, int, int]] = []
        """Every printed number that is no index, and where it stands."""

        self.spans: dict[int, tuple[int, int]] = {}
        """Where the entries of matrices stand, by the identity of the node."""

        self._kept: list[Written] = []

    @property
    def token(self) -> Token:
        """The token that is read next."""
        return self.tokens[self.position]

    def ahead(self, count: int = 1) -> Token:
        """Return a token behind the next one; behind the last there is only the last."""
        return self.tokens[min(self.position + count, len(self.tokens) - 1)]

    def next(self) -> Token:
        """Return the next token and go on; the last is never passed."""
        token = self.tokens[self.position]
        if token.kind != "over":
            self.position += 1
        return token

    def skip(self, *kinds: str) -> None:
        """Pass over tokens of these kinds."""
        while self.tokens[self.position].kind in kinds:
            self.position += 1

    def skip_spaces(self) -> None:
        """Pass over space and alignment marks."""
        while self.tokens[self.position].kind in SPACES:
            self.position += 1

    def skip_group(self, opening: str, closing: str) -> None:
        """Pass over a bracketed group whose content does not count."""
        depth = 0
        while True:
            token = self.next()
            if token.kind == "over":
                raise Unreadable("this bracket is never closed", token.start)
            depth += (token.kind == opening) - (token.kind == closing)
            if not depth:
                return

    def words_of_group(self) -> str:
        """Return the text of the group that comes next, or of the one token that stands for it, as it is spelled."""
        opening = self.next()
        if opening.kind != "{":
            return opening.text
        parts: list[str] = []
        depth = 1
        while depth:
            token = self.next()
            if token.kind == "over":
                raise Unreadable("this bracket is never closed", opening.start)
            depth += (token.kind == "{") - (token.kind == "}")
            if depth:
                parts.append((" " if token.spaced and parts else "") + (token.text if token.kind != "space" else ""))
        return "".join(parts).strip()

    def close(self, closing: str, opening: Token) -> None:
        """Pass over the sign that closes a bracket."""
        self.skip_spaces()
        if self.token.kind == "over":
            raise Unreadable("this bracket is never closed", opening.start)
        if self.token.kind != closing:
            self.fail(f"unexpected {self.token.text!r}")
        self.next()

    def deeper(self) -> None:
        """Go one level deeper; refuse what nests too deep."""
        self.depth += 1
        if self.depth > DEPTH:
            self.fail(f"formulas nest up to {DEPTH} deep")

    @contextmanager
    def inside(self, vector: bool = False) -> Iterator[None]:
        """Go one level deeper, into what may be a vector."""
        before, self.in_vector = self.in_vector, vector
        self.deeper()
        yield
        self.depth -= 1
        self.in_vector = before

    def made(self, node: Node) -> Node:
        """Return a new node, counted; refuse what has too many parts."""
        self.parts += 1
        if self.parts > NODES:
            self.fail(f"formulas have up to {NODES} parts")
        return node

    def place(self, entry: Written, begin: int) -> None:
        """Remember that an entry stands from `begin` to the last token that was read."""
        self.spans[id(entry)] = (begin, self.tokens[self.position - 1].end)
        self._kept.append(entry)

    def fail(self, message: str) -> NoReturn:
        """Refuse the formula at the token that comes next."""
        raise Unreadable(message, self.token.start)
