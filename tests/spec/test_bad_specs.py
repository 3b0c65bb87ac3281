"""What the author of a bad spec is told: `bad_specs.md` holds each spec and its report."""

from __future__ import annotations

import json
import random
import re
from pathlib import Path

import pytest

from symback.spec import source
from symback.spec.load import KnownNames, load_text
from symback.spec.problems import LimitationError, Problem, SpecError, SymbackError, error_for

NAMES = KnownNames(styles=("notes", "slides"), notations=("layer-letters", "numbered"))
SECTION = re.compile(r"^## ([^\n]+)\n\n```yaml\n(.*?)```\n\n```text\n(.*?)\n```", re.MULTILINE | re.DOTALL)
SECTIONS = {
    name: (text, report)
    for name, text, report in SECTION.findall(Path(__file__).with_name("bad_specs.md").read_text(encoding="utf-8"))
}

GOOD = """\
schema: 1
network: {inputs: 2, layers: [{size: 1, activation: relu}]}
parameters: {weights: [[[1, 2]]], biases: [[0]]}
data: [{inputs: [1, 2], targets: [1]}]
loss: squared-error
"""


def error_of(text: str) -> SymbackError:
    with pytest.raises(SymbackError) as caught:
        load_text(text, "spec.yaml", NAMES)
    return caught.value


def test_the_sections_are_found():
    assert len(SECTIONS) == Path(__file__).with_name("bad_specs.md").read_text(encoding="utf-8").count("\n## ") > 50


@pytest.mark.parametrize("name", SECTIONS)
def test_the_report_is_the_one_that_was_reviewed(name: str):
    text, report = SECTIONS[name]
    assert str(error_of(text)) == report


@pytest.mark.parametrize("name", SECTIONS)
def test_the_place_is_that_of_what_came(name: str):
    text, _ = SECTIONS[name]
    lines = text.split("\n")
    for problem in error_of(text).problems:
        at_place = lines[problem.line - 1][problem.column - 1 :] if problem.line <= len(lines) else ""
        came = problem.came.removeprefix("the unknown key ").removeprefix("the key ").split(" a second time")[0]
        if re.fullmatch(r'"(?!__)[^"\\]+"|[-+.\w]+', came) and came not in ("nothing", "null"):
            word = json.loads(came) if came.startswith('"') else came
            assert at_place.lstrip("'\"").startswith(word)
        if problem.came.startswith(("a list", "an empty list")) or re.match(r"(\d+|no) (rows|number)", problem.came):
            assert at_place.startswith(("[", "- "))


@pytest.mark.parametrize("name", SECTIONS)
def test_both_parsers_of_yaml_give_the_same_report(name: str, monkeypatch: pytest.MonkeyPatch):
    text, report = SECTIONS[name]
    monkeypatch.setattr(source, "LOADERS", source.LOADERS[-1:])
    assert str(error_of(text)) == report


def test_problems_stand_in_the_order_of_the_text():
    for text, _ in SECTIONS.values():
        places = [(problem.line, problem.column) for problem in error_of(text).problems]
        assert places == sorted(places)


def test_planted_problems_are_all_found():
    planted = {
        "schema: 1": "schema: 3",
        "inputs: 2,": "inputs: two,",
        "activation: relu": "activation: reul",
        "[[[1, 2]]]": "[[[1, x]]]",
        "[[0]]": "[[0, .nan]]",
        "targets: [1]": "targets: [1, 2]",
        "loss: squared-error": "loss: {kind: squared-error, fctor: 2}",
    }
    text = GOOD
    for found, (right, wrong) in enumerate(planted.items(), 1):
        assert right in text
        text = text.replace(right, wrong)
        assert len({problem.line for problem in error_of(text).problems}) <= found
    # `[0, .nan]` is wrong twice: one number too many, and no number
    assert len(error_of(text).problems) == len(planted) + 1


def test_each_missing_line_is_missed():
    lines = GOOD.splitlines()
    for line in lines:
        key = line.partition(":")[0]
        (problem,) = error_of("\n".join(other for other in lines if other != line)).problems
        assert (problem.path, problem.came) == ((key,), "nothing")


@pytest.mark.parametrize("indent", ["\t", "  \t"])
def test_tabs_are_named(indent: str):
    (problem,) = error_of(f"schema: 1\nnetwork:\n{indent}inputs: 2\n").problems
    assert (problem.line, problem.column) == (3, len(indent))
    assert "tabs" in problem.expected


@pytest.mark.parametrize(
    ("content", "line", "column", "came"),
    [
        ("title: a\x00b\n", 1, 9, "the character U+0000"),
        ("schema: 1\ntitle: \u202eabc\n", 2, 8, "the character U+202E"),
        ("schema: 1\r\ntitle: \x1b[31m\r\n", 2, 8, "the character U+001B"),
        ("title: \ud800\n", 1, 8, "the byte 0xed"),
    ],
)
def test_characters_that_deceive_are_refused(content: str, line: int, column: int, came: str):
    (problem,) = error_of(content).problems
    assert (problem.line, problem.column, problem.came) == (line, column, came)


def test_every_forbidden_character_is_listed():
    assert [problem.line for problem in error_of("\x01\n\x02\n\u2066\n").problems] == [1, 2, 3]


def test_what_cannot_be_read_is_said_once():
    broken = GOOD + "given: {z.1.1: 2}\nupdate: {learning_rate: 0.1, on: 2}\n"
    assert [problem.path for problem in error_of(broken).problems] == [("update", "on")]
    sizeless = broken.replace("size: 1", "size: one")
    assert [problem.path[0] for problem in error_of(sizeless).problems] == ["network", "update"]
    without_data = broken.replace("[{inputs: [1, 2], targets: [1]}]", "none")
    assert [problem.path for problem in error_of(without_data).problems] == [("data",)]


def test_only_limitations_are_a_limitation():
    mistake = Problem(("data",), "this", "that")
    limitation = Problem(("data",), "this", "that", limitation=True)
    assert type(error_for([limitation, limitation])) is LimitationError
    assert type(error_for([limitation, mistake])) is SpecError


def test_no_change_of_a_character_breaks_the_reader():
    chance = random.Random(1)
    signs = "[]{}:,-?*&!|>'\"%@#\n\t 0x.ü\x00\u202e\U0001f600"
    errors = []
    for _ in range(1_000):
        characters = list(GOOD)
        for _ in range(chance.randrange(1, 4)):
            place = chance.randrange(len(characters))
            characters[place : place + chance.randrange(2)] = chance.choice(signs)
        try:
            load_text("".join(characters), "spec.yaml", NAMES)
        except SymbackError as error:
            errors.append(error)
    assert all(problem.line > 0 and problem.column > 0 for error in errors for problem in error.problems)
    assert 500 < len(errors) < 1_000, "most changes break a spec, some (a blank, a comment) do not"


def test_a_long_report_is_cut():
    text = GOOD + "".join(f"key{number}: 1\nkey{number}: 2\n" for number in range(2000))
    report = str(error_of(text)).splitlines()
    assert len(report) == 101
    assert re.fullmatch(r"and \d+ more", report[-1])


def test_reports_are_safe_to_print():
    with pytest.raises(SymbackError) as caught:
        load_text('schema: "\\e[31m\\u202e\\n"', "spec.yaml")
    assert all(character.isprintable() or character == "\n" for character in str(caught.value))
