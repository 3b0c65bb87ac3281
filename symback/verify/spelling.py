"""How a name is spelled: base letter and indices, with brackets, commas and spaces forgotten."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from symback.reading.signs import NEW_WORDS, OLD_WORDS
from symback.written.nodes import Number, Power, Symbol, Text, Written

ESTIMATES = frozenset({"pred", "predicted", "hat", "est"})
"""Words in a low index that say what a hat says."""

TRUTHS = frozenset(
    {"true", "target", "targ", "actual", "desired", "expected", "label", "gt", "real", "correct", "given",
     "ziel", "soll", "wahr", "objetivo", "deseado", "verdadero", "alvo", "cible", "vrai"}
)  # fmt: skip
"""Words in an index that say that what is named is a target: ``y_true``."""

TRUTH_BASES = frozenset("yYtTdDoO") | {"out", "output"}
"""What such words stand behind."""

TRANSLATED = {
    **dict.fromkeys(("uit", "sortie", "salida", "saida", "saída", "uscita", "aus", "ausgang", "вых", "выход"), "out"),
    **dict.fromkeys(("netto", "netz", "entrada", "entrata", "вх", "вход"), "net"),
}
"""Words in an index for what leaves a neuron and what enters it."""


JOINED = {("learning", "rate"): "lr", ("step", "size"): "lr", ("weight", "decay"): "decay"}
"""Names of two words, by what they are called in one."""


class Spelling(NamedTuple):
    """What of a name tells quantities apart.

    ``below`` and ``above`` are the indices, letters and digits joined: ``j1k1``; ``is_new`` says that it is marked as
    the value after the update.
    """

    base: str
    below: str
    above: str
    is_new: bool = False

    @property
    def family(self) -> str:
        """The base, with what sits on it: names of one family are read by one rule."""
        return self.base

    def __str__(self) -> str:
        """Return the name as plain text."""
        below = f"_{self.below}" if self.below else ""
        above = f"^({self.above})" if self.above else ""
        return f"{self.base}{below}{above}{'′' if self.is_new else ''}"


@lru_cache(maxsize=4096)
def spelling(symbol: Symbol) -> Spelling:
    """Return the spelling of a name."""
    base = symbol.base.strip()
    if base.startswith(("\\mathcal{", "\\mathscr{", "\\mathfrak{")):
        base = base[base.index("{") + 1 : -1]
    if symbol.accent:
        base += f"^{symbol.accent}"
    below, above = list(_atoms(symbol.subscript)), list(_atoms(symbol.superscript))
    if len(below) > 3 and below[-2] == "×":  # how many rows and columns it has
        del below[-3:]
    for word in [atom for atom in below if atom.lower() in ESTIMATES]:
        below.remove(word)
        base += "" if base.endswith("^hat") else "^hat"
    for word in [atom for atom in below if atom.lower() in TRUTHS and base in TRUTH_BASES]:
        below.remove(word)
        base = "target"
    is_new = symbol.mark != ""
    for atoms in (below, above):
        for word in [atom for atom in atoms if atom.lower() in NEW_WORDS]:
            atoms.remove(word)
            is_new = True
        for word in [atom for atom in atoms if atom.lower() in OLD_WORDS and len(atom) > 1]:
            atoms.remove(word)
    joined = JOINED.get((base.lower(), "".join(below).lower()))
    return (
        Spelling(base, "".join(below), "".join(above), is_new) if joined is None else Spelling(joined, "", "", is_new)
    )


def _atoms(items: tuple[Written, ...]) -> Iterator[str]:
    for item in items:
        if isinstance(item, Symbol):
            yield _word(item.base.removeprefix("\\")) if len(item.base) > 2 else item.base
            yield from _atoms(item.subscript)
            yield from _atoms(item.superscript)
        elif isinstance(item, Number) or (
            isinstance(item, Text) and item.text not in ("(", ")", "[", "]", ",", " ", "→", "←")
        ):
            yield _word(item.text) if isinstance(item, Text) else item.text
        elif isinstance(item, Power) and isinstance(item.base, Symbol):
            yield from _atoms((item.base, item.exponent))


def _word(text: str) -> str:
    """Return a word of an index as it is known: capitals say nothing in it, but in a letter they do."""
    small = text.lower()
    return TRANSLATED.get(small, small if len(text) > 2 else text)
