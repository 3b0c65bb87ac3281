"""Tokens that mean something only beside others: an x between numbers, thin spaces in numbers, upright d, primes."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import TYPE_CHECKING

from symback.reading import signs
from symback.reading.curly import curly_deltas

if TYPE_CHECKING:
    from symback.reading.lexer import Token


def respelled(found: list[Token], words: Collection[str]) -> list[Token]:
    """Return tokens in which what several of them spell together is one."""
    made: list[Token] = []
    place = 0
    curly = curly_deltas(found)
    while place < len(found):
        token = found[place]
        if place in curly:
            token = token._replace(kind="∂", text="∂")
        place += 1
        if token.kind == "(" and made and not token.spaced and (length := _unit_in(made[-1], found, place)):
            made.extend(_as_index(made.pop(), found[place : place + length], found[place + length]))
            place += length + 1
            continue
        if token.kind == "identifier" and made:
            if _is_of_module(token, found[place : place + 2]):
                place += 1
                continue
            if _is_renewed(made[-1], token, found[place]):
                token = token._replace(text=f"{token.text}_new", start=made.pop().start)
            elif _belongs(made[-1], token, found[place]):
                word = made.pop()
                made.extend(_as_index(word._replace(text=_OF_NEURON.get(word.text.lower(), word.text)), [token], token))
                continue
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
    """Whether an x stands between two factors: ``0.5 x 0.3``, ``2 x (1 - 0.4)``, ``w1 x i1``, ``δ(o) x out(h1)``."""
    letter, after = found[place - 1], found[min(place, len(found) - 1)]
    if letter.kind not in ("name", "identifier"):
        return False
    negative = after.kind == "-" and found[place + 1].kind == "number"
    is_name = after.kind == "identifier" and (after.text[-1].isdigit() or found[place + 1].kind in ("(", "_"))
    if letter.spaced and after.spaced:
        begins = before.kind in ("}", *_BEFORE_X) or (before.kind == "identifier" and before.text[-1].isdigit())
        return begins and (after.kind in _BEHIND_X or negative or is_name)
    return (
        before.kind in _BEFORE_X
        and (after.kind in _BEHIND_X or negative)
        and (letter.spaced or after.spaced or (before.kind == "number" and after.kind == "number"))
    )


_BEFORE_X = ("number", ")", "]", "fraction")
_BEHIND_X = ("number", "(", "fraction")


def _is_mark(star: Token, before: Token, after: Token) -> bool:
    """Whether a star between a name and the sign of a relation marks the name: ``w1* = 0.36``."""
    return not star.spaced and before.kind in ("name", "identifier", "}", "number") and after.kind == "relation"


def _unit_in(word: Token, found: list[Token], place: int) -> int:
    """Return of how many tokens the unit is that a bracket behind a word names, 0 for any other bracket.

    ``net(h1) = 0.3`` and ``δ(o)`` are about a unit, ``f(x)`` and ``w (0.3)`` are not.
    """
    text = word.text
    is_word = word.kind in ("identifier", "name") and len(text) > 1 and text.isalpha()
    if text in _OF_EDGES and [token.kind for token in found[place : place + 4]] == [
        "identifier",
        ",",
        "identifier",
        ")",
    ]:
        return 3 * all(_UNIT.fullmatch(found[at].text) or _INPUT.fullmatch(found[at].text) for at in (place, place + 2))
    names_neuron = (
        text.lower() in _OF_NEURON and _UNIT.fullmatch(found[place].text) and found[place].text[0] not in "yz"
    )
    if (
        not (is_word or text == "\\delta")
        or signs.function(text)
        or (text.lower() in _OF_SOMETHING and not names_neuron)
    ):
        return 0
    length = 1
    if [token.kind for token in found[place + 1 : place + 4]] == ["_", "{", "number"]:
        length += 4
    after = found[place + length : place + length + 2]
    is_closed = len(after) == 2 and after[0].kind == ")"
    is_unit = found[place].kind in ("identifier", "name", "hatted") and found[place].text.lower() not in signs.NEW_WORDS
    ends = is_closed and (names_neuron or after[1].kind in _ENDS_NAME or after[1].text in ("x", "X"))
    return length if ends and is_unit else 0


_OF_EDGES = frozenset({"w", "W", "v", "dw", "dW", "dv"})
"""Names of weights, and of gradients by them, which may say between which units they are: ``w(h1, o1)``."""

_INPUT = re.compile(r"[xiXI]\d{0,2}")

_ENDS_NAME = frozenset({"relation", "product", "+", "-", "/", ")", "^", "'", "over", "space", ",", ";"})

_OF_SOMETHING = frozenset({"loss", "cost", "error", "err", "mse", "bce"})
"""Words in front of what they depend on."""


def _as_index(word: Token, unit: list[Token], closing: Token) -> list[Token]:
    """Return a word with a unit as its index; a gradient with what it is taken by."""
    if word.text in ("grad", "gradient"):
        name = f"{unit[0].text}hat" if unit[0].kind == "hatted" else unit[0].text
        return [word._replace(kind="identifier", text=f"grad_{name}", end=unit[0].end), *unit[1:]]
    mark = word._replace(kind="_", text="_", start=word.end, spaced=False)
    return [word, mark, mark._replace(kind="{"), *unit, closing._replace(kind="}", text="}", start=closing.end)]


_OF_NEURON = {
    **{word: word for word in ("net", "out", "delta", "error", "err")},
    **dict.fromkeys(
        ("netto", "nettoeingang", "eingang", "input", "entrada", "entrée", "ingresso", "invoer", "vstup", "wejście",
         "intrare", "girdi", "bemenet", "netz"), "net",
    ),
    **dict.fromkeys(
        ("output", "ausgang", "ausgabe", "salida", "sortie", "uscita", "saída", "uitvoer", "uitgang", "uit", "výstup",
         "wyjście", "ieșire", "çıkış", "kimenet", "utgång", "udgang"), "out",
    ),
}  # fmt: skip
"""Words with a unit behind them, ``net h1 = 0.3``, and as what they are read."""

_UNIT = re.compile(r"[honkyzHO]\d{0,2}")


def _belongs(word: Token, token: Token, after: Token) -> bool:
    """Whether a name goes with the one before it: ``net h1 = 0.3``, ``w1 new = 0.4``."""
    if word.kind not in ("identifier", "}") or not (token.spaced or word.kind == "}"):
        return False
    if word.text.lower() in _OF_NEURON:
        return _UNIT.fullmatch(token.text) is not None and after.kind in (_ENDS_NAME | {":"}) - {",", ";", "space"}
    is_marked = word.kind == "}" or any(map(str.isdigit, word.text))
    return is_marked and after.kind in _ENDS_HEAD and token.text.lower() in signs.NEW_WORDS | signs.OLD_WORDS


def _is_renewed(word: Token, token: Token, after: Token) -> bool:
    """Whether a word before a name at the head of a chain, or alone, says that its new value is meant: ``new w1``."""
    is_name = any(map(str.isdigit, token.text)) or len(token.text) == 1
    return word.kind == "identifier" and word.text.lower() in signs.NEW_WORDS and is_name and after.kind in _ENDS_HEAD


_ENDS_HEAD = frozenset({"relation", "over", ":"})

_MODULES = frozenset({"np", "numpy", "math", "torch", "jnp"})


def _is_of_module(module: Token, behind: list[Token]) -> bool:
    """Whether a program says where a function comes from: ``np.exp``."""
    return module.text in _MODULES and [token.kind for token in behind] == [".", "identifier"]
