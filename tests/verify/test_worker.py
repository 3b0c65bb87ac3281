"""The process that judges: limits end it, its end is told in a line, and the process that asks judges nothing itself."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest

import symback
from symback.cli import main
from symback.spec.problems import DocumentError
from symback.verify import supervise
from symback.verify.supervise import USUAL, Limits

resource = pytest.importorskip("resource", reason="limits are those of the operating system")

SPEC = symback.load("scalar-check")
TEXT = "$x_1 = 1$"


def ending(monkeypatch: pytest.MonkeyPatch, script: str, limits: Limits = USUAL) -> str:
    """Return the error where the worker does what a script says once its limits are set."""
    begin = "import sys; from symback.verify.worker import limit; limit(float(sys.argv[1]), int(sys.argv[2]))\n"
    monkeypatch.setattr(supervise, "WORKER", ("-c", begin + script))
    with pytest.raises(DocumentError) as caught:
        symback.verify(SPEC, TEXT, "by-hand.md", limits=limits)
    return str(caught.value)


def test_time_of_the_processor_is_limited(monkeypatch: pytest.MonkeyPatch):
    start = time.monotonic()
    said = ending(monkeypatch, "while True: pass", Limits(seconds=1))
    assert said == (
        "by-hand.md: got a document that takes more than 1 s to judge; expected at most 1 s: a part at a time"
    )
    assert time.monotonic() - start < 10


def test_time_on_the_clock_is_limited(monkeypatch: pytest.MonkeyPatch):
    start = time.monotonic()
    assert "more than 0.5 s to judge" in ending(monkeypatch, "import time; time.sleep(60)", Limits(seconds=0.5))
    assert time.monotonic() - start < 10


def test_memory_is_limited():
    assert symback.verify(SPEC, TEXT, limits=Limits(memory=1 << 30)).claims
    with pytest.raises(DocumentError):
        symback.verify(SPEC, TEXT, limits=Limits(memory=1 << 20))


def test_a_worker_that_takes_too_much_memory_is_told_so(monkeypatch: pytest.MonkeyPatch):
    script = """
from symback.verify import worker
worker.judged = lambda request: bytearray(2 << 30)
sys.exit(worker.main())
"""
    said = ending(monkeypatch, script)
    assert said.startswith("by-hand.md: got a document that takes more than 1,024 MiB of memory to judge; expected ")


@pytest.mark.parametrize(
    ("script", "came"),
    [
        ("import os, signal; os.kill(os.getpid(), signal.SIGKILL)", "more than 1,024 MiB of memory"),
        ("import os, signal; os.kill(os.getpid(), signal.SIGXCPU)", "more than 20 s"),
        ("import os; os.abort()", "judging broke down (signal 6)"),
        ("raise ValueError('\\x1b[31m')", "judging broke down (ValueError: ?[31m)"),
        ("sys.exit(3)", "judging broke down (exit code 3)"),
        ("import json; print(json.dumps({'limit': 'depth'}))", "formulas nested too deeply"),
    ],
)
def test_a_worker_that_is_ended_is_told_in_a_line(monkeypatch: pytest.MonkeyPatch, script: str, came: str):
    said = ending(monkeypatch, script)
    assert said.startswith("by-hand.md: got ")
    assert came in said
    assert "\n" not in said


def test_the_command_ends_with_2(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    (tmp_path / "by-hand.md").write_text(TEXT, encoding="utf-8")
    monkeypatch.setattr(supervise, "WORKER", ("-c", "while True: pass"))
    assert main(["verify", "scalar-check", str(tmp_path / "by-hand.md"), "--seconds", "0.3"]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert "more than 0.3 s to judge" in said.err


@pytest.mark.parametrize("seconds", ["0", "-1", "nan", "inf", "1e9", "soon"])
def test_limits_that_are_none_are_refused(seconds: str, capsys: pytest.CaptureFixture[str]):
    with pytest.raises(SystemExit) as stop:
        main(["verify", "scalar-check", "by-hand.md", "--seconds", seconds])
    assert stop.value.code == 2
    assert "argument --seconds" in capsys.readouterr().err


def test_the_process_that_asks_judges_nothing():
    script = (
        "import sys, symback; symback.verify(symback.load('scalar-check'), '$x_1 = 1$'); "
        "judging = {'symback.verify.judge', 'symback.reading.statements', 'flint', 'sympy'} & set(sys.modules); "
        "sys.exit(' '.join(sorted(judging)) or 0)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr


def test_what_lies_around_is_not_imported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    for name in ("flint", "json", "symback"):
        (tmp_path / f"{name}.py").write_text("raise SystemExit('planted')", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert symback.verify(SPEC, TEXT).claims


def test_nothing_of_a_spec_is_lost_on_the_way(tmp_path: Path):
    from symback.spec.load import load_text
    from symback.vary.dump import dump

    for path in (Path(__file__).parent).glob("*/*/spec.yaml"):
        spec = symback.load(path)
        assert load_text(dump(spec)) == spec
