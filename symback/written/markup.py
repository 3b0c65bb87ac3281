"""Elements of XML and HTML as text: the only place where text becomes markup, and always escaped."""

from __future__ import annotations

import re

from symback.written.printable import printable

_TAG = re.compile("</?")

ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;"})


def escaped(text: str) -> str:
    """Return `text` such that markup shows it as it is, in running text and between quotation marks.

    Raises
    ------
    ValueError
        If the text holds control, format or surrogate characters (Unicode categories C*).
    """
    return printable(text).translate(ESCAPES)


def element(tag: str, content: str = "", **attributes: str | float | None) -> str:
    """Return an element around `content`, which is markup already.

    Attributes that are None are left out; of a name's underscores the last one is dropped if it ends the name
    (``class_``), and the others are hyphens. Numbers are written with at most two decimals.
    """
    written = "".join(
        f' {name.rstrip("_").replace("_", "-")}="{_value(value)}"'
        for name, value in attributes.items()
        if value is not None
    )
    return f"<{tag}{written}>{content}</{tag}>"


def leaf(tag: str, text: str, **attributes: str | float | None) -> str:
    """Return an element that holds text."""
    return element(tag, escaped(text), **attributes)


def row(content: str) -> str:
    """Return several elements of MathML as one; a single one stays as it is."""
    return content if _is_single(content) else f"<mrow>{content}</mrow>"


def _is_single(content: str) -> bool:
    """Say whether the first element of `content` is also the last."""
    depth = 0
    for tag in _TAG.finditer(content):
        depth += -1 if tag[0] == "</" else 1
        if depth == 0:
            return content.find(">", tag.end()) == len(content) - 1
    return False


def _value(value: str | float) -> str:
    return escaped(value) if isinstance(value, str) else f"{round(value, 2) + 0:g}"
