"""From the text of a formula to statements: chains of sides with signs between them, each side with its place."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field

from symback.reading.grammar import Grammar
from symback.reading.lexer import Token, tokens
from symback.reading.macros import Macro, expanded
from symback.reading.tree import Unreadable
from symback.written.nodes import Derivative, Group, Matrix, Symbol, Text, Transpose, Written

LINE = 4_000
"""Longest formula that is read, in characters."""

ALIGNED = frozenset(
    {
        "aligned", "align", "gathered", "gather", "split", "equation", "eqnarray", "multline", "flalign", "alignat",
        "displaymath", "math", "center",
    }
)  # fmt: skip
"""Environments whose rows are statements."""

ENDS = frozenset({"⇒"})
"""Relation signs that end a statement: what follows them is a new one."""


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


def statements(text: str, math: bool, vocabulary: Vocabulary = PLAIN, start: int = 0) -> Iterator[Statement]:
    """Yield the statements of a formula, in order."""
    if len(text) > LINE:
        yield Statement((Side(None, start, start + len(text), f"formulas have up to {LINE} characters"),), ("",))
        return
    yield from of_tokens(tokens(text, math, vocabulary.words, vocabulary.comma, start), math, vocabulary)


def of_tokens(found: list[Token], math: bool, vocabulary: Vocabulary = PLAIN) -> Iterator[Statement]:
    """Yield the statements that tokens make, the last of which is of kind ``over``."""
    for row in _rows(expanded(found, vocabulary.macros)):
        yield from _of_row(row, math, vocabulary.words)


def _rows(found: list[Token]) -> Iterator[list[Token]]:
    """Cut at row ends outside brackets and matrices; environments of rows lose their begin and end."""
    row: list[Token] = []
    depth = 0
    opened: list[bool] = []
    has_relation = _cases_hold_statements(found)
    for place, token in enumerate(found):
        if token.kind == "begin":
            transparent = token.text in ALIGNED or (token.text == "cases" and has_relation)
            opened.append(transparent)
            depth += not transparent
            if transparent:
                continue
        elif token.kind == "end":
            if opened and opened.pop():
                continue
            depth = max(depth - 1, 0)
        elif token.kind == "row" and depth == 0:
            yield [*row, _over(token)]
            row = []
            continue
        elif token.kind == "over":
            break
        row.append(found[place])
    yield [*row, _over(found[-1])]


def _cases_hold_statements(found: list[Token]) -> bool:
    """Whether a brace gathers equations: the formula begins with it and its first row has an equals sign."""
    for place, token in enumerate(found):
        if token.kind == "begin" and token.text == "cases":
            for later in found[place + 1 :]:
                if later.kind in ("row", "end"):
                    return False
                if later.kind == "relation" and later.text in ("=", "≈", ":="):
                    return True
        if token.kind == "relation":
            return False
    return False


def _over(token: Token) -> Token:
    return Token("over", "", token.start, token.start, True)


_OPENING = {"(": 1, "[": 1, "{": 1, "begin": 1, ")": -1, "]": -1, "}": -1, "end": -1}


def _of_row(row: list[Token], math: bool, words: Collection[str]) -> Iterator[Statement]:
    """Cut a row at commas, at signs of implication and at wide space before a new equation, outside brackets."""
    begin = depth = 0
    for place, token in enumerate(row):
        depth = max(depth + _OPENING.get(token.kind, 0), 0)
        if depth == 0 and _separates(row, place, begin):
            yield from _chain([*row[begin:place], _over(token)], math, words)
            begin = place + 1
    yield from _chain(row[begin:], math, words)


def _separates(row: list[Token], place: int, begin: int) -> bool:
    token = row[place]
    if token.kind == "&":
        is_between = any(before.kind == "relation" for before in row[begin:place]) and not _awaits(row, place)
        following = row[place + 1 :]
        nearest = next((later for later in following if later.kind in ("relation", "&")), None)
        beyond = next((later for later in following if later.kind == "relation"), None)
        return is_between and nearest is not None and beyond is not None and following[0].kind not in ("relation", *_OPERATORS)
    if token.kind in (",", ";", ":") or (token.kind == "relation" and token.text in ENDS):
        return True
    if token.kind == "." and (place + 1 >= len(row) or row[place + 1].kind == "over" or row[place + 1].spaced):
        return True
    if token.kind == "space" and token.text in ("\\quad", "\\qquad"):
        following = row[place + 1 :]
        nearest = next((later for later in following if later.kind == "relation"), None)
        return nearest is not None and following[0].kind != "relation" and not _awaits(row, place)
    return False


_OPERATORS = ("+", "-", "product", "/", "number", "&")


def _awaits(row: list[Token], place: int) -> bool:
    """Whether what stands before a place needs something behind it."""
    return place == 0 or row[place - 1].kind in ("relation", "+", "-", "product", "/", "&", "(", "space")


def _chain(row: list[Token], math: bool, words: Collection[str]) -> Iterator[Statement]:
    """Read one chain; a side that cannot be read does not take the others with it."""
    row = _trimmed(row)
    if len(row) == 1:
        return
    sides: list[Side] = []
    signs: list[str] = []
    for sign, piece in _pieces(row):
        signs.append(sign)
        sides.append(side_of(piece, math, words))
    if len(sides) > 1 and sides[0].node == Text(""):
        sides, signs = sides[1:], signs[1:]
    begin = 0
    for place in range(1, len(sides) - 1):
        if signs[place] == "→" and place > begin and isinstance(sides[place].node, (Symbol, Derivative)):
            yield Statement(tuple(sides[begin:place]), tuple(signs[begin:place]))
            signs[place], begin = "", place
    yield Statement(tuple(sides[begin:]), tuple(signs[begin:]))


_TRIM = frozenset({"space", "&", ",", ";", ".", ":", "$", "!", "?", "`", "\"", "#"})


def _trimmed(row: list[Token]) -> list[Token]:
    begin, end = 0, len(row) - 1
    while begin < end and row[begin].kind in _TRIM:
        begin += 1
    while end > begin and row[end - 1].kind in _TRIM:
        end -= 1
    return [*row[begin:end], _over(row[end])]


def _pieces(row: list[Token]) -> Iterator[tuple[str, list[Token]]]:
    sign, piece, depth = "", [], 0
    for token in row[:-1]:
        depth = max(depth + _OPENING.get(token.kind, 0), 0)
        if token.kind == "relation" and depth == 0:
            yield sign, [*piece, _over(token)]
            sign, piece = token.text, []
        else:
            piece.append(token)
    yield sign, [*piece, row[-1]]


def side_of(piece: list[Token], math: bool, words: Collection[str]) -> Side:
    """Read one side of a chain, or a cell of a table, from its tokens."""
    piece = _trimmed(piece)
    start, end = piece[0].start, piece[-2].end if len(piece) > 1 else piece[0].end
    if len(piece) == 1:
        return Side(Text(""), start, end)
    grammar = Grammar(piece, math, words)
    try:
        node = grammar.side()
    except Unreadable as error:
        return Side(None, start, end, error.message)
    except RecursionError:
        return Side(None, start, end, "nested too deeply")
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
