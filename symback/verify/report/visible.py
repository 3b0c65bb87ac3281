"""Text of a stranger's document, made safe to show: what cannot be seen, or moves what is seen, becomes an escape."""

from __future__ import annotations

import unicodedata

BLANKS = "\t\n\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
"""Characters that are shown as a blank."""


def visible(text: str) -> str:
    r"""Return `text` on one line, with control characters, bidi marks and the like as ``\u`` escapes."""
    return text if text.isascii() and text.isprintable() else "".join(map(shown, text))


def shown(character: str) -> str:
    """Return one character as it is shown."""
    if character.isprintable():
        return character
    if character in BLANKS:
        return " "
    number = ord(character)
    return f"\\u{number:04x}" if number < 0x10000 else f"\\U{number:08x}"


def columns(character: str) -> int:
    """Return how many columns of a terminal a character takes that is shown as it is."""
    if unicodedata.category(character) in ("Mn", "Me"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1
