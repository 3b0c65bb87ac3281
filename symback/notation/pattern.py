r"""Patterns for symbols, such as ``w_<from><to>`` or ``z_<neuron>^(<layer>)``.

A pattern is a base, then an optional subscript behind ``_`` and an optional superscript behind ``^``. Inside them
``<word>`` is filled in, other letters and digits stand for themselves; a letter alone is set in italics, a word
upright. A base may be a word, a LaTeX command (``\alpha``), ``\hat{...}`` or ``\mathbf{...}``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from symback.written.latex import ALPHABET_COMMAND, SYMBOL_COMMANDS
from symback.written.nodes import Number, Symbol, Text, Written

_SHAPE = re.compile(r"(?P<base>[^_^]+)(?:_(?P<subscript>[^^]+))?(?:\^(?P<superscript>.+))?")
_ITEM = re.compile(r"<(?P<word>[a-z_]+)>|(?P<digits>\d+)|(?P<command>\\[A-Za-z]+)|(?P<letters>[A-Za-z]+)|(?P<other>.)")
_BASE = re.compile(r"[A-Za-z][A-Za-z0-9]*|\\[A-Za-z]+(\{[A-Za-z]+\})?|<letter>")
_ACCENT = re.compile(r"\\(?P<accent>hat|mathbf)\{(?P<inner>[^}]*)\}")

INDICES = (
    "layer", "previous", "next", "letter", "from_letter", "index", "from_index", "neuron", "source", "unit",
    "from_unit", "number", "running", "to", "from", "sample", "tag",
)  # fmt: skip
"""The places that a pattern may have; which of them a quantity can fill depends on what it is."""


class PatternError(ValueError):
    """A pattern that cannot be read, or that asks for an index that its quantity does not have."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """A parsed pattern; each item is a written node or the word of an index to fill in."""

    base: str
    subscript: tuple[str | Written, ...]
    superscript: tuple[str | Written, ...]
    accent: str = ""
    bold: bool = False

    @property
    def places(self) -> tuple[str, ...]:
        """The words of the indices that are to be filled in."""
        base = ("letter",) if self.base == "<letter>" else ()
        return base + tuple(item for item in (*self.subscript, *self.superscript) if isinstance(item, str))

    def fill(self, indices: Mapping[str, tuple[Written, ...]], mark: str = "") -> Symbol:
        """Return the symbol for these indices; an index may be empty, or several items side by side."""
        base = self.base
        if base == "<letter>":
            (letter,) = indices["letter"]
            base = letter.base if isinstance(letter, Symbol) else base
        return Symbol(
            base, _filled(self.subscript, indices), _filled(self.superscript, indices), mark, self.accent, self.bold
        )


@lru_cache(maxsize=512)
def pattern(text: str) -> Pattern:
    """Read one pattern.

    Raises
    ------
    PatternError
        If the text does not have the shape of a pattern.
    """
    found = _SHAPE.fullmatch(text.strip())
    if not found:
        raise PatternError("a symbol pattern such as w_<from><to>")
    base, accent, bold = found["base"], "", False
    wrapped = _ACCENT.fullmatch(base)
    if wrapped:
        base, accent, bold = wrapped["inner"], wrapped["accent"].replace("mathbf", ""), wrapped["accent"] == "mathbf"
    if not _BASE.fullmatch(base):
        raise PatternError("a symbol pattern that starts with a word, a LaTeX command or <letter>")
    if base.startswith("\\") and base not in SYMBOL_COMMANDS and not ALPHABET_COMMAND.fullmatch(base):
        raise PatternError("a symbol pattern with a Greek letter or an alphabet such as \\mathcal{J} for its command")
    subscript, superscript = (_items(found[part]) for part in ("subscript", "superscript"))
    for item in (*subscript, *superscript):
        if isinstance(item, str) and item not in INDICES:
            raise PatternError(f"a symbol pattern whose places are among {', '.join(f'<{word}>' for word in INDICES)}")
    return Pattern(base, subscript, superscript, accent, bold)


def _items(text: str | None) -> tuple[str | Written, ...]:
    items: list[str | Written] = []
    for found in _ITEM.finditer(text or ""):
        kind, content = found.lastgroup, found[0]
        if kind == "word":
            items.append(found["word"])
        elif kind == "digits":
            items.append(Number(content))
        elif kind == "command" or (kind == "letters" and len(content) == 1):
            items.append(Symbol(content))
        else:
            items.append(Text(content))
    return tuple(items)


def _filled(items: tuple[str | Written, ...], indices: Mapping[str, tuple[Written, ...]]) -> tuple[Written, ...]:
    """Fill the words in; numbers of more than one digit that meet are kept apart by commas."""
    parts: list[Written] = []
    for item in items:
        parts.extend(indices[item] if isinstance(item, str) else (item,))
    digits = [part for part in parts if isinstance(part, Number)]
    if len(digits) > 1 and any(len(number.text) > 1 for number in digits):
        spaced: list[Written] = []
        for part in parts:
            if spaced and isinstance(part, Number) and isinstance(spaced[-1], Number):
                spaced.append(Text(","))
            spaced.append(part)
        parts = spaced
    return tuple(parts)
