"""Whoever waits at a terminal is told how far the work is, and finds nothing left of it in the end."""

from __future__ import annotations

import io
import sys
import time

import pytest

import symback
from symback.cli import waiting
from symback.progress import counted, heard_by, tell


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture
def hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(waiting, "PATIENCE", 0.01)
    monkeypatch.setattr(waiting, "EVERY", 0.01)


@pytest.mark.parametrize(("stream", "is_told"), [(Terminal(), True), (io.StringIO(), False)])
@pytest.mark.usefixtures("hasty")
def test_only_a_terminal_is_told(stream: io.StringIO, is_told: bool, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(sys, "stderr", stream)
    with waiting.waiting("at work"):
        time.sleep(0.1)
    said = stream.getvalue()
    assert ("at work, " in said) == is_told
    assert not is_told or said.rsplit("\r", 2)[1].strip() == ""


def test_who_does_not_wait_is_told_nothing(monkeypatch: pytest.MonkeyPatch):
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    with waiting.waiting("at work"):
        pass
    assert terminal.getvalue() == ""


@pytest.mark.usefixtures("hasty")
def test_a_bar_tells_how_many_steps_are_done(monkeypatch: pytest.MonkeyPatch):
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    with waiting.waiting("at work"):
        for step in counted("stones laid", range(4), 4):
            time.sleep(0.1 if step == 3 else 0)
        tell("the roof is put on")
        time.sleep(0.1)
    lines = terminal.getvalue().split("\r")
    assert f"symback: [{'#' * 18}{'.' * 6}] 3 of 4 stones laid" in terminal.getvalue()
    assert all(len(line) == len(lines[1]) for line in lines[1:-1]), "a shorter line covers all of the one before"
    assert lines[-3].startswith("symback: the roof is put on, ")


def test_steps_are_known_beforehand_and_all_are_done_in_the_end():
    told: list[tuple[str, int, int]] = []
    with heard_by(lambda *step: told.append(step)):
        symback.render(symback.load("notes"), "pdf", style="scalar-check")
    for what in ("gradients worked out", "blocks printed"):
        steps = [(done, total) for each, done, total in told if each == what]
        assert len({total for _, total in steps}) == 1
        assert [done for done, _ in steps] == sorted(done for done, _ in steps)
        assert (steps[0][0], steps[-1][0]) == (0, steps[-1][1])
    parameters = len([name for name in symback.evaluate(symback.load("notes"))["gradients"] if name[0] in "wb"])
    assert max(total for what, _, total in told if what == "gradients worked out") == parameters
    assert told[-1][0] == "the PDF is being set"
