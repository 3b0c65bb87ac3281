"""Tokens that mean something only beside others: an x between numbers, thin spaces in numbers, upright d, primes."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from symback.reading import signs

if TYPE_CHECKING:
    from symback.reading.lexer import Token


def respelled(found: list[Token], words: Collection[str]) -> list[Token]:
    """Return tokens in which what several of them spell together is one."""
    made: list[Token] = []
    place = 0
    while place < len(found):
        token = found[place]
        place += 1
        if token.kind == "number" and found[place].text == "\\,":
            token, place = _number(found, token, place)
        elif token.kind == "^":
            token, place = _prime(found, token, place)
        elif token.text in signs.WORD_COMMANDS and "d" not in words:
            token, place = _upright_d(found, token, place)
        elif token.text in ("x", "X") and made and _is_product(made[-1], found, place):
            token = token._replace(kind="product", text="times")
        elif token.text == "star" and made and _is_mark(token, made[-1], found[place]):
            token = token._replace(kind="'", text="'")
        made.append(token)
    return made


def _number(found: list[Token], number: Token, place: int) -> tuple[Token, int]:
    r"""Return a number with the thousands that thin spaces set apart: ``1\,000``."""
    while (
        number.text.isdecimal()
        and found[place].text == "\\,"
        and (behind := found[place + 1]).kind == "number"
        and len(behind.text.partition(".")[0]) == 3
        and behind.text[:1].isdecimal()
        and not (found[place].spaced or behind.spaced)
    ):
        number = number._replace(text=number.text + behind.text, end=behind.end)
        place += 2
    return number, place


def _prime(found: list[Token], sign: Token, place: int) -> tuple[Token, int]:
    r"""Return the prime that is set high by hand: ``\sigma^{\prime}``, ``f^'``."""
    if found[place].kind == "'":
        return found[place]._replace(start=sign.start, spaced=sign.spaced), place + 1
    if [token.kind for token in found[place : place + 3]] == ["{", "'", "}"]:
        return found[place + 1]._replace(start=sign.start, end=found[place + 2].end, spaced=sign.spaced), place + 3
    return sign, place


def _upright_d(found: list[Token], command: Token, place: int) -> tuple[Token, int]:
    r"""Return the d of a derivative that is set upright: ``\frac{\mathrm{d}L}{\mathrm{d}w}``."""
    group = found[place : place + 3]
    if [token.kind for token in group] == ["{", "name", "}"] and group[1].text == "d":
        return group[1]._replace(start=command.start, end=group[2].end, spaced=command.spaced), place + 3
    return command, place


def _is_product(before: Token, found: list[Token], place: int) -> bool:
    """Whether an x stands between two numbers: ``0.5 x 0.3``, ``2 x (1 - 0.4)``."""
    letter, after = found[place - 1], found[min(place, len(found) - 1)]
    negative = after.kind == "-" and found[place + 1].kind == "number"
    return (
        letter.kind in ("name", "identifier")
        and before.kind in ("number", ")", "]", "fraction")
        and (after.kind in ("number", "(", "fraction") or negative)
        and (letter.spaced or after.spaced or (before.kind == "number" and after.kind == "number"))
    )


def _is_mark(star: Token, before: Token, after: Token) -> bool:
    """Whether a star between a name and the sign of a relation marks the name: ``w1* = 0.36``."""
    return not star.spaced and before.kind in ("name", "identifier", "}", "number") and after.kind == "relation"
