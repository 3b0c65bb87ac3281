"""The tokens of formulas in LaTeX, Unicode or plain text, cut in linear time, each with its place in the text."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import NamedTuple

from symback.reading import signs

COMBINING_HAT = "\u0302"
"""Stands behind the letter that it sits on."""

INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff\u2061\u2062\u2063\u00ad"
"""Characters without ink, which copying from web pages leaves behind."""


class Token(NamedTuple):
    """A piece of the text.

    ``kind`` is ``number``, ``name``, ``identifier`` (a name of plain text, perhaps with indices), ``hatted``,
    ``word`` (words within mathematics), ``command``, ``begin``, ``end``, ``relation``, ``product``, ``space``, ``row``,
    ``stop`` (what no formula holds), ``over`` (the end of the text), or the character itself.
    """

    kind: str
    text: str
    start: int
    end: int
    spaced: bool


_NUMBER = r"(?:\d+(?:\.\d+)?|\.\d+)(?:[eE][-+]?\d+)?"
_COMMA_NUMBER = r"(?:\d+(?:(?:\{,\}|,|\.)\d+)?|\.\d+)(?:[eE][-+]?\d+)?"
_BRACED_NUMBER = r"\d+\{,\}\d+"
_SHARED = (
    r"|(?P<environment>\\(?:begin|end)[ \t]*\{[A-Za-z]+\*?\})"
    r"|(?P<row>\\\\(?:[ \t]*\[[^\]\n]{0,12}\])?)"
    r"|(?P<escape>\\[\[\]()])"
    r"|(?P<bar>\\\||‖|\\[lr]?[vV]ert(?![A-Za-z])|\\mid(?![A-Za-z])|\|)"
    r"|(?P<command>\\(?:[A-Za-z]+|[^A-Za-z\n]))"
    r"|(?P<relation>:=|<-->|<--|<-(?!\d)|-->|->|==|=>|<=|>=|!=|~=|=~|[=<>≈≃≅≐≡≔≝←⟵→⟶⇒⟹≤≥≠∴⇔])"
    r"|(?P<power>\*\*)"
    r"|(?P<product>[×⨯·⋅∙•*∗∘⊙⊗@])"
    r"|(?P<prime>'+|[′’]+|″)"
    r"|(?P<sub>[₀-₉₊₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ]+)"
    r"|(?P<sup>[⁰¹²³⁴-⁹⁺⁻⁼⁽⁾ᵀᵗⁿⁱʲᵏˡᵐᵒᵖʰᵃᵇᶜ]+)"
    r"|(?P<fraction>[½¼¾⅓⅔⅛⅕])"
    r"|(?P<dots>\.\.\.|…|⋯|⋮|⋱)"
    r"|(?P<sign>[-−–+/÷^_(){}\[\],;:&%!√∑Σ∂∇#$.?\"`])"
)
_MATH = r"|(?P<letters>[A-Za-z]+)"
_PLAIN = r"|(?P<identifier>[A-Za-zÀ-ɏ][A-Za-zÀ-ɏ0-9]*(?:_[A-Za-z0-9]+)*)"
_REST = r"|(?P<greek>[Α-ωϕϵℓℒ])|(?P<other>.)"


def _pattern(number: str, letters: str) -> re.Pattern[str]:
    spaces = r"(?P<blank>[ \t\r\n\u00a0\u2009\u202f" + INVISIBLE + r"]+)"
    return re.compile(f"{spaces}|(?P<number>{number}){_SHARED}{letters}{_REST}", re.DOTALL)


_PATTERNS = {
    (math, comma): _pattern(_COMMA_NUMBER if comma else f"{_BRACED_NUMBER}|{_NUMBER}", _MATH if math else _PLAIN)
    for math in (False, True)
    for comma in (False, True)
}


_DROPPED = re.compile(rf"\\\\(?:{'|'.join(name[1:] for name in sorted(signs.DROPPED_COMMANDS))})\\*?\\{{[^{{}}]*\\}}")
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
    pattern = _PATTERNS[math, comma]
    text = _DROPPED.sub(lambda match: " " * len(match.group()), text)
    found: list[Token] = []
    spaced = False
    for match in pattern.finditer(text):
        kind, content = str(match.lastgroup), match.group()
        begin, end = start + match.start(), start + match.end()
        if kind == "blank":
            spaced = True
            if not math and len(content) > 1 and found and "\n" not in content:
                found.append(Token("space", "\\quad", begin, end, True))
            continue
        made = _made(kind, content, begin, end, spaced, words)
        if kind == "other" and content == COMBINING_HAT and found and found[-1].kind in ("name", "identifier"):
            found[-1] = found[-1]._replace(kind="hatted", end=end)
        else:
            found.extend(made)
        spaced = False
    found.append(Token("over", "", start + len(text), start + len(text), spaced))
    return _with_letter_products(found)


def _made(kind: str, content: str, start: int, end: int, spaced: bool, words: Collection[str]) -> list[Token]:
    def one(kind: str, text: str = content) -> list[Token]:
        return [Token(kind, text, start, end, spaced)]

    if kind == "number":
        return one("number", content.replace("{,}", ".").replace(",", "."))
    if kind == "letters":
        return _letters(content, start, spaced, words)
    if kind == "identifier":
        return one("hatted", signs.HATS[content]) if content in signs.HATS else _identifier(content, start, end, spaced)
    if kind == "greek":
        return one("name", signs.GREEK.get(content, content))
    if kind == "other":
        return one("hatted", signs.HATS[content]) if content in signs.HATS else one("stop")
    if kind == "command":
        return _command(content, start, end, spaced)
    if kind == "environment":
        verb, _, name = content.rstrip("}").partition("{")
        return one(verb.strip()[1:], name.rstrip("*"))
    if kind == "relation":
        return one("relation", signs.RELATIONS.get(content, "→"))
    if kind == "power":
        return one("^")
    if kind == "product":
        return one("product", signs.PRODUCTS[content])
    if kind == "prime":
        return one("'", "'" * (2 * content.count("″") + len(content.replace("″", ""))))
    if kind in ("sub", "sup"):
        table = signs.SUBSCRIPTS if kind == "sub" else signs.SUPERSCRIPTS
        inner = tokens("".join(table[character] for character in content), True)[:-1]
        placed = [token._replace(start=start, end=end) for token in inner]
        mark = "_" if kind == "sub" else "^"
        return [*one(mark, mark), *one("{", "{"), *placed, *one("}", "}")]
    if kind == "fraction":
        return one("fraction", signs.FRACTIONS[content])
    if kind == "row":
        return one("row")
    if kind == "bar":
        return one("|" if content in ("|", "\\vert", "\\lvert", "\\rvert", "\\mid") else "‖")
    if kind == "escape":
        return one({"\\[": "[", "\\]": "]", "\\(": "(", "\\)": ")"}[content])
    if kind == "dots":
        return one("dots")
    return one({"−": "-", "–": "-", "÷": "/", "Σ": "∑"}.get(content, content))


def _command(content: str, start: int, end: int, spaced: bool) -> list[Token]:
    def one(kind: str, text: str) -> list[Token]:
        return [Token(kind, text, start, end, spaced)]

    if content in signs.GREEK_COMMANDS:
        return one("name", signs.GREEK_COMMANDS[content])
    if content in signs.RELATIONS:
        return one("relation", signs.RELATIONS[content])
    if content in signs.PRODUCTS:
        return one("product", signs.PRODUCTS[content])
    if content in signs.IGNORED:
        return []
    if content in signs.SPACES:
        return one("space", content)
    if content in ("\\{", "\\}", "\\lbrace", "\\rbrace", "\\lbrack", "\\rbrack"):
        return one({"\\{": "(", "\\}": ")", "\\lbrace": "(", "\\rbrace": ")"}.get(content, "[" if "l" in content else "]"), content)
    if content in ("\\ldots", "\\dots", "\\cdots", "\\vdots", "\\ddots", "\\dotsc", "\\dotsb"):
        return one("dots", content)
    if content in ("\\prime",):
        return one("'", "'")
    if content in ("\\partial",):
        return one("∂", content)
    if content in ("\\sum",):
        return one("∑", content)
    if content in ("\\nabla",):
        return one("∇", content)
    if content in ("\\%", "\\&", "\\#", "\\$", "\\_"):
        return one(content[1], content)
    if content.lower() in signs.FUNCTIONS:
        return one("name", content[1:])
    return one("command", content)


def _letters(content: str, start: int, spaced: bool, words: Collection[str]) -> list[Token]:
    """Cut letters of mathematics into known words and single letters."""
    whole = content.lower() in signs.WORDS or content in words or content.lower() in signs.FUNCTIONS
    if whole or len(content) == 1 or (len(content) > 3 and not _is_differential(content)):
        return [Token("name", content, start, start + len(content), spaced)]
    found = []
    position = 0
    while position < len(content):
        length = next(
            (
                size
                for size in range(len(content) - position, 1, -1)
                if content[position : position + size] in words
                or content[position : position + size].lower() in signs.WORDS
            ),
            1,
        )
        piece = content[position : position + length]
        found.append(Token("name", piece, start + position, start + position + length, spaced and position == 0))
        position += length
    return found


def _is_differential(content: str) -> bool:
    """Whether letters are a d and a name, as in dLoss or dnet."""
    return content[0] == "d" and (content[1].isupper() or content[1:].lower() in signs.WORDS)


def _identifier(content: str, start: int, end: int, spaced: bool) -> list[Token]:
    return [Token("identifier", content, start, end, spaced)]


def _with_letter_products(found: list[Token]) -> list[Token]:
    """Make an x between two numbers a product sign."""
    for place in range(1, len(found) - 1):
        token, before, after = found[place], found[place - 1], found[place + 1]
        if (
            token.text in ("x", "X")
            and token.kind in ("name", "identifier")
            and before.kind in ("number", ")", "]", "fraction")
            and (after.kind in ("number", "(", "fraction") or (after.kind == "-" and found[place + 2].kind == "number"))
            and (token.spaced or after.spaced or before.kind == "number" and after.kind == "number")
        ):
            found[place] = token._replace(kind="product", text="times")
    return found
