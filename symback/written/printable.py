"""Running text that every format can show."""

from __future__ import annotations


def printable(text: str) -> str:
    """Return running text as it is.

    Raises
    ------
    ValueError
        If the text holds control, format or surrogate characters (Unicode categories C*).
    """
    if not text.isprintable():
        raise ValueError(f"the text {text!r} holds characters that cannot be printed")
    return text
