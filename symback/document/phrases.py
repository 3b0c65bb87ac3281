"""Phrases: the words of a page, kept as data, with places for words and mathematics."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from symback import resources
from symback.document.blocks import Inline
from symback.document.faults import PhraseError, PlanError
from symback.resources import Templates
from symback.spec.problems import nearest, show
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
        """Return the phrase called `name` with its arguments in place.

        Raises
        ------
        PlanError
            If there is no such phrase.
        PhraseError
            If it has a place that no argument fills.
        """
        if name not in self._texts:
            raise PlanError(f"the phrase {show(name)}, which is not there", *self.offered(name))
        parts: list[str | Written] = []
        for place, piece in enumerate(_PLACE.split(self._texts[name])):
            if place % 2 == 0:
                if piece:
                    parts.append(piece)
            elif piece not in arguments:
                places = ", ".join(f"{{{word}}}" for word in sorted(arguments)) or "none"
                known = nearest(piece, arguments)
                came = f"the place {{{piece}}} in the phrase {show(name)}, which nothing fills here"
                raise PhraseError(name, came, f"other places: {places}", known and f"{{{known}}}")
            else:
                argument = arguments[piece]
                parts.extend(argument if isinstance(argument, tuple) else (argument,))
        return tuple(parts)

    def offered(self, name: str) -> tuple[str, str]:
        """Return what is expected in place of an unknown `name`, and the known one most like it."""
        return "a phrase of the style, or one that all styles share", nearest(name, self._texts)

    def beginning(self, start: str) -> dict[str, str]:
        """Return the texts of all phrases whose names begin with `start`, by the rest of their names."""
        return {name.removeprefix(start): text for name, text in self._texts.items() if name.startswith(start)}

    def words(self, name: str, **arguments: str) -> str:
        """Return a phrase that holds no mathematics as plain text."""
        return "".join(str(part) for part in self(name, **arguments))


def load_phrases(style: str, language: str, templates: Templates) -> Phrases:
    """Return the phrases of a style, with the shared ones beneath."""
    shared, own = (resources.layered_words(templates, name) for name in _file_names(style, language))
    return Phrases({**shared, **own})


def phrase_file(phrase: str, style: str, language: str, templates: Templates) -> Path:
    """Return the file that a phrase of a style stands in."""
    files = (path for name in reversed(_file_names(style, language)) for path in templates.layers(name))
    return next(path for path in files if phrase in resources.words(path))


def _file_names(style: str, language: str) -> tuple[str, str]:
    """Return what the files of phrases are called: that of all styles, and that of the style."""
    return f"phrases/{language}.yaml", f"styles/{style}/phrases.{language}.yaml"
