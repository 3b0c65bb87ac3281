"""Phrases: the words of a page, kept as data, with places for words and mathematics."""

from __future__ import annotations

import re
from collections.abc import Mapping

from symback import resources
from symback.document.blocks import Inline
from symback.written.nodes import Written

_PLACE = re.compile(r"\{(\w+)\}")


class Phrases:
    """The phrases of one style in one language, over those that all styles share.

    Parameters
    ----------
    texts : Mapping[str, str]
        Text by name; ``{place}`` marks where an argument goes.
    """

    def __init__(self, texts: Mapping[str, str]) -> None:
        self._texts = texts

    def __contains__(self, name: object) -> bool:
        """Say whether there is a phrase called `name`."""
        return name in self._texts

    def __call__(self, name: str, **arguments: str | Written | Inline) -> Inline:
        """Return the phrase called `name` with its arguments in place."""
        parts: list[str | Written] = []
        for place, piece in enumerate(_PLACE.split(self._texts[name])):
            if place % 2 == 0:
                if piece:
                    parts.append(piece)
            else:
                argument = arguments[piece]
                parts.extend(argument if isinstance(argument, tuple) else (argument,))
        return tuple(parts)

    def words(self, name: str, **arguments: str) -> str:
        """Return a phrase that holds no mathematics as plain text."""
        return "".join(str(part) for part in self(name, **arguments))


def load_phrases(style: str, language: str) -> Phrases:
    """Return the phrases of a style, with the shared ones beneath."""
    shared = resources.data(resources.TEMPLATES / "phrases" / f"{language}.yaml")
    own = resources.data(resources.TEMPLATES / "styles" / style / f"phrases.{language}.yaml")
    return Phrases({**shared, **own})
