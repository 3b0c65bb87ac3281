"""Conditions in words: a value that counts where a condition holds, and another elsewhere: ``d if z > 0 else 0``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from symback.reading.environments import OTHERWISE
from symback.reading.lexer import Token

IF = frozenset({"if", "where", "wherever", "when", "wenn", "falls", "wo", "si", "donde", "se", "onde", "dove", "gdy",
                "als", "waar", "om", "jos", "если", "где"})  # fmt: skip
"""Words before a condition."""

ELSE = frozenset({"else", "otherwise", "elsewhere", "sonst", "sinon", "ailleurs", "altrimenti", "altrove", "senão",
                  "inaczej", "anders", "annars", "ellers", "иначе"})  # fmt: skip
"""Words before, or behind, what counts where it does not hold."""

JOINING = frozenset({"and", "und", "et", "y", "e", "i", "en", "och", "og"})
"""Words that may stand before the other value."""

ENDS = frozenset({"relation", "stop", ".", "over", "space"})
"""Kinds of tokens that end the other value."""

COMPARISONS = frozenset({"<", ">", "≤", "≥", "≠"})

OPENING, CLOSING = ("(", "[", "{"), (")", "]", "}")


def with_conditions(found: list[Token], is_math: list[bool]) -> tuple[list[Token], list[bool]]:
    """Return the tokens of a line in which values with their conditions are cases, as plain text writes them.

    `is_math` says of each token whether it is certain to be part of a formula.
    """
    place = next((place for place, token in enumerate(found) if _is_word(token, IF)), None)
    parts = None if place is None else _parts(found, place)
    if parts is None:
        return found, is_math
    made = [*_cases(found[parts.end - 1], parts.value, parts.condition, parts.other)]
    tokens, are_math = with_conditions(found[parts.end :], is_math[parts.end :])
    return (
        [*found[: parts.begin], *made, *tokens],
        [*is_math[: parts.begin], *[True] * len(made), *are_math],
    )


class _Parts(NamedTuple):
    """A value, its condition and the other value, and where they begin and end together."""

    begin: int
    value: list[Token]
    condition: list[Token]
    other: list[Token]
    end: int


def _cases(last: Token, *parts: list[Token]) -> Iterator[Token]:
    """Yield what calls cases with these parts, up to the last token; the last of them counts otherwise."""
    first = parts[0][0]
    mark = first._replace(kind="(", text="(", end=first.start, spaced=False)
    yield mark._replace(kind="identifier", text="cases", spaced=True)
    yield mark
    for part in parts:
        yield from part
        yield mark._replace(kind=",", text=",")
    yield Token("identifier", OTHERWISE.text, last.end, last.end, True)
    yield Token(")", ")", last.end, last.end, False)


def _parts(found: list[Token], place: int) -> _Parts | None:
    """Return what stands around a word before a condition; None where something is lacking."""
    begin = next((at + 1 for at in range(place - 1, -1, -1) if found[at].kind == "relation"), 0)
    word = next((at for at in range(place + 1, len(found)) if _is_word(found[at], ELSE)), None)
    if not begin or word is None or not begin < place:
        return None
    end = _end(found, word + 1)
    condition, other = found[place + 1 : word], found[word + 1 : end]
    if not other:  # it stands before the word: "and 0 otherwise"
        joint = _joint(condition)
        condition, other, end = condition[: max(joint, 0)], condition[joint + 1 :], word + 1
    while condition and condition[-1].kind in (",", ";", "space"):
        condition = condition[:-1]
    relations = [token.text for token in condition if token.kind == "relation"]
    is_condition = len(relations) == 1 and relations[0] in COMPARISONS
    return _Parts(begin, found[begin:place], condition, other, end) if is_condition and other else None


def _joint(tokens: Sequence[Token]) -> int:
    """Return the place of what separates a condition from the other value behind it, -1 if nothing does."""
    joints = (at for at, token in enumerate(tokens) if token.kind in (",", ";") or _is_word(token, JOINING))
    return max(joints, default=-1)


def _end(found: list[Token], begin: int) -> int:
    """Return the place behind an expression, which a relation or the end of a sentence ends."""
    depth = 0
    for at in range(begin, len(found)):
        token = found[at]
        depth += (token.kind in OPENING) - (token.kind in CLOSING)
        if depth < 0 or (depth == 0 and (token.kind in ENDS or token.kind in (",", ";", ":"))):
            return at
    return len(found)


def _is_word(token: Token, words: frozenset[str]) -> bool:
    return token.kind in ("identifier", "name") and token.text.lower() in words
