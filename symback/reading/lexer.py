"""The tokens of formulas in LaTeX, Unicode or plain text, cut in linear time, each with its place in the text."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from typing import NamedTuple

from symback.reading import signs
from symback.reading.respelling import respelled

COMBINING_HAT = "\u0302"
"""Stands behind the letter that it sits on."""

INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff\u2061\u2062\u2063\u00ad"
"""Characters without ink, which copying from web pages leaves behind."""

DECIMAL_POINT = "."
"""What a dot among characters that are set high stands for: ``e⁻⁰·⁴⁸``."""

TAB = "\t"
"""The text of the token that a tabulator is, alone between other characters of plain text."""

LONGEST_WORD = 24
"""Longest name that is found among letters without a gap."""


class Token(NamedTuple):
    """A piece of the text.

    ``kind`` is ``number``, ``name``, ``identifier`` (a name of plain text, perhaps with indices), ``hatted``,
    ``fraction``, ``command``, ``begin``, ``end``, ``relation``, ``product``, ``dots``, ``space``, ``row``, ``stop``
    (what no formula holds), ``over`` (the end of the text), or the character itself. ``spaced`` says that blanks stand
    before it.
    """

    kind: str
    text: str
    start: int
    end: int
    spaced: bool


_WHOLE_IN_ARRAY = r"\d+\.(?=[ \t]*[\],]|[ \t]{2,}-?\d)"
"""How programs print a whole number among others."""

_NUMBER = r"\d+\{,\}\d+|(?:\d+(?:\.\d+)?|\.\d+)(?:[eE][-−–+]?\d+)?"
_COMMA_NUMBER = r"(?:\d+(?:(?:\{,\}|,|\.)\d+)?|\.\d+)(?:[eE][-−–+]?\d+)?"
_IN_NUMBERS = str.maketrans(",−–", ".--")
_MARKS = r"(?P<mark>[_^(){}\[\]&+/])|"
_TILDES = {True: r"|(?P<tie>~)", False: r"|(?P<roughly>~=|=~|~(?=\s))"}
_SHARED = (
    r"|(?P<environment>\\(?:begin|end)[ \t]*\{[A-Za-z]+\*?\})"
    r"|(?P<row>\\\\(?:[ \t]*\[[^\]\n]{0,12}\])?)"
    r"|(?P<escape>\\[\[\]()])"
    r"|(?P<bar>\\\||‖|\\[lr]?[vV]ert(?![A-Za-z])|\\mid(?![A-Za-z])|\|)"
    r"|(?P<command>\\(?:[A-Za-z]+|[^A-Za-z\n]))"
    r"|(?P<relation>:=|<-->|<--|<-(?!\d)|-->|->|==|=>|<=|>=|!=|[=<>≈≃≅≐≡≔≝←⟵→⟶⇒⟹≤≥≠∴⇔])"
    r"|(?P<power>\*\*)"
    r"|(?P<product>[×⨯·⋅∙•*∗∘⊙⊗@])"
    r"|(?P<prime>'+|[′’]+|″)"
    rf"|(?P<sub>[{''.join(signs.SUBSCRIPTS)}]+)"
    rf"|(?P<sup>[{''.join(signs.SUPERSCRIPTS)}]+(?:·[{''.join(signs.SUPERSCRIPTS)}]+)?)"
    r"|(?P<fraction>[½¼¾⅓⅔⅛⅕])"
    r"|(?P<dots>\.\.\.|…|⋯|⋮|⋱)"
    r"|(?P<sign>[-−–÷,;:%!√∑Σ∂∇#$.?\"`])"
)
_INDEXED = r"(?P<indexed>(?<![^\W_]|[\\^])(?:[A-Za-z]+|[Α-ωϕϵℓ])\d{1,2}(?![.,]?\d))"
_FIRST = {True: rf"{_INDEXED}|(?P<letters>[A-Za-z]+)|" + _MARKS, False: _MARKS}
"""What most tokens are; nothing else begins as they do."""

_LETTERS = "A-Za-zÀ-ɏ\u1e00-\u1eff"
_LAST = {
    True: "",
    False: r"|(?P<indexed>[Α-ωϕϵℓ]\d{1,2}(?![.,]?\d))"
    rf"|(?P<identifier>[{_LETTERS}][{_LETTERS}0-9]*(?:__?[{_LETTERS}0-9]+)*(?:\[\d{{1,2}}(?:, ?\d{{1,2}})?\])*)",
}
_FOREIGN = "\u0400-\u1cff\u3041-\ud7ff\uf900-\ufaff"
"""Letters of scripts in which words are written, and no formulas."""

_REST = rf"|(?P<foreign>[{_FOREIGN}]+)" + r"|(?P<greek>[Α-ωϕϵℓℒ])|(?P<other>.)"


def _pattern(math: bool, comma: bool) -> re.Pattern[str]:
    blank = r"(?P<blank>(?:[ \t\r\n\u00a0\u2009\u202f" + INVISIBLE + r"]|\\(?=\n))+)"
    number = rf"|(?P<number>{_COMMA_NUMBER if comma else rf'{_WHOLE_IN_ARRAY}|{_NUMBER}'})"
    return re.compile(_FIRST[math] + blank + number + _TILDES[math] + _SHARED + _LAST[math] + _REST, re.DOTALL)


_PATTERNS = {(math, comma): _pattern(math, comma) for math in (False, True) for comma in (False, True)}

_DROPPED = re.compile(rf"\\(?:{'|'.join(name[1:] for name in sorted(signs.DROPPED_COMMANDS))})\*?\{{[^{{}}]*\}}")
"""Commands that are blanked with their group."""


def tokens(text: str, math: bool, words: Collection[str] = (), comma: bool = False, start: int = 0) -> list[Token]:
    """Cut a text into tokens, with one of kind ``over`` at the end.

    Parameters
    ----------
    text
        What is cut.
    math
        Whether it is LaTeX mathematics, where letters side by side are names of their own unless they make a word of
        `words`; otherwise it is plain text, where they are one identifier.
    words
        Names of several letters, beside the usual ones.
    comma
        Whether a comma between digits is the decimal sign.
    start
        Where the text begins in the document; the places of tokens count from there.
    """
    if "\\" in text:
        text = _DROPPED.sub(lambda match: " " * len(match.group()), text)
    found: list[Token] = []
    keeps_apart: list[bool] = []
    spaced = False
    for match in _PATTERNS[math, comma].finditer(text):
        kind, content = match.lastgroup or "", match.group()
        begin, end = match.span()
        if kind == "blank":
            spaced = True
            if not math and (len(content) > 1 or content == TAB) and found and "\n" not in content:
                found.append(Token("space", TAB if content == TAB else "\\quad", start + begin, start + end, True))
            continue
        if kind == "mark":
            kind = content
        elif kind == "sign":
            separates = comma and content == ";"  # where the comma is in the numbers, it stands between them
            kind = "," if separates else signs.PLAIN_SIGNS.get(content, content)
        elif kind == "letters" and len(content) == 1:
            kind = "name"
        if kind == "{":
            keeps_apart.append(any(keeps_apart[-1:]) or (bool(found) and _keeps_apart(found[-1])))
        elif kind == "}" and keeps_apart:
            keeps_apart.pop()
        token = Token(kind, content, start + begin, start + end, spaced)
        spaced = False
        if kind == "indexed" and found and found[-1].kind == "_":  # E_y1, where braces are forgotten
            found.extend(_in_braces(_side_by_side(token, words)))
        elif kind == "indexed" and any(keeps_apart[-1:]):
            found.extend(_side_by_side(token, words))
        elif kind in _OF_WORDS:
            found.extend(_OF_WORDS[kind](token, words))
        elif kind not in _MADE:
            found.append(token)
        elif content == COMBINING_HAT and found and found[-1].kind in ("name", "identifier"):
            found[-1] = found[-1]._replace(kind="hatted", end=token.end)
        elif comma and kind == "number" and [before.kind for before in found[-2:]] == ["_", "{"]:
            found.extend(_indices(token))
        else:
            found.extend(_MADE[kind](token))
    found.append(Token("over", "", start + len(text), start + len(text), spaced))
    return respelled(found, words)


def _as(kind: str) -> Callable[[Token], list[Token]]:
    return lambda token: [token._replace(kind=kind)]


def _number(token: Token) -> list[Token]:
    text = token.text.replace("{,}", ",").translate(_IN_NUMBERS).removesuffix(".")
    return [token] if text == token.text else [token._replace(text=text)]


def _indices(token: Token) -> list[Token]:
    """Cut two numbers at the comma between them: it separates indices, also where decimals are written with one."""
    first, comma, second = token.text.partition(",")
    if not comma or not first.isdecimal():
        return _number(token)
    place = token.start + len(first)
    return [
        token._replace(text=first, end=place),
        Token(",", ",", place, place + 1, False),
        Token("number", second, place + 1, token.end, False),
    ]


def _greek(token: Token) -> list[Token]:
    return [token._replace(kind="name", text=signs.GREEK.get(token.text, token.text))]


def _indexed(token: Token, words: Collection[str]) -> list[Token]:
    """Cut letters from the number right behind them, which is the index of the last: ``δ1``, ``dw1``."""
    *letters, number = _side_by_side(token, words)
    return [*letters, Token("_", "_", number.start, number.start, False), *_in_braces([number])]


def _side_by_side(token: Token, words: Collection[str]) -> list[Token]:
    """Cut letters from the number right behind them, where both are indices: ``w_{h1}``."""
    name = token.text.rstrip("0123456789")
    place = token.start + len(name)
    letters = token._replace(kind="letters", text=name, end=place)
    number = Token("number", token.text[len(name) :], place, token.end, False)
    return [*(_letters(letters, words) if name.isascii() else _greek(letters)), number]


def _keeps_apart(opening: Token) -> bool:
    """Whether letters and numbers in the braces behind a token are side by side: indices, and words."""
    return opening.kind == "_" or opening.text in signs.WORD_COMMANDS


def _in_braces(found: list[Token]) -> list[Token]:
    start, end = found[0].start, found[-1].end
    return [Token("{", "{", start, start, False), *found, Token("}", "}", end, end, False)]


def _hatted(token: Token) -> list[Token]:
    if token.text in signs.HATS:
        return [token._replace(kind="hatted", text=signs.HATS[token.text])]
    return [token if token.kind == "identifier" else token._replace(kind="stop")]


def _environment(token: Token) -> list[Token]:
    verb, _, name = token.text.rstrip("}").partition("{")
    return [token._replace(kind=verb.strip()[1:], text=name.rstrip("*"))]


def _relation(token: Token) -> list[Token]:
    return [token._replace(kind="relation", text=signs.RELATIONS.get(token.text, "→"))]


def _prime(token: Token) -> list[Token]:
    return [token._replace(kind="'", text="'" * (len(token.text) + token.text.count("″")))]


def _script(mark: str, table: dict[str, str]) -> Callable[[Token], list[Token]]:
    def made(token: Token) -> list[Token]:
        def placed(kind: str, text: str) -> Token:
            return token._replace(kind=kind, text=text)

        inner = tokens("".join(table.get(character, DECIMAL_POINT) for character in token.text), True)[:-1]
        within = [placed(each.kind, each.text)._replace(spaced=False) for each in inner]
        return [placed(mark, mark), placed("{", "{"), *within, placed("}", "}")]

    return made


def _command(token: Token) -> list[Token]:
    text = token.text
    if text in signs.IGNORED:
        return []
    if text in _COMMANDS:
        kind, text = _COMMANDS[text]
        return [Token(kind, text, token.start, token.end, token.spaced)]
    if text in signs.SIGN_COMMANDS:
        return [token._replace(kind=signs.SIGN_COMMANDS[text])]
    if text.lower() in signs.FUNCTIONS:
        return [token._replace(kind="name", text=text[1:])]
    return [token]


_COMMANDS = {
    command: (kind, text)
    for kind, table in {
        "dots": {command: command for command in signs.DOTS},
        "space": {command: command for command in signs.SPACES},
        "product": signs.PRODUCTS,
        "relation": signs.RELATIONS,
        "name": signs.GREEK_COMMANDS,
        "'": {"\\prime": "'"},
    }.items()
    for command, text in table.items()
}
"""The kind and text of the token that a command makes."""

_MADE: dict[str, Callable[[Token], list[Token]]] = {
    "number": _number,
    "identifier": _hatted,
    "greek": _greek,
    "other": _hatted,
    "foreign": _as("identifier"),
    "command": _command,
    "environment": _environment,
    "relation": _relation,
    "roughly": lambda token: [token._replace(kind="relation", text="≈")],
    "tie": _as("space"),
    "power": _as("^"),
    "product": lambda token: [token._replace(text=signs.PRODUCTS[token.text])],
    "prime": _prime,
    "sub": _script("_", signs.SUBSCRIPTS),
    "sup": _script("^", signs.SUPERSCRIPTS),
    "fraction": lambda token: [token._replace(text=signs.FRACTIONS[token.text])],
    "row": _as("row"),
    "bar": lambda token: [token._replace(kind="|" if token.text in signs.SINGLE_BARS else "‖")],
    "escape": lambda token: [token._replace(kind=token.text[1])],
    "dots": _as("dots"),
}
"""What becomes of each piece of the text, by the group of the pattern that it matched; others stay as they are."""


def _letters(token: Token, words: Collection[str]) -> list[Token]:
    """Cut letters of mathematics into known words and single letters."""
    content = token.text
    if _is_word(content, words) or content.lower() in signs.FUNCTIONS:
        return [token._replace(kind="name")]
    if len(content) > 3 and not _is_differential(content):
        return [token._replace(kind="name")]
    found = []
    position = 0
    while position < len(content):
        sizes = range(min(len(content) - position, LONGEST_WORD), 1, -1)
        size = next((size for size in sizes if _is_word(content[position : position + size], words)), 1)
        place = token.start + position
        piece = content[position : position + size]
        found.append(Token("name", piece, place, place + size, token.spaced and position == 0))
        position += size
    return found


def _is_word(content: str, words: Collection[str]) -> bool:
    return content in words or content.lower() in signs.WORDS


def _is_differential(content: str) -> bool:
    """Whether letters are a d and a name, as in dLoss or dnet."""
    return content[0] == "d" and (content[1].isupper() or content[1:].lower() in signs.WORDS)


_OF_WORDS = {"letters": _letters, "indexed": _indexed}
"""What becomes of letters, which may make known words."""
