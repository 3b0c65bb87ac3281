"""A spec written as YAML says the same, to symback and to any other reader of YAML."""

from __future__ import annotations

import pytest
import yaml

from symback import api, resources
from symback.spec.load import KnownNames, load_mapping, load_text
from symback.vary.dump import WIDTH, dump
from tests.spec.test_load import TEXT, VALUES
from tests.vary.authors import AUTHORS

TEXTS = {**AUTHORS, "starter": resources.STARTER.read_text(encoding="utf-8"), "every key": TEXT}
ANY_NAMES = KnownNames()

WORDS = [
    "XOR",
    "A: b",
    "a #b",
    "- a",
    "*",
    "&a",
    "!tag",
    "%x",
    "@x",
    "`x`",
    '"quoted"',
    "it's",
    "back\\slash",
    "{a, b}",
    "[a]",
    "a, b",
    "null",
    "~",
    "True",
    "no",
    "12",
    "1e5",
    "0x1F",
    "2024-01-28",
    "1:30",
    "=",
    "<<",
    "? a",
    "a?",
    "a -",
    "Ärger mit Umlauten",
    "\u00a0narrow\u2009space",
    "😀",
    "\U000f0000",
    "  two blanks in front",
    "---",
    "x" * 150,
]


@pytest.mark.parametrize("name", TEXTS)
def test_what_was_written_is_read_again(name: str):
    spec = load_text(TEXTS[name], names=ANY_NAMES)
    text = dump(spec)
    assert load_text(text, names=ANY_NAMES) == spec
    assert dump(load_text(text, names=ANY_NAMES)) == text


@pytest.mark.parametrize("name", [name for name in TEXTS if name != "every key"])
def test_other_readers_find_what_the_author_wrote(name: str):
    found = yaml.load(dump(load_text(TEXTS[name])), Loader=yaml.BaseLoader)
    assert found == yaml.load(TEXTS[name], Loader=yaml.BaseLoader)


@pytest.mark.parametrize("word", WORDS)
def test_every_title_survives(word: str):
    spec = load_mapping({**VALUES, "title": word, "front": {"author": word, "date": word}}, ANY_NAMES)
    text = dump(spec)
    assert load_text(text, names=ANY_NAMES) == spec
    if word.isprintable():
        assert yaml.safe_load(text)["title"] == word.rstrip()


@pytest.mark.parametrize("pattern", ["*", "[ab].1.?", "a.*", "!", "on", "w.1.*"])
def test_every_pattern_survives(pattern: str):
    spec = load_mapping({**VALUES, "numbers": {"by": {pattern: {"decimals": 2}, "last": {"decimals": 1}}}}, ANY_NAMES)
    assert load_text(dump(spec), names=ANY_NAMES).numbers == spec.numbers


def test_keys_stand_in_the_order_of_the_reference():
    shuffled = {key: VALUES[key] for key in reversed(VALUES)}
    text = dump(load_mapping(shuffled, ANY_NAMES))
    keys = [line.partition(":")[0] for line in text.splitlines() if line[0].isalpha()]
    order = ["schema", "title", "front", "network", "parameters", "data", "given", "loss", "update"]
    assert keys[: len(order)] == order


def test_lines_are_short_where_they_can_be():
    spec = load_mapping({**VALUES, "front": {"subtitle": "s" * 60, "author": "a" * 60}}, ANY_NAMES)
    assert all(len(line) <= WIDTH for line in dump(spec).splitlines())


def test_a_comment_stands_first():
    assert dump(load_text(TEXTS["slides"]), "By hand.").startswith("# By hand.\nschema: 1\n")


def test_python_values_become_a_file():
    spec = load_mapping({**VALUES, "style": "slides", "notation": None})
    assert load_text(api.dump(spec)) == spec
