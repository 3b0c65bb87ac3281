"""YAML without its traps: words stay words, every value has its place, and no text takes long."""

from __future__ import annotations

import time

import pytest
import yaml

from symback.spec import source
from symback.spec.load import KnownNames, load_text
from symback.spec.problems import SymbackError
from symback.spec.source import Place, read_source

HEAD = "schema: 1\nnetwork: {inputs: 2, layers: [{size: 1, activation: relu}]}\nloss: squared-error\n"
MANY = 250_000


@pytest.fixture(params=[loader.__name__ for loader in source.LOADERS])
def parser(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Run the test with each of PyYAML's parsers alone."""
    monkeypatch.setattr(source, "LOADERS", (getattr(yaml, request.param),))


@pytest.mark.usefixtures("parser")
def test_scalars_stay_what_is_written():
    text = "{on: yes, no: NO, n: 0.10, h: 0x1F, o: 012, t: 1:30, e: 1e3, d: 2024-01-28, q: 'null', T: True, i: .inf}"
    assert read_source(text.encode()).tree == {
        **{"on": "yes", "no": "NO", "n": "0.10", "h": "0x1F", "o": "012", "t": "1:30", "e": "1e3"},
        **{"d": "2024-01-28", "q": "null", "T": "True", "i": ".inf"},
    }


@pytest.mark.usefixtures("parser")
def test_only_the_plain_words_are_no_text():
    assert read_source(b"[null, ~, true, false, 'true', \"~\"]").tree == [None, None, True, False, "true", "~"]
    assert read_source(b"a:\nb: ''\n").tree == {"a": None, "b": ""}


@pytest.mark.usefixtures("parser")
def test_places_count_characters_from_1():
    found = read_source("größe: 'ä'\n😀: [1, x]\nz: |\n  block\ne: \"\\u0041\"\n".encode())
    assert found.problems == []
    assert found.keys == {
        ("größe",): Place(1, 1, 1),
        ("😀",): Place(2, 1, 1),
        ("z",): Place(3, 1, 1),
        ("e",): Place(5, 1, 1),
    }
    assert found.values == {
        (): Place(1, 1),
        ("größe",): Place(1, 8, 9),
        ("😀",): Place(2, 4),
        ("😀", 0): Place(2, 5, 5),
        ("😀", 1): Place(2, 8, 8),
        ("z",): Place(3, 4),
        ("e",): Place(5, 4),
    }


def test_a_byte_order_mark_is_no_text():
    assert read_source(b"\xef\xbb\xbfa: 1").tree == {"a": "1"}


@pytest.mark.parametrize(
    "content", [b"\xff\xfea\x00:\x00", b"\x89PNG\r\n\x1a\n\x00", b"PK\x03\x04\x14", bytes(range(256))]
)
def test_binary_files_are_refused(content: bytes):
    found = read_source(content)
    assert found.tree is None
    assert found.problems


def test_256_kib_are_read_and_no_more():
    fits = b"a: 1 #" + b"x" * (256 * 1024 - 6)
    assert read_source(fits).tree == {"a": "1"}
    (problem,) = read_source(fits + b"x").problems
    assert problem.came == "more than 262,144 bytes"


@pytest.mark.usefixtures("parser")
def test_depth_is_limited_at_its_place():
    assert not read_source(b"[" * 64 + b"]" * 64).problems
    (problem,) = read_source(b"[" * 65 + b"]" * 65).problems
    assert (problem.came, problem.line, problem.column) == ("more than 64 levels", 1, 65)


@pytest.mark.usefixtures("parser")
def test_the_number_of_values_is_limited_at_its_place():
    assert not read_source(b"[" + b"1," * 19_999 + b"]").problems, "the list is a value as well"
    (problem,) = read_source(b"[" + b"1," * 20_000 + b"]").problems
    assert (problem.came, problem.line, problem.column) == ("more than 20,000 values", 1, 2 + 2 * 19_999)


def test_what_stands_before_a_mistake_of_yaml_is_reported_too():
    assert [problem.came[:9] for problem in read_source(b"a: *b\na: 1\nc: [1\n").problems] == [
        "the alias",
        'the key "',
        "text that",
    ]


@pytest.mark.parametrize(
    "text",
    [
        HEAD + "parameters: {weights: [[[" + "a," * 120_000 + "b]]]}",
        HEAD + "".join(f"k{number}: 1\n" for number in range(20_000)),
        HEAD + "a: 1\n" * 50_000,
        HEAD + "x: [" + "*a," * 80_000 + "]",
        HEAD + "x: " + "[" * MANY,
        HEAD + "x: " + "[" * (MANY // 2) + "]" * (MANY // 2),
        HEAD + "x: " + "{a: " * 60_000,
        "{? " + "[" * MANY,
        "? " * (MANY // 2),
        "- " * (MANY // 2),
        HEAD + "x: '" + "a" * MANY,
        HEAD + "a" * MANY + ": 1",
        HEAD + "update: {learning_rate: " + "1" * MANY + "}",
        HEAD + "update: {learning_rate: 1e" + "9" * MANY + "}",
        HEAD.replace("squared-error", "{kind: squared-error, factor: " + "1" * 100_000 + "/" + "1" * 100_000 + "}"),
        HEAD.replace("relu", "(" * 100_000 + "x"),
        HEAD.replace("relu", "'" + "x+" * 100_000 + "x'"),
        HEAD.replace("relu", "a" * MANY),
        "\u202e" * 80_000,
        "\t" * MANY,
    ],
    ids=lambda text: text.removeprefix(HEAD)[:24],
)
def test_hostile_texts_are_refused_at_once(text: str):
    start = time.perf_counter()
    with pytest.raises(SymbackError) as caught:
        load_text(text, names=KnownNames())
    assert len(str(caught.value)) < 30_000
    assert time.perf_counter() - start < 2, "measured at 0.15 s and less; without the limits some take minutes"
