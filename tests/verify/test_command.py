"""`symback verify`: what it takes, what it answers, and how it ends."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from pathlib import Path

import pytest

import symback
from symback.cli import main
from symback.spec.problems import DocumentError
from symback.verify.claims import Verdict
from symback.verify.text import LONGEST_LINE, MOST_BYTES, MOST_LINES
from tests.templates.documented import write_documented_folder

SPEC = """\
schema: 1
network: {inputs: 1, layers: [{size: 1, activation: linear}]}
parameters: {weights: [[[0.5]]], biases: [[0.25]]}
data: [{inputs: [2], targets: [1]}]
loss: {kind: squared-error, factor: 1/2}
"""
RIGHT = "$z = 0.5 \\cdot 2 + 0.25 = 1.25$\n"
WRONG = "$z = 0.5 \\cdot 2 + 0.25 = 1.5$\n\n$L = \\frac{1}{2} (1.5 - 1)^2 = 0.125$\n"
CLAIM = ["line", "column", "quantity", "written", "expected", "verdict", "kind", "cause", "message"]


@pytest.fixture
def spec(tmp_path: Path) -> Path:
    path = tmp_path / "spec.yaml"
    path.write_text(SPEC, encoding="utf-8")
    return path


@pytest.fixture
def verified(spec: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    """Return a function that verifies a document and returns the exit code, what was printed, and errors."""

    def run(content: str | bytes, *options: str) -> tuple[int, str, str]:
        document = tmp_path / "document.md"
        document.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)
        code = main(["verify", str(spec), str(document), *options])
        said = capsys.readouterr()
        return code, said.out, said.err.replace(str(document), "document.md")

    return run


def test_a_right_document_ends_with_0(verified):
    code, out, err = verified(RIGHT)
    assert (code, err) == (0, "")
    assert "no mistakes; " in out


def test_a_wrong_document_ends_with_1_and_its_place_is_named(verified):
    code, out, err = verified(WRONG)
    assert (code, err) == (1, "")
    place = WRONG.index("1.5") + 1
    assert f"document.md:1:{place}: wrong: " in out
    assert "expected 1.25 (z.1.1)" in out
    assert "1 mistake at line 1; 1 line follows from it" in out


def test_json_is_as_it_is_said(verified):
    code, out, _ = verified(WRONG, "--format", "json")
    answer = json.loads(out)
    assert code == 1
    assert set(answer) == {"schema", "document", "claims", "summary"}
    assert all(list(claim) == CLAIM for claim in answer["claims"])
    lines = WRONG.split("\n")
    for claim in answer["claims"]:
        assert lines[claim["line"] - 1].startswith(claim["written"], claim["column"] - 1)
    (wrong,) = (claim for claim in answer["claims"] if claim["verdict"] == "wrong")
    followers = [claim for claim in answer["claims"] if claim["verdict"] == "follows"]
    assert (wrong["written"], float(wrong["expected"])) == ("1.5", 1.25)
    assert followers
    assert all(answer["claims"][claim["cause"]] == wrong for claim in followers)
    assert sum(answer["summary"]["counts"].values()) == len(answer["claims"])
    assert answer["summary"]["first"] == {"line": 1, "column": wrong["column"]}
    assert answer["summary"]["following_lines"] == len({claim["line"] for claim in followers})


def test_the_binding_is_shown_on_request(verified):
    assert "binding" in json.loads(verified(WRONG, "--format", "json", "--show-binding")[1])
    for kind in ("text", "md", "html"):
        assert "notation of the spec" not in verified(WRONG, "--format", kind)[1]
        assert "notation of the spec" in verified(WRONG, "--format", kind, "--show-binding")[1]


def test_a_report_is_written_to_a_file(verified, tmp_path: Path):
    file = tmp_path / "reports" / "report.html"
    code, out, _ = verified(WRONG, "--format", "html", "-o", str(file))
    assert (code, out) == (1, f"{file}\n")
    assert file.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")


@pytest.mark.parametrize("kind", ["text", "json", "md", "html"])
def test_the_same_input_gives_the_same_report(verified, kind: str):
    assert verified(WRONG, "--format", kind) == verified(WRONG, "--format", kind)


@pytest.mark.parametrize(
    ("content", "place", "came"),
    [
        (b"a\nb \xff", "2:3", "the byte 0xff"),
        (b"\xef\xbb\xbfa\xff", "1:2", "the byte 0xff"),
        ("z = 1".encode("utf-16"), "1:1", "the byte 0xff"),
        (b"a\r\nb\r\n\0", "3:1", "the character U+0000"),
        (b"a" * (MOST_BYTES + 1), "1:1", f"more than {MOST_BYTES:,} bytes"),
        (b"\n" * MOST_LINES, f"{MOST_LINES + 1}:1", f"more than {MOST_LINES:,} lines"),
        (b"\n" + b"a" * (LONGEST_LINE + 1), f"2:{LONGEST_LINE + 1}", f"a line of {LONGEST_LINE + 1:,} characters"),
    ],
)
def test_what_is_no_document_ends_with_2_and_is_told_where(verified, content: bytes, place: str, came: str):
    code, out, err = verified(content)
    assert (code, out) == (2, "")
    assert err.startswith(f"document.md:{place}: got {came}; expected ")
    assert err.count("\n") == 1


def test_a_file_that_is_not_there_ends_with_2(spec: Path, capsys: pytest.CaptureFixture[str]):
    assert main(["verify", str(spec), "nowhere.md"]) == 2
    assert capsys.readouterr().err.startswith(
        "nowhere.md: got a file that cannot be read (No such file or directory); "
    )


def test_a_bad_spec_ends_with_2(spec: Path, capsys: pytest.CaptureFixture[str]):
    spec.write_text(SPEC.replace("linear", "liner"), encoding="utf-8")
    assert main(["verify", str(spec), "nowhere.md"]) == 2
    assert 'did you mean "linear"?' in capsys.readouterr().err


def test_both_cannot_be_standard_input(capsys: pytest.CaptureFixture[str]):
    assert main(["verify", "-", "-"]) == 2
    assert "standard input" in capsys.readouterr().err


def test_a_document_may_come_from_standard_input(spec: Path, monkeypatch, capsys: pytest.CaptureFixture[str]):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(WRONG.encode())))
    assert main(["verify", str(spec), "-"]) == 1
    assert "<stdin>: 1 mistake" in capsys.readouterr().out


def test_names_are_taken_from_aliases_and_notation_of_the_spec(spec: Path, verified):
    text = "oddity = 0.5 * 2 + 0.25 = 1.5\n"
    spec.write_text(SPEC + "aliases: {oddity: z.1.1}\n", encoding="utf-8")
    claims = json.loads(verified(text, "--format", "json")[1])["claims"]
    assert ("1.5", "z.1.1", "wrong") in [(claim["written"], claim["quantity"], claim["verdict"]) for claim in claims]


def test_templates_of_one_s_own_are_used(spec: Path, verified, tmp_path: Path):
    folder = write_documented_folder(tmp_path)
    spec.write_text(SPEC + "style: exam-key\n", encoding="utf-8")
    assert verified(WRONG)[0] == 2
    assert verified(WRONG, "--templates", str(folder))[0] == 1


def test_python_does_the_same():
    audit = symback.verify(symback.load("slides"), "No formula here.")
    assert (audit.claims, audit.is_right, str(audit.summary)) == ((), True, "no mistakes; 0 right")
    with pytest.raises(DocumentError, match="U\\+0000"):
        symback.verify(symback.load("slides"), "\0")
    with pytest.raises(DocumentError, match="UTF-8"):
        symback.verify(symback.load("slides"), "\ud800")


def test_line_ends_of_every_kind_count_the_same(verified):
    assert verified(WRONG.replace("\n", "\r\n"), "--format", "json")[1] == verified(WRONG, "--format", "json")[1]


SCRIPT = """
{first}
import symback
from symback.verify.claims import Verdict
from symback import verify
spec = symback.load("scalar-check")
assert symback.verify is verify
assert symback.verify(spec, "").claims == symback.api.verify(spec, "").claims == ()
assert symback.verify.claims.Verdict is Verdict
"""


@pytest.mark.parametrize(
    "first", ["", "import symback.verify.claims", "import symback.api", "from symback import verify"]
)
def test_function_and_subpackage_share_their_name(first: str):
    script = SCRIPT.format(first=first)
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr


def test_verdicts_of_an_audit_are_verdicts():
    audit = symback.verify(symback.load("scalar-check"), "$x_1 = 123456$")
    assert all(isinstance(claim.verdict, Verdict) for claim in audit.claims)
    assert audit.claims
