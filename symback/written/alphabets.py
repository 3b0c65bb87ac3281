r"""Letters of mathematics as single characters: ``\alpha`` is α, and a bold W is 𝐖."""

from __future__ import annotations

from collections.abc import Mapping

from symback.written.latex import GREEK

SYMBOLS: Mapping[str, str] = dict(
    zip(
        ("\\" + name for name in (*GREEK.split(), "ell", "nabla", "infty")),
        "αβγδϵεζηθϑικλμνξπϖρϱσςτυϕφχψωΓΔΘΛΞΠΣΥΦΨΩℓ∇∞",
        strict=True,
    )
)
"""The character of each command for a symbol."""

UPRIGHT = frozenset("ΓΔΘΛΞΠΣΥΦΨΩ∇∞")
"""Symbols that stand upright although they stand alone."""

_CAPITAL, _SMALL, _GREEK_CAPITAL, _GREEK_SMALL = "A", "a", "Α", "α"

_STARTS: Mapping[str, tuple[str, str]] = {
    "bold": ("𝐀", "𝐚"),
    "italic": ("𝐴", "𝑎"),
    "cal": ("𝒜", "𝒶"),
    "frak": ("𝔄", "𝔞"),
    "bb": ("𝔸", "𝕒"),
    "sf": ("𝖠", "𝖺"),
}
"""The capital and the small A of each alphabet; the other letters follow."""

_GREEK_STARTS: Mapping[str, tuple[str, str]] = {"bold": ("𝚨", "𝜶"), "italic": ("𝛢", "𝛼")}

_ELSEWHERE: Mapping[tuple[str, str], str] = {
    ("italic", "h"): "ℎ",
    **{("cal", plain): letter for plain, letter in zip("BEFHILMRego", "ℬℰℱℋℐℒℳℛℯℊℴ", strict=True)},
    **{("frak", plain): letter for plain, letter in zip("CHIRZ", "ℭℌℑℜℨ", strict=True)},
    **{("bb", plain): letter for plain, letter in zip("CHNPQRZ", "ℂℍℕℙℚℝℤ", strict=True)},
    **{("bold", plain): letter for plain, letter in zip("ϵϑϕϱϖ", "𝝐𝝑𝝓𝝔𝝕", strict=True)},
}
"""Letters that do not follow their alphabet."""


def in_alphabet(text: str, alphabet: str) -> str:
    """Return a word with each letter in an alphabet: ``bold``, ``italic``, ``cal``, ``frak``, ``bb`` or ``sf``."""
    return "".join(_letter(character, alphabet) for character in text)


def _letter(character: str, alphabet: str) -> str:
    elsewhere = _ELSEWHERE.get((alphabet, character))
    if elsewhere:
        return elsewhere
    capital, small = _STARTS[alphabet]
    rows = [(_CAPITAL, capital, 26), (_SMALL, small, 26)]
    if alphabet in _GREEK_STARTS:
        greek_capital, greek_small = _GREEK_STARTS[alphabet]
        rows += [(_GREEK_CAPITAL, greek_capital, 25), (_GREEK_SMALL, greek_small, 25)]
    for first, start, count in rows:
        if 0 <= ord(character) - ord(first) < count:
            return chr(ord(start) + ord(character) - ord(first))
    return character
