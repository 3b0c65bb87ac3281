"""LaTeX mathematics cut into tokens that remember where on the page they stand."""

from __future__ import annotations

import re
from dataclasses import dataclass


class Unreadable(ValueError):
    """Mathematics that the reader does not understand; `at` is the place on the page."""

    def __init__(self, message: str, at: int) -> None:
        super().__init__(message)
        self.at = at


@dataclass(frozen=True, slots=True)
class Token:
    """A token: what kind it is, what it says, and where it starts and ends on the page."""

    kind: str
    text: str
    start: int
    end: int


UNICODE = {
    "×": "\\times",
    "·": "\\cdot",
    "⋅": "\\cdot",
    "∘": "\\circ",
    "⊙": "\\odot",
    "≈": "\\approx",
    "≤": "\\leq",
    "≥": "\\geq",
    "≠": "\\neq",
    "←": "\\leftarrow",
    "⟵": "\\longleftarrow",
    "→": "\\rightarrow",
    "⇒": "\\Rightarrow",
    "∂": "\\partial",
    "Σ": "\\sum",
    "∑": "\\sum",
    "σ": "\\sigma",
    "δ": "\\delta",
    "η": "\\eta",
    "α": "\\alpha",
    "ε": "\\varepsilon",
    "−": "-",
    "′": "'",
}

PATTERN = re.compile(
    r"""
      (?P<blank>\s+|\\[,;:!>/]|\\(?:left|right)\s*\.|\\(?:displaystyle|textstyle|thinspace|medspace|thickspace|negthinspace|allowbreak|limits|nolimits|nonumber|notag|hfill|strut|left|right)
            (?![A-Za-z])|\\[bB]igg?[lrm]?(?![A-Za-z]))
    | (?P<dropped>\\(?:tag|label|color|vspace|hspace|phantom|vphantom|hphantom)\*?\s*\{[^{}]*\})
    | (?P<newline>\\\\(?:\s*\[[\d.]+(?:pt|em|ex|mm)\])?|\\cr(?![A-Za-z])|\\newline(?![A-Za-z]))
    | (?P<begin>\\begin\s*\{(?P<opened>[A-Za-z]+)\*?\})
    | (?P<close>\\end\s*\{(?P<closed>[A-Za-z]+)\*?\})
    | (?P<phrase>\\(?:text|textbf|textit|textrm|mbox|textnormal)\s*\{(?P<words>(?:[^{}]|\{[^{}]*\})*)\})
    | (?P<space>\\[ ]|\\quad(?![A-Za-z])|\\qquad(?![A-Za-z])|~|\\enspace(?![A-Za-z])|\\hspace\{[^}]*\})
    | (?P<number>(?:\d+(?:(?:\.|\{,\})\d+)?|\.\d+)(?:[eE][+-]\d+)?)
    | (?P<word>[A-Za-z]+)
    | (?P<command>\\[A-Za-z]+|\\[^A-Za-z])
    | (?P<sign>:=|.)
    """,
    re.VERBOSE | re.DOTALL,
)


def tokens(latex: str, offset: int = 0) -> list[Token]:
    """Return the tokens of a piece of LaTeX that starts `offset` characters into the page."""
    found: list[Token] = []
    for match in PATTERN.finditer(latex):
        kind, text = match.lastgroup or "sign", match.group()
        start, end = match.start() + offset, match.end() + offset
        if kind in ("blank", "dropped"):
            continue
        if kind in ("opened", "begin"):
            kind, text = "begin", match.group("opened")
        elif kind in ("closed", "close"):
            kind, text = "end", match.group("closed")
        elif kind in ("words", "phrase"):
            kind, text = "phrase", match.group("words")
        elif kind == "number":
            text = text.replace("{,}", ".")
        elif kind == "space":
            text = match.group().strip() or "\\ "
        elif kind == "sign" and text in UNICODE:
            text = UNICODE[text]
            kind = "command" if text.startswith("\\") else "sign"
        if kind == "sign" and text == "." and found and found[-1].text == ".":
            text = "..."
        found.append(Token(kind, text, start, end))
    return found


OPENING = {
    "{": "}",
    "(": ")",
    "[": "]",
    "\\{": "\\}",
    "\\lVert": "\\rVert",
    "\\lvert": "\\rvert",
    "\\langle": "\\rangle",
}


def depths(items: list[Token]) -> list[int]:
    """Return for each token how many brackets and environments are open around it.

    Raises
    ------
    Unreadable
        If an opening bracket or environment does not find the one that closes it.
    """
    stack: list[str] = []
    levels: list[int] = []
    for item in items:
        if item.kind == "end":
            if not stack or stack.pop() != f"end {item.text}":
                raise Unreadable(f"\\end{{{item.text}}} without its \\begin", item.start)
        elif stack and item.kind in ("sign", "command") and item.text == stack[-1]:
            stack.pop()
        elif item.kind in ("sign", "command") and item.text in OPENING.values():
            raise Unreadable(f"{item.text} closes nothing", item.start)
        levels.append(len(stack))
        if item.kind == "begin":
            stack.append(f"end {item.text}")
        elif item.kind in ("sign", "command") and item.text in OPENING:
            stack.append(OPENING[item.text])
    if stack:
        raise Unreadable(f"{stack[-1]} is missing", items[-1].end)
    return levels


def split(items: list[Token], *separators: str) -> list[list[Token]]:
    """Cut tokens at the signs, commands or kinds given as `separators` that stand outside all brackets."""
    parts: list[list[Token]] = [[]]
    for item, level in zip(items, depths(items), strict=True):
        if level == 0 and (item.kind in separators or (item.kind in ("sign", "command") and item.text in separators)):
            parts.append([])
        else:
            parts[-1].append(item)
    return parts
