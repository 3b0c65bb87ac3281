"""From the bytes of a spec file to text that is safe to show."""

from __future__ import annotations

import re
from itertools import islice

from symback.spec.problems import MOST_PROBLEMS, Problem

MOST_BYTES = 256 * 1024

FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]"
)
"""Control characters and those that reorder what is seen (bidi controls)."""


def decode(content: bytes) -> tuple[str, list[Problem]]:
    """Return the text of a file's content, and what is wrong with its size and characters."""
    if len(content) > MOST_BYTES:
        return "", [Problem((), f"more than {MOST_BYTES:,} bytes", f"at most {MOST_BYTES:,} bytes", line=1, column=1)]
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = error.object[: error.start].decode()
        line, column = _line_and_column(before, len(before))
        byte = error.object[error.start]  # of what is behind the mark of the encoding
        return "", [Problem((), f"the byte 0x{byte:02x}", "text in UTF-8", line=line, column=column)]
    return text, [_forbidden(text, match.start()) for match in islice(FORBIDDEN.finditer(text), MOST_PROBLEMS)]


def _forbidden(text: str, offset: int) -> Problem:
    line, column = _line_and_column(text, offset)
    came = f"the character U+{ord(text[offset]):04X}"
    return Problem((), came, "text without control characters and bidi marks", line=line, column=column)


def _line_and_column(text: str, offset: int) -> tuple[int, int]:
    return text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)
