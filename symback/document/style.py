"""Styles: a plan, phrases and a home notation, loaded from a folder of data files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from symback import resources
from symback.document.phrases import Phrases, load_phrases
from symback.spec.problems import check_choice


@dataclass(frozen=True, slots=True)
class Style:
    """What a style decides.

    ``notation`` is its home notation, ``anchors`` the roles whose gradients it names on the way back, ``by_terms``
    whether it differentiates every loss term on its own, ``forms`` the form that carries the value of each rule.
    """

    name: str
    title: str
    notation: str
    anchors: tuple[str, ...]
    by_terms: bool
    forms: Mapping[str, str]
    options: Mapping[str, Any]
    sections: Sequence[Mapping[str, Any]]
    phrases: Phrases


def load_style(name: str, language: str = "en") -> Style:
    """Return the style called `name`.

    Raises
    ------
    SpecError
        If there is no such style.
    """
    check_choice("style", name, resources.styles())
    plan = resources.data(resources.TEMPLATES / "styles" / name / "plan.yaml")
    return Style(
        name=name,
        title=plan["title"],
        notation=plan["notation"],
        anchors=tuple(plan["anchors"]),
        by_terms=plan["by_terms"],
        forms=plan["forms"],
        options=plan.get("options", {}),
        sections=plan["sections"],
        phrases=load_phrases(name, language),
    )
