"""`render` and `gallery`: which files they write, and that nothing is left half done."""

from __future__ import annotations

import io
import subprocess
import sys
from pathlib import Path

import pytest

from symback import api, resources
from symback.cli import main

BAD = "schema: 1\nnetwork: {inputs: 1, layers: [{size: 1, activation: rellu}]}\n"


def files(folder: Path) -> dict[str, str]:
    return {path.name: path.read_text(encoding="utf-8") for path in folder.rglob("*") if path.is_file()}


def test_pages_are_named_after_the_spec(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    spec = tmp_path / "My network (1).yaml"
    spec.write_text(resources.example_file("slides").read_text(encoding="utf-8"), encoding="utf-8")
    out = tmp_path / "new" / "folder"
    assert main(["render", str(spec), "--to", "md, tex", "-o", str(out)]) == 0
    assert capsys.readouterr().out.splitlines() == [str(out / "My-network-1.md"), str(out / "My-network-1.tex")]
    assert files(out) == {f"My-network-1.{to}": api.render(api.load(spec), to) for to in ("md", "tex")}


def test_pages_of_another_style_or_kind_have_names_of_their_own(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    for options in ([], ["--style", "scalar-check"], ["--as", "worksheet"], ["--style", "slides", "--as", "solution"]):
        assert main(["render", "slides", *options, "-o", str(tmp_path)]) == 0
    names = {"slides.md", "slides.scalar-check.md", "slides.worksheet.md", "slides.slides.solution.md"}
    assert set(files(tmp_path)) == names
    capsys.readouterr()


def test_a_page_on_standard_output(capsys: pytest.CaptureFixture[str]):
    assert main(["render", "slides", "--to", "md,tex", "-o", "-"]) == 0
    spec = api.load("slides")
    assert capsys.readouterr().out == api.render(spec, "md") + api.render(spec, "tex")


def test_a_spec_from_standard_input(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
):
    content = resources.example_file("slides").read_bytes()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content)))
    assert main(["render", "-", "-o", str(tmp_path)]) == 0
    assert files(tmp_path) == {"page.md": api.render(api.load("slides"))}
    capsys.readouterr()


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--to", "md,pdff"], 'format: got "pdff"'),
        (["--to", ""], 'format: got ""'),
        (["--style", "slidse"], 'did you mean "slides"?'),
        (["--notation", "numberd"], 'did you mean "numbered"?'),
        (["--as", "handoud"], 'did you mean "handout"?'),
    ],
)
@pytest.mark.parametrize("output", ["-", "folder"])
def test_nothing_is_written_when_something_is_wrong(
    options: list[str], said: str, output: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    folder = tmp_path / output
    assert main(["render", "slides", *options, "-o", "-" if output == "-" else str(folder)]) == 2
    out, err = capsys.readouterr()
    assert (out, list(tmp_path.iterdir())) == ("", [])
    assert said in err
    assert "Traceback" not in err


def test_a_bad_spec_is_reported_with_its_place(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    spec = tmp_path / "bad.yaml"
    spec.write_text(BAD, encoding="utf-8")
    for command in (["render"], ["evaluate"], ["check"], ["formulas"], ["vary", "--seed", "1"]):
        assert main([command[0], str(spec), *command[1:]]) == 2
        out, err = capsys.readouterr()
        assert out == ""
        assert f'{spec}:2:53: network.layers.1.activation: got "rellu"' in err
    assert [path.name for path in tmp_path.iterdir()] == ["bad.yaml"]


def test_a_file_that_cannot_be_replaced_stays_whole(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
):
    (tmp_path / "slides.md").write_text("an older page", encoding="utf-8")

    def refuse(self: Path, target: Path) -> Path:
        raise PermissionError(13, "Permission denied", str(self))

    monkeypatch.setattr(Path, "replace", refuse)
    assert main(["render", "slides", "-o", str(tmp_path)]) == 2
    out, err = capsys.readouterr()
    assert (out, err) == ("", f"{tmp_path / 'slides.md'}: Permission denied\n")
    assert files(tmp_path) == {"slides.md": "an older page"}


def test_a_folder_that_is_a_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    (tmp_path / "file").write_text("text", encoding="utf-8")
    for place in ("file", "file/below"):
        assert main(["render", "slides", "-o", str(tmp_path / place)]) == 2
        out, err = capsys.readouterr()
        assert out == ""
        assert str(tmp_path / "file") in err
        assert len(err.splitlines()) == 1
    assert files(tmp_path) == {"file": "text"}


def test_a_page_on_standard_output_has_the_same_bytes_in_every_locale(tmp_path: Path):
    command = [sys.executable, "-m", "symback", "render", "slides", "-o", "-"]
    found = {
        subprocess.run(
            command, env={"PATH": "", "PYTHONIOENCODING": encoding}, capture_output=True, check=True, timeout=60
        ).stdout
        for encoding in ("ascii", "latin-1", "utf-8")
    }
    assert found == {api.render(api.load("slides")).encode("utf-8")}


def test_a_reader_that_has_seen_enough_is_no_error():
    script = f"{sys.executable} -m symback render slides -o - | head -n 1"
    done = subprocess.run(["bash", "-c", f"set -o pipefail; {script}"], capture_output=True, timeout=60, check=False)
    assert (done.returncode, done.stderr) == (0, b"")


def test_gallery_writes_every_example_in_every_format(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    assert main(["gallery", str(tmp_path)]) == 0
    printed = capsys.readouterr().out.splitlines()
    written = {path.name for path in tmp_path.iterdir()}
    assert sorted(printed) == sorted(str(tmp_path / name) for name in written)
    for example in resources.examples():
        assert {f"{example}.md", f"{example}.tex"} <= written
