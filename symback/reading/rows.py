"""Where statements begin and end among tokens: rows of displays, commas, implications, wide space, alignment."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import takewhile

from symback.reading.labels import is_label
from symback.reading.lexer import Token

ALIGNED = frozenset(
    {
        "aligned", "align", "gathered", "gather", "split", "equation", "eqnarray", "multline", "flalign", "alignat",
        "displaymath", "math", "center",
    }
)  # fmt: skip
"""Environments whose rows are statements."""

IMPLIES = "⇒"
"""The relation sign that ends a statement: what follows it is a new one."""

NESTING = {"(": 1, "[": 1, "{": 1, "begin": 1, ")": -1, "]": -1, "}": -1, "end": -1}
"""How tokens change the depth of brackets."""

BREAKING = frozenset({"begin", "end", "row"})
"""Kinds of tokens that make rows; most formulas have none."""

_SIGNS = frozenset({"+", "-", "product", "/"})
_OPERATORS = _SIGNS | {"&"}
_CONTINUED = _OPERATORS | {"relation", "number"}
"""What behind an alignment mark goes on with the statement before it."""

_AWAITING = _OPERATORS | {"relation", "(", "space"}
"""What needs something behind it."""


def over(token: Token) -> Token:
    """Return the end of a text that ends where a token stands."""
    return Token("over", "", token.start, token.start, True)


def pieces(found: list[Token]) -> Iterator[list[Token]]:
    """Yield the tokens of each statement, with one of kind ``over`` behind them."""
    for row in _rows(found):
        yield from _parts(row)


def _rows(found: list[Token]) -> Iterator[list[Token]]:
    """Cut at row ends outside brackets and matrices; environments of rows lose their begin and end."""
    if not any(token.kind in BREAKING for token in found):
        yield [*found[:-1], over(found[-1])]
        return
    row: list[Token] = []
    depth = 0
    opened: list[bool] = []
    has_statements = _cases_hold_statements(found)
    in_columns = False
    for place, token in enumerate(found[:-1]):
        if in_columns:
            in_columns = token.kind != "}"
            continue
        if token.kind == "begin":
            transparent = token.text in ALIGNED or (token.text in BRACED and has_statements)
            opened.append(transparent)
            depth += not transparent
            if transparent:
                in_columns = token.text == "array" and found[place + 1].kind == "{"
                continue
        elif token.kind == "end":
            if opened and opened.pop():
                continue
            depth = max(depth - 1, 0)
        elif token.kind == "row" and depth == 0 and _is_broken(row, found, place + 1):
            continue
        elif token.kind == "row" and depth == 0:
            yield [*row, over(token)]
            row = []
            continue
        row.append(token)
    yield [*row, over(found[-1])]


def _is_broken(row: list[Token], found: list[Token], place: int) -> bool:
    """Whether a formula goes on in the row that begins at a place: with a sign, and without a relation of its own."""
    while found[place].kind in ("&", "space"):
        place += 1
    if found[place].kind not in _SIGNS or not any(token.kind == "relation" for token in row):
        return False
    outside = _outside_brackets(found, place)
    behind = takewhile(lambda token: token.kind not in ("row", "over"), outside)
    return not any(token.kind == "relation" for token in behind)


def _outside_brackets(found: Sequence[Token], place: int) -> Iterator[Token]:
    """Yield the tokens from a place on, outside brackets and environments, until one ends that began before."""
    depth = 0
    for token in map(found.__getitem__, range(place, len(found))):
        depth += NESTING.get(token.kind, 0)
        if depth < 0:
            return
        if depth == 0:
            yield token


BRACED = frozenset({"cases", "array"})
"""Environments whose rows are statements where the first of them has an equals sign."""


def _cases_hold_statements(found: list[Token]) -> bool:
    """Whether a brace gathers equations: the formula begins with it and its first row has an equals sign."""
    begun = False
    for token in found:
        begun = begun or (token.kind == "begin" and token.text in BRACED)
        if token.kind == "relation":
            return begun and token.text in ("=", "≈", ":=")
        if begun and token.kind in ("row", "end"):
            return False
    return False


SEPARATING = frozenset({",", ";", ":", ".", "&", "space"})
"""Kinds of tokens at which a row may be cut; most rows have none."""


def _parts(row: list[Token]) -> Iterator[list[Token]]:
    """Cut a row at commas, at implications, and at wide space or alignment before a new equation, outside brackets."""
    if not any(token.kind in SEPARATING or token.text == IMPLIES for token in row):
        yield row
        return
    nearest = _nearest(row) if any(token.kind in ("&", "space") for token in row) else []
    begin = depth = 0
    has_relation = False
    for place, token in enumerate(row[:-1]):
        depth = max(depth + NESTING.get(token.kind, 0), 0)
        if depth == 0 and (
            _ends(row, place)
            or (_begins_anew(row, place, nearest, has_relation) and not is_label([*row[begin:place], over(token)]))
        ):
            yield [*row[begin:place], over(token)]
            begin, has_relation = place + 1, False
        has_relation = has_relation or token.kind == "relation"
    yield row[begin:]


def _nearest(row: list[Token]) -> list[tuple[str, bool]]:
    """Return, for each place, the next relation or alignment mark behind it, and whether a relation follows at all."""
    found = [("", False)] * len(row)
    for place in range(len(row) - 2, -1, -1):
        kind, follows = found[place + 1]
        behind = row[place + 1].kind
        found[place] = (behind if behind in ("relation", "&") else kind, follows or behind == "relation")
    return found


def _ends(row: list[Token], place: int) -> bool:
    """Whether a token ends a statement, whatever follows."""
    token, behind = row[place], row[place + 1]
    if token.kind == "," and place and row[place - 1].kind == "number" and behind.kind == "number":
        return token.spaced or behind.spaced
    if token.kind in (",", ";", ":") or (token.kind == "relation" and token.text == IMPLIES):
        return True
    return token.kind == "." and (behind.kind == "over" or behind.spaced)


def _begins_anew(row: list[Token], place: int, nearest: list[tuple[str, bool]], has_relation: bool) -> bool:
    """Whether a new equation begins behind wide space or an alignment mark."""
    token, behind = row[place], row[place + 1].kind
    if token.kind not in ("&", "space") or place == 0 or row[place - 1].kind in _AWAITING:
        return False
    kind, follows = nearest[place]
    if token.kind == "&":
        return has_relation and bool(kind) and follows and behind not in _CONTINUED
    if behind in ("+", "-") and row[place + 2].spaced:  # 0.8   - 0.5 * 0.1: a term, and not a number with its sign
        return False
    return token.kind == "space" and token.text in ("\\quad", "\\qquad") and follows and behind != "relation"
