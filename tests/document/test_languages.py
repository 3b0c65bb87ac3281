"""Every language says everything, with the same places, and nothing of another language gets onto its pages."""

from __future__ import annotations

import re
from typing import Any

import pytest

import symback
from symback import resources
from symback.document.compose import KINDS
from symback.formats.table import FORMATS
from symback.spec.problems import SpecError

LANGUAGES = tuple(code for code in resources.languages() if code != "en")
OPTIONAL = "title-"
"""Begins the names of phrases that a language needs only where it has another word than English."""


def files(code: str) -> dict[str, dict[str, str]]:
    """Return the phrases of a language by the folder that their file lies in."""
    names = ("phrases/{}.yaml", *(f"styles/{style}/phrases.{{}}.yaml" for style in resources.styles()))
    return {name.split("{")[0]: resources.words(resources.BUILT_IN.file(name.format(code))) for name in names}


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_language_has_every_phrase_with_its_places(code: str):
    own, english = files(code), files("en")
    for name, phrases in english.items():
        extra = {phrase for phrase in own[name] if not phrase.startswith(OPTIONAL)} - set(phrases)
        assert (set(phrases) - set(own[name]), extra) == (set(), set()), name
        places = {key: set(re.findall(r"\{\w+\}", text)) for key, text in phrases.items()}
        assert {key: set(re.findall(r"\{\w+\}", own[name][key])) for key in places} == places, name


def runs(text: str) -> set[str]:
    """Return every run of three words in a text, outside mathematics and places."""
    words = [re.findall(r"[^\W\d_]+", part) for part in re.split(r"\$+[^$]*\$+|\{\w+\}", text)]
    return {" ".join(run) for part in words for run in zip(part, part[1:], part[2:], strict=False)}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("style", resources.styles())
@pytest.mark.parametrize("code", LANGUAGES)
def test_no_english_on_a_page_in_another_language(code: str, style: str, kind: str):
    english = {run for phrases in files("en").values() for text in phrases.values() for run in runs(text)}
    own = {run for phrases in files(code).values() for text in phrases.values() for run in runs(text)}
    for example in ("notes", "slides", "matrix"):
        spec = symback.load(example).model_copy(update={"language": code, "title": ""})
        page = symback.render(spec, style=style, kind=kind)
        assert runs(page) & (english - own) == set(), (example, style, kind)
        assert len(runs(page) & own) > 5


def test_a_language_that_is_not_there():
    with pytest.raises(SpecError) as caught:
        symback.load({"schema": 1, "language": "dd"})
    assert 'language: got "dd"; expected de or en' in str(caught.value)


PRINTED = {
    "point": {"md": "0.8125", "ipynb": "0.8125", "html": "<mn>0.8125</mn>", "typst": "0.8125"},
    "comma": {"md": "0{,}8125", "ipynb": "0{,}8125", "html": "<mn>0,8125</mn>", "typst": '0","8125'},
}
"""A number of the page in the mathematics of each format; the rest is LaTeX, as Markdown's is."""


@pytest.mark.parametrize("to", FORMATS)
@pytest.mark.parametrize(
    ("code", "says", "mark"),
    [
        ("en", {}, "point"),
        ("de", {}, "comma"),
        ("de", {"numbers": {"mark": "point"}}, "point"),
        ("de", {"notation": {"decimal_mark": "point"}}, "point"),
        ("de", {"notation": {"decimal_mark": "point"}, "numbers": {"mark": "comma"}}, "comma"),
    ],
)
def test_the_decimal_mark_is_that_of_the_language_unless_the_spec_says_otherwise(
    code: str, says: dict[str, Any], mark: str, to: str
):
    network = {"inputs": 1, "layers": [{"size": 1, "activation": "linear"}]}
    parameters = {"weights": [[["0.8125"]]], "biases": [["1"]]}
    spec = {"schema": 1, "network": network, "parameters": parameters, "data": [{"inputs": ["2"], "targets": ["1"]}]}
    page = symback.render(symback.load({**spec, "loss": "squared-error", "language": code, **says}), to=to)
    used = {name: printed.get(to, printed["md"]) in page for name, printed in PRINTED.items()}
    # The program of a notebook says the numbers as Python does.
    assert used == {"point": mark == "point" or to == "ipynb", "comma": mark == "comma"}
