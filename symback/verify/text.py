"""From a file to the text of a document, or to an error that says what is wrong with it."""

from __future__ import annotations

import sys
from pathlib import Path

from symback.spec.problems import DocumentError, Problem

MOST_BYTES = 1024 * 1024
MOST_LINES = LONGEST_LINE = 20_000
"""Nobody writes more by hand; what is longer would keep the judge busy for nothing."""

STANDARD_INPUT = "-"
A_DOCUMENT = "a document in Markdown, LaTeX or plain text"


def read_text(path: str) -> tuple[str, str]:
    """Return what the document at a path is called, and its text; ``-`` is standard input.

    Raises
    ------
    DocumentError
        If it cannot be read or is no text.
    """
    if path == STANDARD_INPUT:
        return "<stdin>", decoded(sys.stdin.buffer.read(MOST_BYTES + 1), "<stdin>")
    try:
        with Path(path).open("rb") as stream:
            content = stream.read(MOST_BYTES + 1)
    except (OSError, ValueError) as error:
        came = f"a file that cannot be read ({getattr(error, 'strerror', None) or error})"
        raise DocumentError([Problem((), came, A_DOCUMENT, file=path)]) from None
    return path, decoded(content, path)


def decoded(content: bytes, name: str) -> str:
    """Return the text in the bytes of a document; lines end with a line feed alone.

    Raises
    ------
    DocumentError
        If they are too many or are no text.
    """
    if len(content) > MOST_BYTES:
        raise _error(f"more than {MOST_BYTES:,} bytes", f"at most {MOST_BYTES:,} bytes", name, 1, 1)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before, byte = bytes(error.object[: error.start]).decode(), error.object[error.start]
        raise _error(f"the byte 0x{byte:02x}", "text in UTF-8", name, *_end(before)) from None
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    nul = text.find("\0")
    if nul >= 0:
        raise _error("the character U+0000", A_DOCUMENT, name, *_end(text[:nul]))
    lines = text.split("\n")
    if len(lines) > MOST_LINES:
        raise _error(f"more than {MOST_LINES:,} lines", f"at most {MOST_LINES:,} lines", name, MOST_LINES + 1, 1)
    for number, line in enumerate(lines, 1):
        if len(line) > LONGEST_LINE:
            expected = f"at most {LONGEST_LINE:,}"
            raise _error(f"a line of {len(line):,} characters", expected, name, number, LONGEST_LINE + 1)
    return text


def checked(text: str, name: str) -> str:
    """Return a text from a Python program as it would have come from a file. Raises as `decoded` does."""
    return decoded(text.encode("utf-8", "surrogatepass"), name)


def _end(before: str) -> tuple[int, int]:
    """Return line and column of what comes behind some text."""
    before = before.replace("\r\n", "\n").replace("\r", "\n")
    return before.count("\n") + 1, len(before) - before.rfind("\n")


def _error(came: str, expected: str, name: str, line: int, column: int) -> DocumentError:
    return DocumentError([Problem((), came, expected, file=name or "<document>", line=line, column=column)])
