"""`vary` and `new`: the specs that they write."""

from __future__ import annotations

import io
import re
import sys
from pathlib import Path

import pytest

from symback import api, resources
from symback.cli import main
from symback.spec.equation_checks import OF_EQUATIONS
from symback.spec.load import load_text
from symback.spec.model import Spec

EXAMPLE = resources.example_file("slides").read_text(encoding="utf-8")


def test_a_variation_on_standard_output_and_in_a_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    assert main(["vary", "slides", "--seed", "7"]) == 0
    text = capsys.readouterr().out
    file = tmp_path / "folder" / "slides 7.yaml"
    assert main(["vary", "slides", "--seed", "7", "-o", str(file)]) == 0
    assert capsys.readouterr().out == f"{file}\n"
    assert file.read_text(encoding="utf-8") == text
    assert load_text(text) == api.vary(api.load("slides"), 7)
    assert text.startswith("# Numbers drawn by symback vary, seed 7.\n")
    assert "7" not in api.load(file).title
    assert main(["vary", "slides", "--seed", "8", "-o", str(file)]) == 0
    assert file.read_text(encoding="utf-8") != text
    assert [path.name for path in file.parent.iterdir()] == [file.name]
    capsys.readouterr()


def test_a_variation_of_standard_input(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(EXAMPLE.encode())))
    assert main(["vary", "-", "--seed", "0"]) == 0
    assert load_text(capsys.readouterr().out) == api.vary(api.load("slides"), 0)


def test_the_spec_itself_is_not_written_over(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    file = tmp_path / "mine.yaml"
    file.write_text(EXAMPLE, encoding="utf-8")
    assert main(["vary", str(file), "--seed", "1", "-o", str(tmp_path / "." / "mine.yaml")]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("output: got")
    assert file.read_text(encoding="utf-8") == EXAMPLE


def test_numbers_that_are_not_found_write_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    file = tmp_path / "saturated.yaml"
    file.write_text(
        "schema: 1\n"
        "network: {inputs: 1, layers: [{size: 1, activation: sigmoid, bias: false}]}\n"
        "parameters: {weights: [[[3]]]}\n"
        "data: [{inputs: [40], targets: [0.5]}]\n"
        "loss: squared-error\n",
        encoding="utf-8",
    )
    assert main(["vary", str(file), "--seed", "1", "-o", str(tmp_path / "other.yaml")]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert "no saturated sigmoid" in err
    assert [path.name for path in tmp_path.iterdir()] == ["saturated.yaml"]


@pytest.mark.parametrize("options", [[], ["--seed", "x"], ["--seed", "1.5"], ["--seed", "-1"]])
def test_a_seed_is_asked_for(options: list[str], capsys: pytest.CaptureFixture[str]):
    try:
        code: object = main(["vary", "slides", *options])
    except SystemExit as stop:
        code = stop.code
    out, err = capsys.readouterr()
    assert (code, out) == (2, "")
    assert "seed" in err


def test_a_new_spec_can_be_rendered_and_is_never_written_over(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    file = tmp_path / "folder" / "mine.yaml"
    assert main(["new", str(file)]) == 0
    assert capsys.readouterr().out == f"{file}\n"
    starter = file.read_text(encoding="utf-8")
    assert main(["render", str(file), "-o", str(tmp_path)]) == 0
    assert main(["check", str(file)]) == 0
    capsys.readouterr()
    for options in ([], ["--from", "slides"]):
        assert main(["new", str(file), *options]) == 2
        out, err = capsys.readouterr()
        assert (out, err) == ("", f"{file}: got a file that is there already; expected the name of a new file\n")
    assert file.read_text(encoding="utf-8") == starter
    assert [path.name for path in file.parent.iterdir()] == ["mine.yaml"]


def test_neither_a_folder_nor_a_broken_link_is_written_over(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    (tmp_path / "link").symlink_to(tmp_path / "nowhere")
    for place in (tmp_path, tmp_path / "link"):
        assert main(["new", str(place)]) == 2
    assert [path.name for path in tmp_path.iterdir()] == ["link"]
    capsys.readouterr()


@pytest.mark.parametrize("example", resources.examples())
def test_a_new_spec_from_an_example_is_its_file(example: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    file = tmp_path / "copy.yaml"
    assert main(["new", str(file), "--from", example]) == 0
    assert file.read_bytes() == resources.example_file(example).read_bytes()
    capsys.readouterr()
    assert main(["new", "-", "--from", example]) == 0
    assert capsys.readouterr().out == file.read_text(encoding="utf-8")


def test_an_unknown_example_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    assert main(["new", str(tmp_path / "mine.yaml"), "--from", "slide"]) == 2
    assert 'from: got "slide"' in capsys.readouterr().err
    assert not list(tmp_path.iterdir())


STARTER = resources.STARTER.read_text(encoding="utf-8")
LEFT_OUT = re.compile(r"^# ([a-z_]+): (.+)$", re.MULTILINE)


def test_the_starter_has_every_section():
    keys = {field.alias or name for name, field in Spec.model_fields.items()} - {*OF_EQUATIONS}  # it has a network
    found = set(re.findall(r"^([a-z_]+):", STARTER, re.MULTILINE)) | {key for key, _ in LEFT_OUT.findall(STARTER)}
    assert found == keys


def test_a_comment_explains_every_section_of_the_starter():
    lines = STARTER.splitlines()
    for place, line in enumerate(lines):
        key = re.match(r"(?:# )?([a-z_]+): |([a-z]+):$", line)
        if key:
            section = lines[max(place - 3, 0) : place]
            assert "# " in line or any(each.startswith("# ") for each in section), line


def test_every_line_that_the_starter_leaves_out_may_be_used():
    for key, value in LEFT_OUT.findall(STARTER):
        text = STARTER.replace(f"# {key}: {value}", f"{key}: {value}")
        assert key in load_text(text).model_fields_set
    every = LEFT_OUT.sub(r"\1: \2", STARTER)
    assert api.render(load_text(every))
