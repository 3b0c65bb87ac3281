"""Styles: a plan, phrases and a home notation, loaded from a folder of data files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from symback import resources
from symback.document.phrases import Phrases, load_phrases
from symback.document.plan_check import check_equations, check_style
from symback.resources import BUILT_IN, Templates
from symback.spec.problems import Problem, SpecError, check_choice, show


@dataclass(frozen=True, slots=True)
class Style:
    """What a style decides.

    ``notation`` is its home notation, ``anchors`` the roles whose gradients it names on the way back, ``by_terms``
    whether it differentiates every loss term on its own, ``forms`` the form that carries the value of each rule,
    ``options`` the numbers that a spec may set under ``style``, with their defaults. ``sections`` are the rows for a
    network, ``equations`` those for plain equations, which all styles without such rows share.
    """

    name: str
    title: str
    notation: str
    anchors: tuple[str, ...]
    by_terms: bool
    forms: Mapping[str, str]
    options: Mapping[str, float]
    sections: Sequence[Mapping[str, Any]]
    equations: Sequence[Mapping[str, Any]]
    phrases: Phrases


def load_style(
    name: str, language: str, chosen: Mapping[str, str] | None = None, templates: Templates = BUILT_IN
) -> Style:
    """Return the style called `name`, with the options that are `chosen` in place of its defaults.

    Raises
    ------
    SpecError
        If there is no such style, or if an option is not known or not a number.
    TemplateError
        If its plan is the author's own and wrong.
    """
    check_choice("style", name, resources.styles(templates))
    path = templates.file(resources.plan_name(name))
    phrases = load_phrases(name, language, templates)
    if not resources.is_built_in(path):
        check_style(path, phrases, templates)
    plan = resources.data(path)
    return Style(
        name=name,
        title=plan["title"],
        notation=plan["notation"],
        anchors=tuple(plan["anchors"]),
        by_terms=plan["by_terms"],
        forms=plan["forms"],
        options=_options(name, plan.get("options", {}), chosen or {}),
        sections=plan["sections"],
        equations=plan.get("equations") or load_plan_of_equations(phrases, templates)["sections"],
        phrases=phrases,
    )


def load_plan_of_equations(phrases: Phrases, templates: Templates) -> Mapping[str, Any]:
    """Return the plan of plain equations that all styles without rows for them share."""
    path = templates.file(resources.EQUATIONS)
    if not resources.is_built_in(path):
        check_equations(path, phrases)
    plan: Mapping[str, Any] = resources.data(path)
    return plan


def _options(style: str, defaults: Mapping[str, float], chosen: Mapping[str, str]) -> Mapping[str, float]:
    options = dict(defaults)
    for key, text in chosen.items():
        check_choice("style option", key, tuple(defaults) or (f"nothing: {style} has no options",))
        try:
            options[key] = float(text)
        except ValueError:
            raise SpecError([Problem(("style", key), show(text), "a number")]) from None
    return options
