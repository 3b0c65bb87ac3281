"""The fonts that a page for the screen brings along: those that it needs, cut into parts so that these are few."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from symback.resources import TEMPLATES

FOLDER = TEMPLATES / "formats" / "html"

ANY = re.compile("")
GREEK = re.compile("(?![αδηθλσ𝛼𝛿𝜂𝜃𝜆𝜎𝜕])[\u0391-\u03f5\U0001d6e2-\U0001d71b]")
BOLD = re.compile("[\U0001d400-\U0001d433\U0001d6a8-\U0001d6c0\U0001d71c-\U0001d735]")
SCRIPT = re.compile(
    "[\u210b\u2110\u2112\u211b\u211d\u212c\u212f-\u2131\u2133\u2134\U0001d49c-\U0001d4cf\U0001d538-\U0001d56b]"
)
LATIN = re.compile("[\u00a1-\u00b6\u00b8-\u00d6\u00d8-\u00ff\u0152\u0153]")


@dataclass(frozen=True, slots=True)
class Font:
    """A file, the family that it is in, how it is drawn, and the characters for which a page needs it."""

    name: str
    family: str
    weight: str = "normal"
    characters: re.Pattern[str] = ANY


FONTS = (
    Font("math", "math"),
    Font("math-greek", "greek", characters=GREEK),
    Font("math-bold", "bold letters", characters=BOLD),
    Font("letters", "letters", characters=SCRIPT),
    Font("regular", "text"),
    Font("bold", "text", "bold"),
    Font("regular-latin", "latin", characters=LATIN),
    Font("bold-latin", "latin", "bold", LATIN),
)
"""Every font; its characters are those that `make fonts` leaves in its file."""


def needed(page: object) -> dict[str, dict[str, str]]:
    """Return the fonts for a page, given as lists and mappings of texts, by their names."""
    missing = [font for font in FONTS if font.characters is not ANY]
    found = []
    for text in _texts(page):
        if not text.isascii():
            found += [font for font in missing if font.characters.search(text)]
            missing = [font for font in missing if font not in found]
    return {font.name: _embedded(font) for font in FONTS if font.characters is ANY or font in found}


def _texts(part: object) -> Iterator[str]:
    if isinstance(part, str):
        yield part
    elif isinstance(part, Mapping):
        yield from _texts(part.values())
    elif isinstance(part, Iterable):
        for each in part:
            yield from _texts(each)


def _embedded(font: Font) -> dict[str, str]:
    data = base64.b64encode((FOLDER / f"{font.name}.woff2").read_bytes()).decode()
    return {"family": font.family, "weight": font.weight, "data": data}
