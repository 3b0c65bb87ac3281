"""Fonts of pages on the screen: each part has exactly the characters for which it is asked for, and no other has them."""

from __future__ import annotations

from fontTools.ttLib import TTFont

from symback.formats.html.fonts import ANY, FOLDER, FONTS, needed

SIGNS = {"¬", "±"}
"""What the font of mathematics has besides that of text."""


def test_a_part_has_the_characters_for_which_it_is_asked_for():
    for font in FONTS:
        held = {chr(code) for code in TTFont(FOLDER / f"{font.name}.woff2").getBestCmap()}
        for other in FONTS:
            if other.characters is not ANY:
                asked = {character for character in held if other.characters.search(character)}
                assert asked <= SIGNS or (other.family == font.family and asked == held), (font.name, other.name)


def test_a_page_brings_along_what_it_needs():
    usual = ["math", "regular", "bold"]
    assert list(needed({"title": "Plain", "blocks": ["η + σ"]})) == usual
    assert list(needed([["β"], {"title": "Für 𝐖"}])) == [
        "math",
        "math-greek",
        "math-bold",
        "regular",
        "bold",
        "regular-latin",
        "bold-latin",
    ]
