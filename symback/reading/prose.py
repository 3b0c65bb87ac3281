"""Formulas among words: the stretches of a line of text that are mathematics, whatever language stands around them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from symback.reading import signs
from symback.reading.conditions import with_conditions
from symback.reading.documents import Line
from symback.reading.equalities import with_equalities
from symback.reading.lexer import Token, tokens
from symback.reading.listed import several
from symback.reading.statements import PLAIN, Statement, Vocabulary, of_tokens

_OPERATORS = frozenset(
    {"relation", "product", "+", "-", "/", "^", "(", "[", "_", "∂", "∑", "√", "number", "fraction", "|", "‖"}
)
_BEHIND = frozenset({"relation", "product", "+", "-", "/", "^", ")", "]", "_", "'", "∂", "|", "‖"})
_RULED = re.compile(r"\s*([=~*#-])\1\1.*\1\1\1\s*")
"""A heading between rules, as in ``=== Forward Pass ===``, or a rule alone."""

_EDGE = re.compile(r"--[^\s<>-][^<>\n]{0,40}?-->|<--[^\s<>-][^<>\n]{0,40}?--")
"""An edge of a network drawn in characters, with its label: ``x --w1=0.5--> z``."""

_DASHES = re.compile(r"<?-{2,}>?")
"""What such a drawing has between its labels."""

_CONJUNCTIONS = frozenset({"and", "or", "und", "oder", "et", "ou"})
"""Words between names that no formula has."""

_GOES_ON = frozenset({"product", "+", "-", "/", "^"})
"""Signs behind which a formula goes on."""

_VERBS = frozenset(
    {"is", "ist", "est", "es", "are", "gives", "ergibt", "donne", "equals", "so", "then", "also", "da", "daher"}
)


def statements_of(line: Line, vocabulary: Vocabulary = PLAIN) -> Iterator[Statement]:
    """Yield the statements of a line; words of sentences end a formula."""
    if _RULED.fullmatch(line.words):
        return
    is_drawn = _EDGE.search(line.words) is not None
    found: list[Token] = []
    from_math: list[bool] = []
    for piece in line.pieces:
        text = _DASHES.sub(lambda dashes: ";" * len(dashes.group()), piece.text) if is_drawn else piece.text
        cut = tokens(text, piece.math, vocabulary.words, vocabulary.comma, piece.start)[:-1]
        if cut and found:
            cut[0] = cut[0]._replace(spaced=True)
            if not (_joins(found[-1]) or _joins(cut[0])):
                found.append(Token("stop", "", piece.start, piece.start, True))
                from_math.append(False)
        found.extend(cut)
        from_math.extend([piece.math] * len(cut))
    found, from_math = with_conditions(with_equalities(found), from_math)
    end = line.start + len(line.words)
    over = Token("over", "", end, end, True)
    island: list[Token] = []
    held: list[Token] = []
    word = ""
    for place, token in enumerate(found):
        is_factor = bool(island) and island[-1].kind == "product" and _asserts(island)
        if not (from_math[place] or is_factor) and _stops(found, place, vocabulary.words, line.is_code):
            if [one.kind for one in island[-1:]] == ["("] and not _asserts(island):
                held = island[:-1]
            elif island:
                yield from _island(_headed(island, word), over, vocabulary)
            island, word = [], token.text
        elif held and not island and token.kind == ")":
            island, held = held, []  # words in brackets behind a name: η (learning rate) = 0.1
        else:
            island.append(token)
    yield from _island(_headed(island, word), over, vocabulary)


def _headed(island: list[Token], word: str) -> list[Token]:
    """Return a stretch without the sign that begins it behind a word: what is worth that is not said in signs."""
    is_headless = bool(island) and island[0].kind == "relation" and word.isalpha() and word.lower() not in _VERBS
    return island[1:] if is_headless else island


def _joins(token: Token) -> bool:
    """Whether a token at the edge of a stretch of mathematics belongs to what stands on the other side."""
    return token.kind in ("relation", "product", "+", "-", "/", "^", ",", ";", ":")


def _asserts(island: list[Token]) -> bool:
    """Whether a stretch has the sign of a relation in it: a word behind a product in it is a factor."""
    return any(token.kind == "relation" for token in island)


def _island(island: list[Token], over: Token, vocabulary: Vocabulary) -> Iterator[Statement]:
    island = _closed(_without_number(island))
    if _asserts(island) and not _is_way(island):
        last = over._replace(start=island[-1].end, end=island[-1].end)
        for one in several(island) or [island]:
            yield from of_tokens([*one, last], False, vocabulary)


def _without_number(island: list[Token]) -> list[Token]:
    """Drop the number of an equation, which stands apart behind it: ``z = 0.3   (1)``."""
    is_number = [token.kind for token in island[-4:]] == ["space", "(", "number", ")"]
    return island[:-4] if is_number and island[-2].text.isdecimal() else island


def _is_way(island: list[Token]) -> bool:
    """Whether arrows between words say where something goes: ``(Hidden Layer → Output)``."""
    others = [token for token in island if token.text != "→" and token.kind not in ("(", ")", "}", "{", "space")]
    return all(map(_is_place, others))


def _is_place(token: Token) -> bool:
    """Whether a token may be a word for a part of the network."""
    return token.kind == "identifier" and len(token.text) > 2 and token.text.isalpha()


def _is_on_way(found: list[Token], place: int) -> bool:
    """Whether a token is a word with an arrow from or to another: ``w = 1.4 (input → hidden)``."""
    neighbours = ((place + 1, place + 2), (place - 1, place - 2))
    return _is_place(found[place]) and any(
        0 <= other < len(found) and found[arrow].text == "→" and _is_place(found[other]) for arrow, other in neighbours
    )


def _is_in_way(found: list[Token], place: int) -> bool:
    """Whether a token is one end of a way in brackets, which says what a number belongs to: ``0.4 (i2→h1)``."""
    for begin in (place - 1, place - 3):
        way = found[begin : begin + 5] if begin >= 0 else []
        is_way = [token.kind for token in way] == ["(", "identifier", "relation", "identifier", ")"]
        if is_way and way[2].text == "→":
            return True
    return False


def _closed(island: list[Token]) -> list[Token]:
    """Drop brackets at the end that nothing closes, and at the start that nothing opened."""
    depth: list[int] = []
    unmatched: set[int] = set()
    for place, token in enumerate(island):
        if token.kind in ("(", "["):
            depth.append(place)
        elif token.kind in (")", "]"):
            if depth:
                depth.pop()
            else:
                unmatched.add(place)
    behind = island[max(unmatched) + 1 :] if unmatched else []
    if behind and behind[0].kind in _GOES_ON:
        return _closed(_from_relation(behind))
    if depth and depth[0] > 0 and any(token.kind == "relation" for token in island[: depth[0]]):
        island = island[: depth[0]]
    elif depth and not unmatched:
        island = island[depth[-1] + 1 :]
    return [token for place, token in enumerate(island) if place not in unmatched]


def _from_relation(island: list[Token]) -> list[Token]:
    """Return what stands behind a formula with words in it, ``(1 if a > 0) · 2 = 0.3``: what it is said to be."""
    place = next((place for place, token in enumerate(island) if token.kind == "relation"), len(island))
    return island[place:]


def _is_indexed(token: Token) -> bool:
    """Whether a token is a name with an index, behind which an x is no word: ``u_j x``."""
    return token.kind == "identifier" and "_" in token.text


_HEADINGS = ("\\section", "\\subsection", "\\subsubsection", "\\item", "\\paragraph", "\\textbf")
"""Commands before which a formula ends; a star may be behind them."""


def _labels_number(found: list[Token], place: int) -> bool:
    """Whether a letter stands before a colon and a number: ``c: 0.2 → 0.45``."""
    colon, *behind = [token for token in found[place + 1 : place + 6] if token.kind != "space"][:3] or (found[place],)
    kinds = [token.kind for token in behind]
    return colon.kind == ":" and (kinds[:1] == ["number"] or kinds == ["-", "number"])


def _is_word_in_code(found: list[Token], place: int) -> bool:
    """Whether a word in a block of code belongs to a sentence: behind a number, beside another word, or in brackets.

    The last of several before the sign of a relation is a name.
    """
    if found[place].text.lower() in _CONJUNCTIONS:
        return True
    if not _is_long_word(found[place]):
        return False
    before, after = found[:place][-2:], found[place + 1 : place + 2]
    kinds = [token.kind for token in (*before, *after)]
    if kinds[-3:] in (["number", "(", ")"], ["space", "(", ")"]) and before[-1].spaced:
        return True
    if before and before[-1].kind == "number" and found[place].spaced:
        return True
    names_side = bool(after) and after[0].kind == "relation"
    return not names_side and any(map(_is_long_word, (*before[-1:], *after)))


def _is_long_word(token: Token) -> bool:
    return token.kind == "identifier" and len(token.text) > 1 and token.text.isalpha()


def _stops(found: list[Token], place: int, words: Collection[str], is_code: bool) -> bool:
    token = found[place]
    if token.kind == "stop" or token.kind in ("#", "?", "!", '"', "`", "$"):
        return True
    if token.kind == "command" and token.text in _HEADINGS:
        return True
    if token.text == "star" and place and found[place - 1].text in _HEADINGS:
        return True
    if token.kind not in ("identifier",):
        return False
    text = token.text
    if text in words:
        return False
    if _is_on_way(found, place) or _is_in_way(found, place):
        return True
    if is_code:
        return _is_word_in_code(found, place)
    before = found[place - 1] if place else None
    after = found[place + 1] if place + 1 < len(found) else None
    if after is not None and after.kind == "space" and place + 2 < len(found) and found[place + 2].kind == "relation":
        after = found[place + 2]  # signs that stand below each other: b   = 0.1
    if before is not None and before.kind == "{" and place > 1 and found[place - 2].kind == "_":  # within an index
        return False
    if text.lower() in _VERBS and all(token is None or token.kind != "/" for token in (before, after)):
        return True
    if any(character.isdigit() or character == "_" for character in text):
        return False
    if after is not None and after.kind == "_":
        return False
    if text == "T" and before is not None and before.kind == "." and not token.spaced:
        return False
    if before is not None and before.kind == "number" and token.spaced:
        before = None
    touches = (before is not None and before.kind in _OPERATORS) or (after is not None and after.kind in _BEHIND)
    if text == "x" and before is not None and _is_indexed(before):
        return False
    if len(text) == 1:
        if before is not None and before.kind == ")" and (after is None or after.kind in (".", ",", ";", "space")):
            return not _asserts(found[:place])  # f = (x + y) z.
        if before is not None and after is not None and before.kind in ("(", ",") and after.kind in (")", ","):
            return False  # f(x, y, z)
        is_called = after is not None and after.kind == "(" and not after.spaced
        return not touches and not is_called and not _labels_number(found, place)
    if after is not None and after.kind in ("(", "[") and not after.spaced:
        return not signs.function(text) and f"{text}(" not in words
    if after is not None and (after.kind == "relation" or (after.kind == "'" and not after.spaced)):
        return False
    if text.lower() in signs.WORDS or text.lower() in signs.FUNCTIONS:
        return not touches
    if text[0] == "d" and ((after is not None and after.kind == "/") or (before is not None and before.kind == "/")):
        return False
    if before is not None and after is not None and before.kind in _OPERATORS and after.kind in _BEHIND:
        return False
    if before is not None and before.kind == "∂":
        return False
    return not (len(text) <= 3 and touches and not token.spaced)
