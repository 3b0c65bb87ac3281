"""`styles`, `schema`, `formulas` and the rules that hold for every command."""

from __future__ import annotations

import io
import json
import subprocess
import sys

import pytest

from symback import api, resources
from symback.cli import main
from symback.cli.arguments import parser
from symback.cli.commands import COMMANDS


def printed(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert main(list(arguments)) == 0
    out, err = capsys.readouterr()
    assert err == ""
    return out


def test_every_name_has_its_line(capsys: pytest.CaptureFixture[str]):
    listed = json.loads(printed(capsys, "styles", "--format", "json"))
    assert listed.pop("schema") == 1
    names = {kind: tuple(row["name"] for row in rows) for kind, rows in listed.items()}
    assert names == {
        "styles": resources.styles(),
        "notations": resources.notations(),
        "examples": resources.examples(),
    }
    text = printed(capsys, "styles")
    for kind, rows in listed.items():
        assert f"{kind}:\n" in text
        for row in rows:
            assert row["title"]
            assert "#" not in row["title"]
            (line,) = [line for line in text.splitlines() if line.split(maxsplit=1) == [row["name"], row["title"]]]
            assert line.startswith("  ")


def test_the_schema_is_json(capsys: pytest.CaptureFixture[str]):
    assert json.loads(printed(capsys, "schema"))["$schema"].startswith("https://json-schema.org/")


@pytest.mark.parametrize("within", ["activations", "parameters"])
@pytest.mark.parametrize("to", ["latex", "sympy", "python"])
def test_formulas_have_a_line_each(to: str, within: str, capsys: pytest.CaptureFixture[str]):
    lines = printed(capsys, "formulas", "scalar-check", "--format", to, "--in", within).splitlines()
    expected = api.formula_texts(api.load("scalar-check"), to, within == "parameters")
    assert lines == [f"{name} = {text}" for name, text in expected.items()]


def test_one_formula_from_standard_input(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch):
    content = resources.example_file("scalar-check").read_bytes()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content)))
    line = printed(capsys, "formulas", "-", "--parameter", "w.2.2.1", "--format", "sympy")
    assert line == "w.2.2.1 = 2*a_1_1*(2*a_2_2 - 2*t_2)\n"


def test_an_unknown_parameter_is_named(capsys: pytest.CaptureFixture[str]):
    assert main(["formulas", "scalar-check", "--parameter", "b.1.1"]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith('parameter: got "b.1.1"; expected the id of a weight')


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help(command: str, capsys: pytest.CaptureFixture[str]):
    with pytest.raises(SystemExit) as stop:
        main([command, "--help"])
    assert stop.value.code == 0
    assert f"symback {command}" in capsys.readouterr().out


def test_the_parser_knows_the_commands_that_there_are():
    (commands,) = [action for action in parser()._actions if action.dest == "command"]
    assert set(commands.choices or ()) == set(COMMANDS)


@pytest.mark.parametrize("arguments", [[], ["rendr"], ["render"], ["render", "slides", "--tp", "md"], ["styles", "x"]])
def test_words_that_are_not_known(arguments: list[str], capsys: pytest.CaptureFixture[str]):
    with pytest.raises(SystemExit) as stop:
        main(arguments)
    out, err = capsys.readouterr()
    assert (stop.value.code, out) == (2, "")
    assert "usage: symback" in err


@pytest.mark.parametrize("command", ["render", "evaluate", "check", "formulas"])
def test_a_spec_that_is_not_there(command: str, capsys: pytest.CaptureFixture[str]):
    assert main([command, "slidse"]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err == (
        "slidse: got a file that cannot be read (No such file or directory); "
        'expected a spec file or the name of an example; did you mean "slides"?\n'
    )


@pytest.mark.parametrize("command", ["evaluate", "check"])
def test_numbers_from_standard_input(command: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch):
    content = resources.example_file("matrix").read_bytes()
    for form in ("text", "json"):
        expected = printed(capsys, command, "matrix", "--format", form)
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content)))
        assert printed(capsys, command, "-", "--format", form) == expected
        if form == "json":
            assert json.loads(expected)["schema"] == 1


def test_the_module_and_the_script_are_the_same_command():
    found = [
        subprocess.run([sys.executable, *call, "styles"], capture_output=True, check=True, timeout=60).stdout
        for call in (["-m", "symback"], ["-c", "import sys; from symback.cli import main; sys.exit(main())"])
    ]
    assert found[0] == found[1] != b""
