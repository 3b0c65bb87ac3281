"""From the text of a formula to statements: chains of sides with signs between them, each side with its place."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace

from symback.reading.grammar import Grammar
from symback.reading.labels import without_labels
from symback.reading.lexer import Token, tokens
from symback.reading.macros import Macro, expanded
from symback.reading.rows import NESTING, over, pieces
from symback.reading.tree import LINE, Unreadable
from symback.written.nodes import (
    Call,
    Derivative,
    Group,
    Matrix,
    Negative,
    Power,
    Sum,
    Symbol,
    Text,
    Transpose,
    Written,
)

PASSED = frozenset({"space", "&", ",", ";", ".", ":", "$", "!", "?", "`", '"', "#"})
"""What may stand around a formula without being part of it."""


ARROWS = frozenset({"←", "⟵", "→"})
"""Signs that may also lead from one part of a drawing to another."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What the reader knows of a document beforehand.

    ``words`` are names of several letters, ``comma`` says that decimals are written with one, ``macros`` are the
    commands that the document defines.
    """

    words: frozenset[str] = frozenset()
    comma: bool = False
    macros: Mapping[str, Macro] = field(default_factory=dict)


PLAIN = Vocabulary()


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a chain.

    ``node`` is missing where it cannot be read, and ``problem`` says why; ``start`` and ``end`` are places in the
    document. ``entries`` holds, row by row, where the entries of a vector or matrix stand; ``numbers`` every printed
    number in it, with its place.
    """

    node: Written | None
    start: int
    end: int
    problem: str = ""
    entries: tuple[tuple[tuple[int, int], ...], ...] = ()
    numbers: tuple[tuple[Written, int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Statement:
    """A chain of sides; ``signs[k]`` stands before ``sides[k]``, and is empty where a chain begins.

    A statement whose first sign is not empty goes on with what the one before it was about.
    """

    sides: tuple[Side, ...]
    signs: tuple[str, ...]

    @property
    def goes_on(self) -> bool:
        """Whether the first side continues an earlier chain."""
        return self.signs[0] != ""

    def rewritten(self, change: Callable[[Written], Written]) -> Statement:
        """Return the statement with every side that could be read changed."""
        sides = (side if side.node is None else replace(side, node=change(side.node)) for side in self.sides)
        return replace(self, sides=tuple(sides))


def statements(text: str, math: bool, vocabulary: Vocabulary = PLAIN, start: int = 0) -> Iterator[Statement]:
    """Yield the statements of a formula, in order."""
    yield from of_tokens(tokens(text, math, vocabulary.words, vocabulary.comma, start), math, vocabulary)


def of_tokens(found: list[Token], math: bool, vocabulary: Vocabulary = PLAIN) -> Iterator[Statement]:
    """Yield the statements that tokens make, the last of which is of kind ``over``."""
    for piece in pieces(expanded(found, vocabulary.macros)):
        yield from _chain(_trimmed(piece), math, vocabulary.words)


def _chain(piece: list[Token], math: bool, words: Collection[str]) -> Iterator[Statement]:
    """Read one chain; a side that cannot be read does not take the others with it."""
    if len(piece) == 1:
        return
    sides: list[Side] = []
    signs: list[str] = []
    piece, step = _step(piece)
    for sign, tokens_of_side in _between_signs(piece):
        signs.append(sign)
        sides.append(side_of(tokens_of_side, math, words))
    if len(sides) > 1 and sides[0].node == Text(""):
        sides, signs = sides[1:], signs[1:]
    around = zip(sides, signs, signs[1:], strict=False)
    if any(side.node == Text("") and not ARROWS.isdisjoint(beside) for side, *beside in around):
        return  # an arrow beside another sign: a drawing
    if step and len(sides) > 1:
        sides[1] = _stepped(sides[0].node, step, sides[1])
    begin = 0
    for place in range(1, len(sides) - 1):
        if signs[place] == "→" and place > begin and _is_subject(sides[place].node):
            yield Statement(tuple(sides[begin:place]), tuple(signs[begin:place]))
            signs[place], begin = "", place
    yield Statement(tuple(sides[begin:]), tuple(signs[begin:]))


def _is_subject(node: Written | None) -> bool:
    """Whether a side is a name, perhaps with a number set high, a derivative, or a function of something."""
    node = node.base if isinstance(node, Power) else node
    return isinstance(node, (Symbol, Derivative, Call))


def _step(piece: list[Token]) -> tuple[list[Token], str]:
    """Return ``w -= 0.1 * g`` as ``w ← 0.1 * g``, and the sign of the step; any other chain as it is."""
    place = next((place for place, token in enumerate(piece) if token.kind == "relation"), 0)
    sign, relation = piece[place - 1], piece[place]
    if place < 2 or relation.text != "=" or relation.spaced or sign.kind not in ("+", "-"):
        return piece, ""
    return [*piece[: place - 1], relation._replace(text="←"), *piece[place + 1 :]], sign.kind


def _stepped(name: Written | None, sign: str, side: Side) -> Side:
    """Return the side that says by how much a name changes as what the name becomes."""
    if name is None or side.node is None:
        return side
    change = Group(side.node) if isinstance(side.node, Sum) else side.node
    return replace(side, node=Sum((name, Negative(change) if sign == "-" else change)), entries=())


def _trimmed(row: list[Token]) -> list[Token]:
    begin, end = 0, len(row) - 1
    while begin < end and row[begin].kind in PASSED:
        begin += 1
    while end > begin and row[end - 1].kind in PASSED:
        end -= 1
    if (begin, end) == (0, len(row) - 1):
        return row
    return [*row[begin:end], over(row[end])]


def _between_signs(row: list[Token]) -> Iterator[tuple[str, list[Token]]]:
    """Yield each side of a chain with the sign before it."""
    sign, begin, depth = "", 0, 0
    for place, token in enumerate(row):
        change = NESTING.get(token.kind)
        if change is not None:
            depth = max(depth + change, 0)
        elif token.kind == "relation" and depth == 0:
            yield sign, [*row[begin:place], over(token)]
            sign, begin = token.text, place + 1
    yield sign, row[begin:]


def side_of(piece: list[Token], math: bool, words: Collection[str]) -> Side:
    """Read one side of a chain, or a cell of a table, from its tokens."""
    piece = without_labels(_trimmed(piece))
    start, end = piece[0].start, piece[-2].end if len(piece) > 1 else piece[0].end
    if len(piece) == 1:
        return Side(Text(""), start, end)
    if end - start > LINE:
        return Side(None, start, end, f"formulas have up to {LINE} characters")
    grammar = Grammar(piece, math, words)
    try:
        node = grammar.side()
    except Unreadable as error:
        return Side(None, start, end, error.message)
    return Side(node, start, end, "", _entries(node, grammar), tuple(grammar.numbers))


def _entries(node: Written, grammar: Grammar) -> tuple[tuple[tuple[int, int], ...], ...]:
    if isinstance(node, Transpose):
        return tuple(zip(*_entries(node.operand, grammar), strict=True))
    if isinstance(node, Group) and id(node) in grammar.spans:
        return ((grammar.spans[id(node)],),)
    if not isinstance(node, Matrix):
        return ()
    nothing = (0, 0)
    return tuple(tuple(grammar.spans.get(id(entry), nothing) for entry in row) for row in node.rows)
